// Serves mapping.proto until SIGTERM, for tests with real clients. The argument "problem" chooses
// the form of errors, "cors" lists an origin.
#include <cstdio>
#include <memory>
#include <string_view>
#include <utility>

#include "protorest/server.h"
#include "tests/support/mapping/mapping.h"

int main(int argc, char** argv) {
  protorest::ServerOptions options = {.address = "127.0.0.1:0", .threads = 2};
  if (argc > 1 && argv[1] == std::string_view("problem")) {
    options.errors.format = protorest::ErrorFormat::kProblem;
  }
  if (argc > 1 && argv[1] == std::string_view("cors")) {
    options.cors.origins = {"https://app.example.com"};
  }
  protorest::Server server(std::move(options));
  server.Add(std::make_shared<mapping::EchoMapping>());
  const protorest::Status status = server.Run([&] {
    std::printf("REST on 127.0.0.1:%d\n", server.port());
    std::fflush(stdout);
  });
  if (!status.ok()) std::fprintf(stderr, "%s\n", status.message().c_str());
  return status.ok() ? 0 : 1;
}
