// LiteralTable: the literal edges of the router's tree.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace protorest::transcode {

// From a node and a segment's text to the child. A hash table with open addressing and all texts in
// one string: a lookup reads two cache lines, however many edges there are. Peers cannot fill it.
class LiteralTable {
 public:
  static constexpr std::uint32_t kNone = 0;

  static std::size_t Hash(std::string_view text);

  // `hash` is that of `text`. kNone: there is no such child.
  std::uint32_t Find(std::uint32_t parent, std::size_t hash, std::string_view text) const;

  // The edge must not be there yet; `child` is not kNone.
  void Add(std::uint32_t parent, std::size_t hash, std::string_view text, std::uint32_t child);

 private:
  struct Slot {
    std::uint32_t hash = 0;
    std::uint32_t parent = 0;
    std::uint32_t child = kNone;        // kNone: an empty slot
    std::uint32_t begin = 0, size = 0;  // in texts_
  };

  static std::uint32_t Mix(std::uint32_t parent, std::size_t hash);
  void Insert(const Slot& slot);
  void Grow();

  std::vector<Slot> slots_ = std::vector<Slot>(16);  // a power of two, at most half full
  std::string texts_;
  std::size_t count_ = 0;
};

}  // namespace protorest::transcode
