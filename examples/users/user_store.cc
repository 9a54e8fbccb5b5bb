// UserStore: SQLite, with statements that are prepared once.
#include "user_store.h"

#include <sqlite3.h>

#include <algorithm>
#include <charconv>
#include <ctime>
#include <optional>
#include <string_view>

#include "page_token.h"

namespace users {
namespace {

using protorest::Status;

constexpr int kDefaultPageSize = 50;
constexpr int kMaxPageSize = 1000;

// AUTOINCREMENT: an id is never given twice, so an old page token cannot skip a new user.
constexpr char kSchema[] = R"sql(
  CREATE TABLE IF NOT EXISTS users (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    email TEXT NOT NULL UNIQUE COLLATE NOCASE,
    age INTEGER NOT NULL,
    created_at INTEGER NOT NULL))sql";
constexpr char kInsert[] = "INSERT INTO users (name, email, age, created_at) VALUES (?, ?, ?, ?)";
constexpr char kSelect[] = "SELECT id, name, email, age, created_at FROM users WHERE id = ?";
constexpr char kList[] =
    "SELECT id, name, email, age, created_at FROM users WHERE id > ? ORDER BY id LIMIT ?";

// Makes a statement ready for its next use when the scope ends; its bindings may point to locals.
class StatementUse {
 public:
  explicit StatementUse(sqlite3_stmt* statement) : statement_(statement) {}
  StatementUse(const StatementUse&) = delete;
  StatementUse& operator=(const StatementUse&) = delete;
  ~StatementUse() {
    sqlite3_reset(statement_);
    sqlite3_clear_bindings(statement_);
  }

  void Bind(int column, std::string_view text) {
    sqlite3_bind_text64(statement_, column, text.data(), text.size(), SQLITE_STATIC, SQLITE_UTF8);
  }
  void Bind(int column, std::int64_t number) { sqlite3_bind_int64(statement_, column, number); }
  int Step() { return sqlite3_step(statement_); }

 private:
  sqlite3_stmt* statement_;
};

void ReadText(sqlite3_stmt* row, int column, std::string& text) {
  const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(row, column));
  text.assign(bytes, static_cast<std::size_t>(sqlite3_column_bytes(row, column)));
}

void ReadUser(sqlite3_stmt* row, v1::User& user) {
  user.set_id(std::to_string(sqlite3_column_int64(row, 0)));
  ReadText(row, 1, *user.mutable_name());
  ReadText(row, 2, *user.mutable_email());
  user.set_age(sqlite3_column_int(row, 3));
  user.set_created_at(sqlite3_column_int64(row, 4));
}

// The row of an id; nothing if Create never gives such an id ("007").
std::optional<std::int64_t> ParseId(const std::string& id) {
  std::int64_t row = 0;
  std::from_chars(id.data(), id.data() + id.size(), row);
  if (std::to_string(row) != id) return std::nullopt;
  return row;
}

Status NoSuchUser(const std::string& id) {
  return Status::NotFound("no user has the id \"" + id + "\"");
}

// What is wrong with an email, or "". Not RFC 5321: one @ with something before it and a dotted
// name after it, and nothing that cannot be typed.
std::string_view EmailProblem(std::string_view email) {
  if (email.size() > 254) return "longer than 254 bytes";
  const auto unprintable = [](unsigned char c) { return c <= ' ' || c == 0x7f; };
  if (std::any_of(email.begin(), email.end(), unprintable))
    return "holds a space or control character";
  const std::size_t at = email.find('@');
  if (at == std::string_view::npos || email.find('@', at + 1) != std::string_view::npos) {
    return "needs exactly one @";
  }
  const std::string_view domain = email.substr(at + 1);
  if (at == 0) return "has nothing before the @";
  if (domain.find('.') == std::string_view::npos || domain.front() == '.' || domain.back() == '.' ||
      domain.find("..") != std::string_view::npos) {
    return "needs a domain such as example.com after the @";
  }
  return "";
}

Status Validate(const v1::CreateUserRequest& request) {
  Status status = Status::InvalidArgument("invalid user");
  if (const std::string_view problem = EmailProblem(request.email()); !problem.empty()) {
    status.AddFieldViolation("email", problem);
  }
  if (request.age() < 0) status.AddFieldViolation("age", "must not be negative");
  return status.details().empty() ? Status::Ok() : status;
}

}  // namespace

void UserStore::CloseDatabase::operator()(sqlite3* database) const { sqlite3_close(database); }

