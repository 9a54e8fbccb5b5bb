// Examples of request bodies.
#include "openapi/examples.h"

#include <gtest/gtest.h>

#include <numeric>
#include <string>
#include <vector>

namespace protorest::openapi {
namespace {

using Json = nlohmann::ordered_json;

// The example that a body of this schema gets; null if none.
Json ExampleOf(const std::string& schema, const std::string& components = "{}") {
  Json document = Json::parse(R"({"paths":{"/v1":{"post":{"requestBody":{"content":
      {"application/json":{"schema":)" +
                              schema + R"(}}}}}},"components":{"schemas":)" + components + "}}");
  AddExamples(document);
  return document["paths"]["/v1"]["post"]["requestBody"]["content"]["application/json"].value(
      "example", Json());
}

TEST(Examples, OfEachType) {
  struct Case {
    const char* schema;
    const char* example;
  };
  constexpr Case kCases[] = {
      {R"({"type":"string"})", R"("string")"},
      {R"({"type":"string","maxLength":3})", R"("str")"},
      {R"({"type":"string","minLength":8})", R"("string s")"},
      {R"({"type":"string","minLength":8,"maxLength":8})", R"("string s")"},
      {R"({"type":["string","null"]})", R"("string")"},
      {R"({"type":"string","format":"int64","pattern":"^(0|-?[1-9][0-9]{0,18})$"})", R"("1")"},
      {R"({"type":"string","format":"date-time"})", R"("2024-05-06T07:08:09Z")"},
      {R"({"type":"string","format":"byte"})", R"("aGVsbG8=")"},
      {R"({"type":"string","pattern":"^-?([0-9]{1,11}|[12][0-9]{11})(\\.[0-9]{1,9})?s$"})",
       R"("1.5s")"},
      {R"({"type":"string","pattern":"^isbn-"})", "null"},
      {R"({"type":"integer"})", "1"},
      {R"({"type":"integer","minimum":18})", "18"},
      {R"({"type":"integer","exclusiveMinimum":18})", "19"},
      {R"({"type":"integer","minimum":18,"exclusiveMinimum":true})", "19"},
      {R"({"type":"integer","maximum":-1})", "-1"},
      {R"({"type":"integer","minimum":7,"multipleOf":5})", "10"},
      {R"({"type":"integer","minimum":7,"maximum":9,"multipleOf":5})", "null"},
      {R"({"type":"number"})", "1.5"},
      {R"({"type":"boolean"})", "true"},
      {R"({"anyOf":[{"type":"number"},{"type":"string","enum":["NaN"]}]})", "1.5"},
      {R"({"type":"string","enum":["ROLE_UNSPECIFIED","ADMIN"]})", R"("ADMIN")"},
      {R"({"type":"integer","enum":[0,1]})", "1"},
      {R"({"type":"string","enum":["SMALL","LARGE"]})", R"("SMALL")"},
      {R"({"type":"array","items":{"type":"boolean"}})", "[true]"},
      {R"({"type":"array","items":{"type":"boolean"},"minItems":2})", "[true,true]"},
      {R"({"type":"object","additionalProperties":{"type":"boolean"}})", R"({"key":true})"},
      {R"({"type":"object","propertyNames":{"enum":["true"]},"additionalProperties":{"type":"boolean"}})",
       R"({"true":true})"},
      {R"({"type":"string","examples":["mine"]})", R"("mine")"},
      {R"({"type":"string","default":"d"})", R"("d")"},
      {"{}", "null"},
  };
  for (const Case& each : kCases)
    EXPECT_EQ(ExampleOf(each.schema).dump(), each.example) << each.schema;
}

TEST(Examples, OfObjectsWithoutWhatTheServerSets) {
  EXPECT_EQ(ExampleOf(R"({"type":"object","properties":{"id":{"type":"string","readOnly":true},
                "old":{"type":"string","deprecated":true},"name":{"type":"string"},
                "isbn":{"type":"string","pattern":"^x"}}})"),
            Json::parse(R"({"name":"string"})"));
}

TEST(Examples, NoneWhereWhatIsRequiredCannotBeSpelled) {
  EXPECT_EQ(ExampleOf(R"({"type":"object","properties":{"isbn":{"type":"string","pattern":"^x"}},
                "required":["isbn"]})"),
            Json());
}

