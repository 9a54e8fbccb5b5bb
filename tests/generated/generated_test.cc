// The goldens' code at work: service tables, dispatch of all four kinds, defaults, awkward names.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "hostile.rest.pb.h"
#include "method_options.rest.pb.h"
#include "nested.rest.pb.h"
#include "no_package.rest.pb.h"
#include "proto2.rest.pb.h"
#include "protorest/json.h"
#include "quiet.rest.pb.h"
#include "shop/v1/shop.rest.pb.h"
#include "store.rest.pb.h"
#include "streams.json.pb.h"
#include "streams.rest.pb.h"
#include "users.rest.pb.h"

namespace protorest {
namespace {

using streams::v1::Item;
using testing::ElementsAre;
using users::v1::CreateUserRequest;
using users::v1::GetUserRequest;
using users::v1::User;

// A stream whose requests are there from the start; keeps what is written.
class Items final : public MessageStream {
 public:
  explicit Items(std::vector<std::string> names) : unread_(std::move(names)) {}

  void Read(google::protobuf::Message& message, Done done) override {
    const bool ok = next_ < unread_.size();
    if (ok) static_cast<Item&>(message).set_name(unread_[next_++]);
    done(ok);
  }
  void Write(const google::protobuf::Message& message, Done done) override {
    written_.push_back(static_cast<const Item&>(message).name());
    done(true);
  }
  void CancelRead() override {}  // no Read is ever pending
  const std::vector<std::string>& written() const { return written_; }

