// protoc-gen-rest: run by protoc it generates; run by hand it says what it is.
#include <google/protobuf/compiler/plugin.h>
#include <unistd.h>

#include <cstdio>
#include <cxxopts.hpp>
#include <string>

#include "plugin/breaking/rules.h"
#include "plugin/generator.h"
#include "plugin/options.h"
#include "plugin/version.h"

namespace {

int RunByHand(int argc, char** argv) {
  cxxopts::Options command_line(
      "protoc-gen-rest",
      "The protorest plugin of protoc: REST handlers, JSON code and OpenAPI from .proto files.\n"
      "Not run by hand: protoc does, with  protoc --rest_out=DIR [--rest_opt=…] file.proto\n");
  command_line.add_options()("h,help", "print this text")("version", "print the version")(
      "breaking-rules", "print what breaking_against= reports, as a table in Markdown");
  try {
    const cxxopts::ParseResult result = command_line.parse(argc, argv);
    if (result.count("version") != 0) {
      std::printf("protoc-gen-rest %s\n", protorest::plugin::kVersion);
      return 0;
    }
    if (result.count("breaking-rules") != 0) {
      std::fputs(protorest::plugin::breaking::DescribeRules().c_str(), stdout);
      return 0;
    }
    std::FILE* out = result.count("help") != 0 ? stdout : stderr;
    std::fprintf(out, "%s\n%s", command_line.help().c_str(),
                 protorest::plugin::DescribeOptions().c_str());
    return out == stdout ? 0 : 2;
  } catch (const cxxopts::exceptions::exception& error) {
    std::fprintf(stderr, "protoc-gen-rest: %s (--help says more)\n", error.what());
    return 2;
  }
}

}  // namespace

int main(int argc, char** argv) {
  // Protoc gives no arguments, and a request through a pipe.
  if (argc > 1 || isatty(STDIN_FILENO) != 0) return RunByHand(argc, argv);
  const protorest::plugin::Generator generator;
  return google::protobuf::compiler::PluginMain(argc, argv, &generator);
}
