// What google.api's options become; the golden visibility has them before linters.
#include <gtest/gtest.h>

#include <string>

#include "tests/plugin/emit/openapi/document_of.h"

namespace protorest::plugin {
namespace {

constexpr char kDriveScope[] = "https://www.googleapis.com/auth/drive";

std::string File(const std::string& declarations) {
  return "syntax = 'proto3'; package t.v1;\n"
         "import 'google/api/client.proto';\n"
         "import 'protorest/openapi.proto';\n"
         "message M {}\n" +
         declarations;
}

// A service with `options` of google.api and one method, Get.
std::string Service(const std::string& name, const std::string& options) {
  return "service " + name + " {" + options + " rpc Get(M) returns (M); }\n";
}

std::string Host(const std::string& host) {
  return "option (google.api.default_host) = '" + host + "';";
}

std::string Scopes(const std::string& scopes) {
  return "option (google.api.oauth_scopes) = '" + scopes + "';";
}

Json Servers(const std::string& host) {
  return Json::parse(R"([{"url":"/"},{"url":"https://)" + host + R"("}])");
}

Json OperationOf(const Json& document, const std::string& service) {
  return document.at("paths").at("/t.v1." + service + "/Get").at("post");
}

TEST(OpenApiGoogle, TheDefaultHostIsASecondServer) {
  const Json document = DocumentOfFiles({{"test.proto", File(Service("S", Host("t.test:443")))}});
  EXPECT_EQ(document.at("servers"), Servers("t.test:443"));
  EXPECT_FALSE(OperationOf(document, "S").contains("servers"));
}

TEST(OpenApiGoogle, HostsThatDifferAreThoseOfOperations) {
  const Json document = DocumentOfFiles(
      {{"test.proto", File(Service("A", Host("a.test")) + Service("B", Host("b.test")))}});
  EXPECT_EQ(document.at("servers"), Json::parse(R"([{"url":"/"}])"));
  EXPECT_EQ(OperationOf(document, "A").at("servers"), Servers("a.test"));
  EXPECT_EQ(OperationOf(document, "B").at("servers"), Servers("b.test"));
}

TEST(OpenApiGoogle, ServersThatAreGivenGoBeforeTheDefaultHost) {
  const Json document = DocumentOfFiles(
      {{"test.proto",
        File("option (protorest.openapi.document) = {servers: {url: 'https://given.test'}};" +
             Service("A", Host("a.test")) + Service("B", ""))}});
  EXPECT_EQ(document.at("servers"), Json::parse(R"([{"url":"https://given.test"}])"));
  EXPECT_FALSE(OperationOf(document, "A").contains("servers"));
}

TEST(OpenApiGoogle, ScopesAreASchemeThatAllOperationsNeed) {
  const Json document = DocumentOfFiles(
      {{"test.proto", File(Service("S", Scopes(std::string(kDriveScope) + " , ")))}});
  EXPECT_EQ(document.at("security"),
            Json::parse(R"([{"oauth2":["https://www.googleapis.com/auth/drive"]}])"));
  const Json& scheme = document.at("components").at("securitySchemes").at("oauth2");
  EXPECT_EQ(scheme.at("type"), "oauth2");
  EXPECT_TRUE(scheme.at("flows").at("authorizationCode").at("scopes").contains(kDriveScope));
  EXPECT_FALSE(OperationOf(document, "S").contains("security"));
}

TEST(OpenApiGoogle, ScopesOfOneServiceAreThoseOfItsOperations) {
  const Json document =
      DocumentOfFiles({{"test.proto", File(Service("A", Scopes(kDriveScope)) + Service("B", ""))}});
  EXPECT_FALSE(document.contains("security"));
  EXPECT_TRUE(OperationOf(document, "A").at("security")[0].contains("oauth2"));
  EXPECT_FALSE(OperationOf(document, "B").contains("security"));
}

TEST(OpenApiGoogle, ScopesOfOthersAreABearersToken) {
  const Json document =
      DocumentOfFiles({{"test.proto", File(Service("S", Scopes("read, write")))}});
  EXPECT_EQ(document.at("security"), Json::parse(R"([{"bearer":[]}])"));
  const Json& scheme = document.at("components").at("securitySchemes").at("bearer");
  EXPECT_EQ(scheme.at("scheme"), "bearer");
  EXPECT_EQ(scheme.at("x-scopes"), Json::parse(R"({"read":"","write":""})"));
}

TEST(OpenApiGoogle, SecurityThatIsGivenGoesBeforeScopes) {
  const std::string given = R"(option (protorest.openapi.document) = {
      security_schemes: {key: "k" value: {type: "http" scheme: "basic"}}
      security: {schemes: {key: "k" value: {}}}
    };)";
  const Json document =
      DocumentOfFiles({{"test.proto", File(given + Service("S", Scopes(kDriveScope)))}});
  EXPECT_EQ(document.at("security"), Json::parse(R"([{"k":[]}])"));
  EXPECT_FALSE(document.at("components").at("securitySchemes").contains("oauth2"));

  const std::string opened = "option (protorest.openapi.service) = {security: {}};";
  const Json open =
      DocumentOfFiles({{"test.proto", File(Service("S", opened + Scopes(kDriveScope)))}});
  EXPECT_EQ(OperationOf(open, "S").at("security"), Json::parse("[{}]"));
  EXPECT_FALSE(open.at("components").contains("securitySchemes"));
}

TEST(OpenApiGoogle, SignaturesAreListed) {
  const Json document =
      DocumentOfFiles({{"test.proto", File("service S { rpc Get(M) returns (M) {"
                                           " option (google.api.method_signature) = 'name,view';"
                                           " option (google.api.method_signature) = ''; } }")}});
  EXPECT_EQ(OperationOf(document, "S").at("x-method-signature"), Json({"name,view", ""}));
}

}  // namespace
}  // namespace protorest::plugin
