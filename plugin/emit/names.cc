#include "plugin/emit/names.h"

#include <algorithm>
#include <string_view>

namespace protorest::plugin {

std::string BaseName(const File& file) {
  std::string_view path = file.path;
  for (const std::string_view suffix : {".protodevel", ".proto"}) {
    if (path.ends_with(suffix)) return std::string(path.substr(0, path.size() - suffix.size()));
  }
  return file.path;
}

std::string OpenApiName(const Api& api, const Options& options) {
  if (!options.openapi_name.empty()) return options.openapi_name;
  const auto generated = [](const auto& file) { return file->generate; };
  if (std::ranges::count_if(api.files, generated) != 1) return "api";
  return BaseName(**std::ranges::find_if(api.files, generated));
}

std::string FileIdentifier(const File& file) {
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string identifier;
  for (const char c : file.path) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (letter) {
      identifier += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      identifier.append({'_', kHex[byte >> 4], kHex[byte & 15]});
    }
  }
  return identifier;
}

}  // namespace protorest::plugin
