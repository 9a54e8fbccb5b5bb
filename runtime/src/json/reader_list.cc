// The reader's arrays and maps.
#include "json/escape.h"
#include "json/utf8_text.h"
#include "protorest/generated/json_reader.h"

namespace protorest::json {
namespace {

constexpr char kNull[] = "expected a value, got null";

}  // namespace

Array::Array(Reader& reader, bool null_elements) : reader_(reader), null_elements_(null_elements) {
  if (reader_.Peek() == '[') {
    if (reader_.Enter()) before_ = '[';
  } else if (!reader_.Null()) {
    reader_.Mismatch("an array");
  }
}

bool Array::Next() {
  for (;;) {
    const char c = reader_.Peek();
    if (c != before_) return End(c);
    ++reader_.pos_;
    const char next = reader_.Peek();
    if (next == ']') [[unlikely]] {
      if (before_ == '[') return End(next);
      reader_.Unexpected(reader_.pos_, "an element after ','");
    }
    before_ = ',';
    if (next != 'n' || null_elements_) return !reader_.failed();
    const char* const at = reader_.pos_;
    if (!reader_.Null()) return true;
    reader_.Note(at, kNull);
  }
}

bool Array::End(char c) {
  if (before_ == kOver) return false;
  reader_.EndContainer(c, ']', "',' or ']' after an element");
  before_ = kOver;
  return false;
}

Entries::Entries(Reader& reader, bool null_values) : reader_(reader), null_values_(null_values) {
  if (reader_.Peek() == '{') {
    if (reader_.Enter()) before_ = '{';
  } else if (!reader_.Null()) {
    reader_.Mismatch("an object");
  }
}

bool Entries::Next() {
  for (;;) {
    const char c = reader_.Peek();
    if (c != before_) return End(c);
    ++reader_.pos_;
    const char quote = reader_.Peek();
    if (quote == '}' && before_ == '{') return End(quote);
    if (quote != '"') reader_.Unexpected(reader_.pos_, "a member's name in quotes");
    before_ = ',';
    key_at_ = reader_.pos_;
    if (reader_.failed() || !reader_.RawString(&key_)) return false;
    if (!reader_.Consume(':')) reader_.Unexpected(reader_.pos_, "':' after a member's name");
    if (null_values_ || reader_.Peek() != 'n') return !reader_.failed();
    const char* const at = reader_.pos_;
    if (!reader_.Null()) return true;
    reader_.Note(at, kNull);
  }
}

bool Entries::End(char c) {
  if (before_ == kOver) return false;
  reader_.EndContainer(c, '}', "',' or '}' after a member");
  before_ = kOver;
  return false;
}

void Entries::NoteKey(std::string description) {
  std::string buffer;
  reader_.Note(key_at_, std::move(description), detail::EscapeName(key_, &buffer));
}

void Entries::Duplicate() { NoteKey("this key is in the map already"); }

template <class T>
bool Entries::Next() {
  while (Next()) {
    if (TakeKey<T>()) return true;
    reader_.SkipValue();
  }
  return false;
}

// Keys are numbers in quotes: read again as such.
template <class T>
bool Entries::TakeKey() {
  const char* const after = reader_.pos_;
  const std::size_t errors = reader_.errors_.size();
  const auto [end, key] = reader_.IntegerAt<T>(key_at_);
  reader_.pos_ = end;
  reader_.Rewind(after);
  number_ = static_cast<std::uint64_t>(key);
  if (reader_.errors_.size() == errors) return true;
  std::string buffer;
  reader_.errors_.back().member.emplace(detail::EscapeName(key_, &buffer));
  std::string& description = reader_.errors_.back().description;
  description.insert(description.find(", got "), " as a map key");
  return false;
}

template <>
bool Entries::TakeKey<bool>() {
  number_ = key_ == "true" ? 1 : 0;
  if (key_ == "true" || key_ == "false") return true;
  NoteKey("expected \"true\" or \"false\" as a map key, got \"" + detail::Excerpt(key_) + "\"");
  return false;
}

template bool Entries::Next<std::int32_t>();
template bool Entries::Next<std::int64_t>();
template bool Entries::Next<std::uint32_t>();
template bool Entries::Next<std::uint64_t>();
template bool Entries::Next<bool>();

// Whether an element that is a number or a string follows at once, as compact writers put them;
// then `p` is its place. Array::Next tells the same of all others.
inline bool Reader::ElementFollows(const char*& p) const {
  constexpr unsigned kFirst = '"', kLast = '9';
  if (end_ - p < 2 || *p != ',' || static_cast<unsigned char>(p[1]) - kFirst > kLast - kFirst) {
    return false;
  }
  ++p;
  return true;
}

// `read` reads the element at a place, adds it, and returns where it ends: so that the place stays
// in a register from one to the next.
template <class ReadAt>
inline void Reader::ReadElements(ReadAt read) {
  for (Array array(*this); array.Next();) {
    const char* p = pos_;
    do {
      p = read(p);
    } while (ElementFollows(p));
    pos_ = p;
  }
}

template <class T>
void Reader::ReadList(Taken<T> (Reader::*read)(const char*),
                      google::protobuf::RepeatedField<T>* values) {
  ReadElements([&](const char* p) {
    const Taken<T> taken = (this->*read)(p);
    values->Add(taken.value);
    return taken.pos;
  });
}

void Reader::List(google::protobuf::RepeatedField<std::int32_t>* values) {
  ReadList(&Reader::IntegerAt<std::int32_t>, values);
}
void Reader::List(google::protobuf::RepeatedField<std::int64_t>* values) {
  ReadList(&Reader::IntegerAt<std::int64_t>, values);
}
void Reader::List(google::protobuf::RepeatedField<std::uint32_t>* values) {
  ReadList(&Reader::IntegerAt<std::uint32_t>, values);
}
void Reader::List(google::protobuf::RepeatedField<std::uint64_t>* values) {
  ReadList(&Reader::IntegerAt<std::uint64_t>, values);
}
void Reader::List(google::protobuf::RepeatedField<float>* values) {
  ReadList(&Reader::FloatingAt<float>, values);
}
void Reader::List(google::protobuf::RepeatedField<double>* values) {
  ReadList(&Reader::FloatingAt<double>, values);
}
void Reader::List(google::protobuf::RepeatedField<bool>* values) {
  for (Array array(*this); array.Next();) values->Add(Bool());
}
void Reader::List(google::protobuf::RepeatedPtrField<std::string>* values) {
  ReadElements([&](const char* p) { return StringAt(p, values->Add()); });
}
void Reader::BytesList(google::protobuf::RepeatedPtrField<std::string>* values) {
  for (Array array(*this); array.Next();) Bytes(values->Add());
}
void Reader::EnumList(const EnumTable& table, google::protobuf::RepeatedField<int>* values) {
  for (Array array(*this); array.Next();) {
    int number;
    if (Enum(table, &number)) values->Add(number);
  }
}
void Reader::NullList(google::protobuf::RepeatedField<int>* values) {
  for (Array array(*this, true); array.Next();) {
    if (NullValue()) values->Add(0);
  }
}

}  // namespace protorest::json
