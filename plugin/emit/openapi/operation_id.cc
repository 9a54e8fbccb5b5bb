#include "plugin/emit/openapi/operation_id.h"

#include <algorithm>
#include <cctype>
#include <utility>

namespace protorest::plugin::openapi {
namespace {

// "library.v1.BookService" → "library.v1.bookService".
std::string WithSmallLetter(std::string_view name) {
  std::string out(name);
  const std::size_t last = name.rfind('.') == name.npos ? 0 : name.rfind('.') + 1;
  if (last < out.size()) {
    out[last] = static_cast<char>(std::tolower(static_cast<unsigned char>(out[last])));
  }
  return out;
}

}  // namespace

std::string OperationId(std::string_view pattern, std::string_view service, std::string_view method,
                        std::string_view package) {
  const std::pair<std::string_view, std::string> values[] = {
      {"{Service}", std::string(service)},     {"{Method}", std::string(method)},
      {"{service}", WithSmallLetter(service)}, {"{method}", WithSmallLetter(method)},
      {"{package}", std::string(package)},
  };
  std::string id;
  while (!pattern.empty()) {
    const auto* const value =
        std::find_if(std::begin(values), std::end(values),
                     [&](const auto& each) { return pattern.starts_with(each.first); });
    if (value == std::end(values)) {
      id += pattern.front();
      pattern.remove_prefix(1);
    } else {
      id += value->second;
      pattern.remove_prefix(value->first.size());
    }
  }
  std::replace(id.begin(), id.end(), '.', '_');
  return id;
}

}  // namespace protorest::plugin::openapi
