// What proto2 adds to the J rules: required fields, groups, extensions, closed enums, defaults.
#include <string>

#include "json_rules.h"
#include "legacy.json.pb.h"

namespace protorest::json {
namespace {

using test::Legacy;

// A text of the type with its required fields, and more.
std::string With(const std::string& members) {
  return R"({"id":"a","grade":"GRADE_LOW")" + (members.empty() ? "" : "," + members) + "}";
}

class Proto2Rules : public JsonRules {
 protected:
  // Every path of a violation, and its description where it is not that of a missing field.
  std::string Problems(std::string_view text, const Options& options = {}) {
    Legacy message;
    std::string problems;
    const Result result = Read(text, codec<Legacy>(), options, message);
    for (const Violation& violation : result.violations()) {
      problems += (problems.empty() ? "" : " ") + violation.field;
      if (violation.description != "required, but not there") {
        problems += "(" + violation.description + ")";
      }
    }
    return problems;
  }
};

INSTANTIATE_TEST_SUITE_P(Codec, Proto2Rules,
                         testing::Values(Through::kGenerated, Through::kReflection), NameOfCodec);

TEST_P(Proto2Rules, EveryMissingFieldIsReportedWithItsPath) {
  EXPECT_EQ(Problems("{}"), "id grade");
  EXPECT_EQ(Problems(R"({"grade":1})"), "id");
  EXPECT_EQ(Problems(With("")), "");
  EXPECT_EQ(Problems(With(R"("part":{})")), "part.number");
  EXPECT_EQ(Problems(With(R"("parts":[{},{"number":1},{"label":"b"}])")),
            "parts[0].number parts[2].number");
  EXPECT_EQ(Problems(With(R"("byName":{"x":{},"a b":{}})")),
            R"(byName.x.number byName["a b"].number)");
  EXPECT_EQ(Problems(With(R"("chosen":{})")), "chosen.number");
  EXPECT_EQ(Problems(With(R"("row":[{"cell":1},{}])")), "row[1].cell");
  EXPECT_EQ(Problems(With(R"("[protorest.test.linked]":{})")), "[protorest.test.linked].number");
  EXPECT_EQ(Problems(With(R"("[protorest.test.links]":[{}])")), "[protorest.test.links][0].number");
  EXPECT_EQ(Problems(With(R"("any":{"@type":"a/protorest.test.Part"})")), "any.number");
  EXPECT_EQ(Problems(R"({"part":{},"parts":[{}]})"), "id grade part.number parts[0].number");
}

TEST_P(Proto2Rules, NullIsMissingAndAWrongValueIsNot) {
  EXPECT_EQ(Problems(R"({"id":null,"grade":null})"), "id grade");
  EXPECT_EQ(Problems(With(R"("part":{"number":null})")), "part.number");
  EXPECT_EQ(Problems(R"({"id":7,"grade":"GRADE_LOW"})"), "id(expected a string, got 7)");
  EXPECT_EQ(Problems(R"({"id":"a","grade":true})"),
            "grade(expected the name of an enum value or its number, got true)");
  EXPECT_EQ(Problems(R"({"id":"a","grade":"LOW"})", {.ignore_unknown_fields = true}), "grade");
  EXPECT_EQ(Problems(R"({"id":"a","grade":"LOW"})"),
            R"(grade(expected one of GRADE_HIGH, GRADE_LOW, GRADE_NONE, got "LOW"))");
}

TEST_P(Proto2Rules, J22_ClosedEnums) {
  EXPECT_NE(Problems(R"({"id":"a","grade":9})"), "");
  EXPECT_NE(Problems(R"({"id":"a","grade":-1})"), "");
  EXPECT_NE(Problems(With(R"("gradeList":[1,9])")), "");
  EXPECT_NE(Problems(With(R"("grades":{"1":9})")), "");
  const Options lenient = {.ignore_unknown_fields = true};
  EXPECT_EQ(
      Problems(With(R"("gradeList":[1,9,"GRADE_PINK"],"grades":{"1":9,"2":2,"3":"NO"})"), lenient),
      "");
  EXPECT_EQ(
      Written(Accepted<Legacy>(
          With(R"("gradeList":[1,9,"GRADE_PINK",2],"grades":{"1":9,"2":2,"3":"NO"})"), lenient)),
      With(R"("grades":{"2":"GRADE_HIGH"},"gradeList":["GRADE_LOW","GRADE_HIGH"])"));
}

// In C++ a field of proto2 keeps no unknown number, whatever the enum's own file says.
TEST_P(Proto2Rules, J22_OpenEnumsInProto2) {
  const Options lenient = {.ignore_unknown_fields = true};
  for (const std::string member :
       {R"("color":99)", R"("list":[99])", R"("byName":{"a":99})", R"("chosen":99)"}) {
    const std::string text = R"({"id":1,"colors":{)" + member + "}}";
    EXPECT_NE(Refused<Kinds2>(text), "accepted") << text;
    EXPECT_EQ(Written(Accepted<Kinds2>(text, lenient)), R"({"id":1,"colors":{}})");
  }
  EXPECT_EQ(Refused<Kinds2>(R"({"id":1,"[protorest.test.tint]":99})"), "[protorest.test.tint]");
  const std::string good = R"({"id":1,"colors":{"color":"COLOR_RED","list":["COLOR_BLUE"],)"
                           R"("byName":{"a":"COLOR_RED"},"chosen":"COLOR_RED"},)"
                           R"("[protorest.test.tint]":"COLOR_BLUE"})";
  EXPECT_EQ(Written(Accepted<Kinds2>(good)), good);
}

TEST_P(Proto2Rules, Extensions) {
  const std::string text =
      With(R"("[protorest.test.linked]":{"number":1},"[protorest.test.scores]":[1,2],)"
           R"("[protorest.test.last]":"GRADE_HIGH","[protorest.test.links]":[{"number":2}],)"
           R"("[protorest.test.Scope.scoped]":"x")");
  const Legacy message = Accepted<Legacy>(text);
  EXPECT_EQ(message.GetExtension(test::linked).number(), 1);
  EXPECT_EQ(message.ExtensionSize(test::scores), 2);
  EXPECT_EQ(message.GetExtension(test::last), test::GRADE_HIGH);
  EXPECT_EQ(message.GetExtension(test::Scope::scoped), "x");
  EXPECT_EQ(Written(message), text);
  // In any place among the members, and unset by null.
  EXPECT_EQ(
      Written(Accepted<Legacy>(
          R"({"[protorest.test.last]":1,"grade":1,"[protorest.test.scores]":null,"id":"a"})")),
      With(R"("[protorest.test.last]":"GRADE_LOW")"));
}

TEST_P(Proto2Rules, J1_TheSameExtensionTwice) {
  EXPECT_EQ(Problems(With(R"("[protorest.test.last]":1,"[protorest.test.last]":2)")),
            "[protorest.test.last](the field comes twice)");
  EXPECT_NE(Problems(With(R"("[protorest.test.scores]":[1],"[protorest.test.scores]":[2])")), "");
  EXPECT_NE(Problems(With(R"("[protorest.test.scores]":[],"[protorest.test.scores]":[])")), "");
  EXPECT_NE(Problems(With(R"("[protorest.test.last]":null,"[protorest.test.last]":1)")), "");
  // A message within, which has it once, comes between.
  const std::string last = R"("[protorest.test.last]":1)";
  const std::string within =
      R"("any":{"@type":"x/protorest.test.Legacy","id":"b","grade":1,)" + last + "}";
  EXPECT_EQ(Problems(With(last + "," + within)), "");
  EXPECT_EQ(Problems(With(within + "," + last)), "");
  EXPECT_NE(Problems(With(last + "," + within + "," + last)), "");
}

TEST_P(Proto2Rules, J23_UnknownExtensions) {
  for (const char* key : {"[protorest.test.nope]", "[]", "[", "[protorest.test.last", "]",
                          "[protorest.test.note]", "protorest.test.last", "[last]"}) {
    const std::string member = "\"" + std::string(key) + "\":1";
    EXPECT_NE(Problems(With(member)), "") << key;
    EXPECT_EQ(Problems(With(member), {.ignore_unknown_fields = true}), "") << key;
  }
  // Those that are known are found behind one that is not, and it behind them.
  const std::string known =
      R"("[protorest.test.last]":"GRADE_LOW","[protorest.test.Scope.scoped]":"x")";
  const std::string unknown = R"("[protorest.test.nope]":1)";
  for (const std::string& members : {unknown + "," + known, known + "," + unknown}) {
    EXPECT_EQ(Written(Accepted<Legacy>(With(members), {.ignore_unknown_fields = true})),
              With(known));
  }
  // An extension of another message, and one of a message that takes none.
  EXPECT_EQ(Refused<Kinds2>(R"({"id":1,"[protorest.test.last]":1})"), "[protorest.test.last]");
  EXPECT_EQ(Refused<Kinds>(R"({"[protorest.test.last]":1})"), "[protorest.test.last]");
}

TEST_P(Proto2Rules, GroupsGoByTheirFieldsName) {
  EXPECT_EQ(Written(Accepted<Legacy>(With(R"("row":[{"cell":1},{"cell":2}])"))),
            With(R"("row":[{"cell":1},{"cell":2}])"));
  EXPECT_NE(Problems(With(R"("Row":[{"cell":1}])")), "");
}

TEST_P(Proto2Rules, J44_DefaultsAreWrittenWhereTheyAreSet) {
  EXPECT_EQ(Accepted<Legacy>(With("")).count(), 7);
  EXPECT_EQ(Written(Accepted<Legacy>(With(""))), With(""));
  EXPECT_EQ(Written(Accepted<Legacy>(With(R"("count":7)"))), With(R"("count":7)"));
  EXPECT_EQ(Written(Accepted<Legacy>(With(R"("count":0)"))), With(R"("count":0)"));
  EXPECT_FALSE(Accepted<Legacy>(With(R"("count":null)")).has_count());
}

TEST_P(Proto2Rules, J43_AClosedEnumOfANumberWithoutAName) {
  Legacy message = Accepted<Legacy>(With(""));
  message.ParseFromString(message.SerializeAsString() + "\x10\x09");  // grade 9: kept aside
  EXPECT_EQ(Written(message), With(""));
}

}  // namespace
}  // namespace protorest::json
