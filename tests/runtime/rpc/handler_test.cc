// Handlers of both flavours, run by Invoke.
#include "protorest/handler.h"

#include <google/protobuf/wrappers.pb.h>
#include <gtest/gtest.h>

#include <stdexcept>

namespace protorest {
namespace {

using google::protobuf::Int32Value;

constexpr ServiceInfo kInfo = {"test.Test", {}};

class Plain final : public PlainHandler {
 public:
  const ServiceInfo& service() const override { return kInfo; }

 protected:
  Status Dispatch(std::size_t method, Call& call) override {
    if (method == 1) throw std::runtime_error("secret");
    call.response<Int32Value>().set_value(call.request<Int32Value>().value() + 1);
    return {};
  }
};

class Async final : public AsyncHandler {
 public:
  const ServiceInfo& service() const override { return kInfo; }

 protected:
  Task<Status> Dispatch(std::size_t method, Call& call) override {
    if (method == 2) return UnimplementedAsync("test.Test/Two");
    return Add(method, call.request<Int32Value>(), call.response<Int32Value>());
  }
  Task<Status> Add(std::size_t method, const Int32Value& request, Int32Value& response) {
    co_await Check(method);
    response.set_value(co_await Next(request.value()));
    co_return Status();
  }
  static Task<void> Check(std::size_t method) {
    if (method == 1) throw std::runtime_error("secret");
    co_return;
  }
  static Task<int> Next(int value) { co_return value + 1; }
};

struct Outcome {
  Status status;
  int response = 0;
  std::string log;
};

Outcome Answer(Handler& handler, std::size_t method) {
  Outcome outcome;
  const Log log = [&](std::string_view line) { outcome.log = line; };
  Context context;
  context.Reset({.method = "test.Test/One", .log = &log});
  Int32Value request, response;
  request.set_value(41);
  Call call(context, &request, &response, nullptr);
  handler.Invoke(method, call,
                 {[](void* target, Status& status) {
                    static_cast<Outcome*>(target)->status = std::move(status);
                  },
                  &outcome});
  outcome.response = response.value();
  return outcome;
}

TEST(Handler, PlainAnswers) {
  Plain handler;
  const Outcome outcome = Answer(handler, 0);
  EXPECT_TRUE(outcome.status.ok());
  EXPECT_EQ(outcome.response, 42);
}

TEST(Handler, AsyncAnswers) {
  Async handler;
  const Outcome outcome = Answer(handler, 0);
  EXPECT_TRUE(outcome.status.ok());
  EXPECT_EQ(outcome.response, 42);
}

TEST(Handler, E26ExceptionBecomesInternalAndIsLogged) {
  Plain plain;
  Async async;
  for (Handler* handler : {static_cast<Handler*>(&plain), static_cast<Handler*>(&async)}) {
    const Outcome outcome = Answer(*handler, 1);
    EXPECT_EQ(outcome.status, Status::Internal("internal error"));
    EXPECT_EQ(outcome.log, "test.Test/One: the handler threw: secret");
  }
}

TEST(Handler, E26ALogThatThrowsDoesNotEndTheCall) {
  Plain handler;
  Context context;
  const Log log = [](std::string_view) { throw 1; };
  context.Reset({.method = "test.Test/One", .log = &log});
  Int32Value request, response;
  Call call(context, &request, &response, nullptr);
  Status outcome;
  handler.Invoke(
      1, call,
      {[](void* target, Status& status) { *static_cast<Status*>(target) = status; }, &outcome});
  EXPECT_EQ(outcome, Status::Internal("internal error"));
}

TEST(Handler, UnimplementedNamesTheMethod) {
  Async handler;
  EXPECT_EQ(Answer(handler, 2).status, Status::Unimplemented("test.Test/Two is not implemented"));
}

}  // namespace
}  // namespace protorest
