// The one-pass JSON reader that generated code drives.
#pragma once

#include <google/protobuf/map.h>
#include <google/protobuf/repeated_field.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <iterator>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "protorest/generated/json_field.h"
#include "protorest/json.h"

namespace protorest::json {

namespace detail {
class AnyTypes;
class Skipper;
class TableCache;
}  // namespace detail

// Walks a JSON text. Errors are sticky: after one that reading cannot go on from, the rest of the
// text counts as consumed, every value reads as its default and every list as ended, so that
// generated code asks once, at the end of an object. After the others (a value of the wrong type)
// the value is skipped and reading goes on, so that several are reported at once.
class Reader {
 public:
  // `text` and `options` must outlive the reader.
  Reader(std::string_view text, const Options& options);
  ~Reader();
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;

  bool ok() const { return errors_.empty(); }
  const Options& options() const { return options_; }

  // Nothing but white space may be left (rule B6). What was found wrong, in the text's order.
  Result Finish() {
    if (pos_ == end_ && errors_.empty()) [[likely]]
      return Result();
    return FinishSlow();
  }

  // If null comes next: consumes it and returns true (rule J5).
  bool Null() {
    if (pos_ != end_ && *pos_ > ' ' && *pos_ != 'n') return false;
    return NullSlow();
  }

  // Scalars. null reads as the default; lists and maps refuse it before.
  std::int32_t Int32() { return Take(&Reader::IntegerAt<std::int32_t>); }
  std::int64_t Int64() { return Take(&Reader::IntegerAt<std::int64_t>); }
  std::uint32_t Uint32() { return Take(&Reader::IntegerAt<std::uint32_t>); }
  std::uint64_t Uint64() { return Take(&Reader::IntegerAt<std::uint64_t>); }
  float Float() { return Take(&Reader::FloatingAt<float>); }
  double Double() { return Take(&Reader::FloatingAt<double>); }
  bool Bool();
  void String(std::string* value) { pos_ = StringAt(pos_, value); }
  void Bytes(std::string* value);
  // False where there is nothing to set: null, an ignored unknown name (rule J22).
  bool Enum(const EnumTable& values, int* number);
  // google.protobuf.NullValue: null, "NULL_VALUE" or 0 (rule J8). False after an error.
  bool NullValue();

  // Whole lists of scalars.
  void List(google::protobuf::RepeatedField<std::int32_t>* values);
  void List(google::protobuf::RepeatedField<std::int64_t>* values);
  void List(google::protobuf::RepeatedField<std::uint32_t>* values);
  void List(google::protobuf::RepeatedField<std::uint64_t>* values);
  void List(google::protobuf::RepeatedField<float>* values);
  void List(google::protobuf::RepeatedField<double>* values);
  void List(google::protobuf::RepeatedField<bool>* values);
  void List(google::protobuf::RepeatedPtrField<std::string>* values);
  void BytesList(google::protobuf::RepeatedPtrField<std::string>* values);
  void EnumList(const EnumTable& table, google::protobuf::RepeatedField<int>* values);
  void NullList(google::protobuf::RepeatedField<int>* values);

  // The rest is for the runtime's own mappings.

  // The next byte that is not white space, not consumed; 0 at the end.
  char Peek() {
    if (pos_ != end_ && *pos_ > ' ') [[likely]]
      return *pos_;
    return PeekSlow();
  }
  const char* position() const { return pos_; }
  // Consumes a string that is not kept longer than the next call. Nothing else may come next:
  // `expected` names what should have ("a timestamp …").
  bool ScratchString(std::string_view expected, std::string_view* value);
  // Consumes a whole value of any kind.
  void SkipValue();
  // The next value is not what it should be: notes it and skips the value.
  void Mismatch(std::string_view expected);
  // The value that began at `start` and was consumed is not what it should be.
  void MismatchAt(const char* start, std::string_view expected);
  // Something is wrong with what stands at `at`; reading goes on. `member` is added to the path: a
  // name as it stands between quotes in JSON.
  void Note(const char* at, std::string description,
            std::optional<std::string_view> member = std::nullopt);
  // The same of what came before an error that reading ended with.
  void NoteLate(const char* at, std::string description, std::optional<std::string_view> member);
  // The text is broken at `at`: reading ends, and the error tells the line and the column.
  void Fail(const char* at, std::string_view description);
  // The same where something else should have stood there.
  void Unexpected(const char* at, std::string_view expected);
  bool failed() const { return failed_; }
  // One level of nesting more, or the failure of rule J36.
  bool Enter() {
    if (depth_ <= 0) [[unlikely]]
      return TooDeep();
    --depth_;
    return true;
  }
  void Leave() { ++depth_; }
  // Lets the next object have an "@type" among its members (rule J30).
  void AllowTypeMember() { type_member_ = true; }
  bool TakeTypeMember() {
    const bool allowed = type_member_;
    type_member_ = false;
    return allowed;
  }
  // What is read next may hold something: its mapping clears it. The first message may, all others
  // are new, unless their field had one before.
  void MarkUsed() { used_ = true; }
  bool TakeUsed() { return std::exchange(used_, false); }
  // What the reflection codec knows of the types it met.
  detail::TableCache& tables();
  detail::AnyTypes& any_types();
  void Rewind(const char* position) {
    if (!failed_) pos_ = position;
  }

