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
    FakeExchange exchange(method, target, fields);
    exchange.Body(body);
    EXPECT_EQ(mapping_.Serve(exchange).status(), 200) << exchange.body();
    const std::string& json = exchange.body();
    const std::string key = R"("updateMask":")";
    const std::size_t begin = json.find(key);
    if (begin == json.npos) return "";
    const std::size_t from = begin + key.size();
    return json.substr(from, json.find('"', from) - from);
  }
  std::string MaskOf(const std::string& body) { return MaskOf("PATCH", "/patch/a", body); }

  Mapping mapping_;
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
