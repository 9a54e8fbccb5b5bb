// What a fingerprint covers, and what it does not.
#include "schema/fingerprint.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <set>
#include <string>

#include "known.json.pb.h"
#include "known.rest.pb.h"
#include "old.json.pb.h"
#include "tests/plugin/support.h"

namespace protorest::schema {
namespace {

using plugin::test::Protos;
using plugin::test::Texts;

std::string Read(const std::string& path) {
  std::ifstream file(path);
  EXPECT_TRUE(file) << path;
  return {std::istreambuf_iterator<char>(file), {}};
}

// The protos of `texts` with the options that they may import.
Texts WithOptions(Texts texts) {
  texts["buf/validate/validate.proto"] =
      Read(PROTOREST_VALIDATE_DIR "/buf/validate/validate.proto");
  return texts;
}

std::string FileFingerprint(const std::string& text) {
  Protos protos(WithOptions({{"test.proto", text}}));
  return Fingerprints().Of(*protos.Files({"test.proto"})[0]);
}

// A shop whose parts the tests replace one at a time.
constexpr char kShop[] = R"(syntax = "proto3";
package shop.v1;
import "google/api/annotations.proto";
import "google/api/field_behavior.proto";
import "protorest/options.proto";
import "buf/validate/validate.proto";

message Order {
  string id = 1 [(google.api.field_behavior) = REQUIRED];
  int64 total = 2 [(buf.validate.field).required = true];
  repeated Line lines = 3;
  map<string, int32> counts = 4;
  oneof payment { string card = 5; string cash = 6; }
  State state = 7;
  message Line { bytes data = 1; }
}
enum State { STATE_UNSPECIFIED = 0; STATE_PAID = 1; }
service Orders {
  rpc Get(Order) returns (Order) { option (google.api.http) = {get: "/v1/{id}"}; }
  rpc List(Order) returns (stream Order) { option (protorest.method) = {success_status: 203}; }
}
)";

std::string Replaced(std::string text, std::string_view what, std::string_view with) {
  const std::size_t at = text.find(what);
  EXPECT_NE(at, std::string::npos) << what;
  return at == std::string::npos ? text : text.replace(at, what.size(), with);
}

TEST(Fingerprint, HasSixteenDigits) {
  EXPECT_EQ(FileFingerprint(kShop).size(), 16U);
  EXPECT_EQ(FileFingerprint(kShop).find_first_not_of("0123456789abcdef"), std::string::npos);
}

TEST(Fingerprint, CoversWhatCodeAndDocumentsAreMadeFrom) {
  constexpr struct {
    const char* what;
    const char* with;
  } kChanges[] = {
      {"package shop.v1;", "package shop.v2;"},
      {"string id = 1", "string name = 1"},
      {"string id = 1", "string id = 11"},
      {"string id = 1 [", "string id = 1 [json_name = \"ID\", "},
      {"string id = 1", "bytes id = 1"},
      {"int64 total", "int32 total"},
      {"int64 total", "optional int64 total"},
      {"repeated Line lines", "Line lines"},
      {"map<string, int32>", "map<int32, int32>"},
      {"map<string, int32>", "map<string, int64>"},
      {"map<string, int32>", "map<string, State>"},
      {"string card = 5; string cash = 6;", "string card = 5;"},
      {"string card = 5; string cash = 6; }", "string card = 5; } string cash = 6;"},
      {"oneof payment", "oneof pay"},
      {"State state = 7;", ""},
      {"State state = 7;", "State state = 7 [deprecated = true];"},
      {"State state = 7;", "State state = 7; bool added = 8;"},
      {"bytes data = 1;", "bytes data = 1; bool added = 8;"},
      {"bytes data = 1;", "option deprecated = true; bytes data = 1;"},
      {"STATE_PAID = 1", "STATE_PAID = 2"},
      {"STATE_PAID = 1", "PAID = 1"},
      {"STATE_PAID = 1;", "STATE_PAID = 1; STATE_SENT = 2;"},
      {"REQUIRED", "IMMUTABLE"},
      {"(buf.validate.field).required = true", "(buf.validate.field).required = false"},
      {"(buf.validate.field).required = true", "(buf.validate.field).cel = {id: \"a\"}"},
      {"get: \"/v1/{id}\"", "get: \"/v2/{id}\""},
      {"get: \"/v1/{id}\"", "post: \"/v1/{id}\""},
      {"get: \"/v1/{id}\"", "get: \"/v1/{id}\" response_body: \"lines\""},
      {"success_status: 203", "success_status: 200"},
      {"success_status: 203", "success_status: 203 lenient: false"},
      {"rpc Get(Order)", "rpc Fetch(Order)"},
      {"rpc Get(Order)", "rpc Get(Order.Line)"},
      {"returns (stream Order)", "returns (Order)"},
      {"returns (stream Order)", "returns (stream Order.Line)"},
      {"rpc List(Order)", "rpc List(stream Order)"},
      {"service Orders {", "service Orders { option deprecated = true;"},
      {"service Orders {", "message Unused {} service Orders {"},
  };
  std::set<std::string> seen = {FileFingerprint(kShop)};
  for (const auto& [what, with] : kChanges) {
    EXPECT_TRUE(seen.insert(FileFingerprint(Replaced(kShop, what, with))).second)
        << what << " -> " << with;
  }
}

TEST(Fingerprint, DoesNotCoverHowItIsWritten) {
  constexpr struct {
    const char* what;
    const char* with;
  } kChanges[] = {
      {"message Order", "// A comment.\nmessage Order"},
      {"string id = 1", "/* another */ string\n  id = 1"},
      {"package shop.v1;", "package shop.v1; option java_package = \"com.shop\";"},
      {"import \"google/api/field_behavior.proto\";",
       "import \"google/api/field_behavior.proto\"; "
       "import public \"google/protobuf/any.proto\";"},
      {"oneof payment { string card = 5; string cash = 6; }\n  State state = 7;",
       "State state = 7;\n  oneof payment { string cash = 6; string card = 5; }"},
      {"rpc List(Order)", "rpc List(.shop.v1.Order)"},
      {"{get: \"/v1/{id}\"}", "{get: \"/v1/{id}\" body: \"\"}"},
      {"option (google.api.http) = {get: \"/v1/{id}\"};",
       "option (google.api.http).get = \"/v1/{id}\";"},
      {"State state = 7;", "reserved 20; State state = 7;"},
      {"bytes data = 1;", "bytes data = 1 [ctype = CORD];"},
      {"counts = 4;", "counts = 4 [jstype = JS_NORMAL];"},
  };
  for (const auto& [what, with] : kChanges) {
    EXPECT_EQ(FileFingerprint(Replaced(kShop, what, with)), FileFingerprint(kShop))
        << what << " -> " << with;
  }
}

TEST(Fingerprint, DoesNotCoverTheNameOfTheFile) {
  Protos protos(WithOptions({{"a.proto", kShop}}));
  Protos others(WithOptions({{"x/b.proto", kShop}}));
  EXPECT_EQ(Fingerprints().Of(*protos.Files({"a.proto"})[0]),
            Fingerprints().Of(*others.Files({"x/b.proto"})[0]));
}

// Imports count as far as they are used; what google.protobuf declares comes with protobuf.
TEST(Fingerprint, CoversTheImportedTypesThatAreUsed) {
  const auto fingerprint = [](const std::string& imported) {
    Protos protos({{"a.proto",
                    "syntax = \"proto3\"; import \"b.proto\"; import \"google/protobuf/any.proto\";"
                    "message A { B b = 1; google.protobuf.Any any = 2; }"},
                   {"b.proto", "syntax = \"proto3\";" + imported}});
    return Fingerprints().Of(*protos.Files({"a.proto"})[0]);
  };
  const std::string plain = fingerprint("message B { C c = 1; } message C {}");
  EXPECT_EQ(fingerprint("message B { C c = 1; } message C {} message Unused {}"), plain);
  EXPECT_NE(fingerprint("message B { C c = 1; } message C { bool added = 1; }"), plain);
}

TEST(Fingerprint, OfAServiceCoversWhatItUsesAlone) {
  const auto fingerprint = [](const std::string& text) {
    Protos protos(WithOptions({{"test.proto", text}}));
    return Fingerprints().Of(*protos.Files({"test.proto"})[0]->FindServiceByName("Orders"));
  };
  EXPECT_EQ(fingerprint(Replaced(kShop, "service", "message Unused {} service")),
            fingerprint(kShop));
  EXPECT_EQ(fingerprint(Replaced(kShop, "service", "service Other {} service")),
            fingerprint(kShop));
  EXPECT_NE(fingerprint(Replaced(kShop, "bytes data", "string data")), fingerprint(kShop));
}

TEST(Fingerprint, RecursiveMessagesAreNotGoneIntoForEver) {
  EXPECT_NE(FileFingerprint("syntax = \"proto3\"; message A { B b = 1; } message B { A a = 1; }"),
            FileFingerprint("syntax = \"proto3\"; message A { B b = 1; } message B { A a = 2; }"));
}

// The plugin, a program of its own, does not know the options; here they are known.
TEST(Fingerprint, IsThatOfTheLinkedDescriptors) {
  const google::protobuf::FileDescriptor* const linked = known::v1::Request::descriptor()->file();
  ASSERT_EQ(linked->message_type(0)->field(0)->options().unknown_fields().field_count(), 0);
  ASSERT_EQ(linked->service(0)->method(0)->options().unknown_fields().field_count(), 0);

  Fingerprints fingerprints;
  const SchemaInfo schema = known::v1::KnownHandler().service().schema;
  EXPECT_EQ(schema.fingerprint, fingerprints.Of(*linked->service(0)));
  const SchemaInfo known_json = json::Mapping<known::v1::Request>::file.schema;
  EXPECT_EQ(known_json.fingerprint, fingerprints.Of(*linked));
  const SchemaInfo old_json = json::Mapping<old::v1::Bag>::file.schema;
  EXPECT_EQ(old_json.fingerprint, fingerprints.Of(*old::v1::Bag::descriptor()->file()));
}

// A number that stands for the same schema whatever made it: a change here breaks everybody's
// builds until they have regenerated.
TEST(Fingerprint, StaysTheSame) {
  EXPECT_EQ(FileFingerprint("syntax = \"proto3\"; message A { string name = 1; }"),
            "52a081039663d4db");
}

}  // namespace
}  // namespace protorest::schema
