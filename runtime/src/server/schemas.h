// What a server says of the schemas of its services: whether their generated code fits, and which
// they are.
#pragma once

#include <memory>
#include <span>
#include <string>

#include "protorest/handler.h"
#include "protorest/status.h"

namespace protorest::server {

// FAILED_PRECONDITION where generated code (the service's, or the JSON code of its messages) comes
// from another version of a .proto than the linked descriptors: what is stale, and what to run.
Status CheckSchemas(std::span<const std::shared_ptr<Handler>> handlers);

// For the log: "serving users.v1.UserService, schema 5f1c… of users.proto".
std::string DescribeSchema(const ServiceInfo& service);

}  // namespace protorest::server
