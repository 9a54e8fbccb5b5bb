// In its steady state a unary call allocates nothing but what its messages outgrow.
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "orders.rest.pb.h"
#include "protorest/server.h"
#include "tests/runtime/http/h2_client.h"
#include "tests/runtime/http/harness.h"
#include "tests/support/allocations.h"
#include "users.rest.pb.h"

namespace protorest {
namespace {

using http::H2Client;
using http::RawClient;

// Longer than std::string holds in itself: kept messages keep their memory.
constexpr char kName[] = "a name that takes some memory of its own";

class Users final : public users::v1::UserServiceHandler {
 public:
  Status GetUser(Context& context, const users::v1::GetUserRequest& request,
                 users::v1::User& response) override {
    if (context.metadata("x-tenant") != "tenant") return Status::NotFound("no tenant");
    response.set_id(request.user_id());
    *response.mutable_name() = kName;  // set_name would make a string first
    response.set_age(42);
    return Status();
  }
  Status CreateUser(Context&, const users::v1::CreateUserRequest& request,
                    users::v1::User& response) override {
    response.set_name(request.name());
    response.set_email(request.email());
    return Status();
  }
};

class Orders final : public orders::OrdersHandler {
 public:
  Status Place(Context&, const orders::Order& request, orders::Receipt& response) override {
    return Answer(request, response);
  }
  Status Replace(Context&, const orders::ReplaceRequest& request,
                 orders::Receipt& response) override {
    return Answer(request.order(), response);
  }

 private:
  static Status Answer(const orders::Order& order, orders::Receipt& response) {
    response.set_lines(order.lines_size());
    const bool complete = order.customer().name() == kName && order.lines_size() == 2 &&
                          order.lines(1).gift_for().name() == kName;
    return complete ? Status() : Status::InvalidArgument("not what was sent");
  }
};

// A path variable is set by reflection, which takes a string over: a longer one would be allocated.
constexpr char kPath[] = "/v1/users/user-42";

class Allocations : public testing::Test {
 protected:
  Allocations() : server_({.address = "127.0.0.1:0", .threads = 1}) {
    test::CountThisThread(false);
    server_.Add(std::make_shared<Users>());
    server_.Add(std::make_shared<Orders>());
    EXPECT_TRUE(server_.Start().ok());
  }
  ~Allocations() override {
    server_.Shutdown();
    test::CountThisThread(true);
  }

  std::uint16_t port() const { return static_cast<std::uint16_t>(server_.port()); }

  Server server_;
};

// An HTTP/1.1 request with a body of JSON.
std::string Request(const std::string& method_and_path, const std::string& body) {
  return method_and_path +
         " HTTP/1.1\r\nhost: x\r\ncontent-length: " + std::to_string(body.size()) + "\r\n\r\n" +
         body;
}

void ExpectNoAllocations(std::uint16_t port, std::initializer_list<std::string> requests) {
  RawClient client(port);
  EXPECT_EQ(test::AllocationsIn([&] {
              for (int i = 0; i < 200; ++i) {
                for (const std::string& request : requests) {
                  client.Send(request);
                  const http::Response response = client.Read();
                  ASSERT_EQ(response.status, 200) << response.body;
                }
              }
            }),
            0);
}

TEST_F(Allocations, NoneForAnHttp1Call) {
  const std::string get =
      "GET " + std::string(kPath) + " HTTP/1.1\r\nhost: x\r\nx-tenant: tenant\r\n\r\n";
  const std::string body = R"({"name":")" + std::string(kName) + R"(","email":"a@example.com"})";
  ExpectNoAllocations(port(), {get, Request("POST /v1/users", body)});
}

TEST_F(Allocations, NoneForMessagesInMessages) {
  const std::string customer = R"({"name":")" + std::string(kName) + "\"}";
  const std::string order =
      R"({"customer":)" + customer + R"(,"lines":[{"article":"a"},{"giftFor":)" + customer + "}]}";
  ExpectNoAllocations(port(), {Request("POST /orders", order)});
  ExpectNoAllocations(port(), {Request("PUT /orders/7", order)});
}

TEST_F(Allocations, NoneForAnHttp2Call) {
  H2Client client(port());
  EXPECT_EQ(test::AllocationsIn([&] {
              for (int i = 0; i < 200; ++i) {
                const std::int32_t id =
                    client.Submit("GET", kPath, std::nullopt, {{"x-tenant", "tenant"}});
                ASSERT_TRUE(client.RunUntilClosed(id));
                ASSERT_EQ(client.stream(id).headers[":status"], "200");
              }
            }),
            0);
}

}  // namespace
}  // namespace protorest
