#include "transcode/literal_table.h"

#include <functional>
#include <utility>

namespace protorest::transcode {

std::size_t LiteralTable::Hash(std::string_view text) {
  return std::hash<std::string_view>()(text);
}

std::uint32_t LiteralTable::Find(std::uint32_t parent, std::size_t hash,
                                 std::string_view text) const {
  const std::uint32_t mixed = Mix(parent, hash);
  for (std::size_t at = mixed;; ++at) {
    const Slot& slot = slots_[at & (slots_.size() - 1)];
    if (slot.child == kNone) return kNone;
    if (slot.hash == mixed && slot.parent == parent &&
        texts_.compare(slot.begin, slot.size, text) == 0) {
      return slot.child;
    }
  }
}

void LiteralTable::Add(std::uint32_t parent, std::size_t hash, std::string_view text,
                       std::uint32_t child) {
  if (++count_ * 2 > slots_.size()) Grow();
  Insert({Mix(parent, hash), parent, child, static_cast<std::uint32_t>(texts_.size()),
          static_cast<std::uint32_t>(text.size())});
  texts_ += text;
}

std::uint32_t LiteralTable::Mix(std::uint32_t parent, std::size_t hash) {
  const std::uint64_t mixed = (hash ^ parent) * std::uint64_t{0x9E3779B97F4A7C15};
  return static_cast<std::uint32_t>(mixed >> 32);
}

void LiteralTable::Insert(const Slot& slot) {
  std::size_t at = slot.hash;
  while (slots_[at & (slots_.size() - 1)].child != kNone) ++at;
  slots_[at & (slots_.size() - 1)] = slot;
}

void LiteralTable::Grow() {
  const std::vector<Slot> old = std::exchange(slots_, std::vector<Slot>(slots_.size() * 2));
  for (const Slot& slot : old) {
    if (slot.child != kNone) Insert(slot);
  }
}

}  // namespace protorest::transcode
