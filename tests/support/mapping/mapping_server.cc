// Serves mapping.proto until SIGTERM, for tests with real clients.
#include <cstdio>
#include <memory>

#include "protorest/server.h"
#include "tests/support/mapping/mapping.h"

int main() {
  protorest::Server server({.address = "127.0.0.1:0", .threads = 2});
  server.Add(std::make_shared<mapping::EchoMapping>());
  const protorest::Status status = server.Run([&] {
    std::printf("REST on 127.0.0.1:%d\n", server.port());
    std::fflush(stdout);
  });
  if (!status.ok()) std::fprintf(stderr, "%s\n", status.message().c_str());
  return status.ok() ? 0 : 1;
}
