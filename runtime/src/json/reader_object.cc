// The reader's objects: which field a key names.
#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <algorithm>
#include <bit>
#include <cstring>

#include "json/escape.h"
#include "json/search.h"
#include "protorest/generated/json_reader.h"

namespace protorest::json {
namespace {

// How many of the fields that come next are tried before a key is looked up: enough for those that
// most messages leave out.
constexpr int kAhead = 4;

constexpr char kTwice[] = "the field comes twice";

// What by_name's entries stand for.
std::string_view NameAt(const Field* fields, std::uint16_t entry) {
  const Field& field = fields[entry / 2];
  return entry % 2 == 0 ? field.json : field.proto;
}

template <class Word>
bool AreSameWords(const char* a, const char* b) {
  Word x, y;
  std::memcpy(&x, a, sizeof x);
  std::memcpy(&y, b, sizeof y);
  return x == y;
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

}  // namespace

ObjectBase::ObjectBase(Reader& reader, const Field* fields, int count, const FieldLookup* lookup,
                       std::uint64_t* seen)
    : reader_(reader),
      fields_(fields),
      count_(count),
      lookup_(lookup),
      seen_(seen),
      type_member_(reader.TakeTypeMember()) {
  const bool object = reader_.Peek() == '{';
  start_ = reader_.pos_;
  if (!object) reader_.Mismatch("an object");
  if (!object || !reader_.Enter()) before_ = kOver;
}

// The fields of the run came; one that came before is there twice.
inline void ObjectBase::MarkSeen() {
  if (first_ < 0) return;
  if (current_ < 64) {
    MarkSeen(0, first_, current_);
  } else {
    for (int word = first_ / 64; word <= current_ / 64; ++word) {
      MarkSeen(word, std::max(first_ - word * 64, 0), std::min(current_ - word * 64, 63));
    }
  }
  first_ = -1;
}

inline void ObjectBase::MarkSeen(int word, int low, int high) {
  const std::uint64_t run = (std::uint64_t{2} << high) - (std::uint64_t{1} << low);
  if (const std::uint64_t twice = seen_[word] & run; twice != 0) [[unlikely]]
    NoteTwice(word, twice);
  seen_[word] |= run;
}

void ObjectBase::NoteTwice(int word, std::uint64_t fields) {
  for (; fields != 0; fields &= fields - 1) {
    const int index = word * 64 + std::countr_zero(fields);
    reader_.NoteLate(start_, kTwice, fields_[index].json);
  }
}

int ObjectBase::Next() {
  MarkSeen();
  for (;;) {
    const char c = reader_.Peek();
    if (c != before_) return End(c);
    ++reader_.pos_;
    const int found = Find();
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

inline int ObjectBase::Find() {
  reader_.Peek();
  const char* const key_at = reader_.pos_;
  const auto left = static_cast<std::size_t>(reader_.end_ - key_at);
  for (int i = current_ + 1; i < std::min(current_ + 1 + kAhead, count_); ++i) {
    const std::size_t size = fields_[i].size - 1;  // the comma is behind
    if (size >= left || !AreSame(key_at, fields_[i].text + 1, size)) continue;
    reader_.pos_ = key_at + size;
    return i;
  }
  return FindByName();
}

int ObjectBase::FindByName() {
  key_at_ = reader_.pos_;
  if (reader_.Peek() != '"') {
    if (reader_.Peek() == '}' && before_ == '{') return End('}');
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
  if (found >= 0) return found;
  if (type_member_ && key_ == "@type") {
    if (type_seen_) Duplicate();
    type_seen_ = true;
    reader_.SkipValue();
    return kUnknown;
  }
  if (lookup_ != nullptr && lookup_->extendable && key_.starts_with('[')) return kExtension;
  Unknown();
  return kUnknown;
}

int ObjectBase::IndexOf(std::string_view name) const {
  if (lookup_ == nullptr || lookup_->by_name.empty()) {
    for (int i = 0; i < count_; ++i) {
      if (fields_[i].json == name || fields_[i].proto == name) return name.empty() ? kUnknown : i;
    }
    return kUnknown;
  }
  const auto& by_name = lookup_->by_name;
  const auto found = std::lower_bound(by_name.begin(), by_name.end(), name,
                                      [this](std::uint16_t entry, std::string_view n) {
                                        const std::string_view candidate = NameAt(fields_, entry);
                                        if (candidate.size() != n.size()) {
                                          return candidate.size() < n.size();
                                        }
                                        return candidate < n;
                                      });
  if (found == by_name.end() || NameAt(fields_, *found) != name) return kUnknown;
  return *found / 2;
}

void ObjectBase::Unknown() {
  if (!reader_.options_.ignore_unknown_fields) {
    std::string description = "unknown field";
    detail::NearName near(key_);
    for (int i = 0; i < count_; ++i) {
      near.Consider(fields_[i].json);
      if (!fields_[i].proto.empty()) near.Consider(fields_[i].proto);
    }
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
  const char* const start = (reader_.Peek(), reader_.pos_);
  reader_.SkipValue();
  const auto& name = message.GetDescriptor()->FindFieldByNumber(set)->json_name();
  reader_.Note(start, "\"" + std::string(name) + "\" of the same oneof is set already");
  return false;
}

void ObjectBase::Missing(int index) {
  reader_.Note(start_, "required, but not there", fields_[index].json);
}

}  // namespace protorest::json
