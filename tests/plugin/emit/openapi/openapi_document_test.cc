// Documents as a whole: texts of comments, tags, ids, info.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/plugin/emit/openapi/document_of.h"

namespace protorest::plugin {
namespace {

TEST(OpenApiDocument, TextsOfCommentsAndTags) {
  const Json document = DocumentOf(R"(
    // Keeps things.
    service Things {
      // Looks one up, e.g. by name. It must
      // exist.
      //
      // Second paragraph.
      rpc Get(M) returns (M);
      rpc Bare(M) returns (M);
    }
    message M {})");
  EXPECT_EQ(document.at("tags"), Json::parse(R"([{"name":"Things","description":"Keeps things.",
                                                  "x-protorest-service":"t.v1.Things"}])"));
  const Json& get = document.at("paths").at("/t.v1.Things/Get").at("post");
  EXPECT_EQ(get.at("summary"), "Looks one up, e.g. by name");
  EXPECT_EQ(get.at("description"), "It must\nexist.\n\nSecond paragraph.");
  EXPECT_EQ(get.at("tags"), Json::array({"Things"}));
  EXPECT_EQ(get.at("x-protorest-rpc"), "t.v1.Things/Get");
  const Json& bare = document.at("paths").at("/t.v1.Things/Bare").at("post");
  EXPECT_EQ(bare.at("summary"), "Bare");
  EXPECT_FALSE(bare.contains("description"));
}

TEST(OpenApiDocument, CrossReferencesAreLinks) {
  const Json document = DocumentOf(R"(
    // Keeps [Book][t.v1.Book]s. See [Get][t.v1.Things.Get], [things][t.v1.Things].
    service Things {
      // Gets a [Book][t.v1.Book]. By [its name][t.v1.Book.name], not [its author][x.y.Author.name]
      // nor [t.v1.Book][], a [link](https://example.com)[1] or a[0][1 + 1].
      rpc Get(Book) returns (Book);
    }
    message Book { string name = 1; })");
  const Json& get = document.at("paths").at("/t.v1.Things/Get").at("post");
  EXPECT_EQ(get.at("summary"), "Gets a Book");
  EXPECT_EQ(get.at("description"),
            "By [its name](#/components/schemas/t.v1.Book), not its author\n"
            "nor [t.v1.Book](#/components/schemas/t.v1.Book), a [link](https://example.com)[1] or "
            "a[0][1 + 1].");
  EXPECT_EQ(document.at("tags").at(0).at("description"),
            "Keeps [Book](#/components/schemas/t.v1.Book)s. See "
            "[Get](#/paths/~1t.v1.Things~1Get/post), [things](#/tags/0).");
}

TEST(OpenApiDocument, OperationIdsHaveAPattern) {
  const auto ids = [](const std::string& pattern) {
    Options options;
    options.operation_id = pattern;
    const Json document = DocumentOf(R"(
      service Things {
        rpc GetOne(M) returns (M) {
          option (google.api.http) = {get: "/a" additional_bindings {get: "/b"}};
        }
      }
      service Others { rpc GetOne(M) returns (M); }
      message M {})",
                                     options);
    std::vector<std::string> all;
    for (const auto& [path, item] : document.at("paths").items()) {
      all.push_back(item.front().at("operationId"));
    }
    return all;
  };
  EXPECT_EQ(ids("{Service}_{Method}"),
            (std::vector<std::string>{"Things_GetOne", "Things_GetOne_2", "Others_GetOne"}));
  EXPECT_EQ(ids("{method}"), (std::vector<std::string>{"getOne", "getOne_2", "getOne_3"}));
  EXPECT_EQ(ids("{package}.{service}.{Method}"),
            (std::vector<std::string>{"t_v1_things_GetOne", "t_v1_things_GetOne_2",
                                      "t_v1_others_GetOne"}));
}

TEST(OpenApiDocument, DeprecatedServicesDeprecateTheirMethods) {
  const Json document =
      DocumentOf("service S { option deprecated = true; rpc Get(M) returns (M); } message M {}");
  EXPECT_EQ(document.at("paths").front().at("post").at("deprecated"), true);
}

TEST(OpenApiDocument, InfoComesFromThePackages) {
  const auto file = [](const std::string& package) {
    return "syntax = \"proto3\"; package " + package +
           "; service S { rpc Get(M) returns (M); } message M {}";
  };
  const Json one = DocumentOfFiles({{"a.proto", file("shop.v1")}}).at("info");
  EXPECT_EQ(one, Json::parse(R"({"title":"shop.v1","version":"v1"})"));
  const Json two = DocumentOfFiles({{"a.proto", file("shop.v1")}, {"b.proto", file("shop.v2")}});
  EXPECT_EQ(two.at("info"), Json::parse(R"({"title":"shop","version":"0.0.0"})"));
  const Json strangers = DocumentOfFiles({{"a.proto", file("a")}, {"b.proto", file("b")}});
  EXPECT_EQ(strangers.at("info").at("title"), "API");
}

TEST(OpenApiDocument, ServicesOfOneNameAreKeptApart) {
  const auto file = [](const std::string& package) {
    return "syntax = \"proto3\"; package " + package +
           "; service S { rpc Get(M) returns (M); } message M {}";
  };
  const Json document = DocumentOfFiles({{"a.proto", file("a.v1")}, {"b.proto", file("a.v2")}});
  EXPECT_EQ(document.at("tags").at(0).at("name"), "a.v1.S");
  EXPECT_EQ(document.at("paths").at("/a.v2.S/Get").at("post").at("operationId"), "a_v2_S_Get");
}

TEST(OpenApiDocument, FilesWithoutServicesGiveNoPaths) {
  const Json document = DocumentOf("message M {}");
  EXPECT_EQ(document.at("paths"), Json::object());
  EXPECT_FALSE(document.contains("components"));
}

}  // namespace
}  // namespace protorest::plugin
