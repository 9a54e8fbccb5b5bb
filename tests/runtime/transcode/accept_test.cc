// Accept and Content-Type.
#include "transcode/accept.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace protorest::transcode {
namespace {

// The type chosen for a server stream, or "406".
std::string Stream(std::initializer_list<std::string_view> accepts) {
  std::vector<http::Header> headers = {{"Host", "x"}};
  for (const std::string_view accept : accepts) headers.push_back({"Accept", accept});
  const MediaOffer* offer = Negotiate(headers, kStreamOffers);
  return offer == nullptr ? "406" : std::string(offer->type);
}
std::string Stream(std::string_view accept) { return Stream({accept}); }

TEST(Accept, E20_ServerStreamsAreArraysUnlessAskedForLines) {
  EXPECT_EQ(Stream(std::initializer_list<std::string_view>{}), "application/json");
  EXPECT_EQ(Stream(""), "application/json");
  EXPECT_EQ(Stream("application/x-ndjson"), "application/x-ndjson");
  EXPECT_EQ(Stream("application/jsonl"), "application/jsonl");
  EXPECT_EQ(Stream("Application/JSON"), "application/json");
  EXPECT_EQ(Stream("text/html"), "406");
  EXPECT_EQ(
      Negotiate(std::vector<http::Header>{{"accept", "application/jsonl"}}, kStreamOffers)->form,
      StreamForm::kNdjson);
}

TEST(Accept, E21_ByQ) {
  EXPECT_EQ(Stream("application/json;q=0.5, application/x-ndjson;q=0.8"), "application/x-ndjson");
  EXPECT_EQ(Stream("application/json; q=1.0, application/x-ndjson;q=0.999"), "application/json");
  EXPECT_EQ(Stream("application/json;q=0, */*;q=0.1"), "application/x-ndjson");
  EXPECT_EQ(Stream("application/*;q=0"), "406");
  EXPECT_EQ(Stream("application/json;q=0"), "406");
}

TEST(Accept, E21_Wildcards) {
  EXPECT_EQ(Stream("*/*"), "application/json");
  EXPECT_EQ(Stream("application/*"), "application/json");
  EXPECT_EQ(Stream("text/*"), "text/event-stream");
  EXPECT_EQ(Stream("image/*"), "406");
  EXPECT_EQ(Stream("text/html,application/xhtml+xml,*/*;q=0.8"), "application/json");
}

TEST(Accept, E21_AmongEqualsTheMoreExactThenTheFirst) {
  EXPECT_EQ(Stream("*/*, application/x-ndjson"), "application/x-ndjson");
  EXPECT_EQ(Stream("application/jsonl, application/x-ndjson"), "application/jsonl");
}

TEST(Accept, E21_Lists) {
  EXPECT_EQ(Stream({"text/html", "application/jsonl"}), "application/jsonl");
  EXPECT_EQ(Stream("text/plain;x=\"a,b;q=1\" , application/jsonl;q=0.2"), "application/jsonl");
  EXPECT_EQ(Stream(",,application/jsonl;profile=x;q=0.3,"), "application/jsonl");
}

TEST(Accept, RangesThatCannotBeReadArePassedOver) {
  for (const char* q : {"2", "1.5", "0.1234", "x", "", "-1", ".5"}) {
    EXPECT_EQ(Stream("application/x-ndjson;q=" + std::string(q) + ", application/json;q=0.1"),
              "application/json")
        << q;
  }
  EXPECT_EQ(Stream("\"unclosed, application/json"), "406");
}

TEST(Accept, E21_Unary) {
  const auto unary = [](std::string_view accept) {
    return Negotiate(std::vector<http::Header>{{"accept", accept}}, kUnaryOffers) != nullptr;
  };
  EXPECT_TRUE(unary("*/*"));
  EXPECT_TRUE(unary("application/json;q=0.1"));
  EXPECT_FALSE(unary("application/x-ndjson"));
}

TEST(ContentType, B7_NoneIsJson) {
  EXPECT_EQ(ClassifyBody(std::nullopt), BodyType::kJson);
  EXPECT_EQ(ClassifyBody(""), BodyType::kJson);
}

TEST(ContentType, B8_JsonWithParametersAndSuffix) {
  for (const char* type :
       {"application/json", "application/json; charset=utf-8", "APPLICATION/JSON",
        "application/json;charset=\"UTF-8\"", "application/json; charset=utf8",
        "application/x+json", "application/vnd.api+json;profile=\"a;charset=x\""}) {
    EXPECT_EQ(ClassifyBody(type), BodyType::kJson) << type;
  }
}

TEST(ContentType, B9_OthersAreNot) {
  for (const char* type :
       {"text/plain", "application/xml", "application/+json", "json", "multipart/mixed",
        "application/json-seq", "application/json;charset=latin1", "+json"}) {
    EXPECT_EQ(ClassifyBody(type), BodyType::kOther) << type;
  }
  EXPECT_EQ(ClassifyBody("application/x-protobuf"), BodyType::kProtobuf);
}

TEST(ContentType, B18_Forms) {
  EXPECT_EQ(ClassifyBody("application/x-www-form-urlencoded;charset=UTF-8"), BodyType::kForm);
  EXPECT_EQ(ClassifyBody("multipart/form-data; boundary=x"), BodyType::kMultipart);
}

TEST(Parameters, AreFoundByNameWithoutTheirQuotes) {
  EXPECT_EQ(FindParameter("a/b; x=1; Y=2; y=3", "y"), "2");
  EXPECT_EQ(FindParameter("a/b; y=\"c;d\\\"e\\\\f\\g\"", "y"), "c;d\"e\\f\\g");
  EXPECT_EQ(FindParameter("y=1; z=2", "y"), std::nullopt);
  EXPECT_EQ(FindParameter("a/b; y", "y"), "");
}

TEST(ContentType, B13_Lines) {
  EXPECT_EQ(ClassifyBody("application/x-ndjson"), BodyType::kNdjson);
  EXPECT_EQ(ClassifyBody("application/jsonl; charset=utf-8"), BodyType::kNdjson);
}

TEST(AcceptEncoding, TakesGzip) {
  const auto takes = [](std::vector<http::Header> headers) { return TakesGzip(headers); };
  for (const char* yes : {"gzip", "GZip", "x-gzip", "br, gzip", "gzip;q=0.001", "*",
                          "br;q=1, *;q=0.5", "identity, gzip ; q=1.0", "*;q=0, gzip"}) {
    EXPECT_TRUE(takes({{"Accept-Encoding", yes}})) << yes;
  }
  for (const char* no : {"", "br", "gzip;q=0", "gzip;q=0.000, *", "*;q=0", "gzipped", "gzip;q=x"}) {
    EXPECT_FALSE(takes({{"accept-encoding", no}})) << no;
  }
  EXPECT_FALSE(takes({}));
  EXPECT_TRUE(takes({{"accept-encoding", "br"}, {"accept-encoding", "gzip"}}));
}

}  // namespace
}  // namespace protorest::transcode
