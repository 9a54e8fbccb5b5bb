// SeenFields: which singular fields a query has set already (rule Q5).
#pragma once

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <array>
#include <cstddef>
#include <string>
#include <unordered_set>
#include <utility>

namespace protorest::transcode {

// A few fields are kept in place, so that a usual query allocates nothing; more go into a set, so
// that a hostile one costs no square.
class SeenFields {
 public:
  using Message = google::protobuf::Message;
  using Field = google::protobuf::FieldDescriptor;

  // Notes the field of that very message; false if it was noted before.
  bool Insert(const Message& holder, const Field& field) {
    const Key key(&holder, &field);
    for (std::size_t i = 0; i < count_; ++i) {
      if (few_[i] == key) return false;
    }
    if (count_ < few_.size()) {
      few_[count_++] = key;
      return true;
    }
    return many_.insert(key).second;
  }

  // The same for an entry of a map, by its key in one spelling (rule Q20).
  bool InsertKey(const Message& holder, const Field& field, const std::string& key) {
    return keys_.insert({{&holder, &field}, key}).second;
  }

 private:
  using Key = std::pair<const Message*, const Field*>;
  using EntryKey = std::pair<Key, std::string>;
  struct Hash {
    std::size_t operator()(const Key& key) const {
      return std::hash<const void*>()(key.first) * 31 + std::hash<const void*>()(key.second);
    }
    std::size_t operator()(const EntryKey& key) const {
      return (*this)(key.first) * 31 + std::hash<std::string>()(key.second);
    }
  };

  std::array<Key, 16> few_;
  std::size_t count_ = 0;
  std::unordered_set<Key, Hash> many_;
  std::unordered_set<EntryKey, Hash> keys_;
};

}  // namespace protorest::transcode
