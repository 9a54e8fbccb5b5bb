// The client against services that are not ours: gRPC's own health check and server reflection,
// which shows at the same time that reflection lists a Service.
#include <google/protobuf/empty.pb.h>
#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/health_check_service_interface.h>
#include <grpcpp/server_builder.h>
#include <gtest/gtest.h>

#include <string>

#include "protorest/generated/grpc.h"
#include "protorest/grpc/service.h"
#include "tests/runtime/grpc/test_service.h"
#include "tests/runtime/grpc/test_support.h"

namespace protorest::grpc::testing {
namespace {

using google::protobuf::Empty;

constexpr MessageType kEmpty = {.default_instance = []() -> const google::protobuf::Message& {
                                  return Empty::default_instance();
                                },
                                .codec = nullptr};

// google.protobuf.Empty carries any message, as unknown fields.
Empty Raw(const std::string& bytes) {
  Empty message;
  EXPECT_TRUE(message.ParseFromString(bytes));
  return message;
}

class ForeignService : public ::testing::Test {
 protected:
  ForeignService() : service_(AsyncEcho()) {
    ::grpc::EnableDefaultHealthCheckService(true);
    ::grpc::reflection::InitProtoReflectionServerBuilderPlugin();
    ::grpc::ServerBuilder builder;
    builder.RegisterService(&service_);
    server_ = builder.BuildAndStart();
  }

  Service service_;
  std::unique_ptr<::grpc::Server> server_;
  Context context_;
};

TEST_F(ForeignService, HealthCheck) {
  constexpr MethodInfo kCheck = {.name = "Check",
                                 .full_name = "grpc.health.v1.Health/Check",
                                 .kind = MethodKind::kUnary,
                                 .request = kEmpty,
                                 .response = kEmpty,
                                 .bindings = {}};
  Client client(server_->InProcessChannel({}));
  Empty response;
  EXPECT_EQ(Await(client.Unary(kCheck, context_, Empty(), response)), Status::Ok());
  EXPECT_EQ(response.SerializeAsString(), "\x08\x01");  // status: SERVING
  // service: "x", which nobody registered
  EXPECT_EQ(Await(client.Unary(kCheck, context_, Raw("\x0a\x01x"), response)).code(),
            Code::kNotFound);
}

TEST_F(ForeignService, ReflectionListsTheService) {
  constexpr MethodInfo kReflect = {
      .name = "ServerReflectionInfo",
      .full_name = "grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo",
      .kind = MethodKind::kBidiStream,
      .request = kEmpty,
      .response = kEmpty,
      .bindings = {}};
  Client client(server_->InProcessChannel({}));
  FakeStream stream;
  stream.Send(Raw("\x3a\x01*"));  // list_services: "*"
  stream.HalfClose();
  EXPECT_EQ(Await(client.BidiStream(kReflect, context_, stream)), Status::Ok());
  ASSERT_EQ(stream.responses().size(), 1u);
  EXPECT_NE(stream.responses()[0].find("test.v1.TestService"), std::string::npos);
}

}  // namespace
}  // namespace protorest::grpc::testing
