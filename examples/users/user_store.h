// UserStore: the users in an SQLite database. All SQL of the example is behind this class.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "protorest/status.h"
#include "users.pb.h"

struct sqlite3;
struct sqlite3_stmt;

namespace users {

// One page of users, oldest first; `next_page_token` is empty on the last one.
struct UserPage {
  std::vector<v1::User> users;
  std::string next_page_token;
};

// Threads: every method from any thread; calls take turns on the one connection.
class UserStore {
 public:
  // Opens the database file `path`, which is made if need be; ":memory:" for one that lives as long
  // as the store. Fails with UNAVAILABLE and SQLite's reason.
  static protorest::Status Open(const std::string& path, std::unique_ptr<UserStore>& store);

  // Adds a user; `user` is then as stored. INVALID_ARGUMENT for an email that cannot be one or a
  // negative age, ALREADY_EXISTS if the email is taken.
  protorest::Status Create(const v1::CreateUserRequest& request, v1::User& user);

  // NOT_FOUND for an id that no user has.
  protorest::Status Get(const std::string& id, v1::User& user);

  // INVALID_ARGUMENT for a negative page size or a token that no page ended with.
  protorest::Status List(const v1::ListUsersRequest& request, UserPage& page);

 private:
  struct CloseDatabase {
    void operator()(sqlite3* database) const;
  };
  struct FinalizeStatement {
    void operator()(sqlite3_stmt* statement) const;
  };
  using Database = std::unique_ptr<sqlite3, CloseDatabase>;
  using Statement = std::unique_ptr<sqlite3_stmt, FinalizeStatement>;

  explicit UserStore(Database database) : database_(std::move(database)) {}

  protorest::Status Prepare(const char* sql, Statement& statement);
  protorest::Status DatabaseError() const;

  std::mutex mutex_;  // guards all below
  Database database_;
  Statement insert_;
  Statement select_;
  Statement list_;
};

}  // namespace users
