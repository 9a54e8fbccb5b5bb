// The shape of an OpenAPI path: "/users/{id}" and "/users/{user_id}" are one path to OpenAPI.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace protorest::openapi {

// "/v1/users/{user_id}:ban" → "/v1/users/{}:ban".
std::string PathShape(std::string_view path);

// The names between the braces, in order.
std::vector<std::string> PathParameterNames(std::string_view path);

}  // namespace protorest::openapi