 private:
  std::vector<std::string> unread_;
  std::size_t next_ = 0;
  std::vector<std::string> written_;
};

// Calls a method as a protocol does.
Status Invoke(Handler& handler, std::size_t method, google::protobuf::Message* request,
              google::protobuf::Message* response, MessageStream* stream = nullptr) {
  Context context;
  Call call(context, request, response, stream);
  std::optional<Status> result;
  handler.Invoke(method, call,
                 {[](void* target, Status& status) {
                    static_cast<std::optional<Status>*>(target)->emplace(std::move(status));
                  },
                  &result});
  return result.value();
}

// Answers with what came, so that a test sees what went where.
class Streams final : public streams::v1::StreamsHandler {
 public:
  Status Unary(Context&, const Item& request, Item& response) override {
    response.set_name("unary " + request.name());
    return {};
  }
  Status Serve(Context&, const Item& request, Writer<Item>& responses) override {
    EXPECT_TRUE(responses.Write(request));
    EXPECT_TRUE(responses.Write(request));
    return {};
  }
  Status Collect(Context&, Reader<Item>& requests, Item& response) override {
    Item item;
    while (requests.Read(item)) response.set_name(response.name() + item.name());
    return {};
  }
  Status Talk(Context&, ReaderWriter<Item, Item>& stream) override {
    Item item;
    while (stream.Read(item)) EXPECT_TRUE(stream.Write(item));
    return Status::Aborted("enough");
  }
};

class AsyncStreams final : public streams::v1::StreamsAsyncHandler {
 public:
  Task<Status> Unary(Context&, const Item& request, Item& response) override {
    response.set_name("unary " + request.name());
    co_return Status();
  }
  Task<Status> Serve(Context&, const Item& request, AsyncWriter<Item>& responses) override {
    co_await responses.Write(request);
    co_await responses.Write(request);
    co_return Status();
  }
  Task<Status> Collect(Context&, AsyncReader<Item>& requests, Item& response) override {
    Item item;
    while (co_await requests.Read(item)) response.set_name(response.name() + item.name());
    co_return Status();
  }
  Task<Status> Talk(Context&, AsyncReaderWriter<Item, Item>& stream) override {
    Item item;
    while (co_await stream.Read(item)) co_await stream.Write(item);
    co_return Status::Aborted("enough");
  }
};

void ExpectAllFourKinds(Handler& handler) {
  Item request;
  Item response;
  request.set_name("x");
  EXPECT_EQ(Invoke(handler, 0, &request, &response), Status());
  EXPECT_EQ(response.name(), "unary x");

  Items responses({});
  EXPECT_EQ(Invoke(handler, 1, &request, nullptr, &responses), Status());
  EXPECT_THAT(responses.written(), ElementsAre("x", "x"));

  Items requests({"a", "b", "c"});
  response.Clear();
  EXPECT_EQ(Invoke(handler, 2, nullptr, &response, &requests), Status());
  EXPECT_EQ(response.name(), "abc");

  Items both({"a", "b"});
  EXPECT_EQ(Invoke(handler, 3, nullptr, nullptr, &both), Status::Aborted("enough"));
  EXPECT_THAT(both.written(), ElementsAre("a", "b"));
}

TEST(Generated, PlainHandlerIsCalledForAllFourKinds) {
  Streams handler;
  EXPECT_TRUE(handler.blocking());
  ExpectAllFourKinds(handler);
}

TEST(Generated, AsyncHandlerIsCalledForAllFourKinds) {
  AsyncStreams handler;
  EXPECT_FALSE(handler.blocking());
  ExpectAllFourKinds(handler);
}

TEST(Generated, MethodThatIsNotOverriddenIsUnimplemented) {
  users::v1::UserServiceHandler plain;
  users::v1::UserServiceAsyncHandler async;
  for (Handler* handler : std::initializer_list<Handler*>{&plain, &async}) {
    GetUserRequest request;
    User response;
    const Status status = Invoke(*handler, 0, &request, &response);
    EXPECT_EQ(status.code(), Code::kUnimplemented);
    EXPECT_THAT(status.message(), testing::HasSubstr("users.v1.UserService/GetUser"));
    // A number beyond the table cannot come from it; it must not crash either.
    EXPECT_EQ(Invoke(*handler, 99, &request, &response).code(), Code::kUnimplemented);
  }
}

TEST(Generated, TableSaysWhatTheProtoSays) {
  users::v1::UserServiceHandler handler;
  const ServiceInfo& service = handler.service();
  EXPECT_EQ(service.full_name, "users.v1.UserService");
  ASSERT_EQ(service.methods.size(), 5U);

  const MethodInfo& get = service.methods[0];
  EXPECT_EQ(get.name, "GetUser");
  EXPECT_EQ(get.full_name, "users.v1.UserService/GetUser");
  EXPECT_EQ(get.kind, MethodKind::kUnary);
  EXPECT_EQ(&get.request.default_instance(), &GetUserRequest::default_instance());
  EXPECT_EQ(&get.response.default_instance(), &User::default_instance());
  ASSERT_EQ(get.bindings.size(), 1U);
  EXPECT_EQ(get.bindings[0].verb, "GET");
  EXPECT_EQ(get.bindings[0].path, "/v1/users/{user_id}");
  EXPECT_EQ(get.bindings[0].body, "");

  EXPECT_EQ(service.methods[2].kind, MethodKind::kServerStream);
  EXPECT_EQ(service.methods[3].kind, MethodKind::kClientStream);
  EXPECT_EQ(service.methods[3].bindings[0].path, "/v1/users:bulkCreate");
  EXPECT_EQ(service.methods[3].bindings[0].body, "*");
  EXPECT_EQ(service.methods[4].kind, MethodKind::kBidiStream);

  // Both flavours tell of the same table.
  EXPECT_EQ(&users::v1::UserServiceAsyncHandler().service(), &service);
}

TEST(Generated, AdditionalBindingsAndResponseBodiesAreInTheTable) {
  const auto bindings = streams::v1::StreamsHandler().service().methods[0].bindings;
  ASSERT_EQ(bindings.size(), 3U);
  EXPECT_EQ(bindings[0].path, "/v1/items/{name=shelves/*/items/**}:look");
  EXPECT_EQ(bindings[1].verb, "PUT");
  EXPECT_EQ(bindings[1].body, "detail");
  EXPECT_EQ(bindings[1].response_body, "detail");
  EXPECT_EQ(bindings[2].verb, "LIST");
  // The messages of those fields are read and written by generated code, too.
  EXPECT_EQ(bindings[0].body_codec, nullptr);
  EXPECT_EQ(bindings[1].body_codec, &json::CodecOf<streams::v1::Detail>());
  EXPECT_EQ(bindings[1].response_body_codec, &json::CodecOf<streams::v1::Detail>());
}

TEST(Generated, P30_UnboundMethodsArePostedOrSkipped) {
  const MethodInfo& talk = streams::v1::StreamsHandler().service().methods[3];
  ASSERT_EQ(talk.bindings.size(), 1U);
  EXPECT_EQ(talk.bindings[0].verb, "POST");
  EXPECT_EQ(talk.bindings[0].path, "/streams.v1.Streams/Talk");
  // That golden was made with unbound=skip.
  EXPECT_TRUE(quiet::v1::QuietHandler().service().methods[1].bindings.empty());
}

TEST(Generated, RulesOfAServiceConfigAreInTheTable) {
  const auto methods = store::v1::StoreHandler().service().methods;
  ASSERT_EQ(methods.size(), 4U);
  ASSERT_EQ(methods[0].bindings.size(), 3U);
  EXPECT_EQ(methods[0].bindings[0].path, "/v1/{name=items/*}");
  EXPECT_EQ(methods[0].bindings[2].body, "*");
  EXPECT_EQ(methods[1].bindings[0].response_body, "title");
  EXPECT_EQ(methods[2].bindings[0].path, "/v1/search");
  EXPECT_EQ(methods[3].bindings[0].verb, "HEAD");
  EXPECT_EQ(store::v1::StockHandler().service().methods[0].bindings[0].path,
            "/v1/{name=items/*}/count");
}

TEST(Generated, ServiceWithoutMethodsIsAService) {
  streams::v1::EmptyHandler handler;
  EXPECT_TRUE(handler.service().methods.empty());
  EXPECT_EQ(Invoke(handler, 0, nullptr, nullptr).code(), Code::kUnimplemented);
}

// Reads and writes `text` with the type's codec in the service table.
std::string RoundTrip(const MessageType& type, std::string_view text) {
  if (type.codec == nullptr) return "(no codec)";
  const std::unique_ptr<google::protobuf::Message> message(type.default_instance().New());
  std::string out;
  EXPECT_TRUE(json::Read(text, *type.codec, {}, *message)) << text;
  EXPECT_TRUE(json::Write(*message, *type.codec, {}, out)) << text;
  return out;
}

TEST(Generated, TableCarriesTheGeneratedJson) {
  const auto users = users::v1::UserServiceHandler().service().methods;
  const std::string user = R"({"id":"7","name":"Ada","email":"a@b","age":36,"createdAt":"12"})";
  EXPECT_EQ(RoundTrip(users[0].response, user), user);
  EXPECT_EQ(RoundTrip(users[0].request, R"({"user_id":"7"})"), R"({"userId":"7"})");

  const auto nested = nested::v1::NesterHandler().service().methods;
  const std::string middle =
      R"({"inner":{"kind":"KIND_ROUND"},"byName":{"a":{}},"kinds":{"1":"KIND_ROUND"}})";
  EXPECT_EQ(RoundTrip(nested[0].request, middle), middle);

  const auto hostile = hostile::protorest::classHandler().service().methods;
  const std::string names =
      R"({"class":"a","delete":"1","and":true,"NULL":0.5,"while":"assert","true":true,"a\"b\\c":"q"})";
  EXPECT_EQ(RoundTrip(hostile[0].request, names), names);
}

