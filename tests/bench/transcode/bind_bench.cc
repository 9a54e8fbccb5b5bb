// What binding costs: a path variable, with and without the router before it, and a query.
#include <benchmark/benchmark.h>

#include "bind_test.pb.h"
#include "transcode/bind.h"
#include "transcode/router.h"

namespace protorest::transcode {
namespace {

using testing::Proto3Message;

RequestBinder MakeBinder(std::string_view path) {
  PathTemplate parsed;
  PathTemplateError error;
  std::optional<RequestBinder> binder;
  if (!ParsePathTemplate(path, parsed, error) ||
      !RequestBinder::Prepare(*Proto3Message::descriptor(), parsed, "", {}, binder).ok()) {
    std::abort();
  }
  return std::move(*binder);
}

void BindPath(benchmark::State& state) {
  const RequestBinder binder = MakeBinder("/v1/users/{string_value}");
  const std::string_view captures[] = {"0123456789"};
  Proto3Message message;
  for (auto _ : state) {
    benchmark::DoNotOptimize(binder.Bind(captures, "", message).ok());
  }
}
BENCHMARK(BindPath);

void RouteAndBindPath(benchmark::State& state) {
  const RequestBinder binder = MakeBinder("/v1/users/{string_value}");
  Router router;
  (void)router.Add("GET", "/v1/users/{string_value}", "Get", 0);
  (void)router.Add("GET", "/v1/users", "List", 1);
  (void)router.Add("POST", "/v1/users:bulkCreate", "BulkCreate", 2);
  RouteMatch match;
  Proto3Message message;
  for (auto _ : state) {
    benchmark::DoNotOptimize(router.Find("GET", "/v1/users/0123456789", match));
    benchmark::DoNotOptimize(binder.Bind(match.captures(), "", message).ok());
  }
}
BENCHMARK(RouteAndBindPath);

void BindQuery(benchmark::State& state) {
  const RequestBinder binder = MakeBinder("/v1/users");
  Proto3Message message;
  for (auto _ : state) {
    benchmark::DoNotOptimize(binder.Bind({}, "int32Value=50&string_value=abcdef", message).ok());
  }
}
BENCHMARK(BindQuery);

}  // namespace
}  // namespace protorest::transcode
