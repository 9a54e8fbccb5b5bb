// Documents settled for each option of the JSON mapping.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "openapi/settle.h"

namespace protorest::openapi {
namespace {

using Json = nlohmann::ordered_json;

Json Settled(const char* schema, const JsonForm& form) {
  const Json document = {{"paths", Json::object()},
                         {"components", {{"schemas", {{"M", Json::parse(schema)}}}}}};
  return Json::parse(Settle(document.dump(), {.json = form}))["components"]["schemas"]["M"];
}

constexpr char kInt64[] =
    R"({"type":"string","format":"int64","description":"D","pattern":"^[0-9]$",
    "x-protorest-other":{"int64-numbers":{"type":"integer","pattern":null,"default":1}}})";

TEST(JsonForm, MarksAreGoneWhateverTheForm) {
  EXPECT_EQ(
      Settled(kInt64, {}),
      Json::parse(R"({"type":"string","format":"int64","description":"D","pattern":"^[0-9]$"})"));
  EXPECT_EQ(Settled(kInt64, {.proto_names = true, .enum_numbers = true}), Settled(kInt64, {}));
}

TEST(JsonForm, J40_NumbersInsteadOfStrings) {
  EXPECT_EQ(Settled(kInt64, {.int64_numbers = true}),
            Json::parse(R"({"type":"integer","format":"int64","description":"D","default":1})"));
}

TEST(JsonForm, Q26_EnumsByNumber) {
  EXPECT_EQ(Settled(R"({"type":"string","enum":["A","B"],"x-protorest-other":{"enum-numbers":
                {"type":"integer","enum":[0,1],"x-enum-varnames":["A","B"]}}})",
                    {.enum_numbers = true}),
            Json::parse(R"({"type":"integer","enum":[0,1],"x-enum-varnames":["A","B"]})"));
}

TEST(JsonForm, NamesOfTheProtoWhereverTheyAreSpokenOf) {
  constexpr char kObject[] = R"({"type":"object",
      "not":{"anyOf":[{"required":["userId","other"]},
                      {"allOf":[{"required":["userId"]},{"required":["x"]}]}]},
      "properties":{"other":{"type":"object","properties":{"userId":{}}},"userId":{}},
      "required":["userId"],"x-protorest-names":{"userId":"user_id"}})";
  EXPECT_EQ(Settled(kObject, {.proto_names = true}), Json::parse(R"({"type":"object",
      "not":{"anyOf":[{"required":["user_id","other"]},
                      {"allOf":[{"required":["user_id"]},{"required":["x"]}]}]},
      "properties":{"other":{"type":"object","properties":{"userId":{}}},"user_id":{}},
      "required":["user_id"]})"));
  Json plain = Json::parse(kObject);
  plain.erase("x-protorest-names");
  EXPECT_EQ(Settled(kObject, {}), plain);
}

TEST(JsonForm, PropertiesMayHaveAnyName) {
  constexpr char kObject[] = R"({"type":"object","properties":{
      "x-protorest-names":{"type":"string"},"x-protorest-other":{"type":"boolean"},
      "properties":{"type":"object","properties":{"x-protorest-other":{"type":"null"}}}}})";
  EXPECT_EQ(Settled(kObject, {.proto_names = true, .int64_numbers = true}), Json::parse(kObject));
}

}  // namespace
}  // namespace protorest::openapi
