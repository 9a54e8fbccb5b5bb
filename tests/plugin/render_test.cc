// The templates' language: what it lays out, and what it refuses.
#include "plugin/emit/render.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

namespace protorest::plugin {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class Templates final : public TemplateSource {
 public:
  explicit Templates(std::map<std::string, std::string, std::less<>> texts)
      : texts_(std::move(texts)) {}
  bool Read(std::string_view name, std::string& text) const override {
    const auto found = texts_.find(name);
    if (found == texts_.end()) return false;
    text = found->second;
    return true;
  }

 private:
  std::map<std::string, std::string, std::less<>> texts_;
};

// A view with NAME, and two LINEs with a TEXT each; no GONE.
View MakeView() {
  View view;
  view.Set("NAME", "a {{thing}}");
  view.Add("LINE").Set("TEXT", "one");
  view.Add("LINE").Set("TEXT", "two");
  view.Show("THERE", true);
  view.Show("GONE", false);
  return view;
}

std::string Ok(const Templates& templates) {
  Diagnostics diagnostics;
  const std::string text = Render("x.tpl", MakeView(), templates, diagnostics);
  EXPECT_THAT(diagnostics.errors(), ElementsAre());
  return text;
}
std::string Ok(const std::string& text) { return Ok(Templates({{"x.tpl", text}})); }

std::vector<std::string> Errors(const Templates& templates) {
  Diagnostics diagnostics;
  Render("x.tpl", MakeView(), templates, diagnostics);
  return diagnostics.errors();
}
std::vector<std::string> Errors(const std::string& text) {
  return Errors(Templates({{"x.tpl", text}}));
}

TEST(Render, ValuesStandAsTheyAre) { EXPECT_EQ(Ok("<{{NAME}}>\n"), "<a {{thing}}>\n"); }

TEST(Render, SectionsAreLoopsAndIfs) {
  EXPECT_EQ(Ok("{{#LINE}}{{NAME}}: {{TEXT}};{{/LINE}}"), "a {{thing}}: one;a {{thing}}: two;");
  EXPECT_EQ(Ok("{{#THERE}}yes{{/THERE}}{{#GONE}}no{{/GONE}}"), "yes");
}

TEST(Render, LinesOfMarkersAloneLeaveNoTrace) {
  EXPECT_EQ(Ok("a\n{{! why }}\n  {{#LINE}}\n- {{TEXT}}\n  {{/LINE}}\n\nb\n"),
            "a\n- one\n- two\n\nb\n");
}

TEST(Render, LinesJoinAtABackslash) { EXPECT_EQ(Ok("a, \\\n    b\nc\n"), "a, b\nc\n"); }

TEST(Render, PartialsArePastedWithoutTheirLastNewline) {
  EXPECT_EQ(Ok(Templates({{"x.tpl", "({{>inner}})\n{{#LINE}}{{>text}}{{/LINE}}\n"},
                          {"inner.tpl", "{{NAME}}\n"},
                          {"text.tpl", "{{TEXT}} "}})),
            "(a {{thing}})\none two \n");
}

TEST(Render, MarkerThatNothingFillsIsAnError) {
  EXPECT_THAT(Errors("\n{{NAM}}"),
              ElementsAre("x.tpl:2:1: nothing fills {{NAM}}; did you mean \"NAME\"?"));
  EXPECT_THAT(Errors("{{#LINES}}{{/LINES}}"),
              ElementsAre("x.tpl:1:1: nothing fills {{#LINES}}; did you mean \"LINE\"?"));
  // In every turn of a loop, and reported once.
  EXPECT_THAT(Errors("{{#LINE}}{{COLOUR}}{{/LINE}}"),
              ElementsAre("x.tpl:1:1: nothing fills {{COLOUR}}"));
  // A value of an inner view is none of the outer.
  EXPECT_THAT(Errors("{{TEXT}}"), ElementsAre(HasSubstr("nothing fills {{TEXT}}")));
}

TEST(Render, SectionOfAnOuterViewSeesNothingOfTheInnerOne) {
  EXPECT_THAT(Errors("{{#LINE}}{{#THERE}}{{TEXT}}{{/THERE}}{{/LINE}}"),
              ElementsAre(HasSubstr("nothing fills {{TEXT}}")));
}

TEST(Render, ErrorsInPartialsNameThePartial) {
  EXPECT_THAT(Errors(Templates({{"x.tpl", "\n\n{{>inner}}"}, {"inner.tpl", "{{WRONG}}"}})),
              ElementsAre(HasSubstr("inner.tpl:1:1: nothing fills {{WRONG}}")));
  EXPECT_THAT(Errors("{{>none}}"),
              ElementsAre(HasSubstr("none.tpl:1:1: there is no such template")));
  EXPECT_THAT(Errors("{{>x}}"), ElementsAre(HasSubstr("the template pastes itself")));
}

TEST(Render, WhatIsNotOfTheLanguageIsRefused) {
  EXPECT_THAT(Errors("{{#LINE}}"), ElementsAre(HasSubstr("{{#LINE}} is never closed")));
  EXPECT_THAT(Errors("{{/LINE}}"), ElementsAre(HasSubstr("{{/LINE}} closes what is not open")));
  EXPECT_THAT(Errors("{{#LINE}}{{#THERE}}{{/LINE}}{{/THERE}}"),
              testing::Contains(HasSubstr("{{/LINE}} closes what is not open")));
  EXPECT_THAT(Errors("{{NAME"), ElementsAre(HasSubstr("{{ without }}")));
  EXPECT_THAT(Errors("{{name}}"), ElementsAre(HasSubstr("{{name}} is no marker")));
  EXPECT_THAT(Errors("{{=<% %>=}}"), ElementsAre(HasSubstr("is no marker")));
}

TEST(BreakLines, LongLinesAreBrokenWhereTheyMay) {
  const std::string a(60, 'a');
  const std::string b(30, 'b');
  const std::string c(30, 'c');
  const auto lines = [&](const std::string& separator) {
    return "  f(" + separator + a + ", " + separator + b + ", " + separator + c + ");\n";
  };
  EXPECT_EQ(BreakLines(lines(std::string(1, kBreak))),
            "  f(" + a + ", " + b + ",\n      " + c + ");\n");
  EXPECT_EQ(BreakLines(lines("")), lines(""));
}

TEST(BreakLines, ShortLinesAreNot) {
  EXPECT_EQ(BreakLines(std::string("f(") + kBreak + "a, " + kBreak + "b)\n"), "f(a, b)\n");
}

TEST(BreakLines, PieceThatIsTooLongStandsAlone) {
  const std::string a(120, 'a');
  EXPECT_EQ(BreakLines("f(" + (kBreak + a) + ", " + kBreak + "b)"), "f(\n    " + a + ",\n    b)");
}

}  // namespace
}  // namespace protorest::plugin
