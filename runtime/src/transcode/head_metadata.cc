// Which header fields are metadata, and how they are read.
#include "transcode/head_metadata.h"

#include <algorithm>
#include <array>

#include "json/base64.h"
#include "transcode/ascii.h"

namespace protorest::transcode {
namespace {

// Fields of this connection (rule E16), of this HTTP message, or that the next transport sets
// itself.
constexpr std::array<std::string_view, 20> kTransportFields = {"accept",
                                                               "accept-encoding",
                                                               "connection",
                                                               "content-encoding",
                                                               "content-length",
                                                               "content-type",
                                                               "expect",
                                                               "host",
                                                               "http2-settings",
                                                               "keep-alive",
                                                               "proxy-connection",
                                                               "proxy-authenticate",
                                                               "proxy-authorization",
                                                               "te",
                                                               "trailer",
                                                               "transfer-encoding",
                                                               "upgrade",
                                                               "user-agent",
                                                               "x-request-timeout",
                                                               "content-md5"};

bool IsTransportField(std::string_view key) {
  return key.starts_with("grpc-") ||
         std::find(kTransportFields.begin(), kTransportFields.end(), key) != kTransportFields.end();
}

// What gRPC takes as a key and as a text value (rule E14).
bool IsMetadataKey(std::string_view key) {
  return !key.empty() && std::all_of(key.begin(), key.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || IsDigit(c) || c == '-' || c == '_' || c == '.';
  });
}
bool IsMetadataValue(std::string_view value) {
  return std::all_of(value.begin(), value.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

void Lower(std::string_view name, std::string& lower) {
  lower.resize(name.size());
  std::transform(name.begin(), name.end(), lower.begin(), ToLower);
}

}  // namespace

Status HeadMetadata::Reset(const http::RequestHead& head, bool has_binary) {
  headers_ = head.headers;
  binary_.clear();
  if (!has_binary) return {};
  std::string key;
  for (const http::Header& header : headers_) {
    Lower(header.name, key);
    if (!key.ends_with("-bin")) continue;
    std::string value;
    if (!json::detail::DecodeBase64(header.value, &value)) {
      return Status::InvalidArgument("the header \"" + key + "\" is not base64");
    }
    binary_.emplace_back(key, std::move(value));
  }
  return {};
}

void HeadMetadata::Detach() {
  copied_text_.clear();
  for (const http::Header& header : headers_) {
    copied_text_.append(header.name).append(header.value);
  }
  copied_headers_.clear();
  std::string_view rest = copied_text_;
  const auto take = [&rest](std::size_t size) {
    const std::string_view text = rest.substr(0, size);
    rest.remove_prefix(size);
    return text;
  };
  for (const http::Header& header : headers_) {
    const std::string_view name = take(header.name.size());
    copied_headers_.push_back({name, take(header.value.size())});
  }
  headers_ = copied_headers_;
}

std::optional<std::string_view> HeadMetadata::Find(std::string_view key) const {
  if (!Passes(key)) return std::nullopt;
  if (key.ends_with("-bin")) {
    for (const auto& [name, value] : binary_) {
      if (name == key) return value;
    }
    return std::nullopt;
  }
  for (const http::Header& header : headers_) {
    if (EqualsIgnoreCase(header.name, key)) return header.value;
  }
  return std::nullopt;
}

void HeadMetadata::ForEach(
    const std::function<void(std::string_view key, std::string_view value)>& visit) const {
  std::string key;
  for (const http::Header& header : headers_) {
    Lower(header.name, key);
    if (key.ends_with("-bin") || IsTransportField(key) || !IsMetadataKey(key) ||
        !IsMetadataValue(header.value) || !Passes(key) || NamedByConnection(key)) {
      continue;
    }
    visit(key, header.value);
  }
  for (const auto& [name, value] : binary_) {
    if (IsMetadataKey(name) && !IsTransportField(name) && Passes(name)) visit(name, value);
  }
}

std::string HeadMetadata::ClientAddress(std::string_view peer) const {
  std::vector<std::string_view> forwarded_for;
  for (const http::Header& header : headers_) {
    if (EqualsIgnoreCase(header.name, "x-forwarded-for")) forwarded_for.push_back(header.value);
  }
  return proxies_.ClientOf(peer, forwarded_for);
}

// `Connection: x` makes x a field of this connection alone.
bool HeadMetadata::NamedByConnection(std::string_view key) const {
  for (const http::Header& header : headers_) {
    if (!EqualsIgnoreCase(header.name, "connection")) continue;
    for (std::string_view rest = header.value; !rest.empty();) {
      const std::size_t comma = rest.find(',');
      if (EqualsIgnoreCase(Trim(rest.substr(0, comma)), key)) return true;
      if (comma == rest.npos) break;
      rest.remove_prefix(comma + 1);
    }
  }
  return false;
}

}  // namespace protorest::transcode
