// REST in front of a gRPC service that stays as it is: in this process, or on another machine.
#include <grpcpp/grpcpp.h>

#include <cstdio>
#include <cxxopts.hpp>
#include <memory>
#include <string>

#include "note_service.h"
#include "notes.rest.pb.h"
#include "protorest/server.h"

namespace {

struct Flags {
  std::string rest_address;
  std::string grpc_address;
  std::string backend;
};

// False: the help was asked for and shown. Throws cxxopts' exceptions.
bool ParseFlags(int argc, char** argv, Flags& flags) {
  cxxopts::Options options("notes_server", "REST for a gRPC service of notes");
  auto add = options.add_options();
  add("rest-address", "host:port for REST; port 0 takes a free one",
      cxxopts::value(flags.rest_address)->default_value("127.0.0.1:8080"));
  add("grpc-address", "host:port for gRPC clients; none unless given",
      cxxopts::value(flags.grpc_address));
  add("backend", "be a gateway to the gRPC server at host:port", cxxopts::value(flags.backend));
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

  NoteService service;
  std::unique_ptr<grpc::Server> grpc_server;
  std::shared_ptr<grpc::Channel> channel;
  if (flags.backend.empty()) {
    int port = 0;
    grpc::ServerBuilder builder;
    builder.RegisterService(&service);
    if (!flags.grpc_address.empty()) {
      builder.AddListeningPort(flags.grpc_address, grpc::InsecureServerCredentials(), &port);
    }
    grpc_server = builder.BuildAndStart();
    if (!grpc_server) return std::fprintf(stderr, "gRPC did not start\n"), 1;
    if (port != 0) std::printf("gRPC on %s\n", WithPort(flags.grpc_address, port).c_str());
    channel = grpc_server->InProcessChannel({});
  } else {
    channel = grpc::CreateChannel(flags.backend, grpc::InsecureChannelCredentials());
  }

  protorest::Server rest({.address = flags.rest_address});
  rest.Add(notes::v1::NoteServiceProxy(channel));
  const protorest::Status status = rest.Run([&] {
    std::printf("REST on %s\n", WithPort(flags.rest_address, rest.port()).c_str());
    std::fflush(stdout);
  });  // until SIGINT or SIGTERM; the calls in flight have up to 20 s
  if (status.ok()) return 0;
  return std::fprintf(stderr, "%s\n", status.message().c_str()), 1;
} catch (const std::exception& error) {
  std::fprintf(stderr, "notes_server: %s\n", error.what());
  return 2;
}
