// Serves mapping.proto until SIGTERM, for tests with real clients. The argument "problem" chooses
// the form of errors, "cors" lists an origin, "headers" makes lists of header fields, and "proxies"
// trusts those of this machine. Answers tell, in x-seen-… fields, what the handler was told.
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "protorest/server.h"
#include "tests/support/mapping/mapping.h"

namespace {

// Keys are told in the order of the request's fields.
protorest::Status TellWhatIsSeen(protorest::Context& context) {
  std::string keys;
  context.request_metadata()->ForEach([&](std::string_view key, std::string_view) {
    if (key.starts_with("x-")) keys.append(keys.empty() ? "" : " ").append(key);
  });
  context.AddHeader("x-seen-client", context.client_address());
  context.AddHeader("x-seen-host", context.host());
  context.AddHeader("x-seen-keys", keys);
  context.AddHeader("x-internal-cost", "7");
  return {};
}

}  // namespace

int main(int argc, char** argv) {
  const std::string_view mode = argc > 1 ? argv[1] : "";
  protorest::ServerOptions options = {.address = "127.0.0.1:0", .threads = 2};
  if (mode == "problem") options.errors.format = protorest::ErrorFormat::kProblem;
  if (mode == "cors") options.cors.origins = {"https://app.example.com"};
  if (mode == "headers") {
    options.request_headers = {.allow = {"x-*"}, .deny = {"x-secret*", "x-forwarded-*"}};
    options.response_headers = {.deny = {"x-internal-*"}};
  }
  if (mode == "proxies") options.trusted_proxies = {"127.0.0.0/8", "10.0.0.0/8"};
  protorest::Server server(std::move(options));
  auto handler = std::make_shared<mapping::EchoMapping>();
  handler->outcome = TellWhatIsSeen;
  server.Add(std::move(handler));
  const protorest::Status status = server.Run([&] {
    std::printf("REST on 127.0.0.1:%d\n", server.port());
    std::fflush(stdout);
  });
  if (!status.ok()) std::fprintf(stderr, "%s\n", status.message().c_str());
  return status.ok() ? 0 : 1;
}