 private:
  friend class ObjectBase;
  friend class Array;
  friend class Entries;
  friend class detail::Skipper;

  struct Error {
    std::size_t offset;
    std::optional<std::string> member;
    std::string description;
    bool broken = false;  // by Fail
  };

  Result FinishSlow();
  char PeekSlow();
  bool NullSlow();
  bool TooDeep();
  // What reads most values is given pos_ and returns the new one: so it stays in a register from
  // one member to the next, and need not go through memory.
  template <class T>
  struct Taken {
    const char* pos;
    T value;
  };
  template <class T>
  T Take(Taken<T> (Reader::*read)(const char*)) {
    const Taken<T> taken = (this->*read)(pos_);
    pos_ = taken.pos;
    return taken.value;
  }
  const char* StringAt(const char* p, std::string* value);
  const char* StringSlow(const char* p, std::string* value);
  const char* QuoteNearTheEnd(const char* start) const;
  const char* FirstSpecial(const char* start, bool& non_ascii) const;
  template <class T>
  Taken<T> IntegerAt(const char* p);
  template <class T>
  Taken<T> FloatingAt(const char* p);
  template <class T>
  T IntegerSlow(std::string_view expected);
  template <class T>
  T FloatingSlow(std::string_view expected);
  bool ElementFollows(const char*& p) const;
  template <class ReadAt>
  void ReadElements(ReadAt read);
  template <class T>
  void ReadList(Taken<T> (Reader::*read)(const char*), google::protobuf::RepeatedField<T>* values);
  // After white space.
  bool Consume(char c) {
    if (Peek() != c || pos_ == end_) return false;
    ++pos_;
    return true;
  }
  // An array or object ends with `close`, or with the error that `expected` should have come.
  void EndContainer(char next, char close, std::string_view expected) {
    if (next != close) return Unexpected(pos_, expected);
    ++pos_;
    Leave();
  }
  bool Keyword(std::string_view word);
  bool StringEscapes(const char* from, const char* stop, bool non_ascii, std::string* value);
  bool SkipNumber();
  // A key or a string value without its quotes: in the text itself, or in scratch_ if it has
  // escapes.
  bool RawString(std::string_view* value);
  std::string_view TokenAt(const char* at) const;
  void UnknownName(const char* start, const EnumTable& table, std::string_view name);

  const char* pos_;
  const char* end_;
  const char* const begin_;
  int depth_;  // levels still allowed
  bool failed_ = false;
  bool type_member_ = false;
  bool used_ = true;
  const Options& options_;
  std::vector<Error> errors_;
  std::string scratch_;
  std::unique_ptr<detail::TableCache> tables_;
  std::unique_ptr<detail::AnyTypes> any_types_;
};

// The members of an object of a known type, as indices into its fields. Generated code falls from
// one field's case into the next one's while members come in declared order:
//
//   Object<kUserFields> object(reader);
//   for (int member = object.First(reader);; member = object.Next(reader)) {
//     switch (member) {
//       case 0:
//         reader.String(message.mutable_id());
//         if (!object.Follows(reader, 1)) break;
//         [[fallthrough]];
//       case 1:
//         …
//       default:
//         return reader.ok();
//     }
//   }
class ObjectBase {
 public:
  static constexpr int kEnd = -1;        // the object, or the text, is over
  static constexpr int kExtension = -2;  // key() is an extension's, its value comes next

