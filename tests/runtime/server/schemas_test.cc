// Generated code linked with the messages of another version of its .proto files, for real: this
// file is compiled once for each case of CMakeLists.txt.
#include "server/schemas.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "item.json.pb.h"
#include "order.json.pb.h"
#include "order.rest.pb.h"
#include "protorest/server.h"

namespace shop::v1 {
namespace {

using testing::ContainsRegex;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

std::string StartError(std::vector<std::string>* log = nullptr) {
  protorest::ServerOptions options{.address = "127.0.0.1:0"};
  options.log = [log](std::string_view line) {
    if (log != nullptr) log->emplace_back(line);
  };
  protorest::Server server(options);
  server.Add(std::make_shared<OrdersHandler>());
  const protorest::Status status = server.Start();
  EXPECT_EQ(status.code(),
            status.ok() ? protorest::Code::kOk : protorest::Code::kFailedPrecondition);
  return std::string(status.message());
}

#if defined(STALE_CODE)

std::string JsonError(const protorest::json::Result& result) {
  std::string text;
  for (const auto& violation : result.violations()) text += violation.description + "\n";
  return text;
}

TEST(StaleCode, StartFailsAndSaysWhatToRun) {
  const std::string error = StartError();
  EXPECT_THAT(
      error, ContainsRegex("^order\\.rest\\.pb\\.cc is stale: it comes from another version of "
                           "order\\.proto or its imports \\(schema [0-9a-f]{16}\\) than the linked "
                           "order\\.pb\\.cc \\(schema [0-9a-f]{16}\\); regenerate both from one "
                           "order\\.proto: protoc --cpp_out=… --rest_out=… order\\.proto\n"));
  EXPECT_THAT(error, HasSubstr("order.json.pb.cc is stale: "));
}

TEST(StaleCode, JsonAloneIsToldOnRequest) {
  EXPECT_THAT(JsonError(protorest::json::CheckGenerated<Item>()),
              ContainsRegex("^item\\.json\\.pb\\.cc is stale: .*regenerate both"));
  EXPECT_THAT(
      JsonError(protorest::json::CheckGenerated<Order>()),
      ContainsRegex("^order\\.json\\.pb\\.cc is stale: .*\nitem\\.json\\.pb\\.cc is stale"));
}

#elif defined(STALE_IMPORT)

TEST(StaleImport, StartNamesTheImportAlone) {
  const std::string error = StartError();
  EXPECT_THAT(error, testing::StartsWith("item.json.pb.cc is stale: "));
  EXPECT_THAT(error, Not(HasSubstr("order.json.pb.cc")));
  EXPECT_THAT(error, Not(HasSubstr("order.rest.pb.cc")));
}

#elif defined(NEW_COMMENTS)

TEST(NewComments, AreNoOtherSchema) {
  std::vector<std::string> log;
  EXPECT_EQ(StartError(&log), "");
  EXPECT_THAT(log, ElementsAre(ContainsRegex(
                       "^serving shop\\.v1\\.Orders, schema [0-9a-f]{16} of order\\.proto$")));
  EXPECT_THAT(protorest::json::CheckGenerated<Order>().violations(), IsEmpty());
}

// Whoever fills in a ServiceInfo by hand has no schema to compare.
TEST(NewComments, CodeThatNamesNoSchemaIsNotChecked) {
  const protorest::ServiceInfo info = {"shop.v1.Orders", {}};
  EXPECT_EQ(protorest::server::DescribeSchema(info), "serving shop.v1.Orders");
}

#endif

}  // namespace
}  // namespace shop::v1
