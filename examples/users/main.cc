// The users server: one handler object, served as REST and as gRPC until SIGINT or SIGTERM.
#include <grpcpp/grpcpp.h>

#include <chrono>
#include <cstdio>
#include <cxxopts.hpp>
#include <memory>
#include <string>

#include "protorest/grpc/service.h"
#include "protorest/server.h"
#include "users_service.h"

namespace {

struct Flags {
  std::string rest_address;
  std::string grpc_address;
  std::string db;
  int threads = 0;
};

// False: the help was asked for and shown.
bool ParseFlags(int argc, char** argv, Flags& flags) {
  cxxopts::Options options("users_server", "A user directory over REST and gRPC");
  auto add = options.add_options();
  add("rest-address", "host:port for REST; port 0 takes a free one",
      cxxopts::value(flags.rest_address)->default_value("127.0.0.1:8080"));
  add("grpc-address", "host:port for gRPC",
      cxxopts::value(flags.grpc_address)->default_value("127.0.0.1:9090"));
  add("db", "SQLite file", cxxopts::value(flags.db)->default_value(":memory:"));
  add("threads", "event loop threads; 0: one for each CPU",
      cxxopts::value(flags.threads)->default_value("0"));
  add("help", "show this");
  if (options.parse(argc, argv).count("help") == 0) return true;
  std::puts(options.help().c_str());
  return false;
}

std::string WithPort(const std::string& address, int port) {
  return address.substr(0, address.rfind(':') + 1) + std::to_string(port);
}

}  // namespace

int main(int argc, char** argv) try {
  Flags flags;
  if (!ParseFlags(argc, argv, flags)) return 0;
  const auto fail = [](const std::string& why) {
    return std::fprintf(stderr, "%s\n", why.c_str()), 1;
  };
  std::unique_ptr<users::UserStore> store;
  protorest::Status status = users::UserStore::Open(flags.db, store);
  if (!status.ok()) return fail(status.message());
  const auto service = std::make_shared<users::UsersService>(std::move(store));

  int grpc_port = 0;
  protorest::grpc::Service grpc_service(service);
  grpc::ServerBuilder builder;
  builder.AddListeningPort(flags.grpc_address, grpc::InsecureServerCredentials(), &grpc_port);
  builder.RegisterService(&grpc_service);
  const auto grpc_server = builder.BuildAndStart();
  if (!grpc_server) return fail("cannot listen on " + flags.grpc_address);

  protorest::Server rest({.address = flags.rest_address, .threads = flags.threads});
  rest.Add(service);
  status = rest.Run([&] {
    std::printf("gRPC on %s\n", WithPort(flags.grpc_address, grpc_port).c_str());
    std::printf("REST on %s\n", WithPort(flags.rest_address, rest.port()).c_str());
    std::fflush(stdout);
  });  // until SIGINT or SIGTERM; the calls in flight have up to 20 s
  grpc_server->Shutdown(std::chrono::system_clock::now() + std::chrono::seconds(5));
  return status.ok() ? 0 : fail(status.message());
} catch (const std::exception& error) {
  std::fprintf(stderr, "users_server: %s\n", error.what());
  return 2;
}
