// The users service: what the handler interface of users.proto asks for, on top of the store.
#pragma once

#include <memory>

#include "user_store.h"
#include "users.rest.pb.h"

namespace users {

// One object serves REST and gRPC alike. Threads: calls run at the same time; the store is safe.
class UsersService final : public v1::UserServiceHandler {
 public:
  explicit UsersService(std::unique_ptr<UserStore> store) : store_(std::move(store)) {}

  protorest::Status GetUser(protorest::Context& context, const v1::GetUserRequest& request,
                            v1::User& response) override;
  protorest::Status CreateUser(protorest::Context& context, const v1::CreateUserRequest& request,
                               v1::User& response) override;
  protorest::Status ListUsers(protorest::Context& context, const v1::ListUsersRequest& request,
                              protorest::Writer<v1::User>& responses) override;
  protorest::Status BulkCreateUsers(protorest::Context& context,
                                    protorest::Reader<v1::CreateUserRequest>& requests,
                                    v1::BulkCreateResponse& response) override;
  protorest::Status Chat(
      protorest::Context& context,
      protorest::ReaderWriter<v1::ChatMessage, v1::ChatMessage>& stream) override;

 private:
  std::unique_ptr<UserStore> store_;
};

}  // namespace users