  // The index of the next member's field, up to its value; any order. Reports unknown fields (rule
  // J23) and those that come twice (rule J1). `reader` is the object's own, here and below: where
  // it is given, the compiler has its place in a register.
  int Next(Reader& reader) { return NextAt(reader.pos_); }

  // For a member of a oneof, before its value: true if the value is to be read. null is consumed
  // (rule J4), but with `null_is_value`. `set` is the number of the oneof's field that is set
  // already, which is reported (rule J3); 0 if none is.
  bool Member(const google::protobuf::Message& message, int set, bool null_is_value = false);

  // A required field of proto2 that is not set: an error, unless the options allow it.
  void Missing(int index);

  // For the runtime's own mappings, once Next() has come to an extension.
  std::string_view key() const { return key_; }
  const char* start() const { return start_; }
  // `more`: names beside the fields' ones that may have been meant.
  void Unknown(std::span<const std::string> more = {});
  void Duplicate();
  // A member is not there, though it must be whatever the options say.
  void NoteMissing(int index);

 protected:
  ObjectBase(Reader& reader, std::span<const Field> fields, const FieldLookup& lookup,
             std::uint64_t* seen);

  std::span<const Field> fields() const { return {fields_, static_cast<std::size_t>(count_)}; }

  int First(Reader& reader, const Field& field) {
    if (before_ != '{' || !field.BeginsFirst(reader.pos_, reader.end_)) return Next(reader);
    reader.pos_ += field.size;
    before_ = ',';
    return first_ = current_ = 0;
  }
  bool Follows(Reader& reader, const Field& field, int index) {
    if (field.Begins(reader.pos_, reader.end_)) {
      reader.pos_ += field.size;
    } else if (reader.end_ - reader.pos_ < 2 || reader.pos_[1] > ' ' ||
               !FollowsBehindWhite(field)) {
      return false;
    }
    current_ = index;
    return true;
  }

 private:
  static constexpr int kUnknown = -3;
  static constexpr int kOver = 256;  // no character

  // Where white space comes second: after the comma.
  bool FollowsBehindWhite(const Field& field);
  std::size_t GapSize(const char* p);
  const char* After(const Field& field, const char* key_at) const;
  int NextAt(const char* p);
  int NextSlow(const char* p);
  int FindAtOnce(const char* p);
  int FindWholeAtOnce(const char* p);
  int Find(const char* p);
  int FindByHash(const char* key_at);
  bool TakePlainKey(const char* key_at);
  int FindOther(const char* key_at);
  int FindByName();
  int Found(int index);
  int IndexOf(std::string_view name) const;
  bool HasName(int index, std::string_view name) const;
  const char* MarkSeen(const char* p);
  const char* MarkSeen(const char* p, int word, int low, int high);
  const char* MarkSeenWords(const char* p);
  const char* NoteTwice(const char* p, int word, std::uint64_t fields);
  int End(char c);

  Reader& reader_;
  const Field* fields_;
  const int count_;
  int first_ = -1;  // from first_ to current_ fields came in one run; they are not marked yet
  int current_ = -1;
  int before_ = '{';  // what the next member comes after; kOver: there is none
  const FieldLookup& lookup_;
  std::uint64_t* seen_;  // a bit per field
  const char* start_;
  const char* gap_ = nullptr;  // the last comma with white space behind it, both gap_size_ long
  std::size_t gap_size_ = 0;
  const char* key_at_ = nullptr;
  std::string_view key_;
  bool type_member_;  // this is an Any's object: "@type" is read elsewhere
  bool type_seen_ = false;
};

// `kFields` is a constant array; `kExtendable`: keys in brackets name extensions.
template <const auto& kFields, bool kExtendable = false>
class Object : public ObjectBase {
 public:
  explicit Object(Reader& reader) : ObjectBase(reader, kFields, kLookup, seen_) {}

  // Next() for the first member, which most often is the first field's.
  int First(Reader& reader) { return ObjectBase::First(reader, kFields[0]); }

  // If the member of this field comes next, as written by most writers: consumes all up to its
  // value.
  bool Follows(Reader& reader, int index) {
    return ObjectBase::Follows(reader, kFields[index], index);
  }

