// The users service. Blocking code is fine here: the runtime finds threads for it.
#include "users_service.h"

#include <chrono>
#include <string>

namespace users {
namespace {

using protorest::Context;
using protorest::Status;

std::int64_t NowInMilliseconds() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

}  // namespace

Status UsersService::GetUser(Context&, const v1::GetUserRequest& request, v1::User& response) {
  return store_->Get(request.user_id(), response);
}

Status UsersService::CreateUser(Context&, const v1::CreateUserRequest& request,
                                v1::User& response) {
  return store_->Create(request, response);
}

Status UsersService::ListUsers(Context& context, const v1::ListUsersRequest& request,
                               protorest::Writer<v1::User>& responses) {
  UserPage page;
  if (Status status = store_->List(request, page); !status.ok()) return status;
  if (!page.next_page_token.empty()) context.AddHeader("x-next-page-token", page.next_page_token);
  for (const v1::User& user : page.users) {
    if (!responses.Write(user)) break;  // the client is gone
  }
  return Status::Ok();
}

Status UsersService::BulkCreateUsers(Context&, protorest::Reader<v1::CreateUserRequest>& requests,
                                     v1::BulkCreateResponse& response) {
  v1::CreateUserRequest request;
  v1::User user;
  while (requests.Read(request)) {
    if (Status status = store_->Create(request, user); !status.ok()) return status;
    response.add_user_ids(user.id());
  }
  response.set_created_count(response.user_ids_size());
  return Status::Ok();
}

Status UsersService::Chat(Context&,
                          protorest::ReaderWriter<v1::ChatMessage, v1::ChatMessage>& stream) {
  v1::ChatMessage message;
  while (stream.Read(message)) {
    message.set_server_time_ms(NowInMilliseconds());
    if (!stream.Write(message)) break;
  }
  return Status::Ok();
}

}  // namespace users
