// The names of operations, by the pattern of --rest_opt=operation_id.
#pragma once

#include <string>
#include <string_view>

namespace protorest::plugin::openapi {

// Fills {Service}, {Method} (as in the .proto), {service}, {method} (a small letter first) and
// {package}; dots become underscores. "{Service}_{Method}" → "UserService_GetUser".
std::string OperationId(std::string_view pattern, std::string_view service, std::string_view method,
                        std::string_view package);

}  // namespace protorest::plugin::openapi
