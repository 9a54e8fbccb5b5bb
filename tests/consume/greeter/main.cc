// Serves the greeter on a free port for a moment, and prints a message as JSON.
#include <cstdio>
#include <memory>
#include <string>

#include "greeter.json.pb.h"
#include "greeter.rest.pb.h"
#include "protorest/json.h"
#include "protorest/server.h"

namespace {

class Greeter final : public greeter::v1::GreeterHandler {
 public:
  protorest::Status Greet(protorest::Context&, const greeter::v1::GreetRequest& request,
                          greeter::v1::GreetResponse& response) override {
    response.set_text("Hello, " + request.name().first());
    return protorest::Status::Ok();
  }
};

}  // namespace

int main() {
  protorest::Server server({.address = "127.0.0.1:0"});
  server.Add(std::make_shared<Greeter>());
  const protorest::Status status = server.Start();
  if (!status.ok() || server.port() == 0) {
    std::fprintf(stderr, "%s\n", status.message().c_str());
    return 1;
  }
  server.Shutdown();

  greeter::v1::GreetResponse response;
  response.set_text("Hello, Ada");
  response.mutable_name()->set_first("Ada");
  std::string json;
  if (!protorest::json::Write(response, protorest::json::CodecOf<greeter::v1::GreetResponse>(), {},
                              json)) {
    return 1;
  }
  std::puts(json.c_str());
  return 0;
}