TEST(Generated, TableCarriesTheJsonOfImports) {
  const auto shop = shop::v1::ShopHandler().service().methods;
  EXPECT_EQ(RoundTrip(shop[0].response, R"({"units":"3"})"), R"({"units":"3"})");
  EXPECT_EQ(RoundTrip(streams::v1::StreamsHandler().service().methods[4].response, "{}"),
            "(no codec)")
      << "HttpBody's file has no generated code";
}

TEST(Generated, WithoutJsonTheTableLeavesItToReflection) {
  EXPECT_EQ(quiet::v1::QuietHandler().service().methods[0].response.codec, nullptr);
}

// Overriding proves the names and signatures; the numbers prove the order.
class Hostile final : public hostile::protorest::classHandler {
 public:
  using Request = hostile::protorest::int_;
  using Response = hostile::protorest::hostile;

  Status delete_(Context&, const Request&, Response&) override { return Status::Aborted("delete"); }
  Status Invoke_(Context&, const Request&, Response&) override { return Status::Aborted("Invoke"); }
  Status service_(Context&, const Request&, Response&) override {
    return Status::Aborted("service");
  }
  Status classHandler_(Context&, const Request&, Response&) override {
    return Status::Aborted("classHandler");
  }
};

TEST(Generated, HostileNamesAreServedUnderTheirOwnNames) {
  Hostile handler;
  for (const MethodInfo& method : handler.service().methods) {
    EXPECT_EQ(method.full_name, "hostile.protorest.class/" + std::string(method.name));
  }
  for (const std::string name : {"delete", "Invoke", "service", "classHandler"}) {
    std::size_t number = 0;
    while (handler.service().methods[number].name != name) ++number;
    Hostile::Request request;
    Hostile::Response response;
    EXPECT_EQ(Invoke(handler, number, &request, &response), Status::Aborted(name));
  }
}

TEST(Generated, NoPackageNestedTypesImportsAndProto2) {
  EXPECT_EQ(PingerHandler().service().methods[0].full_name, "Pinger/Send");
  EXPECT_EQ(&nested::v1::NesterHandler().service().methods[0].response.default_instance(),
            &nested::v1::Outer_Middle_Inner::default_instance());
  EXPECT_EQ(&shop::v1::ShopHandler().service().methods[0].response.default_instance(),
            &common::Money::default_instance());
  EXPECT_EQ(legacy::v1::LegacyServiceHandler().service().full_name, "legacy.v1.LegacyService");
}

TEST(ServiceTable, HasWhatTheMethodsDeclare) {
  const auto methods = books::v1::BooksHandler().service().methods;
  ASSERT_EQ(methods.size(), 4u);
  EXPECT_EQ(methods[0].traits.success_status, 201);
  EXPECT_EQ(methods[0].traits.lenient, true);
  EXPECT_EQ(methods[1].traits.success_status, 204);
  EXPECT_EQ(methods[1].traits.lenient, std::nullopt);
  EXPECT_TRUE(methods[2].traits.etag);
  EXPECT_EQ(methods[3].traits.success_status, 0);
  EXPECT_EQ(methods[3].traits.lenient, false);
  EXPECT_FALSE(methods[3].traits.etag);
}

}  // namespace
}  // namespace protorest
