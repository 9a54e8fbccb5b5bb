// The chat server: a page, and the service that it talks to.
//   chat_server [ADDRESS [PAGE]]
#include <cstdio>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>

#include "chat_service.h"
#include "protorest/server.h"

int main(int argc, char** argv) {
  const std::string address = argc > 1 ? argv[1] : "127.0.0.1:8080";
  std::ifstream page(argc > 2 ? argv[2] : CHAT_PAGE);
  if (!page) return std::fprintf(stderr, "the page cannot be read\n"), 1;

  protorest::Server server({.address = address});
  server.Add(std::make_shared<chat::ChatService>());
  server.AddPage("/", "text/html; charset=utf-8",
                 std::string(std::istreambuf_iterator<char>(page), {}));
  const protorest::Status status = server.Run([&] {
    std::printf("REST on %s:%d\n", address.substr(0, address.rfind(':')).c_str(), server.port());
    std::fflush(stdout);
  });  // until SIGINT or SIGTERM
  if (!status.ok()) std::fprintf(stderr, "%s\n", status.message().c_str());
  return status.ok() ? 0 : 1;
}
