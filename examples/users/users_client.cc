// A plain gRPC client of the users server: the same contract without REST.
//   users_client ADDRESS get ID | list [PAGE_SIZE] | create NAME EMAIL AGE
#include <grpcpp/grpcpp.h>

#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "users.grpc.pb.h"

namespace {

void Print(const users::v1::User& user) { std::printf("%s\n", user.ShortDebugString().c_str()); }

grpc::Status Get(users::v1::UserService::Stub& stub, const std::string& id) {
  grpc::ClientContext context;
  users::v1::GetUserRequest request;
  request.set_user_id(id);
  users::v1::User user;
  grpc::Status status = stub.GetUser(&context, request, &user);
  if (status.ok()) Print(user);
  return status;
}

grpc::Status List(users::v1::UserService::Stub& stub, int page_size) {
  grpc::ClientContext context;
  users::v1::ListUsersRequest request;
  request.set_page_size(page_size);
  const auto users = stub.ListUsers(&context, request);
  users::v1::User user;
  while (users->Read(&user)) Print(user);
  return users->Finish();
}

grpc::Status Create(users::v1::UserService::Stub& stub, const std::vector<std::string>& arguments) {
  grpc::ClientContext context;
  users::v1::CreateUserRequest request;
  request.set_name(arguments[0]);
  request.set_email(arguments[1]);
  request.set_age(std::atoi(arguments[2].c_str()));
  users::v1::User user;
  grpc::Status status = stub.CreateUser(&context, request, &user);
  if (status.ok()) Print(user);
  return status;
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> arguments(argv + (argc < 3 ? argc : 3), argv + argc);
  const std::string command = argc < 3 ? "" : argv[2];
  const auto stub = users::v1::UserService::NewStub(
      grpc::CreateChannel(argc < 2 ? "" : argv[1], grpc::InsecureChannelCredentials()));

  grpc::Status status(grpc::StatusCode::INVALID_ARGUMENT,
                      "usage: users_client ADDRESS get ID | list [SIZE] | create NAME EMAIL AGE");
  if (command == "get" && arguments.size() == 1) {
    status = Get(*stub, arguments[0]);
  } else if (command == "list" && arguments.size() <= 1) {
    status = List(*stub, arguments.empty() ? 0 : std::atoi(arguments[0].c_str()));
  } else if (command == "create" && arguments.size() == 3) {
    status = Create(*stub, arguments);
  }
  if (status.ok()) return 0;
  std::fprintf(stderr, "error %d: %s\n", status.error_code(), status.error_message().c_str());
  return 1;
}
