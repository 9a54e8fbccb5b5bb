// The JSON writer that generated code drives.
#pragma once

#include <google/protobuf/map.h>
#include <google/protobuf/repeated_field.h>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>

#include "protorest/generated/json_field.h"
#include "protorest/json.h"

namespace protorest::json {

namespace detail {
class AnyTypeFinder;
class TableCache;
}  // namespace detail

// The types of numbers and bools; the writer's functions for them are compiled once, in the
// runtime.
template <class T>
concept Scalar = std::is_arithmetic_v<T>;

// Appends JSON to a string. Members are written with a comma before them, elements with one after;
// the end of an object or array puts its bracket in the place of the comma that is too many.
class Writer {
 public:
  // `out` and `options` must outlive the writer; until Finish the string's size means nothing.
  Writer(std::string& out, const Options& options);
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  const Options& options() const { return options_; }

  // Gives the string its size: all that was written, or nothing where something failed.
  Result Finish();

  // An object: the position that Begin returns goes to End.
  std::size_t Begin() { return static_cast<std::size_t>(pos_ - begin_); }
  void End(std::size_t begin);

  // A field without presence: written where it does not hold its default, or the options ask for
  // it.
  template <class T>
  void Implicit(const Field& field, const T& value) {
    if (!IsDefault(value) || options_.write_defaults) Explicit(field, value);
  }
  void ImplicitBytes(const Field& field, std::string_view value) {
    if (!value.empty() || options_.write_defaults) ExplicitBytes(field, value);
  }
  void ImplicitEnum(const Field& field, const EnumTable& table, int value) {
    if (value != 0 || options_.write_defaults) ExplicitEnum(field, table, value);
  }

  void ImplicitNull(const Field& field, int) {
    if (options_.write_defaults) ExplicitNull(field, 0);
  }

  // A field that is set. Null: of google.protobuf.NullValue.
  template <Scalar T>
  void Explicit(const Field& field, T value);
  void Explicit(const Field& field, const std::string& value);
  void ExplicitBytes(const Field& field, std::string_view value);
  void ExplicitEnum(const Field& field, const EnumTable& table, int value);
  void ExplicitNull(const Field& field, int value);

  // Lists; nothing where they are empty, but for the option.
  template <Scalar T>
  void List(const Field& field, const google::protobuf::RepeatedField<T>& values);
  void List(const Field& field, const google::protobuf::RepeatedPtrField<std::string>& values);
  void BytesList(const Field& field, const google::protobuf::RepeatedPtrField<std::string>& values);
  void EnumList(const Field& field, const EnumTable& table,
                const google::protobuf::RepeatedField<int>& values);

  void NullList(const Field& field, const google::protobuf::RepeatedField<int>& values);

  // The same in steps, for messages: Key, value; or BeginList, each value and Comma, EndList.
  void Key(const Field& field) {
    if (!TakesKey(field, 0)) [[unlikely]]
      return OtherKey(field);
    pos_ = CopyKey(field);
  }
  // False where the list is not to be written.
  bool BeginList(const Field& field, int size) {
    if (size == 0 && !options_.write_defaults) return false;
    Key(field);
    BeginArray();
    return true;
  }
  void EndList() { EndArray(); }
  void Comma() {
    *Reserve(1) = ',';
    ++pos_;
  }

  // Maps: BeginMap, for each entry in the order of keys (MapOrder) MapKey, a value and Comma,
  // EndMap.
  bool BeginMap(const Field& field, std::size_t size) {
    if (size == 0 && !options_.write_defaults) return false;
    Key(field);
    BeginMap();
    return true;
  }
  void BeginMap() {
    *Reserve(1) = '{';
    ++pos_;
  }
  void EndMap();
  template <Scalar T>
  void MapKey(T key);
  void MapKey(const std::string& key);

  // Values alone.
  template <Scalar T>
  void Value(T value);
  void Value(std::string_view value);
  void Value(const std::string& value);  // faster, where there is one
  void BytesValue(std::string_view value);
  void EnumValue(const EnumTable& table, int value);
  void NullValue(int) { Raw("null"); }

  void BeginArray() {
    *Reserve(1) = '[';
    ++pos_;
  }
  void EndArray();
  // A member under a name that is not a field's.
  void Member(std::string_view name);
  // JSON text as it is.
  void Raw(std::string_view json);
  // The value that is to be written next has no JSON (rules J47 to J50): null stands for it, so
  // that the others' places are known, and nothing will be written.
  void Fail(std::string description);
  // What the reflection codec knows of the types it met.
  detail::TableCache& tables();

  // The types of Anys that are written.
  detail::AnyTypeFinder& any_type_finder();

  // Anys may be in each other more deeply than protobuf reads messages, as their contents are bytes
  // to it. EnterAny fails (false, and noted) beyond options().max_depth of them; the content of one
  // may have as many levels as are left.
  bool EnterAny();
  void LeaveAny() { --any_levels_; }
  int any_levels_left() const { return options_.max_depth - any_levels_ + 1; }

