// Rooms: who is where, and what each of them has yet to be told.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <vector>

#include "chat.pb.h"

namespace chat {

// Someone in a room. From any thread.
class Member {
 public:
  // Messages that a slow reader has not taken yet; whoever falls further behind misses the oldest.
  static constexpr std::size_t kMostWaiting = 1000;

  explicit Member(std::string user) : user_(std::move(user)) {}
  const std::string& user() const { return user_; }

  void Tell(const v1::ChatMessage& message);
  // Nothing more is to be told.
  void Close();
  // Waits for the next message; false: there is none any more.
  bool Next(v1::ChatMessage& message);

 private:
  const std::string user_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<v1::ChatMessage> waiting_;
  bool closed_ = false;
};

class Rooms {
 public:
  std::shared_ptr<Member> Join(const std::string& room, const std::string& user);
  void Leave(const std::string& room, const std::shared_ptr<Member>& member);

  // Tells everyone in the room, the sender too.
  void Post(const v1::ChatMessage& message);

  // Waits until the room is another than that of `version`, and sets both; false: it was stopped.
  bool Watch(const std::string& room, std::stop_token stop, std::uint64_t& version,
             std::vector<std::string>& users);

 private:
  struct Room {
    std::list<std::shared_ptr<Member>> members;
    std::uint64_t version = 1;
  };

  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::map<std::string, Room> rooms_;
};

}  // namespace chat
