// Which of a handler's header fields go out.
#include "transcode/response_fields.h"

#include <algorithm>
#include <array>

#include "json/base64.h"

namespace protorest::transcode {
namespace {

// As gRPC sends binary metadata: base64 without padding.
void EncodeUnpadded(std::string_view bytes, std::string& out) {
  out.resize(json::detail::Base64Size(bytes.size()));
  json::detail::EncodeBase64(bytes, out.data());
  while (out.ends_with('=')) out.pop_back();
}

// The http layer's, this layer's, or of another transport that a proxy's backend spoke (rule E16).
constexpr std::array<std::string_view, 12> kReserved = {"connection",
                                                        "content-encoding",
                                                        "content-length",
                                                        "content-type",
                                                        "date",
                                                        "keep-alive",
                                                        "te",
                                                        "proxy-connection",
                                                        "trailer",
                                                        "upgrade",
                                                        "server",
                                                        "transfer-encoding"};

// What HTTP gives a meaning in responses (RFC 9110, 9111, 6265, 6266, 8288): not metadata of some
// service.
constexpr std::array<std::string_view, 19> kOfHttp = {"accept-patch",
                                                      "accept-post",
                                                      "accept-ranges",
                                                      "age",
                                                      "allow",
                                                      "cache-control",
                                                      "content-disposition",
                                                      "content-language",
                                                      "content-location",
                                                      "content-range",
                                                      "etag",
                                                      "expires",
                                                      "last-modified",
                                                      "link",
                                                      "location",
                                                      "retry-after",
                                                      "set-cookie",
                                                      "vary",
                                                      "www-authenticate"};

template <std::size_t N>
bool IsOneOf(const std::array<std::string_view, N>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool IsReserved(std::string_view name) {
  return name.starts_with("grpc-") || IsOneOf(kReserved, name);
}

}  // namespace

void ResponseFields::Clear() {
  headers_.clear();
  made_.clear();
}

std::optional<std::string_view> ResponseFields::Find(std::string_view name) const {
  for (const http::Header& header : headers_) {
    if (header.name == name) return header.value;
  }
  return std::nullopt;
}

void ResponseFields::AddPairs(const Context::Pairs& pairs, std::string_view prefix) {
  for (const auto& [key, value] : pairs) {
    if (IsReserved(key)) continue;
    std::string_view name = key;
    if (!prefix.empty() && !IsOneOf(kOfHttp, key)) {
      name = made_.emplace_back(prefix).append(key);
    }
    if (key.ends_with("-bin")) {
      EncodeUnpadded(value, made_.emplace_back());
      Add(name, made_.back());
    } else {
      Add(name, value);
    }
  }
}

}  // namespace protorest::transcode