void UserStore::FinalizeStatement::operator()(sqlite3_stmt* statement) const {
  sqlite3_finalize(statement);
}

Status UserStore::Open(const std::string& path, std::unique_ptr<UserStore>& store) {
  sqlite3* database = nullptr;
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
  const int result = sqlite3_open_v2(path.c_str(), &database, flags, nullptr);
  std::unique_ptr<UserStore> opened(new UserStore(Database(database)));  // closes it on failure too
  if (result != SQLITE_OK) return opened->DatabaseError();

  sqlite3_busy_timeout(database, 5000);  // another process may have the file open
  if (sqlite3_exec(database, kSchema, nullptr, nullptr, nullptr) != SQLITE_OK) {
    return opened->DatabaseError();
  }
  if (Status status = opened->Prepare(kInsert, opened->insert_); !status.ok()) return status;
  if (Status status = opened->Prepare(kSelect, opened->select_); !status.ok()) return status;
  if (Status status = opened->Prepare(kList, opened->list_); !status.ok()) return status;
  store = std::move(opened);
  return Status::Ok();
}

Status UserStore::Create(const v1::CreateUserRequest& request, v1::User& user) {
  if (Status status = Validate(request); !status.ok()) return status;
  const std::int64_t now = std::time(nullptr);

  const std::lock_guard lock(mutex_);
  StatementUse insert(insert_.get());
  insert.Bind(1, request.name());
  insert.Bind(2, request.email());
  insert.Bind(3, request.age());
  insert.Bind(4, now);
  if (insert.Step() != SQLITE_DONE) {
    if (sqlite3_extended_errcode(database_.get()) == SQLITE_CONSTRAINT_UNIQUE) {
      return Status::AlreadyExists("a user with the email " + request.email() + " exists");
    }
    return DatabaseError();
  }
  user.set_id(std::to_string(sqlite3_last_insert_rowid(database_.get())));
  user.set_name(request.name());
  user.set_email(request.email());
  user.set_age(request.age());
  user.set_created_at(now);
  return Status::Ok();
}

Status UserStore::Get(const std::string& id, v1::User& user) {
  const std::optional<std::int64_t> row = ParseId(id);
  if (!row) return NoSuchUser(id);

  const std::lock_guard lock(mutex_);
  StatementUse select(select_.get());
  select.Bind(1, *row);
  const int result = select.Step();
  if (result == SQLITE_DONE) return NoSuchUser(id);
  if (result != SQLITE_ROW) return DatabaseError();
  ReadUser(select_.get(), user);
  return Status::Ok();
}

Status UserStore::List(const v1::ListUsersRequest& request, UserPage& page) {
  if (request.page_size() < 0) {
    return Status::InvalidArgument("invalid page")
        .AddFieldViolation("pageSize", "must not be negative");
  }
  std::optional<std::int64_t> last_id = 0;
  if (!request.page_token().empty()) last_id = DecodePageToken(request.page_token());
  if (!last_id) {
    return Status::InvalidArgument("invalid page")
        .AddFieldViolation("pageToken", "is not a token that a page ended with");
  }
  const int wanted = request.page_size() == 0 ? kDefaultPageSize : request.page_size();
  const auto size = static_cast<std::size_t>(std::min(wanted, kMaxPageSize));

  const std::lock_guard lock(mutex_);
  StatementUse list(list_.get());
  list.Bind(1, *last_id);
  list.Bind(2, static_cast<std::int64_t>(size) + 1);  // one more tells whether a page follows
  int result = list.Step();
  for (; result == SQLITE_ROW; result = list.Step()) {
    if (page.users.size() == size) {
      page.next_page_token = EncodePageToken(*last_id);
      return Status::Ok();
    }
    last_id = sqlite3_column_int64(list_.get(), 0);
    ReadUser(list_.get(), page.users.emplace_back());
  }
  return result == SQLITE_DONE ? Status::Ok() : DatabaseError();
}

Status UserStore::Prepare(const char* sql, Statement& statement) {
  sqlite3_stmt* prepared = nullptr;
  if (sqlite3_prepare_v3(database_.get(), sql, -1, SQLITE_PREPARE_PERSISTENT, &prepared, nullptr) !=
      SQLITE_OK) {
    return DatabaseError();
  }
  statement.reset(prepared);
  return Status::Ok();
}

Status UserStore::DatabaseError() const {
  return Status::Unavailable(std::string("database: ") + sqlite3_errmsg(database_.get()));
}

}  // namespace users
