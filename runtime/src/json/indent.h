// Pretty printing, made from compact JSON.
#pragma once

#include <cstddef>
#include <string>

namespace protorest::json::detail {

// Lays out the JSON that `text` holds from `start` on, a member or element on each line, `width`
// spaces per level.
void Indent(int width, std::size_t start, std::string& text);

}  // namespace protorest::json::detail
