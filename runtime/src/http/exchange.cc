#include "http/exchange.h"

#include "http/text.h"

namespace protorest::http {

std::optional<std::string_view> RequestHead::Find(std::string_view name) const {
  for (const Header& header : headers) {
    if (EqualsIgnoreCase(header.name, name)) return header.value;
  }
  return std::nullopt;
}

}  // namespace protorest::http
