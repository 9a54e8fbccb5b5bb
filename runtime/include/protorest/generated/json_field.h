// The constant tables of generated JSON code: names of fields, values of enums.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>

namespace google::protobuf {
class EnumDescriptor;
}

namespace protorest::json {

// A field's names. `,"jsonName":` is kept as it stands in JSON: the reader compares it, and the
// writer copies all of it at once. A name too long for that takes the general path.
struct Field {
  static constexpr std::size_t kMaxText = 32;

  // `json_name` as it stands between the quotes in JSON; `proto_name` only where it is another.
  // Not explicit: a table of fields is a list of such names in braces.
  // NOLINTNEXTLINE(google-explicit-constructor)
  constexpr Field(std::string_view json_name, std::string_view proto_name = {})
      : json(json_name), proto(proto_name) {
    if (json.empty() || json.size() + 4 > kMaxText) return;
    for (const char c : {',', '"'}) text[size++] = c;
    for (const char c : json) text[size++] = c;
    for (const char c : {'"', ':'}) text[size++] = c;
  }

  // Whether [p, end) begins with the text. Where the field is a constant, so are the words
  // compared.
  bool Begins(const char* p, const char* end) const {
    return size != 0 && static_cast<std::size_t>(end - p) >= size &&
           std::memcmp(p, text, size) == 0;
  }

  // The same where another character stands for the comma. By the name: GCC 12 takes `text` from
  // its second character on for an array of one, and warns.
  bool BeginsFirst(const char* p, const char* end) const {
    return size != 0 && static_cast<std::size_t>(end - p) >= size && p[1] == '"' &&
           std::memcmp(p + 2, json.data(), json.size()) == 0 &&
           std::memcmp(p + size - 2, "\":", 2) == 0;
  }

  char text[kMaxText] = {};
  std::size_t size = 0;  // of ,"jsonName": or 0
  std::string_view json;
  std::string_view proto;
};

// How to find a field by name where it does not follow in declared order: by how `"name":` begins
// or, where too many names of the message begin alike, by the whole name.
struct FieldLookup {
  // Eight characters from the beginning, the middle and the end of a name, the lowest byte first;
  // all of them where there are fewer.
  struct Name {
    std::uint64_t head = 0;
    std::uint64_t middle = 0;
    std::uint64_t tail = 0;
    std::uint64_t size = 0;
  };

  constexpr FieldLookup() = default;
  constexpr FieldLookup(std::span<const std::uint16_t> table, std::uint64_t of_names,
                        bool has_extensions)
      : slots(table),
        mask(of_names),
        shift(table.empty() ? 0 : Shift(table.size())),
        extendable(has_extensions) {}

  // A field stands, as its index plus one, in the slot of each of its names or, where another one
  // does, in the next free one; 0 is a free one. Their number is a power of two. Empty for a few
  // fields: they are searched one by one.
  std::span<const std::uint16_t> slots;
  // Of the first eight characters of `"name":`, those that every name has: so what comes after the
  // name is not looked at, and need not be found. 0 where names go by the whole of them.
  std::uint64_t mask = 0;
  int shift = 0;            // of the hash, for so many slots; 0 for none
  bool extendable = false;  // keys in brackets name extensions

  bool by_whole_name() const { return mask == 0; }
  // The slot to look into first. `begin` is how `"name":` begins, the lowest byte first.
  std::size_t SlotOf(std::uint64_t begin) const { return Slot(begin, mask, shift); }
  std::size_t SlotOf(const Name& name) const { return Slot(name, shift); }

  // The index of the field that matches(index) is true for, among those that may be meant; -1 if
  // there is none.
  template <class Matches>
  int Find(std::size_t slot, Matches matches) const {
    for (; slots[slot] != 0; slot = Next(slot, slots.size())) {
      if (const int index = slots[slot] - 1; matches(index)) return index;
    }
    return -1;
  }

  // The one to be tried first.
  int First(std::size_t slot) const { return slots[slot] - 1; }

