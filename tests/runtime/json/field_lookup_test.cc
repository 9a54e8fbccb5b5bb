// Fields are found in a few steps, however alike their names are.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "protorest/generated/json_field.h"

namespace protorest::json {
namespace {

struct Table {
  explicit Table(const std::vector<std::string>& names)
      : fields(names.begin(), names.end()), slots(FieldLookup::SlotsFor(names.size())) {
    const std::uint64_t mask = FieldLookup::Fill(fields, slots);
    lookup = {slots, mask, false};
  }

  std::vector<Field> fields;
  std::vector<std::uint16_t> slots;
  FieldLookup lookup;
};

// How many fields stand side by side, at most: as many names may be compared for one key.
std::size_t LongestRun(const Table& table) {
  std::size_t longest = 0;
  std::size_t run = 0;
  for (const std::uint16_t slot : table.slots) {
    run = slot == 0 ? 0 : run + 1;
    longest = std::max(longest, run);
  }
  return longest;
}

std::vector<std::string> Numbered(const std::string& begin, int count, const std::string& end) {
  std::vector<std::string> names;
  for (int i = 1; i <= count; ++i) names.push_back(begin + std::to_string(i) + end);
  return names;
}

TEST(FieldLookup, NamesThatBeginAlike) {
  EXPECT_LE(LongestRun(Table(Numbered("customer_", 24, ""))), 4u);
  EXPECT_LE(LongestRun(Table(Numbered("field_", 600, ""))), 8u);
  EXPECT_LE(LongestRun(Table(Numbered("a_name_that_is_long_", 300, "_and_ends_alike"))), 8u);
  std::vector<std::string> one_is_short = Numbered("customer_", 24, "");
  one_is_short.push_back("id");
  EXPECT_LE(LongestRun(Table(one_is_short)), 4u);
}

TEST(FieldLookup, NamesThatBeginOtherwiseGoByTheirBeginning) {
  EXPECT_FALSE(Table({"id", "name", "email", "age", "createdAt"}).lookup.by_whole_name());
}

}  // namespace
}  // namespace protorest::json
