#include "rooms.h"

#include <utility>

namespace chat {

void Member::Tell(const v1::ChatMessage& message) {
  const std::lock_guard lock(mutex_);
  waiting_.push_back(message);
  if (waiting_.size() > kMostWaiting) waiting_.pop_front();
  changed_.notify_one();
}

void Member::Close() {
  const std::lock_guard lock(mutex_);
  closed_ = true;
  changed_.notify_one();
}

bool Member::Next(v1::ChatMessage& message) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return closed_ || !waiting_.empty(); });
  if (waiting_.empty()) return false;
  message = std::move(waiting_.front());
  waiting_.pop_front();
  return true;
}

std::shared_ptr<Member> Rooms::Join(const std::string& room, const std::string& user) {
  auto member = std::make_shared<Member>(user);
  const std::lock_guard lock(mutex_);
  rooms_[room].members.push_back(member);
  ++rooms_[room].version;
  changed_.notify_all();
  return member;
}

void Rooms::Leave(const std::string& room, const std::shared_ptr<Member>& member) {
  const std::lock_guard lock(mutex_);
  rooms_[room].members.remove(member);
  ++rooms_[room].version;
  changed_.notify_all();
}

void Rooms::Post(const v1::ChatMessage& message) {
  const std::lock_guard lock(mutex_);
  for (const auto& member : rooms_[message.room()].members) member->Tell(message);
}

bool Rooms::Watch(const std::string& room, std::stop_token stop, std::uint64_t& version,
                  std::vector<std::string>& users) {
  std::unique_lock lock(mutex_);
  const Room& here = rooms_[room];
  if (!changed_.wait(lock, std::move(stop), [&] { return here.version != version; })) return false;
  version = here.version;
  users.clear();
  for (const auto& member : here.members) users.push_back(member->user());
  return true;
}

}  // namespace chat
