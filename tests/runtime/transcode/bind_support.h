// Binders of the messages in bind_test.proto, for the tests of paths, queries and bodies.
#pragma once

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bind_test.pb.h"
#include "bind_test_proto2.pb.h"
#include "tests/runtime/transcode/bad_request.h"
#include "transcode/bind.h"

namespace protorest::transcode::test {

using protorest::testing::CrossedNames;
using protorest::testing::FieldViolations;
using protorest::testing::Letter;
using protorest::testing::Proto2Message;
using protorest::testing::Proto3Message;

using Captures = std::vector<std::string_view>;

inline RequestBinder MakeBinder(
    std::string_view path, std::string_view body = "", const BindOptions& options = {},
    const google::protobuf::Descriptor* type = Proto3Message::descriptor()) {
  PathTemplate parsed;
  PathTemplateError error;
  EXPECT_TRUE(ParsePathTemplate(path, parsed, error)) << error.message;
  std::optional<RequestBinder> binder;
  const Status status = RequestBinder::Prepare(*type, parsed, body, options, binder);
  EXPECT_TRUE(status.ok()) << status.message();
  return std::move(*binder);
}

// The message that a query makes; it must be accepted.
template <class M = Proto3Message>
M Query(std::string_view query, const BindOptions& options = {}) {
  M message;
  const RequestBinder binder = MakeBinder("/", "", options, M::descriptor());
  const Status status = binder.Bind({}, query, message);
  EXPECT_TRUE(status.ok()) << query << ": " << status.message();
  return message;
}

// The violations of a query that must be refused.
template <class M = Proto3Message>
std::vector<std::pair<std::string, std::string>> Refused(std::string_view query,
                                                         std::string_view body = "",
                                                         const BindOptions& options = {}) {
  M message;
  const RequestBinder binder = MakeBinder("/", body, options, M::descriptor());
  const Status status = binder.Bind({}, query, message);
  EXPECT_EQ(status.code(), Code::kInvalidArgument) << query;
  return FieldViolations(status);
}

inline Proto3Message Path(std::string_view path, const Captures& captures) {
  Proto3Message message;
  const Status status = MakeBinder(path).Bind(captures, "", message);
  EXPECT_TRUE(status.ok()) << path << ": " << status.message();
  return message;
}

inline std::vector<std::pair<std::string, std::string>> PathRefused(std::string_view path,
                                                                    const Captures& captures) {
  Proto3Message message;
  const Status status = MakeBinder(path).Bind(captures, "", message);
  EXPECT_EQ(status.code(), Code::kInvalidArgument) << path;
  return FieldViolations(status);
}

}  // namespace protorest::transcode::test
