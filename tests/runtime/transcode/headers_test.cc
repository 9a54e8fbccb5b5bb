// Request headers as metadata and back: lists, trusted proxies (rules E14 to E16).
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/runtime/transcode/mapping_fixture.h"

namespace protorest::transcode {
namespace {

using test::FakeExchange;
using test::Mapping;

// What a handler sees and what comes of the headers that it sets.
struct Seen {
  std::vector<std::string> keys;  // that may travel on
  bool finds_b = false;
  std::string x_out;
  std::string y_out;
};

Seen HeadersUnder(Options options) {
  Mapping mapping(std::move(options));
  Seen seen;
  mapping.handler->outcome = [&](Context& context) {
    context.request_metadata()->ForEach(
        [&](std::string_view key, std::string_view) { seen.keys.emplace_back(key); });
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
