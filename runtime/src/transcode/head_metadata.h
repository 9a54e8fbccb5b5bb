// HeadMetadata: a request's header fields as the metadata of its call.
#pragma once

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

// Views of the head, read when asked; binary values alone are decoded beforehand. Reused from call
// to call. Reading is safe from any thread.
class HeadMetadata final : public RequestMetadata {
 public:
  // Both outlive this object. `rules`: which fields are metadata; null: all.
  HeadMetadata(const HeaderRules* rules, const TrustedProxies& proxies)
      : rules_(rules), proxies_(proxies) {}

  // `head` must outlive the use of this object, or Detach be called. `has_binary`: some name ends
  // with
  // "-bin"; their values are decoded, and INVALID_ARGUMENT is the answer to bad base64 (rule E13).
  Status Reset(const http::RequestHead& head, bool has_binary);

  // Copies what it views, so that it outlives the head.
  void Detach();

  std::optional<std::string_view> Find(std::string_view key) const override;
  void ForEach(const std::function<void(std::string_view key, std::string_view value)>& visit)
      const override;
  std::string ClientAddress(std::string_view peer) const override;

 private:
  bool Passes(std::string_view key) const { return rules_ == nullptr || rules_->Passes(key); }
  bool NamedByConnection(std::string_view key) const;

  const HeaderRules* const rules_;
  const TrustedProxies& proxies_;
  std::span<const http::Header> headers_;
  std::vector<std::pair<std::string, std::string>> binary_;  // lower-case name, decoded value
  std::vector<http::Header> copied_headers_;
  std::string copied_text_;
};

}  // namespace protorest::transcode