  static constexpr std::size_t SlotsFor(std::size_t fields) { return std::bit_ceil(4 * fields); }
  // Fills `slots`, SlotsFor the fields and all free. Returns the mask that goes with them.
  static constexpr std::uint64_t Fill(std::span<const Field> fields,
                                      std::span<std::uint16_t> slots) {
    const std::uint64_t mask = MaskFor(fields);
    if (Fill(fields, mask, slots) <= fields.size() / 4) return mask;
    std::ranges::fill(slots, 0);
    Fill(fields, 0, slots);
    return 0;
  }

 private:
  static constexpr std::uint64_t Begin(std::string_view name) {
    std::uint64_t begin = '"';
    for (std::size_t i = 0; i < sizeof begin - 1 && i < name.size() + 2; ++i) {
      const char c = i < name.size() ? name[i] : i == name.size() ? '"' : ':';
      begin |= std::uint64_t{static_cast<unsigned char>(c)} << (8 * i + 8);
    }
    return begin;
  }
  static constexpr Name Whole(std::string_view name) {
    const std::size_t size = std::min<std::size_t>(name.size(), 8);
    const std::size_t rest = name.size() - size;
    const auto word = [&](std::size_t from) {
      std::uint64_t all = 0;
      for (std::size_t i = 0; i < size; ++i) {
        all |= std::uint64_t{static_cast<unsigned char>(name[from + i])} << (8 * i);
      }
      return all;
    };
    return {word(0), word(rest / 2), word(rest), name.size()};
  }
  static constexpr std::uint64_t MaskFor(std::span<const Field> fields) {
    std::size_t size = 8;
    for (const Field& field : fields) {
      size = std::min(size, field.json.size() + 3);
      if (!field.proto.empty()) size = std::min(size, field.proto.size() + 3);
    }
    return ~std::uint64_t{0} >> (64 - 8 * size);
  }
  // Returns how many fields do not stand where they are looked for first. The names in JSON come
  // before the others, as they are looked for more often.
  static constexpr std::size_t Fill(std::span<const Field> fields, std::uint64_t mask,
                                    std::span<std::uint16_t> slots) {
    const int shift = Shift(slots.size());
    const auto add = [&](std::string_view name, std::size_t index) {
      const std::size_t first =
          mask == 0 ? Slot(Whole(name), shift) : Slot(Begin(name), mask, shift);
      std::size_t slot = first;
      while (slots[slot] != 0) slot = Next(slot, slots.size());
      slots[slot] = static_cast<std::uint16_t>(index + 1);
      return slot == first;
    };
    std::size_t displaced = 0;
    for (std::size_t i = 0; i < fields.size(); ++i) displaced += !add(fields[i].json, i);
    for (std::size_t i = 0; i < fields.size(); ++i) {
      if (!fields[i].proto.empty()) add(fields[i].proto, i);
    }
    return displaced;
  }
  static constexpr std::size_t Next(std::size_t slot, std::size_t slots) {
    return (slot + 1) & (slots - 1);
  }
  static constexpr int Shift(std::size_t slots) { return 64 - std::countr_zero(slots); }
  static constexpr std::size_t Slot(std::uint64_t begin, std::uint64_t mask, int shift) {
    const std::uint64_t hash = (begin & mask) * 0x9e3779b97f4a7c15;
    return static_cast<std::size_t>(hash >> shift);
  }
  static constexpr std::size_t Slot(const Name& name, int shift) {
    const std::uint64_t hash = (name.head + name.size) * 0x9e3779b97f4a7c15 +
                               name.middle * 0x165667b19e3779f9 + name.tail * 0xc2b2ae3d27d4eb4f;
    return static_cast<std::size_t>(hash >> shift);
  }
};

struct EnumValue {
  std::string_view name;
  std::int32_t number;
};

// The values of an enum.
struct EnumTable {
  std::span<const EnumValue> values;  // by number; of aliases the one to be written comes first
  std::span<const std::uint16_t> by_name;  // indices into values, ordered by name; empty for a few
  bool closed = false;                     // fields of proto2: a number without a name is refused
  // Instead of the two tables, where the type has no generated code.
  const google::protobuf::EnumDescriptor* descriptor = nullptr;
};

}  // namespace protorest::json
