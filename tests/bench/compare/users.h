// The directory that every C++ server of the comparison looks up: 1,000 users, read-only.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>

#include "users.pb.h"

namespace compare {

class Users {
 public:
  Users() {
    for (int i = 0; i < 1000; ++i) {
      users::v1::User user;
      user.set_id("u" + std::to_string(i));
      user.set_name("Ada Lovelace");
      user.set_email("ada." + std::to_string(i) + "@example.com");
      user.set_age(20 + i % 60);
      user.set_created_at(1700000000 + i);
      by_id_.emplace(user.id(), user);
    }
  }

  const users::v1::User* Find(const std::string& id) const {
    const auto found = by_id_.find(id);
    return found == by_id_.end() ? nullptr : &found->second;
  }

 private:
  std::unordered_map<std::string, users::v1::User> by_id_;
};

}  // namespace compare
