// In its steady state a lookup and a binding allocate nothing but what the message's own fields
// need.
#include <gtest/gtest.h>

#include "bind_test.pb.h"
#include "tests/support/allocations.h"
#include "transcode/bind.h"
#include "transcode/router.h"

namespace protorest::transcode {
namespace {

using protorest::testing::Proto3Message;

struct Steady {
  explicit Steady(std::string_view path) {
    PathTemplate parsed;
    PathTemplateError error;
    EXPECT_TRUE(ParsePathTemplate(path, parsed, error));
    EXPECT_TRUE(RequestBinder::Prepare(*Proto3Message::descriptor(), parsed, "", {}, binder).ok());
    EXPECT_TRUE(router.Add("GET", path, "M", 0).ok());
  }

  // Of the second of two equal requests.
  long Allocations(std::string_view path, std::string_view query) {
    long before = 0;
    for (int i = 0; i < 2; ++i) {
      before = test::Allocations();
      EXPECT_EQ(router.Find("GET", path, match), RouteOutcome::kMatch);
      EXPECT_TRUE(binder->Bind(match.captures(), query, message).ok());
    }
    return test::Allocations() - before;
  }

  Router router;
  RouteMatch match;
  std::optional<RequestBinder> binder;
  Proto3Message message;
};

TEST(Allocation, PathVariable) {
  Steady steady("/v1/users/{string_value}");
  EXPECT_EQ(steady.Allocations("/v1/users/0123456789", ""), 0);
  EXPECT_EQ(steady.Allocations("/v1/users/01234%20789", ""), 0);
  // Longer than std::string holds in place: the field's own.
  EXPECT_LE(steady.Allocations("/v1/users/0123456789-0123456789", ""), 1);
}

TEST(Allocation, Query) {
  Steady steady("/v1/users");
  EXPECT_EQ(steady.Allocations("/v1/users", "int32Value=50&string_value=abc&bool_value=true"), 0);
}

}  // namespace
}  // namespace protorest::transcode
