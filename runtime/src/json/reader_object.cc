// The reader's objects: which field a key names.
#include <algorithm>

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

}  // namespace

void ObjectBase::Begin() {
  type_member_ = reader_.TakeTypeMember();
  const bool open = reader_.Peek() == '{' && !reader_.failed();
  start_ = reader_.pos_;
  if (!open) {
    reader_.Mismatch("an object");
    over_ = true;
    return;
  }
  over_ = !reader_.Enter();
  if (!over_) ++reader_.pos_;
}

// The fields from first_ to current_ came in one run; a field that came before is there twice.
inline void ObjectBase::MarkSeen() {
  if (first_ < 0) return;
  for (int word = first_ / 64; word <= current_ / 64; ++word) {
    const int low = std::max(first_ - word * 64, 0);
    const int high = std::min(current_ - word * 64, 63);
    const std::uint64_t run = (~std::uint64_t{0} >> (63 - high)) & (~std::uint64_t{0} << low);
    for (std::uint64_t twice = seen_[word] & run; twice != 0; twice &= twice - 1) [[unlikely]] {
        const int index = word * 64 + std::countr_zero(twice);
        reader_.NoteLate(start_, kTwice, fields_[index].json);
      }
    seen_[word] |= run;
  }
  first_ = -1;
}

inline int ObjectBase::Find() {
  const char* const key_at = key_at_ = reader_.pos_;
  if (key_at == reader_.end_ || *key_at != '"') {
    reader_.Fail(key_at, "expected a member's name in quotes");
    return kEnd;
  }
  // What stands before the key, a brace or white space, takes the place of the comma.
  if (reader_.end_ - key_at > static_cast<std::ptrdiff_t>(Field::kMaxText)) {
    for (int i = current_ + 1; i < std::min(current_ + 1 + kAhead, count_); ++i) {
      if (fields_[i].Differs(key_at - 1, Field::kFirstByte) != 0) continue;
      reader_.pos_ = key_at - 1 + fields_[i].size;
      return i;
    }
  }
  if (!reader_.RawString(&key_)) return kEnd;
  const bool escaped = key_.data() != key_at + 1;
  const int found = FindByName(escaped ? detail::EscapeName(key_, &escaped_key_) : key_);
  // The colon; the key stays valid until the value is read.
  if (!reader_.Consume(':')) {
    reader_.Fail(reader_.pos_, "expected ':' after a member's name");
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

int ObjectBase::Next() {
  MarkSeen();
  for (;;) {
    if (over_ || reader_.failed_) return kEnd;
    const char c = reader_.Peek();
    if (c == '}') {
      ++reader_.pos_;
      reader_.Leave();
      over_ = true;
      return kEnd;
    }
    if (opened_) {
      if (c != ',') {
        reader_.Fail(reader_.pos_, "expected ',' or '}' after a member");
        return kEnd;
      }
      ++reader_.pos_;
      reader_.Peek();
    }
    opened_ = true;
    const int found = Find();
    if (found == kUnknown) continue;
    if (found >= 0) first_ = current_ = found;
    return found;
  }
}

int ObjectBase::FindByName(std::string_view name) const {
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
    reader_.Note(key_at_, std::move(description), key_);
  }
  reader_.SkipValue();
}

void ObjectBase::Duplicate() { reader_.Note(start_, kTwice, key_); }

bool ObjectBase::Member(bool none_set, bool null_is_value) {
  if (!null_is_value && reader_.Null()) return false;
  if (none_set || reader_.failed()) return true;
  const char* const start = (reader_.Peek(), reader_.pos_);
  reader_.SkipValue();
  reader_.Note(start, "another field of the same oneof is set already");
  return false;
}

void ObjectBase::Missing(int index) {
  reader_.Note(start_, "required, but not there", fields_[index].json);
}

}  // namespace protorest::json
