// The reader's objects: which field a key names.
#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <algorithm>
#include <bit>
#include <cstring>

#include "json/block.h"
#include "json/escape.h"
#include "json/problems.h"
#include "json/search.h"
#include "json/white.h"
#include "protorest/generated/json_reader.h"

namespace protorest::json {
namespace {

constexpr char kTwice[] = "the field comes twice";

// Characters, the first in the lowest byte.
template <class Word>
Word LoadWord(const char* p) {
  Word word;
  std::memcpy(&word, p, sizeof word);
  if constexpr (std::endian::native == std::endian::big) {
    word = sizeof word == 8 ? __builtin_bswap64(word) : __builtin_bswap32(word);
  }
  return word;
}

template <class Word>
bool AreSameWords(const char* a, const char* b) {
  return LoadWord<Word>(a) == LoadWord<Word>(b);
}

// memcmp without a call, for at least four bytes.
bool AreSame(const char* a, const char* b, std::size_t size) {
  if (size < 8) {
    return AreSameWords<std::uint32_t>(a, b) &&
           AreSameWords<std::uint32_t>(a + size - 4, b + size - 4);
  }
  for (std::size_t i = 0; i < size - 8; i += 8) {
    if (!AreSameWords<std::uint64_t>(a + i, b + i)) return false;
  }
  return AreSameWords<std::uint64_t>(a + size - 8, b + size - 8);
}

// Behind the blank, if any, that pretty printers put after a colon: what reads values is fast where
// none comes first.
const char* PastBlank(const char* p) { return p + (*p == ' ' ? 1 : 0); }

// How `"name":` begins, without a step for each character.
std::uint64_t Begin(std::string_view name) {
  constexpr std::size_t kRoom = sizeof(std::uint64_t) - 1;
  std::uint64_t word = 0;
  if (name.size() >= kRoom) {
    word = detail::PartialWord(name.data(), kRoom);
  } else {
    constexpr std::uint64_t kEnd = '"' | ':' << 8;
    word = detail::PartialWord(name.data(), name.size()) | kEnd << (8 * name.size());
  }
  return word << 8 | '"';
}

FieldLookup::Name Whole(std::string_view name) {
  if (name.size() < 8) {
    const std::uint64_t word = detail::PartialWord(name.data(), name.size());
    return {word, word, word, name.size()};
  }
  const std::size_t rest = name.size() - 8;
  return {LoadWord<std::uint64_t>(name.data()), LoadWord<std::uint64_t>(name.data() + rest / 2),
          LoadWord<std::uint64_t>(name.data() + rest), name.size()};
}

// The same where eight characters may be read, without a branch; not for an empty name.
FieldLookup::Name WholeAt(const char* name, std::size_t size) {
  const std::size_t missing = size < 8 ? 8 - size : 0;
  const std::size_t rest = size + missing - 8;
  const std::uint64_t all = ~std::uint64_t{0} >> (8 * (missing & 7));
  return {LoadWord<std::uint64_t>(name) & all, LoadWord<std::uint64_t>(name + rest / 2) & all,
          LoadWord<std::uint64_t>(name + rest) & all, size};
}

}  // namespace

ObjectBase::ObjectBase(Reader& reader, std::span<const Field> fields, const FieldLookup& lookup,
                       std::uint64_t* seen)
    : reader_(reader),
      fields_(fields.data()),
      count_(static_cast<int>(fields.size())),
      lookup_(lookup),
      seen_(seen),
      type_member_(reader.TakeTypeMember()) {
  const bool object = reader_.Peek() == '{';
  start_ = reader_.pos_;
  if (!object) reader_.Mismatch("an object");
  if (!object || !reader_.Enter()) before_ = kOver;
}

// The fields of the run came; one that came before is there twice. Returns the reader's place, `p`
// unless what is noted is one error too many.
inline const char* ObjectBase::MarkSeen(const char* p) {
  if (first_ < 0) return p;
  if (current_ >= 64) [[unlikely]]
    return MarkSeenWords(p);
  p = MarkSeen(p, 0, first_, current_);
  first_ = -1;
  return p;
}

inline const char* ObjectBase::MarkSeen(const char* p, int word, int low, int high) {
  const std::uint64_t run = (std::uint64_t{2} << high) - (std::uint64_t{1} << low);
  const std::uint64_t twice = seen_[word] & run;
  seen_[word] |= run;
  return twice == 0 ? p : NoteTwice(p, word, twice);
}

const char* ObjectBase::MarkSeenWords(const char* p) {
  for (int word = first_ / 64; word <= current_ / 64; ++word) {
    p = MarkSeen(p, word, std::max(first_ - word * 64, 0), std::min(current_ - word * 64, 63));
  }
  first_ = -1;
  return p;
}

const char* ObjectBase::NoteTwice(const char* p, int word, std::uint64_t fields) {
  for (; fields != 0; fields &= fields - 1) {
    const int index = word * 64 + std::countr_zero(fields);
    reader_.NoteLate(start_, kTwice, fields_[index].json);
  }
  return reader_.failed_ ? reader_.pos_ : p;
}

int ObjectBase::NextAt(const char* p) {
  p = MarkSeen(p);
  const int index = lookup_.by_whole_name() ? FindWholeAtOnce(p) : FindAtOnce(p);
  return index >= 0 ? index : NextSlow(p);
}

// The field whose key stands at `p`, as compact writers put it, consumed up to its value; -1 for
// any other. Where keys come in any order, the processor guesses nothing right that depends on
// them: so no branch does on the way to the field. Nor is anything called, so that nothing need be
// saved.
inline int ObjectBase::FindAtOnce(const char* p) {
  using detail::Block;
  constexpr std::ptrdiff_t kRead = 1 + Block::kSize;
  if (reader_.end_ - p < kRead || *p != before_ || p[1] != '"' || lookup_.shift == 0) return -1;
  const int index = lookup_.First(lookup_.SlotOf(LoadWord<std::uint64_t>(p + 1)));
  if (index < 0) return -1;
  const Field& field = fields_[index];
  const std::size_t size = field.size - 1;  // too long, too, where the field has no text
  if (size >= Block::kSize || !Block(p + 1).Begins(Block(field.text + 1), size)) return -1;
  reader_.pos_ = PastBlank(p + field.size);
  before_ = ',';
  return first_ = current_ = index;
}

// The same where fields go by their whole names.
inline int ObjectBase::FindWholeAtOnce(const char* p) {
  using detail::Block, detail::Window;
  constexpr std::ptrdiff_t kRead = 2 + Window::kSize + 2;
  if (reader_.end_ - p < kRead || *p != before_ || p[1] != '"' || lookup_.shift == 0) return -1;
  const char* const name = p + 2;
  const std::size_t size = Window(name).Unusual();
  if (name[size] != '"' || name[size + 1] != ':') return -1;
  const int index = lookup_.First(lookup_.SlotOf(WholeAt(name, size)));
  if (index < 0) return -1;
  const Field& field = fields_[index];
  if (field.json.size() != size) return -1;
  const bool same = size < Block::kSize ? Block(name).Begins(Block(field.text + 2), size)
                                        : AreSame(name, field.json.data(), size);
  if (!same) return -1;
  reader_.pos_ = PastBlank(name + size + 2);
  before_ = ',';
  return first_ = current_ = index;
}

int ObjectBase::NextSlow(const char* p) {
  for (;; p = reader_.pos_) {
    p = detail::SkipWhite(p, reader_.end_);
    const char c = p == reader_.end_ ? '\0' : *p;
    if (c != before_) {
      reader_.pos_ = p;
      return End(c);
    }
    const int found = Find(p + 1);
    if (found == kEnd) return kEnd;
    before_ = ',';
    if (found == kUnknown) continue;
    if (found >= 0) first_ = current_ = found;
    return found;
  }
}

int ObjectBase::End(char c) {
  if (before_ == kOver) return kEnd;
  reader_.EndContainer(c, '}', "',' or '}' after a member");
  before_ = kOver;
  return kEnd;
}

// If the field's key stands there as `"name":`, its value's place. Else null.
inline const char* ObjectBase::After(const Field& field, const char* key_at) const {
  using detail::Block;
  const auto left = static_cast<std::size_t>(reader_.end_ - key_at);
  const std::size_t size = field.size - 1;  // the comma is behind; a field without text is too long
  if (size >= left) return nullptr;
  // Names differ in size: compared in one go, so that no branch depends on it.
  const bool same = size < Block::kSize && left >= Block::kSize
                        ? Block(key_at).Begins(Block(field.text + 1), size)
                        : AreSame(key_at, field.text + 1, size);
  return same ? PastBlank(key_at + size) : nullptr;
}

bool ObjectBase::FollowsBehindWhite(const Field& field) {
  const char* const p = reader_.pos_;
  if (*p != ',') return false;
  const char* const after = After(field, p + GapSize(p));
  if (after == nullptr) return false;
  reader_.pos_ = after;
  return true;
}

// How far behind the comma at `p` the next key stands. Indentation is the same all through an
// object: it is compared with the one before, so that nothing waits until its length is known.
inline std::size_t ObjectBase::GapSize(const char* p) {
  using detail::Block;
  const bool whole = reader_.end_ - p >= std::ptrdiff_t{Block::kSize};
  if (gap_size_ != 0 && whole && Block(p).Begins(Block(gap_), gap_size_) && p[gap_size_] > ' ') {
    return gap_size_;
  }
  const auto size = static_cast<std::size_t>(detail::SkipWhite(p + 1, reader_.end_) - p);
  if (whole && size < Block::kSize) {
    gap_ = p;
    gap_size_ = size;
  }
  return size;
}

// The key stands at `p` or behind white space. It is not that of the field that is declared next,
// or First or Follows had seen it; but First does not look behind white space.
inline int ObjectBase::Find(const char* p) {
  const char* const key_at = detail::SkipWhite(p, reader_.end_);
  reader_.pos_ = key_at;
  if (before_ == '{') {
    if (key_at != reader_.end_ && *key_at == '}') return End('}');
    if (const char* const after = key_at != p && count_ > 0 ? After(fields_[0], key_at) : nullptr) {
      reader_.pos_ = after;
      return 0;
    }
  }
  const bool has_word = reader_.end_ - key_at >= std::ptrdiff_t{sizeof(std::uint64_t)};
  if (has_word && !lookup_.slots.empty()) [[likely]]
    return lookup_.by_whole_name() ? FindOther(key_at) : FindByHash(key_at);
  return FindByName();
}

inline int ObjectBase::FindByHash(const char* key_at) {
  const char* after = nullptr;
  const auto matches = [&](int index) {
    after = After(fields_[index], key_at);
    return after != nullptr;
  };
  const int index = lookup_.Find(lookup_.SlotOf(LoadWord<std::uint64_t>(key_at)), matches);
  if (index < 0) return FindOther(key_at);
  reader_.pos_ = after;
  return index;
}

// Consumes a key that is short and of plain characters, with the colon at once behind it.
inline bool ObjectBase::TakePlainKey(const char* key_at) {
  using detail::Window;
  if (static_cast<std::size_t>(reader_.end_ - key_at) < Window::kSize + 2 || *key_at != '"') {
    return false;
  }
  const std::size_t size = Window(key_at + 1).Unusual();
  const char* const quote = key_at + 1 + size;
  if (size == 0 || size == Window::kSize || *quote != '"' || quote[1] != ':') return false;
  key_at_ = key_at;
  key_ = {key_at + 1, size};
  reader_.pos_ = quote + 2;
  return true;
}

// The key is none whose text FindByHash knows: unknown, not as protorest writes it, or fields go by
// whole names. Apart, so that FindByHash stays small.
[[gnu::noinline]] int ObjectBase::FindOther(const char* key_at) {
  if (!TakePlainKey(key_at)) return FindByName();
  const auto matches = [this](int index) { return HasName(index, key_); };
  const std::size_t slot = lookup_.by_whole_name()
                               ? lookup_.SlotOf(Whole(key_))
                               : lookup_.SlotOf(LoadWord<std::uint64_t>(key_at));
  return Found(lookup_.Find(slot, matches));
}

int ObjectBase::FindByName() {
  key_at_ = reader_.pos_;
  if (reader_.Peek() != '"') {
    reader_.Unexpected(key_at_, "a member's name in quotes");
    return kEnd;
  }
  if (!reader_.RawString(&key_)) return kEnd;
  std::string escaped;
  const bool as_it_is = key_.data() == key_at_ + 1;
  const int found = IndexOf(as_it_is ? key_ : detail::EscapeName(key_, &escaped));
  // The colon; the key stays valid until the value is read.
  if (!reader_.Consume(':')) {
    reader_.Unexpected(reader_.pos_, "':' after a member's name");
    return kEnd;
  }
  return Found(found);
}

// The key is read: its field's index if there is one.
int ObjectBase::Found(int index) {
  if (index >= 0) return index;
  if (type_member_ && key_ == "@type") {
    if (type_seen_) Duplicate();
    type_seen_ = true;
    reader_.SkipValue();
    return kUnknown;
  }
  if (lookup_.extendable && key_.starts_with('[')) return kExtension;
  Unknown();
  return kUnknown;
}

bool ObjectBase::HasName(int index, std::string_view name) const {
  const Field& field = fields_[index];
  return field.json == name || (field.proto == name && !name.empty());
}

int ObjectBase::IndexOf(std::string_view name) const {
  const auto matches = [&](int index) { return HasName(index, name); };
  int index = -1;
  if (!lookup_.slots.empty()) {
    const std::size_t slot =
        lookup_.by_whole_name() ? lookup_.SlotOf(Whole(name)) : lookup_.SlotOf(Begin(name));
    index = lookup_.Find(slot, matches);
  } else {
    while (++index < count_ && !matches(index)) continue;
  }
  return index >= 0 && index < count_ ? index : kUnknown;
}

void ObjectBase::Unknown(std::span<const std::string> more) {
  if (!reader_.options_.ignore_unknown_fields) {
    std::string description = "unknown field";
    detail::NearName near(key_);
    for (int i = 0; i < count_; ++i) {
      near.Consider(fields_[i].json);
      if (!fields_[i].proto.empty()) near.Consider(fields_[i].proto);
    }
    for (const std::string& name : more) near.Consider(name);
    if (!near.best().empty()) {
      description.append("; did you mean \"").append(near.best()).append("\"?");
    }
    std::string buffer;
    reader_.Note(key_at_, std::move(description), detail::EscapeName(key_, &buffer));
  }
  reader_.SkipValue();
}

void ObjectBase::Duplicate() {
  std::string buffer;
  reader_.Note(start_, kTwice, detail::EscapeName(key_, &buffer));
}

bool ObjectBase::Member(const google::protobuf::Message& message, int set, bool null_is_value) {
  if (!null_is_value && reader_.Null()) return false;
  if (set == 0 || reader_.failed()) return true;
  const auto& name = message.GetDescriptor()->FindFieldByNumber(set)->json_name();
  if (current_ >= 0 && fields_[current_].json == name) return true;  // told as one that comes twice
  const char* const start = (reader_.Peek(), reader_.pos_);
  reader_.SkipValue();
  reader_.Note(start, "\"" + std::string(name) + "\" of the same oneof is set already");
  return false;
}

void ObjectBase::Missing(int index) {
  if (!reader_.options().allow_partial) NoteMissing(index);
}

void ObjectBase::NoteMissing(int index) {
  reader_.Note(start_, detail::kNotThere, fields_[index].json);
}

}  // namespace protorest::json
