// Paths here are our own documents': braces are balanced and not nested.
#include "openapi/path_shape.h"

#include <cstddef>

namespace protorest::openapi {

std::string PathShape(std::string_view path) {
  std::string shape;
  bool inside = false;
  for (const char c : path) {
    if (c == '}') inside = false;
    if (!inside) shape += c;
    if (c == '{') inside = true;
  }
  return shape;
}

std::vector<std::string> PathParameterNames(std::string_view path) {
  std::vector<std::string> names;
  for (std::size_t open = path.find('{'); open != std::string_view::npos;
       open = path.find('{', open)) {
    const std::size_t close = path.find('}', open);
    if (close == std::string_view::npos) break;
    names.emplace_back(path.substr(open + 1, close - open - 1));
    open = close;
  }
  return names;
}

}  // namespace protorest::openapi
