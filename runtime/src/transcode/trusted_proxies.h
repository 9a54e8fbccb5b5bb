// TrustedProxies: whose X-Forwarded-For is believed (rule E15).
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "protorest/status.h"

namespace protorest::transcode {

// Networks of proxies. Constant once made; any thread.
class TrustedProxies {
 public:
  // "10.0.0.0/8", "::1", "unix:" for all who come over a Unix socket. INVALID_ARGUMENT names the
  // entry that is none.
  static Status Parse(std::span<const std::string> entries, TrustedProxies& proxies);

  // The address of the client, "203.0.113.7" or "2001:db8::7": the peer's, or, where that is a
  // trusted proxy, the last one in X-Forwarded-For that is none. `forwarded_for` are the values of
  // that header, in their order. "" for the peer of a Unix socket.
  std::string ClientOf(std::string_view peer,
                       const std::vector<std::string_view>& forwarded_for) const;

  // Whether a peer, "ipv4:10.0.0.1:54321", is a trusted proxy.
  bool TrustsPeer(std::string_view peer) const;

  // The IP address of a peer; "" for that of a Unix socket.
  static std::string AddressOf(std::string_view peer);

  // An address as 16 bytes, IPv4 mapped into IPv6.
  using Address = std::array<std::uint8_t, 16>;

 private:
  struct Network {
    Address address;
    int bits;  // that count
  };

  bool Trusts(const Address& address) const;

  std::vector<Network> networks_;
  bool trusts_unix_ = false;
};

}  // namespace protorest::transcode
