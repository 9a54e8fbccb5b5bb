// The constant tables of generated JSON code: names of fields, values of enums.
#pragma once

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

// A field's names. `,"jsonName":` is kept as machine words: the reader compares it, and the writer
// stores it, in three steps. A name too long for that takes the general path.
struct Field {
  static constexpr std::size_t kWords = 3;
  static constexpr std::size_t kMaxText = kWords * 8;

  // `json_name` as it stands between the quotes in JSON; `proto_name` only where it is another.
  // Not explicit: a table of fields is a list of such names in braces.
  // NOLINTNEXTLINE(google-explicit-constructor)
  constexpr Field(std::string_view json_name, std::string_view proto_name = {})
      : json(json_name), proto(proto_name) {
    if (json.size() + 4 > kMaxText) return;
    size = json.size() + 4;
    for (std::size_t i = 0; i < size; ++i) {
      const char c = i == 0                    ? ','
                     : i == size - 1           ? ':'
                     : i == 1 || i == size - 2 ? '"'
                                               : json[i - 2];
      Put(text, i, static_cast<unsigned char>(c));
      Put(mask, i, 0xff);
    }
  }

  // The bits in which kMaxText bytes at `p` are not the text, but for the ignored bits of the first
  // word. kFirstByte: those of what stands before the key, a comma or not.
  std::uint64_t Differs(const char* p, std::uint64_t ignored = 0) const {
    std::uint64_t words[kWords];
    std::memcpy(words, p, sizeof words);
    std::uint64_t differ = (words[0] ^ text[0]) & mask[0] & ~ignored;
    for (std::size_t i = 1; i < kWords; ++i) differ |= (words[i] ^ text[i]) & mask[i];
    return differ;
  }
  static constexpr std::uint64_t kFirstByte =
      std::endian::native == std::endian::little ? 0xff : std::uint64_t{0xff} << 56;

  std::uint64_t text[kWords] = {1};  // what no text begins with, where the name is too long
  std::uint64_t mask[kWords] = {~std::uint64_t{0}};
  std::size_t size = 0;  // of ,"jsonName": or 0
  std::string_view json;
  std::string_view proto;

 private:
  static constexpr void Put(std::uint64_t (&words)[kWords], std::size_t i, std::uint64_t byte) {
    const std::size_t shift = std::endian::native == std::endian::little ? i % 8 : 7 - i % 8;
    if (i == 0) words[0] = 0;
    words[i / 8] |= byte << (8 * shift);
  }
};

// How to find a field by name where it does not follow in declared order.
struct FieldLookup {
  // For many fields: their names ordered by length, then bytes. Each is twice the field's index,
  // plus one for the name in the .proto. Empty for a few fields: they are searched one by one.
  std::span<const std::uint16_t> by_name;
  bool extendable = false;  // keys in brackets name extensions
};

struct EnumValue {
  std::string_view name;
  std::int32_t number;
};

// The values of an enum.
struct EnumTable {
  std::span<const EnumValue> values;  // by number; of aliases the one to be written comes first
  std::span<const std::uint16_t> by_name;  // indices into values, ordered by name; empty for a few
  bool closed = false;                     // proto2: a number without a name is refused
  // Instead of the two tables, where the type has no generated code.
  const google::protobuf::EnumDescriptor* descriptor = nullptr;
};

}  // namespace protorest::json
