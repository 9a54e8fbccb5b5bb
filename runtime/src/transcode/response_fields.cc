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

bool IsReserved(std::string_view name) {
  return name.starts_with("grpc-") ||
         std::find(kReserved.begin(), kReserved.end(), name) != kReserved.end();
}

}  // namespace

void ResponseFields::Clear() {
  headers_.clear();
  encoded_.clear();
}

std::optional<std::string_view> ResponseFields::Find(std::string_view name) const {
  for (const http::Header& header : headers_) {
    if (header.name == name) return header.value;
  }
  return std::nullopt;
}

void ResponseFields::AddPairs(const Context::Pairs& pairs) {
  for (const auto& [name, value] : pairs) {
    if (IsReserved(name)) continue;
    if (name.ends_with("-bin")) {
      EncodeUnpadded(value, encoded_.emplace_back());
      Add(name, encoded_.back());
    } else {
      Add(name, value);
    }
  }
}

}  // namespace protorest::transcode