TEST(Examples, OfOneofsTheFirst) {
  EXPECT_EQ(ExampleOf(R"({"type":"object","not":{"anyOf":[{"required":["a","b"]},
                {"allOf":[{"required":["b"]},{"anyOf":[{"required":["a"]},{"required":["c"]}]}]}]},
                "properties":{"b":{"type":"boolean"},"a":{"type":"boolean"},"c":{"type":"boolean"}}})"),
            Json::parse(R"({"b":true})"));
}

TEST(Examples, MessagesInsideThemselvesEnd) {
  EXPECT_EQ(ExampleOf(R"({"$ref":"#/components/schemas/N"})",
                      R"({"N":{"type":"object","properties":{"value":{"type":"integer"},
                          "left":{"$ref":"#/components/schemas/N"}}}})"),
            Json::parse(R"({"value":1})"));
}

// `count` messages, each with a name and with what refer(i) names.
template <class Refer>
std::string Messages(int count, Refer refer) {
  Json schemas = Json::object();
  for (int i = 0; i < count; ++i) {
    Json& schema = schemas["N" + std::to_string(i)];
    schema = Json::parse(R"({"type":"object","properties":{"name":{"type":"string"}}})");
    for (const int other : refer(i)) {
      schema["properties"]["c" + std::to_string(other)]["$ref"] =
          "#/components/schemas/N" + std::to_string(other);
    }
  }
  return schemas.dump();
}

TEST(Examples, AreOfASizeForPeople) {
  const auto each = [](int) {
    std::vector<int> all(30);
    std::iota(all.begin(), all.end(), 0);
    return all;
  };
  const auto both = [](int i) { return std::vector{2 * i % 60 + 1, 2 * i % 60 + 2}; };
  for (const std::string& messages : {Messages(30, each), Messages(64, both)}) {
    const Json example = ExampleOf(R"({"$ref":"#/components/schemas/N0"})", messages);
    EXPECT_EQ(example["name"], "string");
    EXPECT_TRUE(example.contains("c1") && example["c1"].contains("name"));  // evenly deep
    EXPECT_LT(example.dump().size(), 50'000u);
  }
  const std::string many = R"({"type":"array","minItems":300,"items":)";
  EXPECT_EQ(ExampleOf(many + R"({"type":"integer"}})").size(), 300u);
  EXPECT_EQ(ExampleOf(many + many + R"({"type":"integer"}}})"), Json());
  EXPECT_EQ(ExampleOf(R"({"type":"array","minItems":20000000,"items":{"type":"integer"}})"),
            Json());
  EXPECT_EQ(ExampleOf(R"({"type":"string","minLength":200000000})"), Json());
}

TEST(Examples, NoneOfWhatIsNoSchema) {
  for (const char* schema : {R"({"$ref":5})", R"({"type":"array","minItems":"a","items":{}})",
                             R"({"type":"integer","minimum":"x"})", "5", R"({"type":[5]})"}) {
    EXPECT_EQ(ExampleOf(schema), Json()) << schema;
  }
}

TEST(Examples, AGivenOneStays) {
  Json document = Json::parse(R"({"paths":{"/v1":{"post":{"requestBody":{"content":
      {"application/json":{"schema":{"type":"string"},"example":"given"}}}}}}})");
  const Json before = document;
  AddExamples(document);
  EXPECT_EQ(document, before);
}

TEST(Examples, HaveOneOfTheMembersThatAreNeeded) {
  const auto object = [](const std::string& members) {
    return R"({"type":"object","properties":{"a":{"type":"string","pattern":"^x"},"b":)" + members +
           R"(},"anyOf":[{"required":["a"]},{"required":["b"]}],"not":{"required":["a","b"]}})";
  };
  EXPECT_EQ(ExampleOf(object(R"({"type":"integer"})")), Json::parse(R"({"b":1})"));
  EXPECT_EQ(ExampleOf(object(R"({"type":"string","pattern":"^y"})")), Json());
}

TEST(Examples, KeepToWhatStandsBesideAReference) {
  const std::string any = R"({"Any":{"type":"object","properties":{"@type":{"type":"string"}}}})";
  const std::string more = R"("properties":{"@type":{"enum":["t/A"]}})";
  const Json wanted = Json::parse(R"({"@type":"t/A"})");
  EXPECT_EQ(ExampleOf(R"({"$ref":"#/components/schemas/Any",)" + more + "}", any), wanted);
  EXPECT_EQ(ExampleOf(R"({"allOf":[{"$ref":"#/components/schemas/Any"}],)" + more + "}", any),
            wanted);
}

}  // namespace
}  // namespace protorest::openapi
