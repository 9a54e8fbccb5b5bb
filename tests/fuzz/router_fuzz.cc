// Fuzzes the router: the input's lines are routes, but for the last, which is a path to look up.
#include <cstdint>
#include <cstdlib>

#include "transcode/router.h"

using protorest::transcode::RouteMatch;
using protorest::transcode::RouteOutcome;
using protorest::transcode::Router;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view text(reinterpret_cast<const char*>(data), size);
  Router router;
  std::uint32_t count = 0;
  std::size_t bytes = 0;
  for (std::size_t line; (line = text.find('\n')) != text.npos; text.remove_prefix(line + 1)) {
    if (router.Add(count % 3 == 0 ? "POST" : "GET", text.substr(0, line), "M", count).ok()) ++count;
    bytes += line;
  }
  RouteMatch match;
  for (const std::string_view method : {"GET", "HEAD", "DELETE"}) {
    const RouteOutcome outcome = router.Find(method, text, match);
    if (outcome == RouteOutcome::kMatch && match.route() >= count) std::abort();
    // A lookup visits a node once for each suffix of a "**", in at most two walks for each way to
    // cut a verb off: within the square of what the routes are spelled with.
    if (match.visited() > 64 + 4 * bytes * bytes) std::abort();
  }
  return 0;
}
