// The multipart parser by itself: cuts, spellings, limits (rule B18).
#include "transcode/multipart.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace protorest::transcode {
namespace {

using testing::ElementsAre;
using Step = MultipartParser::Step;

constexpr char kType[] = "multipart/form-data; boundary=cut";

// The parts as "name[type]=data", files with a "*"; the last one is "!…" after an error.
std::vector<std::string> Parse(const std::string& body, std::size_t piece_size,
                               const std::string& content_type = kType) {
  MultipartParser parser(content_type);
  std::vector<std::string> parts;
  std::size_t at = 0;
  for (;;) {
    std::string_view data;
    switch (parser.Next(data)) {
      case Step::kPart:
        parts.push_back(parser.part().name + (parser.part().is_file ? "*" : "") + "[" +
                        parser.part().content_type + "]=");
        break;
      case Step::kData:
        parts.back() += data;
        break;
      case Step::kNeedMore: {
        const std::string piece = body.substr(at, piece_size);
        at += piece.size();
        // The parser may look at a piece for as long as it asks for no other.
        static std::string fed;
        fed = piece;
        parser.Feed(fed, at == body.size());
        break;
      }
      case Step::kEnd:
        return parts;
      case Step::kError:
        parts.push_back("!" + parser.status().message());
        return parts;
    }
  }
}

std::vector<std::string> Parse(const std::string& body) { return Parse(body, body.size()); }

const std::string kTwoParts =
    "preamble\r\n--cut\r\n"
    "Content-Disposition: form-data; name=\"a\"\r\n"
    "\r\n"
    "one\r\n--cu\r\n\r\n--cut  \r\n"
    "content-type: text/plain\r\n"
    "CONTENT-DISPOSITION: form-data; name=b; filename=\"x;y\\\"z\"\r\n"
    "\r\n"
    "\r\n--cut--epilogue";

TEST(Multipart, B18_PartsAreTheSameHoweverTheBodyIsCut) {
  for (std::size_t size = 1; size <= kTwoParts.size(); ++size) {
    EXPECT_THAT(Parse(kTwoParts, size), ElementsAre("a[]=one\r\n--cu\r\n", "b*[text/plain]="))
        << size;
  }
}

TEST(Multipart, B18_DataIsHandedOnAsItArrives) {
  MultipartParser parser(kType);
  std::string_view data;
  parser.Feed("--cut\r\nContent-Disposition: form-data; name=a\r\n\r\nfirst", false);
  EXPECT_EQ(parser.Next(data), Step::kPart);
  EXPECT_EQ(parser.Next(data), Step::kData);
  EXPECT_EQ(data, "first");
  EXPECT_EQ(parser.Next(data), Step::kNeedMore);
  parser.Feed(" second\r\n--c", false);
  EXPECT_EQ(parser.Next(data), Step::kData);
  EXPECT_EQ(data, " second");  // the rest may be a boundary
  EXPECT_EQ(parser.Next(data), Step::kNeedMore);
  parser.Feed("ut--", true);
  EXPECT_EQ(parser.Next(data), Step::kEnd);
}

TEST(Multipart, B18_BoundariesAreQuotedOrNot) {
  EXPECT_THAT(Parse("--a b\r\nContent-Disposition: form-data; name=n\r\n\r\nx\r\n--a b--", 99,
                    "multipart/form-data; charset=utf-8; BOUNDARY=\"a b\""),
              ElementsAre("n[]=x"));
}

TEST(Multipart, B18_ABodyOfNoPartsIsComplete) { EXPECT_THAT(Parse("--cut--"), ElementsAre()); }

std::string Error(const std::string& body, const std::string& content_type = kType) {
  const std::vector<std::string> parts =
      Parse(body, std::max<std::size_t>(body.size(), 1), content_type);
  return parts.empty() ? "" : parts.back();
}

TEST(Multipart, B18_WhatIsNoFormIsRefused) {
  const std::string head = "--cut\r\nContent-Disposition: form-data; name=a\r\n";
  EXPECT_EQ(Error(head + "\r\nx"), "!multipart: the body ends before its last boundary");
  EXPECT_EQ(Error(head), "!multipart: the body ends before its last boundary");
  EXPECT_EQ(Error(""), "!multipart: the body ends before its last boundary");
  EXPECT_EQ(Error("--cutter\r\n"), "!multipart: something follows a boundary on its line");
  EXPECT_EQ(Error("--cut\r\nno colon\r\n\r\n"),
            "!multipart: a line in the head of a part has no colon");
  EXPECT_EQ(Error("--cut\r\nContent-Type: text/plain\r\n\r\n"),
            "!multipart: a part has no name in its Content-Disposition");
  EXPECT_EQ(Error("--cut\r\n\r\n"), "!multipart: a part has no name in its Content-Disposition");
  for (const std::string type : {"multipart/form-data", "multipart/form-data; boundary=\"\""}) {
    EXPECT_EQ(Error("--cut--", type),
              "!multipart: the Content-Type has no boundary of 1 to 70 characters");
  }
  EXPECT_EQ(Error("", "multipart/form-data; boundary=" + std::string(71, 'b')),
            "!multipart: the Content-Type has no boundary of 1 to 70 characters");
}

TEST(Multipart, B18_HeadsPartsAndPreamblesAreBounded) {
  const std::string part = "--cut\r\nContent-Disposition: form-data; name=a\r\n\r\n\r\n";
  std::string many;
  for (std::size_t i = 0; i < MultipartParser::kMaxParts; ++i) many += part;
  EXPECT_EQ(Parse(many + "--cut--").size(), MultipartParser::kMaxParts);
  EXPECT_EQ(Error(many + part + "--cut--"), "!multipart: there are more than 1000 parts");
  const std::string filler(MultipartParser::kMaxHeadBytes + 1, 'x');
  EXPECT_EQ(Error("--cut\r\nX: " + filler), "!multipart: the head of a part is too long");
  EXPECT_EQ(Error("--cut\r\nX: " + filler + "\r\n\r\n--cut--"),
            "!multipart: the head of a part is too long");
  EXPECT_EQ(Error(filler), "!multipart: the body does not begin with its boundary");
  EXPECT_EQ(Error("--cut" + std::string(filler.size(), ' ')),
            "!multipart: the line of a boundary is too long");
}

}  // namespace
}  // namespace protorest::transcode
