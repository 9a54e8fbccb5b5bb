// Header fields that a peer sends: whatever they hold, what is made of them holds together.
#include <arpa/inet.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "transcode/accept.h"
#include "transcode/etag.h"
#include "transcode/event_format.h"
#include "transcode/head_fields.h"
#include "transcode/head_metadata.h"
#include "transcode/timeout.h"
#include "transcode/websocket_request.h"

namespace {

using protorest::HeaderRules;
using protorest::http::Header;
using protorest::http::RequestHead;
using protorest::transcode::HeadMetadata;
using protorest::transcode::MetadataPolicy;
using protorest::transcode::TrustedProxies;

void Expect(bool holds) {
  if (!holds) std::abort();
}

// "Name:value" lines.
std::vector<Header> Split(std::string_view text) {
  std::vector<Header> headers;
  while (!text.empty() && headers.size() < 128) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    const std::size_t colon = line.find(':');
    if (colon != line.npos) headers.push_back({line.substr(0, colon), line.substr(colon + 1)});
  }
  return headers;
}

// Everything that a handler or a proxy can learn.
std::multimap<std::string, std::string> All(const HeadMetadata& metadata,
                                            const std::vector<Header>& headers) {
  std::multimap<std::string, std::string> all;
  metadata.ForEach([&](std::string_view key, std::string_view value) {
    Expect(!key.empty() && !key.starts_with("x-secret-") && !key.starts_with("grpc-"));
    Expect(key.ends_with("-bin") || value.find_first_of("\r\n") == value.npos);
    all.emplace(key, value);
  });
  for (const Header& header : headers) {
    all.emplace("find " + std::string(header.name), metadata.Find(header.name).value_or("none"));
  }
  all.emplace("client", metadata.ClientAddress(metadata.peer()));
  all.emplace("host", metadata.Host());
  return all;
}

void CheckMetadata(const RequestHead& head, const std::vector<Header>& headers,
                   const HeaderRules* rules, bool trusts_peer) {
  MetadataPolicy policy;
  policy.rules = rules;
  const std::vector<std::string> trusted = {trusts_peer ? "127.0.0.0/8" : "10.0.0.0/8",
                                            "fe80::/10"};
  Expect(TrustedProxies::Parse(trusted, policy.proxies).ok());
  HeadMetadata metadata(policy);
  const protorest::Status status = metadata.Reset(head, "ipv4:127.0.0.1:80", /*has_binary=*/true);
  if (!status.ok()) return Expect(status.code() == protorest::Code::kInvalidArgument);
  const auto before = All(metadata, headers);
  metadata.Detach();
  Expect(All(metadata, headers) == before);
  const std::string client = metadata.ClientAddress(metadata.peer());
  in6_addr ignored;
  Expect(inet_pton(AF_INET, client.c_str(), &ignored) == 1 ||
         inet_pton(AF_INET6, client.c_str(), &ignored) == 1);
  if (!trusts_peer) Expect(client == "127.0.0.1" && metadata.Host() == head.authority);
}

void CheckForms(const RequestHead& head, const std::vector<Header>& headers) {
  using protorest::transcode::kStreamOffers;
  using protorest::transcode::kUnaryOffers;
  const auto* stream = Negotiate(headers, kStreamOffers);
  Expect(stream == nullptr || (stream >= kStreamOffers && stream < std::end(kStreamOffers)));
  const auto* unary = Negotiate(headers, kUnaryOffers);
  Expect(unary == nullptr || (unary >= kUnaryOffers && unary < std::end(kUnaryOffers)));
  protorest::transcode::ReadHeadFields(head);
  protorest::transcode::ChooseSubprotocol(head, true);
  const std::vector<std::string> origins = {"https://friend.example"};
  protorest::transcode::OriginAllowed(head, head.authority, origins);
}

void CheckValue(std::string_view value) {
  const auto zero = protorest::Clock::duration::zero();
  for (const auto& timeout : {protorest::transcode::ParseGrpcTimeout(value),
                              protorest::transcode::ParseRequestTimeout(value)}) {
    Expect(!timeout || *timeout >= zero);
    const auto now = protorest::Clock::now();
    if (timeout) Expect(now + *timeout >= now);  // a deadline can be computed of it
  }
  protorest::transcode::ClassifyBody(value);
  const auto boundary = protorest::transcode::FindParameter(value, "boundary");
  Expect(!boundary || boundary->size() <= value.size());
  const std::string tag = protorest::transcode::WeakTag(value);
  Expect(protorest::transcode::NamesTag(std::string(value.substr(0, 4)) + ",\"" + tag.substr(3),
                                        tag) ||
         value.substr(0, 4).find('"') != value.npos);
  protorest::transcode::NamesTag(value, tag);
  protorest::transcode::EventFormat().Begin(value);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const HeaderRules denying = {.deny = {"x-secret-*"}};
  static const HeaderRules prefixed = {.deny = {"x-secret-*"}, .prefix = "m-"};
  const std::vector<Header> headers = Split({reinterpret_cast<const char*>(data), size});
  RequestHead head;
  head.headers = headers;
  head.authority = "host.example";
  for (const HeaderRules* rules : {&denying, &prefixed}) {
    CheckMetadata(head, headers, rules, true);
    CheckMetadata(head, headers, rules, false);
  }
  CheckForms(head, headers);
  for (const Header& header : headers) CheckValue(header.value);
  return 0;
}
