// The mask of a PATCH from the keys of its body (rule E18).
#include <gtest/gtest.h>

#include <string>

#include "tests/runtime/transcode/mapping_fixture.h"

namespace protorest::transcode {
namespace {

using test::FakeExchange;
using test::Mapping;

class UpdateMaskTest : public testing::Test {
 protected:
  // The mask that the handler got, as JSON; "" for none.
  std::string MaskOf(const std::string& method, const std::string& target, const std::string& body,
                     const FakeExchange::Fields& fields = {}) {
    return MaskOf(mapping_, method, target, body, fields);
  }
  std::string MaskOf(const std::string& body) { return MaskOf("PATCH", "/patch/a", body); }
  std::string MaskOfIgnoring(const std::string& body) {
    return MaskOf(ignoring_, "PATCH", "/patch/a", body, {});
  }

 private:
  static std::string MaskOf(Mapping& mapping, const std::string& method, const std::string& target,
                            const std::string& body, const FakeExchange::Fields& fields) {
    FakeExchange exchange(method, target, fields);
    exchange.Body(body);
    EXPECT_EQ(mapping.Serve(exchange).status(), 200) << exchange.body();
    const std::string& json = exchange.body();
    const std::string key = R"("updateMask":")";
    const std::size_t begin = json.find(key);
    if (begin == json.npos) return "";
    const std::size_t from = begin + key.size();
    return json.substr(from, json.find('"', from) - from);
  }

  Mapping mapping_;
  Mapping ignoring_{{.json = {.ignore_unknown_fields = true}}};
};

TEST_F(UpdateMaskTest, E18_IsFilledWithTheKeysOfTheBodySorted) {
  EXPECT_EQ(MaskOf(R"({"text":"t","number":1,"flag":false})"), "flag,number,text");
  EXPECT_EQ(MaskOf(R"({"snake_case":"a","number":0})"), "number,snakeCase");
  EXPECT_EQ(MaskOf(R"({"snake\u0043ase":"a"})"), "snakeCase");
}

TEST_F(UpdateMaskTest, E18_GoesIntoMessages) {
  EXPECT_EQ(MaskOf(R"({"nested":{"text":"t","nested":{"number":1,"snakeCase":"s"}}})"),
            "nested.nested.number,nested.nested.snakeCase,nested.text");
}

TEST_F(UpdateMaskTest, E18_ListsMapsWellKnownTypesAndEmptyObjectsAreLeaves) {
  EXPECT_EQ(MaskOf(R"({"tags":["x"],"items":[{"id":"a"}],"counts":{"k":1},"nested":{},)"
                   R"("object":{"a":{"b":1}},"at":"2026-11-21T10:00:00Z",)"
                   R"("any":{"@type":"type.googleapis.com/mapping.Item","id":"a"}})"),
            "any,at,counts,items,nested,object,tags");
}

TEST_F(UpdateMaskTest, E18_NullClearsAField) {
  EXPECT_EQ(MaskOf(R"({"text":null,"nested":null})"), "nested,text");
}

TEST_F(UpdateMaskTest, E18_J22_J23_WhatIsIgnoredIsNotNamed) {
  EXPECT_EQ(MaskOfIgnoring(R"({"color":"NOPE","number":1,"nested":{"zz":1}})"), "number");
  EXPECT_EQ(MaskOfIgnoring(R"({"nested":{"nested":{"color":"NOPE"},"flag":true}})"), "nested.flag");
  EXPECT_EQ(MaskOfIgnoring(R"({"colors":["NOPE","N"],"shades":{"a":"NOPE"},"text":"t"})"), "text");
  EXPECT_EQ(MaskOfIgnoring(R"({"colors":["NOPE","COLOR_RED"],"shades":{"a":"NOPE","b":1}})"),
            "colors,shades");
  EXPECT_EQ(MaskOfIgnoring(R"({"color":"COLOR_UNSPECIFIED","colors":[],"shades":{},"nested":{}})"),
            "color,colors,nested,shades");
  EXPECT_EQ(MaskOfIgnoring(R"({"color":null,"colors":null,"shades":null,"items":[{"zz":1}]})"),
            "color,colors,items,shades");
  EXPECT_EQ(MaskOfIgnoring(R"({"color":"COLOR\u005fRED","colors":[7]})"), "color,colors");
  EXPECT_EQ(MaskOfIgnoring(R"({"color":"NOPE"})"), "");
}

TEST_F(UpdateMaskTest, E18_AnExplicitMaskWins) {
  EXPECT_EQ(MaskOf("PATCH", "/patch/a?updateMask=number,nested.text", R"({"text":"t"})"),
            "number,nested.text");
}

TEST_F(UpdateMaskTest, E18_NothingIsFilledWithoutABodyOrElsewhere) {
  EXPECT_EQ(MaskOf(""), "");
  EXPECT_EQ(MaskOf("null"), "");
  EXPECT_EQ(MaskOf("{}"), "");
  EXPECT_EQ(MaskOf("PUT", "/patch/a", R"({"text":"t"})"), "");
  EXPECT_EQ(MaskOf("PATCH", "/patch_all/a", R"({"form":{"text":"t"}})"), "");
  EXPECT_EQ(MaskOf("PATCH", "/two_masks", R"({"text":"t"})"), "");
}

TEST_F(UpdateMaskTest, E18_BinaryBodiesHaveNoKeys) {
  mapping::Form form;
  form.set_text("t");
  EXPECT_EQ(MaskOf("PATCH", "/patch/a", form.SerializeAsString(),
                   {{"content-type", "application/x-protobuf"}}),
            "");
}

}  // namespace
}  // namespace protorest::transcode
