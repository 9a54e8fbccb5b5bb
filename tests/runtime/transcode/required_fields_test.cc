// Required fields of proto2, which body, path and query set together: who lacks one is told by its
// JSON path, whatever the body's type.
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/runtime/transcode/mapping_fixture.h"

namespace protorest::transcode {
namespace {

using mapping::Legacy;
using test::FakeExchange;
using test::Mapping;
using Fields = std::vector<std::string>;

constexpr char kProtobuf[] = "application/x-protobuf";
constexpr char kForm[] = "application/x-www-form-urlencoded";

// The fields that the answer says are missing; none if it is 200.
Fields Missing(const std::string& method, const std::string& target, std::string body = "",
               const std::string& type = "application/json") {
  Mapping mapping;
  FakeExchange exchange(method, target, {{"content-type", type}});
  if (!body.empty()) exchange.Body(std::move(body));
  if (mapping.Serve(exchange).status() == 200) return {};
  EXPECT_EQ(exchange.status(), 400) << exchange.body();
  Fields fields;
  const auto status = nlohmann::json::parse(exchange.body());
  for (const auto& detail : status.at("details")) {
    for (const auto& violation : detail.at("fieldViolations")) {
      EXPECT_EQ(violation["description"], "required, but not there");
      fields.push_back(violation["field"]);
    }
  }
  EXPECT_FALSE(fields.empty()) << exchange.body();
  return fields;
}

TEST(RequiredFields, InPathAndQuery) {
  EXPECT_EQ(Missing("GET", "/legacy/7?unitName=m"), Fields{});
  EXPECT_EQ(Missing("GET", "/legacy/7"), Fields{"unitName"});
  EXPECT_EQ(Missing("GET", "/legacy/7?unitName=m&child.id=8"), Fields{"child.unitName"});
}

TEST(RequiredFields, WhatThePathSetsNeedNotBeInTheBody) {
  EXPECT_EQ(Missing("PUT", "/legacy/7", R"({"unitName":"m"})"), Fields{});
  EXPECT_EQ(Missing("PUT", "/legacy/7", "{}"), Fields{"unitName"});
  EXPECT_EQ(Missing("PUT", "/legacy/child/8", R"({"id":"7","unitName":"m"})"),
            Fields{"child.unitName"});
  EXPECT_EQ(
      Missing("PUT", "/legacy/child/8", R"({"id":"7","unitName":"m","child":{"unitName":"n"}})"),
      Fields{});
  EXPECT_EQ(Missing("POST", "/legacy", R"({"unitName":"m"})"), Fields{"id"});
}

TEST(RequiredFields, BesideABodyThatIsAField) {
  const std::string child = R"({"id":"8","unitName":"n"})";
  EXPECT_EQ(Missing("PUT", "/legacy/7/child?unitName=m", child), Fields{});
  EXPECT_EQ(Missing("PUT", "/legacy/7/child", child), Fields{"unitName"});
}

TEST(RequiredFields, DeepInTheBody) {
  const std::string members = R"("unitName":"m","child":{"items":[{"id":"1"}]},)"
                              R"("byName":{"k":{"id":"2"},"né":{"id":"3"}},"byNumber":{"9":{}},)"
                              R"("[mapping.other]":{"unitName":"o"}})";
  Fields missing = Missing("PUT", "/legacy/7", "{" + members);
  std::sort(missing.begin(), missing.end());
  EXPECT_EQ(missing, (Fields{"[mapping.other].id", "byName.k.unitName", R"(byName["né"].unitName)",
                             "byNumber.9.id", "byNumber.9.unitName", "child.id",
                             "child.items[0].unitName", "child.unitName"}));
  // By the paths that who reads a body alone gives them.
  Fields read = Missing("POST", "/legacy", R"({"id":"7",)" + members);
  std::sort(read.begin(), read.end());
  EXPECT_EQ(read, missing);
}

TEST(RequiredFields, NoMoreThanTheReaderTells) {
  std::string items = R"({"unitName":"m","items":[{})";
  for (int i = 0; i < 100; ++i) items += ",{}";
  EXPECT_EQ(Missing("PUT", "/legacy/7", items + "]}").size(), 16u);
}

TEST(RequiredFields, AServerMayDoWithoutThem) {
  Mapping mapping({.json = {.allow_partial = true}});
  EXPECT_EQ(mapping.Status("GET", "/legacy/7"), 200);
  EXPECT_EQ(mapping.Status("POST", "/legacy", R"({"unitName":"m"})"), 200);
}

TEST(RequiredFields, InOtherBodies) {
  Legacy message;
  message.set_unit_name("m");
  EXPECT_EQ(Missing("PUT", "/legacy/7", message.SerializePartialAsString(), kProtobuf), Fields{});
  EXPECT_EQ(Missing("POST", "/legacy", message.SerializePartialAsString(), kProtobuf),
            Fields{"id"});
  EXPECT_EQ(Missing("PUT", "/legacy/7", "unitName=m", kForm), Fields{});
  EXPECT_EQ(Missing("POST", "/legacy", "unitName=m", kForm), Fields{"id"});
}

}  // namespace
}  // namespace protorest::transcode
