// Which header fields are metadata, and how they are read.
#include "transcode/head_metadata.h"

#include <algorithm>
#include <array>

#include "json/base64.h"
#include "transcode/ascii.h"
#include "transcode/violations.h"

namespace protorest::transcode {
namespace {

constexpr std::string_view kBinary = "-bin";
constexpr std::string_view kForwardedFor = "x-forwarded-for";
constexpr std::string_view kForwardedHost = "x-forwarded-host";

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

std::string_view HostOf(std::span<const http::Header> headers, std::string_view authority,
                        bool peer_is_trusted) {
  std::string_view host = authority;
  if (!peer_is_trusted) return host;
  for (const http::Header& header : headers) {
    if (!EqualsIgnoreCase(header.name, kForwardedHost)) continue;
    const std::string_view last = Trim(header.value.substr(header.value.rfind(',') + 1));
    if (!last.empty()) host = last;
  }
  return host;
}

}  // namespace

std::string_view HostOf(const http::RequestHead& head, bool peer_is_trusted) {
  return HostOf(head.headers, head.authority, peer_is_trusted);
}

Status HeadMetadata::Reset(const http::RequestHead& head, std::string_view peer, bool has_binary) {
  headers_ = head.headers;
  authority_ = head.authority;
  peer_ = peer;
  binary_.clear();
  if (!has_binary) return {};
  std::string name;
  for (const http::Header& header : headers_) {
    Lower(header.name, name);
    const std::string_view key = KeyOf(name);
    if (!key.ends_with(kBinary)) continue;
    // Several values may come as one, joined by commas (gRPC over HTTP/2); nothing between two is
    // no value.
    for (std::string_view rest = header.value;;) {
      const std::size_t comma = std::min(rest.find(','), rest.size());
      const std::string_view text = Trim(rest.substr(0, comma));
      std::string value;
      if (!json::detail::DecodeBase64(text, &value)) {
        return BadRequest("the header \"" + CutName(name) + "\": expected base64, got " +
                          QuoteCut(text));
      }
      if (!text.empty() || header.value.empty()) binary_.emplace_back(key, std::move(value));
      if (comma == rest.size()) break;
      rest.remove_prefix(comma + 1);
    }
  }
  return {};
}

void HeadMetadata::Detach() {
  copied_text_.clear();
  for (const http::Header& header : headers_) {
    copied_text_.append(header.name).append(header.value);
  }
  copied_text_.append(authority_).append(peer_);
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
  authority_ = take(authority_.size());
  peer_ = take(peer_.size());
}

std::string_view HeadMetadata::KeyOf(std::string_view name) const {
  if (policy_.rules == nullptr) return name;
  const HeaderRules& rules = *policy_.rules;
  if (!rules.Passes(name)) return {};
  if (rules.prefix.empty() || !name.starts_with(rules.prefix)) return name;
  const std::string_view key = name.substr(rules.prefix.size());
  // Nobody may say by another name what is not his to say.
  const bool owned = IsTransportField(key) || key == kForwardedFor || key == kForwardedHost;
  return owned || rules.Denies(key) ? std::string_view() : key;
}

std::optional<std::string_view> HeadMetadata::Find(std::string_view key) const {
  if (key.ends_with(kBinary)) {
    for (const auto& [name, value] : binary_) {
      if (name == key) return value;
    }
    return std::nullopt;
  }
  std::string name;
  for (const http::Header& header : headers_) {
    if (policy_.rules == nullptr) {
      if (EqualsIgnoreCase(header.name, key)) return header.value;
    } else if (header.name.size() >= key.size()) {
      Lower(header.name, name);
      if (!key.empty() && KeyOf(name) == key) return header.value;
    }
  }
  return std::nullopt;
}

void HeadMetadata::ForEach(const Visit& visit) const {
  const std::vector<std::string> hop_by_hop = ConnectionOptions();
  std::string name;
  for (const http::Header& header : headers_) {
    Lower(header.name, name);
    const std::string_view key = KeyOf(name);
    if (key.empty() || key.ends_with(kBinary) || IsTransportField(key) || key == kForwardedFor ||
        key == kForwardedHost || std::binary_search(hop_by_hop.begin(), hop_by_hop.end(), name)) {
      continue;
    }
    if (IsMetadataKey(key) && IsMetadataValue(header.value)) {
      visit(key, header.value);
    } else {
      policy_.skipped.fetch_add(1, std::memory_order_relaxed);
    }
  }
  for (const auto& [key, value] : binary_) {
    const bool hops = std::binary_search(hop_by_hop.begin(), hop_by_hop.end(), key);
    if (IsMetadataKey(key) && !IsTransportField(key) && !hops) visit(key, value);
  }
  VisitForwarded(visit);
}

// What this server knows of the way here (rule E15): of what came, only what trusted proxies said.
void HeadMetadata::VisitForwarded(const Visit& visit) const {
  const auto passes = [this](std::string_view name) { return !KeyOf(name).empty(); };
  if (passes(kForwardedFor)) {
    std::string way;
    const auto add = [&way](std::string_view hop) {
      if (hop.empty() || !IsMetadataValue(hop)) return;
      if (!way.empty()) way += ", ";
      way += hop;
    };
    if (policy_.proxies.TrustsPeer(peer_)) {
      for (const std::string_view value : ForwardedFor()) add(value);
    }
    add(TrustedProxies::AddressOf(peer_));
    if (!way.empty()) visit(kForwardedFor, way);
  }
  const std::string_view host = Host();
  if (!host.empty() && IsMetadataValue(host) && passes(kForwardedHost)) visit(kForwardedHost, host);
}

std::vector<std::string_view> HeadMetadata::ForwardedFor() const {
  std::vector<std::string_view> values;
  for (const http::Header& header : headers_) {
    if (EqualsIgnoreCase(header.name, kForwardedFor)) values.push_back(header.value);
  }
  return values;
}

std::string HeadMetadata::ClientAddress(std::string_view peer) const {
  return policy_.proxies.ClientOf(peer, ForwardedFor());
}

std::string_view HeadMetadata::Host() const {
  return HostOf(headers_, authority_, policy_.proxies.TrustsPeer(peer_));
}

// `Connection: x` makes x a field of this connection alone (rule E16): in lower case, sorted.
std::vector<std::string> HeadMetadata::ConnectionOptions() const {
  std::vector<std::string> options;
  for (const http::Header& header : headers_) {
    if (!EqualsIgnoreCase(header.name, "connection")) continue;
    for (std::string_view rest = header.value; !rest.empty();) {
      const std::size_t comma = std::min(rest.find(','), rest.size());
      const std::string_view option = Trim(rest.substr(0, comma));
      if (!EqualsIgnoreCase(option, "keep-alive") && !EqualsIgnoreCase(option, "close")) {
        Lower(option, options.emplace_back());
      }
      rest.remove_prefix(std::min(comma + 1, rest.size()));
    }
  }
  std::sort(options.begin(), options.end());
  return options;
}

}  // namespace protorest::transcode
