// HeadMetadata: a request's header fields as the metadata of its call.
#pragma once

#include <atomic>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "http/exchange.h"
#include "protorest/context.h"
#include "protorest/headers.h"
#include "protorest/status.h"
#include "transcode/trusted_proxies.h"

namespace protorest::transcode {

// What a server makes of request headers, for all of its calls.
struct MetadataPolicy {
  const HeaderRules* rules = nullptr;  // in lower case; null: everything passes as it is
  TrustedProxies proxies;
  // Fields that could not travel on: no metadata holds them (rule E14).
  std::atomic<std::uint64_t> skipped = 0;
};

// The host that the client asked for: `head`'s own, or the last one in X-Forwarded-Host where the
// peer is a trusted proxy (rule E15). A view of the head.
std::string_view HostOf(const http::RequestHead& head, bool peer_is_trusted);

// Views of the head, read when asked; binary values alone are decoded beforehand. Reused from call
// to call. Reading is safe from any thread.
class HeadMetadata final : public RequestMetadata {
 public:
  // `policy` outlives this object.
  explicit HeadMetadata(MetadataPolicy& policy) : policy_(policy) {}

  // `head` and `peer` must outlive the use of this object, or Detach be called. `has_binary`: some
  // name ends with "-bin"; their values are decoded, and INVALID_ARGUMENT is the answer to bad
  // base64 (rule E13).
  Status Reset(const http::RequestHead& head, std::string_view peer, bool has_binary);

  // Copies what it views, so that it outlives the head.
  void Detach();

  std::string_view peer() const { return peer_; }

  std::optional<std::string_view> Find(std::string_view key) const override;
  void ForEach(const std::function<void(std::string_view key, std::string_view value)>& visit)
      const override;
  std::string ClientAddress(std::string_view peer) const override;
  std::string_view Host() const override;

 private:
  using Visit = std::function<void(std::string_view key, std::string_view value)>;

  // What the field of this name, in lower case, is called as metadata; "" if it is none.
  std::string_view KeyOf(std::string_view name) const;
  std::vector<std::string> ConnectionOptions() const;
  void VisitForwarded(const Visit& visit) const;
  std::vector<std::string_view> ForwardedFor() const;

  MetadataPolicy& policy_;
  std::span<const http::Header> headers_;
  std::string_view authority_;
  std::string_view peer_;
  std::vector<std::pair<std::string, std::string>> binary_;  // key, decoded value
  std::vector<http::Header> copied_headers_;
  std::string copied_text_;
};

}  // namespace protorest::transcode
