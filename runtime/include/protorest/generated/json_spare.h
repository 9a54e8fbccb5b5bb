// The memory of what a message held before, for what is read into it. Clear() frees the messages
// within a message (proto3) with all they hold, so that reading into it again would ask for it all
// once more. What the text has no use for is freed, or left to the arena that the message is on.
#pragma once

#include <google/protobuf/repeated_field.h>

#include <utility>

#include "protorest/generated/json_reader.h"

namespace protorest::json {

// A field's old message.
template <class T>
class Spare {
 public:
  // Owns what unsafe_arena_release_…() gave, null too, unless an arena does: `arena` is the one of
  // the message that the field is in, or null. It may own messages that are not on it.
  Spare(T* message, const google::protobuf::Arena* arena)
      : message_(message), on_heap_(arena == nullptr) {}
  ~Spare() {
    if (on_heap_) delete message_;
  }
  Spare(const Spare&) = delete;
  Spare& operator=(const Spare&) = delete;

  // For unsafe_arena_set_allocated_…(), to be read next; null where there is none.
  T* Take(Reader& reader) {
    if (message_ != nullptr) reader.MarkUsed();
    return std::exchange(message_, nullptr);
  }

 private:
  T* message_;
  const bool on_heap_;
};

// A list's old messages. The list is empty until Next() is called; then it holds them again, and
// those that were not asked for leave it in the end.
template <class T>
class SpareList {
 public:
  using List = google::protobuf::RepeatedPtrField<T>;

  // `arena` as above.
  SpareList(List* list, google::protobuf::Arena* arena) : list_(list), old_(arena) {
    old_.UnsafeArenaSwap(list_);
  }
  ~SpareList() {
    if (size_ == 0) return;
    while (list_->size() > size_) list_->RemoveLast();
  }
  SpareList(const SpareList&) = delete;
  SpareList& operator=(const SpareList&) = delete;

  // The list's next element, to be read next; a new one once there is no old one.
  T& Next(Reader& reader) {
    if (size_ == 0) old_.UnsafeArenaSwap(list_);
    const int index = size_++;
    if (index == list_->size()) return *list_->Add();
    reader.MarkUsed();
    return *list_->Mutable(index);
  }

 private:
  List* list_;
  List old_;
  int size_ = 0;  // elements that were asked for
};

}  // namespace protorest::json