  // Makes an object that was written from there on, Begin() having said where, members of the one
  // around it.
  void Unwrap(std::size_t begin);

 private:
  static constexpr std::size_t kInline = 1024;

  struct Rare;
  struct DeleteRare {
    void operator()(Rare* rare) const;
  };

  template <class T>
  static bool IsDefault(const T& value) {
    if constexpr (std::is_same_v<T, double>) {
      return std::bit_cast<std::uint64_t>(value) == 0;  // -0 is not the default
    } else if constexpr (std::is_same_v<T, float>) {
      return std::bit_cast<std::uint32_t>(value) == 0;
    } else if constexpr (std::is_arithmetic_v<T>) {
      return value == T{};
    } else {
      return value.empty();
    }
  }

  // Room for `size` more bytes; they are taken by moving pos_.
  char* Reserve(std::size_t size) {
    if (static_cast<std::size_t>(limit_ - pos_) < size) [[unlikely]]
      Grow(size);
    return pos_;
  }
  void Grow(std::size_t size);
  // Whether the key can be copied as it is, and there is room for `size` bytes after it.
  bool TakesKey(const Field& field, std::size_t size) const {
    return static_cast<std::size_t>(limit_ - pos_) >= Field::kMaxText + size &&
           field.size > longest_uncopied_;
  }
  // Where it does: returns the key's end.
  char* CopyKey(const Field& field) {
    std::memcpy(pos_, field.text, sizeof field.text);
    return pos_ + field.size;
  }
  void OtherKey(const Field& field);
  void KeyAndValue(const Field& field, const std::string& value);
  template <Scalar T>
  void KeyAndValue(const Field& field, T value);
  // What a string takes if nothing in it is escaped: its quotes, and a last block that is written
  // as a whole.
  static std::size_t StringRoom(std::size_t size) { return size + 2 + 16; }
  template <bool kInString>
  void WriteString(std::string_view text, char* p);
  void WriteUnusual(std::string_view text, char* p);
  void WriteBytes(std::string_view value, char* p);
  Rare& rare();
  void Note(std::string description);
  Result FinishRare();
  Result Errors();

  std::string& out_;
  const std::size_t start_;
  // The text so far: in out_ or, while that has no room, in inline_ if it fits.
  char* begin_ = inline_;
  char* pos_ = inline_;
  char* limit_ = inline_ + kInline;
  const Options& options_;
  // No key up to this size is copied: none, or with the proto's names all.
  const std::size_t longest_uncopied_;
  std::unique_ptr<Rare, DeleteRare> rare_;  // what few writers need
  int any_levels_ = 0;
  char inline_[kInline];
};

// The entries of a map in the order of their keys (rule J46):
//   for (const auto& entry : MapOrder(message.labels())) …
class MapOrderBase {
 protected:
  struct Item {
    std::string_view text;
    std::uint64_t number = 0;
    const void* entry = nullptr;
  };

  static constexpr std::size_t kInline = 8;

  explicit MapOrderBase(std::size_t size);
  ~MapOrderBase();
  void SortByNumber();
  void SortByText();

  Item inline_[kInline];
  Item* items_ = inline_;
  std::size_t size_ = 0;
};

template <class Map>
class MapOrder : private MapOrderBase {
 public:
  using Entry = typename Map::value_type;

  explicit MapOrder(const Map& map) : MapOrderBase(map.size()) {
    for (const Entry& entry : map) {
      Item& item = items_[size_++];
      item.entry = &entry;
      if constexpr (std::is_integral_v<typename Map::key_type>) {
        item.number = Ordered(entry.first);
      } else {
        item.text = entry.first;
      }
    }
    if (size_ < 2) return;
    if constexpr (std::is_integral_v<typename Map::key_type>) {
      SortByNumber();
    } else {
      SortByText();
    }
  }
  MapOrder(const MapOrder&) = delete;
  MapOrder& operator=(const MapOrder&) = delete;

  class Iterator {
   public:
    explicit Iterator(const Item* item) : item_(item) {}
    const Entry& operator*() const { return *static_cast<const Entry*>(item_->entry); }
    Iterator& operator++() {
      ++item_;
      return *this;
    }
    bool operator!=(const Iterator& other) const { return item_ != other.item_; }

   private:
    const Item* item_;
  };
  Iterator begin() const { return Iterator(items_); }
  Iterator end() const { return Iterator(items_ + size_); }

 private:
  // Negative numbers before the others.
  template <class T>
  static std::uint64_t Ordered(T key) {
    if constexpr (std::is_signed_v<T>) {
      return static_cast<std::uint64_t>(static_cast<std::int64_t>(key)) ^ (std::uint64_t{1} << 63);
    } else {
      return key;
    }
  }
};

}  // namespace protorest::json
