// Reads the field violations of a Status.
#pragma once

#include <google/rpc/error_details.pb.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "protorest/status.h"

namespace protorest::testing {

// Field and description of each, in order.
inline std::vector<std::pair<std::string, std::string>> FieldViolations(const Status& status) {
  std::vector<std::pair<std::string, std::string>> result;
  for (const StatusDetail& detail : status.details()) {
    if (detail.type_url != "type.googleapis.com/google.rpc.BadRequest") continue;
    google::rpc::BadRequest bad_request;
    EXPECT_TRUE(bad_request.ParseFromString(detail.value));
    for (const auto& violation : bad_request.field_violations()) {
      result.emplace_back(violation.field(), violation.description());
    }
  }
  return result;
}

}  // namespace protorest::testing
