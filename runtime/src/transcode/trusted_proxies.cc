// Addresses, networks, and the way back along X-Forwarded-For.
#include "transcode/trusted_proxies.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <optional>

#include "transcode/ascii.h"

namespace protorest::transcode {
namespace {

using Address = TrustedProxies::Address;

constexpr int kMappedBits = 96;  // of an IPv4 address in IPv6, ::ffff:0:0/96
constexpr std::string_view kUnix = "unix:";

std::optional<Address> ParseAddress(std::string_view text) {
  const std::string copy(text);
  Address address = {};
  if (inet_pton(AF_INET6, copy.c_str(), address.data()) == 1) return address;
  address = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
  if (inet_pton(AF_INET, copy.c_str(), address.data() + kMappedBits / 8) == 1) return address;
  return std::nullopt;
}

// An entry of X-Forwarded-For, or what stands behind "ipv4:" in a peer: perhaps with a port, or
// with the zone of fe80::1%eth0.
std::optional<Address> ParseHost(std::string_view text) {
  if (text.starts_with('[')) text = text.substr(1, text.find(']') - 1);
  text = text.substr(0, text.find('%'));
  const std::size_t colon = text.find(':');
  const bool has_port = colon != text.npos && text.find(':', colon + 1) == text.npos;
  return ParseAddress(has_port ? text.substr(0, colon) : text);
}

// "ipv4:127.0.0.1:54321", "ipv6:[::1]:54321"; none for "unix:".
std::optional<Address> ParsePeer(std::string_view peer) {
  if (peer.starts_with(kUnix)) return std::nullopt;
  const std::size_t family = peer.find(':');
  return ParseHost(peer.substr(family == peer.npos ? 0 : family + 1));
}

std::string ToText(const Address& address) {
  char text[INET6_ADDRSTRLEN];
  const Address mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
  const bool is_ipv4 =
      std::equal(address.begin(), address.begin() + kMappedBits / 8, mapped.begin());
  if (is_ipv4) {
    inet_ntop(AF_INET, address.data() + kMappedBits / 8, text, sizeof text);
  } else {
    inet_ntop(AF_INET6, address.data(), text, sizeof text);
  }
  return text;
}

}  // namespace

Status TrustedProxies::Parse(std::span<const std::string> entries, TrustedProxies& proxies) {
  proxies = {};
  for (const std::string& entry : entries) {
    if (entry == kUnix) {
      proxies.trusts_unix_ = true;
      continue;
    }
    const std::size_t slash = std::min(entry.find('/'), entry.size());
    const std::optional<Address> address = ParseAddress(std::string_view(entry).substr(0, slash));
    const bool is_ipv4 = entry.find(':') == entry.npos;
    int bits = is_ipv4 ? 32 : 128;
    const int most = bits;
    bool ok = address.has_value();
    if (ok && slash < entry.size()) {
      const char* const end = entry.data() + entry.size();
      const auto [stop, error] = std::from_chars(entry.data() + slash + 1, end, bits);
      ok = error == std::errc() && stop == end && bits >= 0 && bits <= most;
    }
    if (!ok) {
      return Status::InvalidArgument("trusted_proxies: \"" + entry +
                                     "\" is no address or network such as 10.0.0.0/8");
    }
    proxies.networks_.push_back({*address, is_ipv4 ? kMappedBits + bits : bits});
  }
  return {};
}

bool TrustedProxies::Trusts(const Address& address) const {
  return std::any_of(networks_.begin(), networks_.end(), [&](const Network& network) {
    const std::size_t whole = static_cast<std::size_t>(network.bits / 8);
    if (!std::equal(address.begin(), address.begin() + whole, network.address.begin())) {
      return false;
    }
    const int rest = network.bits % 8;
    return rest == 0 || (address[whole] ^ network.address[whole]) >> (8 - rest) == 0;
  });
}

bool TrustedProxies::TrustsPeer(std::string_view peer) const {
  if (peer.starts_with(kUnix)) return trusts_unix_;
  const std::optional<Address> address = ParsePeer(peer);
  return address && Trusts(*address);
}

std::string TrustedProxies::AddressOf(std::string_view peer) {
  const std::optional<Address> address = ParsePeer(peer);
  return address ? ToText(*address) : "";
}

std::string TrustedProxies::ClientOf(std::string_view peer,
                                     const std::vector<std::string_view>& forwarded_for) const {
  std::optional<Address> client = ParsePeer(peer);
  bool trusted = TrustsPeer(peer);
  for (auto value = forwarded_for.rbegin(); trusted && value != forwarded_for.rend(); ++value) {
    std::string_view rest = *value;
    while (trusted && !rest.empty()) {
      const std::size_t comma = rest.rfind(',');
      const std::string_view last = Trim(comma == rest.npos ? rest : rest.substr(comma + 1));
      rest = rest.substr(0, comma == rest.npos ? 0 : comma);
      const std::optional<Address> hop = ParseHost(last);
      if (!hop) return client ? ToText(*client) : "";  // what says nothing says no more
      client = hop;
      trusted = Trusts(*hop);
    }
  }
  return client ? ToText(*client) : "";
}

}  // namespace protorest::transcode