 private:
  static constexpr std::size_t kCount = std::size(kFields);
  static constexpr auto kTable = [] {
    struct {
      std::array<std::uint16_t, FieldLookup::SlotsFor(kCount)> slots{};
      std::uint64_t mask = 0;
    } table;
    table.mask = FieldLookup::Fill(kFields, table.slots);
    return table;
  }();
  static constexpr FieldLookup kLookup = {kTable.slots, kTable.mask, kExtendable};

  std::uint64_t seen_[(kCount + 63) / 64] = {};
};

// Where the fields are known only at run time, or there are none. `fields`, `lookup` and `seen`, a
// bit for each field, must outlive it.
class DynamicObject : public ObjectBase {
 public:
  DynamicObject(Reader& reader, std::span<const Field> fields, const FieldLookup& lookup,
                std::uint64_t* seen)
      : ObjectBase(reader, fields, lookup, seen) {}

  // As Object's; false for an index beyond the fields.
  int First(Reader& reader) {
    return fields().empty() ? Next(reader) : ObjectBase::First(reader, fields()[0]);
  }
  bool Follows(Reader& reader, std::size_t index) {
    return index < fields().size() &&
           ObjectBase::Follows(reader, fields()[index], static_cast<int>(index));
  }
};

// No fields, but perhaps extensions.
template <bool kExtendable = false>
class EmptyObject : public ObjectBase {
 public:
  explicit EmptyObject(Reader& reader) : ObjectBase(reader, {}, kLookup, nullptr) {}

  int First(Reader& reader) { return Next(reader); }

 private:
  static constexpr FieldLookup kLookup = {{}, 0, kExtendable};
};

// The elements of an array, a step each: for (Array array(reader); array.Next();) reads one.
class Array {
 public:
  // null instead of an array is an empty one (rule J5), null in it an error (rule J6) but where
  // `null_elements` says that it is a value.
  explicit Array(Reader& reader, bool null_elements = false);

  // Another element comes next.
  bool Next();

 private:
  static constexpr char kOver = ' ';  // what no value begins with

  bool End(char c);

  Reader& reader_;
  const bool null_elements_;
  char before_ = kOver;  // what the next element comes after
};

// The entries of a map, a step each: the key is read, the value comes next.
//   for (Entries entries(reader); entries.Next<std::int32_t>();) reads one of a map<int32, …>.
class Entries {
 public:
  explicit Entries(Reader& reader, bool null_values = false);

  // Another entry comes next, whatever its key.
  bool Next();

  // The same for keys of type T; entries with others are noted and passed, so that none of them
  // takes the place of a good one.
  template <class T>
  bool Next();

  // The map's value for the current key; reports a key that was there (rule J2).
  template <class Map>
  auto& Insert(Map* map) {
    if constexpr (std::is_same_v<typename Map::key_type, std::string>) {
      return Insert(map, key_);
    } else {
      return Insert(map, Key<typename Map::key_type>());
    }
  }
  template <class Map, class K>
  auto& Insert(Map* map, const K& key) {
    const std::size_t size = map->size();
    auto& value = (*map)[key];
    if (map->size() == size) {
      Duplicate();
      if constexpr (requires { value.Clear(); }) value.Clear();  // no member is there twice for it
    }
    return value;
  }

  // The current key, by the type that Next() was asked for. A text is to be taken before the value.
  template <class T>
  T Key() const {
    if constexpr (std::is_same_v<T, std::string>) {
      return std::string(key_);
    } else {
      return static_cast<T>(number_);
    }
  }
  std::string_view key() const { return key_; }

  void Duplicate();

 private:
  static constexpr char kOver = ' ';  // what no value begins with

  // False where the key is none of type T, which is noted.
  template <class T>
  bool TakeKey();
  void NoteKey(std::string description);
  bool End(char c);

  Reader& reader_;
  const bool null_values_;
  char before_ = kOver;  // what the next entry comes after
  const char* key_at_ = nullptr;
  std::string_view key_;      // in the text or, if it has escapes, in the reader's scratch
  std::uint64_t number_ = 0;  // what a key that is a number or a bool stands for
};

template <>
inline bool Entries::Next<std::string>() {
  return Next();
}

}  // namespace protorest::json
