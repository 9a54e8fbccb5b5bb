// Request headers as metadata and back: lists, trusted proxies (rules E14 to E16).
#include <gtest/gtest.h>

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "tests/runtime/transcode/mapping_fixture.h"

namespace protorest::transcode {
namespace {

using test::FakeExchange;
using test::Mapping;

// What a handler sees and what comes of the headers that it sets.
struct Seen {
  std::vector<std::string> keys;  // that may travel on, but for those of the way here
  bool finds_b = false;
  std::string x_out;
  std::string y_out;
};

Seen HeadersUnder(Options options) {
  Mapping mapping(std::move(options));
  Seen seen;
  mapping.handler->outcome = [&](Context& context) {
    context.request_metadata()->ForEach([&](std::string_view key, std::string_view) {
      if (!key.starts_with("x-forwarded-")) seen.keys.emplace_back(key);
    });
    seen.finds_b = context.metadata("x-b").has_value();
    context.AddHeader("X-Out", "1");
    context.AddHeader("y-out", "1");
    return Status();
  };
  FakeExchange exchange("GET", "/as_server/a",
                        {{"X-A", "1"}, {"X-B", "2"}, {"Y", "3"}, {"Connection", "z"}, {"Z", "4"}});
  mapping.Serve(exchange);
  seen.x_out = exchange.field("x-out");
  seen.y_out = exchange.field("y-out");
  return seen;
}

using Keys = std::vector<std::string>;

TEST(Headers, E16_AllButThoseOfTheConnectionAreMetadata) {
  const Seen seen = HeadersUnder({});
  EXPECT_EQ(seen.keys, (Keys{"x-a", "x-b", "y"}));
  EXPECT_TRUE(seen.finds_b);
  EXPECT_EQ(seen.x_out + seen.y_out, "11");
}

TEST(Headers, E14_AListAllowsByNameAndBeginning) {
  const Seen seen = HeadersUnder({.request_headers = {.allow = {"x-*"}, .deny = {"x-b"}},
                                  .response_headers = {.allow = {"x-out"}}});
  EXPECT_EQ(seen.keys, Keys{"x-a"});
  EXPECT_FALSE(seen.finds_b);
  EXPECT_EQ(seen.x_out, "1");
  EXPECT_EQ(seen.y_out, "");
}

TEST(Headers, E14_ADenialGoesBeforeEverything) {
  const Seen seen =
      HeadersUnder({.request_headers = {.deny = {"x-*"}}, .response_headers = {.deny = {"*"}}});
  EXPECT_EQ(seen.keys, Keys{"y"});
  EXPECT_EQ(seen.x_out + seen.y_out, "");
}

TEST(Headers, E14_ListsAreReadWithoutCase) {
  const Seen seen = HeadersUnder(
      {.request_headers = {.deny = {"X-*"}}, .response_headers = {.allow = {"X-Out"}}});
  EXPECT_EQ(seen.keys, Keys{"y"});
  EXPECT_EQ(seen.x_out + seen.y_out, "1");
}

// What a handler finds, and what travels on, of one request's fields.
struct Metadata {
  std::map<std::string, std::string> found;
  std::multimap<std::string, std::string> passed;
  int status = 0;
  std::uint64_t skipped = 0;
};

Metadata MetadataOf(Options options, const FakeExchange::Fields& fields,
                    const std::vector<std::string>& keys = {}, std::string_view host = {}) {
  Mapping mapping(std::move(options));
  Metadata metadata;
  mapping.handler->outcome = [&](Context& context) {
    for (const std::string& key : keys) {
      if (const auto value = context.metadata(key)) metadata.found[key] = *value;
    }
    context.request_metadata()->ForEach(
        [&](std::string_view key, std::string_view value) { metadata.passed.emplace(key, value); });
    return Status();
  };
  FakeExchange exchange("GET", "/as_server/a", fields);
  exchange.set_authority(host);
  metadata.status = mapping.Serve(exchange).status();
  metadata.skipped = mapping.skipped_headers();
  metadata.passed.erase("x-forwarded-for");
  return metadata;
}

using Pairs = std::multimap<std::string, std::string>;

TEST(Headers, E14_WhatMetadataCannotCarryIsSkippedAndCounted) {
  const Metadata metadata =
      MetadataOf({}, {{"X-Name", "J\xc3\xb6rg"}, {"x!y", "1"}, {"X-A", ""}, {"Accept", "*/*"}},
                 {"x-name", "x!y", "x-a"});
  EXPECT_EQ(metadata.found, (std::map<std::string, std::string>{
                                {"x-a", ""}, {"x-name", "J\xc3\xb6rg"}, {"x!y", "1"}}));
  EXPECT_EQ(metadata.passed, (Pairs{{"x-a", ""}}));
  EXPECT_EQ(metadata.skipped, 2u) << "what is not for metadata at all does not count";
}

TEST(Headers, E13_ValuesJoinedByCommasAreSeveral) {
  const Metadata metadata =
      MetadataOf({}, {{"Key-Bin", "QQ==, Qg,,"}, {"Key-Bin", ""}}, {"key-bin"});
  EXPECT_EQ(metadata.status, 200);
  EXPECT_EQ(metadata.found.at("key-bin"), "A");
  EXPECT_EQ(metadata.passed, (Pairs{{"key-bin", "A"}, {"key-bin", "B"}, {"key-bin", ""}}));
  EXPECT_EQ(MetadataOf({}, {{"Key-Bin", "QQ==,*"}}).status, 400);
}

TEST(Headers, E13_WhatIsDeniedNeedNotBeBase64) {
  EXPECT_EQ(MetadataOf({.request_headers = {.deny = {"key-bin"}}}, {{"Key-Bin", "*"}}).status, 200);
}

TEST(Headers, APrefixIsTakenFromRequestFields) {
  const Metadata metadata =
      MetadataOf({.request_headers = {.prefix = "Grpc-Metadata-"}},
                 {{"GRPC-Metadata-Tenant", "t"},
                  {"grpc-metadata-key-bin", "QQ"},
                  {"Grpc-Metadata-", "nothing"},
                  {"X-Plain", "p"}},
                 {"tenant", "key-bin", "x-plain", "grpc-metadata-tenant", ""});
  EXPECT_EQ(metadata.found, (std::map<std::string, std::string>{
                                {"key-bin", "A"}, {"tenant", "t"}, {"x-plain", "p"}}));
  EXPECT_EQ(metadata.passed, (Pairs{{"key-bin", "A"}, {"tenant", "t"}, {"x-plain", "p"}}));
}

TEST(Headers, FieldsWithoutThePrefixCanBeKeptOut) {
  const Metadata metadata =
      MetadataOf({.request_headers = {.allow = {"grpc-metadata-*"}, .prefix = "grpc-metadata-"}},
                 {{"Grpc-Metadata-Tenant", "t"}, {"X-Plain", "p"}}, {"tenant", "x-plain"});
  EXPECT_EQ(metadata.passed, (Pairs{{"tenant", "t"}}));
  EXPECT_EQ(metadata.found, (std::map<std::string, std::string>{{"tenant", "t"}}));
}

TEST(Headers, APrefixIsNoWayAroundADenialNorToFieldsOfTheServersOwn) {
  const Metadata metadata =
      MetadataOf({.request_headers = {.deny = {"x-internal-*"}, .prefix = "grpc-metadata-"}},
                 {{"Grpc-Metadata-X-Internal-User", "root"},
                  {"Grpc-Metadata-Grpc-Timeout", "1n"},
                  {"Grpc-Metadata-Connection", "x"},
                  {"Grpc-Metadata-Content-Type", "x"},
                  {"Grpc-Metadata-X-Forwarded-For", "1.2.3.4"},
                  {"Grpc-Metadata-X-Forwarded-Host", "evil"}},
                 {"x-internal-user", "grpc-timeout", "content-type", "x-forwarded-for"});
  EXPECT_EQ(metadata.status, 200);
  EXPECT_TRUE(metadata.found.empty());
  EXPECT_TRUE(metadata.passed.empty());
}

TEST(Headers, ResponseMetadataGoesOutBehindThePrefixButForFieldsOfHttp) {
  Mapping mapping({.response_headers = {.deny = {"x-secret"}, .prefix = "Grpc-Metadata-"}});
  mapping.handler->outcome = [&](Context& context) {
    context.AddHeader("location", "/l");
    context.AddHeader("Set-Cookie", "a=b");
    context.AddHeader("x-cost", "3");
    context.AddHeader("x-secret", "s");
    context.AddHeader("key-bin", "A");
    context.AddHeader("content-length", "99");
    context.AddHeader("grpc-status", "0");
    context.AddTrailer("x-late", "4");
    return Status();
  };
  for (const char* path : {"/as_server/a", "/items:watch"}) {
    FakeExchange exchange("GET", path, {{"TE", "trailers"}});
    mapping.Serve(exchange);
    EXPECT_EQ(exchange.trailer("grpc-metadata-x-late"), "4") << path;
    if (exchange.status() != 200) continue;  // a stream: its handler adds them too late
    EXPECT_EQ(exchange.field("location"), "/l");
    EXPECT_EQ(exchange.field("set-cookie"), "a=b");
    EXPECT_EQ(exchange.field("grpc-metadata-x-cost"), "3");
    EXPECT_EQ(exchange.field("grpc-metadata-key-bin"), "QQ");
    EXPECT_EQ(exchange.field("grpc-metadata-x-secret"), "");
    EXPECT_EQ(exchange.field("grpc-metadata-content-length"), "");
    EXPECT_EQ(exchange.field("grpc-metadata-grpc-status"), "");
    EXPECT_EQ(exchange.field("x-cost"), "");
  }
}

// The client's address of a request by FakeExchange's peer, 127.0.0.1.
std::string ClientOf(std::vector<std::string> trusted, const FakeExchange::Fields& fields) {
  Mapping mapping({.trusted_proxies = std::move(trusted)});
  std::string client;
  mapping.handler->outcome = [&](Context& context) {
    client = context.client_address();
    return Status();
  };
  FakeExchange exchange("GET", "/as_server/a", fields);
  mapping.Serve(exchange);
  return client;
}

TEST(TrustedProxies, E15_NobodyIsBelievedByDefault) {
  EXPECT_EQ(ClientOf({}, {}), "127.0.0.1");
  EXPECT_EQ(ClientOf({}, {{"x-forwarded-for", "1.2.3.4"}}), "127.0.0.1");
  EXPECT_EQ(ClientOf({"10.0.0.0/8"}, {{"x-forwarded-for", "1.2.3.4"}}), "127.0.0.1");
}

TEST(TrustedProxies, E15_TheLastOneThatIsNoTrustedProxyIsTheClient) {
  const std::vector<std::string> trusted = {"127.0.0.1", "10.0.0.0/8", "2001:db8::/32"};
  const auto client = [&](const std::string& forwarded) {
    return ClientOf(trusted, {{"X-Forwarded-For", forwarded}});
  };
  EXPECT_EQ(client("1.2.3.4"), "1.2.3.4");
  EXPECT_EQ(client("6.6.6.6, 1.2.3.4, 10.1.2.3"), "1.2.3.4");
  EXPECT_EQ(client("2001:db9::1, 2001:db8::1,10.0.0.1"), "2001:db9::1");
  EXPECT_EQ(client("1.2.3.4:567"), "1.2.3.4");
  EXPECT_EQ(client("[2001:db9::1]:567"), "2001:db9::1");
  EXPECT_EQ(client("fe80::1%eth0"), "fe80::1");
  EXPECT_EQ(client("[fe80::1%25eth0]:567"), "fe80::1");
  EXPECT_EQ(client("10.0.0.1, 10.0.0.2"), "10.0.0.1") << "all are trusted: the first";
  EXPECT_EQ(client("1.2.3.4, unknown, 10.0.0.2"), "10.0.0.2") << "what cannot be read ends the way";
  EXPECT_EQ(client(""), "127.0.0.1");
  EXPECT_EQ(ClientOf(trusted, {{"x-forwarded-for", "1.2.3.4"}, {"x-forwarded-for", "10.0.0.1"}}),
            "1.2.3.4");
}

TEST(TrustedProxies, E15_NetworksEndBetweenBytesToo) {
  EXPECT_EQ(ClientOf({"127.0.0.0/31"}, {{"x-forwarded-for", "1.2.3.4"}}), "1.2.3.4");
  EXPECT_EQ(ClientOf({"127.0.0.2/31"}, {{"x-forwarded-for", "1.2.3.4"}}), "127.0.0.1");
  EXPECT_EQ(ClientOf({"0.0.0.0/0"}, {{"x-forwarded-for", "1.2.3.4"}}), "1.2.3.4");
  EXPECT_EQ(ClientOf({"::/0"}, {{"x-forwarded-for", "1.2.3.4"}}), "1.2.3.4");
}

// What the handler is told of the host, and what a proxy passes on of the way here.
std::vector<std::string> Forwarded(std::vector<std::string> trusted,
                                   const FakeExchange::Fields& fields, HeaderRules rules = {}) {
  Mapping mapping({.request_headers = std::move(rules), .trusted_proxies = std::move(trusted)});
  std::vector<std::string> seen;
  mapping.handler->outcome = [&](Context& context) {
    seen.emplace_back(context.host());
    context.request_metadata()->ForEach([&](std::string_view key, std::string_view value) {
      if (key.starts_with("x-forwarded-")) seen.push_back(std::string(value));
    });
    return Status();
  };
  FakeExchange exchange("GET", "/as_server/a", fields);
  exchange.set_authority("api.example.com:8080");
  mapping.Serve(exchange);
  return seen;
}

TEST(TrustedProxies, E15_TheHostIsWhatATrustedProxySays) {
  using List = std::vector<std::string>;
  const List own = {"api.example.com:8080", "127.0.0.1", "api.example.com:8080"};
  EXPECT_EQ(Forwarded({}, {}), own);
  EXPECT_EQ(Forwarded({}, {{"X-Forwarded-Host", "evil"}, {"X-Forwarded-For", "6.6.6.6"}}), own)
      << "what anybody could say does not travel on";
  EXPECT_EQ(Forwarded({"127.0.0.1"}, {{"X-Forwarded-Host", "shop.example"},
                                      {"X-Forwarded-For", "6.6.6.6, 1.2.3.4"}}),
            (List{"shop.example", "6.6.6.6, 1.2.3.4, 127.0.0.1", "shop.example"}));
  EXPECT_EQ(Forwarded({"127.0.0.1"}, {{"X-Forwarded-Host", "evil, b"}, {"x-forwarded-host", ""}}),
            (List{"b", "127.0.0.1", "b"}))
      << "the last one is the nearest proxy's";
}

TEST(TrustedProxies, E15_TheWayHereIsKeptToThisServerWhereDenied) {
  EXPECT_EQ(Forwarded({}, {}, {.deny = {"x-forwarded-*"}}),
            std::vector<std::string>{"api.example.com:8080"});
}

TEST(TrustedProxies, E15_UnixSocketsAreTrustedByName) {
  const std::vector<std::string> entries = {"unix:"};
  TrustedProxies proxies;
  EXPECT_EQ(proxies.ClientOf("unix:", {"1.2.3.4"}), "");
  ASSERT_TRUE(TrustedProxies::Parse(entries, proxies).ok());
  EXPECT_EQ(proxies.ClientOf("unix:", {"1.2.3.4"}), "1.2.3.4");
  EXPECT_EQ(proxies.ClientOf("ipv6:[::1]:80", {"1.2.3.4"}), "::1");
}

TEST(TrustedProxies, E15_WhatIsNoNetworkIsRefused) {
  for (const char* entry :
       {"", "x", "10.0.0.0/33", "10.0.0.0/-1", "::/129", "10.0.0.0/", "1.2.3", "10.0.0.0/8x"}) {
    const std::vector<std::string> entries = {entry};
    TrustedProxies proxies;
    EXPECT_EQ(TrustedProxies::Parse(entries, proxies).code(), Code::kInvalidArgument) << entry;
  }
}

}  // namespace
}  // namespace protorest::transcode
