// What a lookup costs, with 10 routes and with 10,000.
#include <benchmark/benchmark.h>

#include <string>
#include <vector>

#include "transcode/router.h"

namespace protorest::transcode {
namespace {

// One service in five routes: what AIP-131 to AIP-135 make of a resource.
Router MakeRouter(int routes) {
  Router router;
  for (int i = 0; i < routes / 5; ++i) {
    const std::string collection = "/v1/things" + std::to_string(i);
    const std::uint32_t number = static_cast<std::uint32_t>(i * 5);
    (void)router.Add("GET", collection, "List", number);
    (void)router.Add("POST", collection, "Create", number + 1);
    (void)router.Add("GET", collection + "/{id}", "Get", number + 2);
    (void)router.Add("DELETE", collection + "/{id}", "Delete", number + 3);
    (void)router.Add("POST", collection + "/{id}/parts/{part}:move", "Move", number + 4);
  }
  return router;
}

void Lookup(benchmark::State& state, std::string_view method, std::string_view path) {
  const Router router = MakeRouter(static_cast<int>(state.range(0)));
  RouteMatch match;
  for (auto _ : state) {
    benchmark::DoNotOptimize(router.Find(method, path, match));
  }
}

// Each collection in turn, in an order that no prefetcher knows: the routes are not in the cache.
void LookupOfAll(benchmark::State& state) {
  const int collections = static_cast<int>(state.range(0)) / 5;
  const Router router = MakeRouter(static_cast<int>(state.range(0)));
  std::vector<std::string> paths(4096);
  for (std::size_t i = 0; i < paths.size(); ++i) {
    const std::size_t collection = i * 7919 % static_cast<std::size_t>(collections);
    paths[i] = "/v1/things" + std::to_string(collection) + "/0123456789";
  }
  RouteMatch match;
  std::size_t next = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(router.Find("GET", paths[next++ % paths.size()], match));
  }
}

BENCHMARK(LookupOfAll)->Arg(10)->Arg(10000);
BENCHMARK_CAPTURE(Lookup, Get, "GET", "/v1/things1/0123456789")->Arg(10)->Arg(10000);
BENCHMARK_CAPTURE(Lookup, Escaped, "GET", "/v1/things1/a%20b")->Arg(10)->Arg(10000);
BENCHMARK_CAPTURE(Lookup, Verb, "POST", "/v1/things1/12345/parts/678:move")->Arg(10)->Arg(10000);
BENCHMARK_CAPTURE(Lookup, NotFound, "GET", "/v2/things1/12345")->Arg(10)->Arg(10000);

}  // namespace
}  // namespace protorest::transcode
