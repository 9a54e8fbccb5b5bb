// A grpc++ client against a running users server: grpc_client_test ADDRESS. Run by grpc_test.py.
#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <string>
#include <thread>

#include "users.grpc.pb.h"

namespace {

using namespace users::v1;
using grpc::ClientContext;
using grpc::StatusCode;

std::string address;

class GrpcClient : public testing::Test {
 protected:
  User Create(const std::string& email) {
    ClientContext context;
    CreateUserRequest request;
    request.set_name("Ada");
    request.set_email(email);
    User user;
    const grpc::Status status = stub_->CreateUser(&context, request, &user);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return user;
  }

  std::unique_ptr<UserService::Stub> stub_ =
      UserService::NewStub(grpc::CreateChannel(address, grpc::InsecureChannelCredentials()));
};

TEST_F(GrpcClient, GetsWhatItCreated) {
  const User created = Create("get@cpp.example.com");
  ClientContext context;
  GetUserRequest request;
  request.set_user_id(created.id());
  User read;
  ASSERT_TRUE(stub_->GetUser(&context, request, &read).ok());
  EXPECT_EQ(read.SerializeAsString(), created.SerializeAsString());
}

TEST_F(GrpcClient, GetsErrorsWithTheirDetails) {
  ClientContext context;
  CreateUserRequest request;
  request.set_email("nobody");
  User user;
  const grpc::Status status = stub_->CreateUser(&context, request, &user);
  EXPECT_EQ(status.error_code(), StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(status.error_details(), testing::HasSubstr("google.rpc.BadRequest"));

  ClientContext missing_context;
  GetUserRequest missing;
  missing.set_user_id("no such id");
  EXPECT_EQ(stub_->GetUser(&missing_context, missing, &user).error_code(), StatusCode::NOT_FOUND);
}

TEST_F(GrpcClient, ReadsAPage) {
  Create("list1@cpp.example.com");
  Create("list2@cpp.example.com");
  ClientContext context;
  ListUsersRequest request;
  request.set_page_size(1);
  const auto reader = stub_->ListUsers(&context, request);
  User user;
  EXPECT_TRUE(reader->Read(&user));
  EXPECT_FALSE(reader->Read(&user));
  EXPECT_TRUE(reader->Finish().ok());
  EXPECT_EQ(context.GetServerInitialMetadata().count("x-next-page-token"), 1u);
}

TEST_F(GrpcClient, StreamsRequests) {
  ClientContext context;
  BulkCreateResponse response;
  const auto writer = stub_->BulkCreateUsers(&context, &response);
  for (int i = 0; i < 100; ++i) {
    CreateUserRequest request;
    request.set_email(std::to_string(i) + "@bulk.example.com");
    ASSERT_TRUE(writer->Write(request));
  }
  writer->WritesDone();
  ASSERT_TRUE(writer->Finish().ok());
  EXPECT_EQ(response.created_count(), 100);
}

TEST_F(GrpcClient, ChatsInBothDirectionsAtOnce) {
  ClientContext context;
  const auto chat = stub_->Chat(&context);
  ChatMessage sent, received;
  for (int i = 0; i < 100; ++i) {
    sent.set_text(std::to_string(i));
    ASSERT_TRUE(chat->Write(sent));
    ASSERT_TRUE(chat->Read(&received));
    EXPECT_EQ(received.text(), sent.text());
    EXPECT_GT(received.server_time_ms(), 0);
  }
  chat->WritesDone();
  EXPECT_FALSE(chat->Read(&received));
  EXPECT_TRUE(chat->Finish().ok());
}

}  // namespace

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  if (argc != 2) return 2;
  address = argv[1];
  return RUN_ALL_TESTS();
}
