// The parser alone, where what comes in one read decides: no socket between.
#include "http/http1_parser.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <string>
#include <string_view>

#include "protorest/http_limits.h"

namespace protorest::http {
namespace {

using Result = Http1Parser::Result;

Result ParseHead(std::string_view head) {
  const HttpLimits limits;
  return Http1Parser(limits).ParseHead(head);
}

TEST(Http1Parser, FoldedFieldsAreRefusedWhereverTheyBegin) {
  for (const std::string_view field : {"transfer-encoding:\r\n chunked", "content-length:\r\n\t2",
                                       "x-a: b\r\n c", "x-a:\r\n \r\n b"}) {
    const std::string head = "POST / HTTP/1.1\r\nhost: x\r\n" + std::string(field) + "\r\n\r\n";
    EXPECT_EQ(ParseHead(head), Result::kBad) << field;
  }
  EXPECT_EQ(ParseHead("GET / HTTP/1.1\r\nhost: x\r\nx-a:\r\nx-b:b\r\n\r\n"), Result::kDone);
}

// What a body decodes to when it comes in pieces of `piece` bytes, and where it ended.
std::string Decode(std::string_view body, std::size_t piece) {
  const HttpLimits limits;
  Http1Parser parser(limits);
  EXPECT_EQ(parser.ParseHead("POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n"),
            Result::kDone);
  std::string decoded;
  std::size_t begin = 0;
  for (std::size_t end = piece; end < body.size() + piece; end += piece) {
    std::size_t used = 1;
    while (used > 0) {
      const auto unread = body.substr(0, end).substr(begin);
      const Result result = parser.ParseChunks(unread, 100, decoded, used);
      begin += used;
      if (result == Result::kBad) return "bad";
      if (result == Result::kDone) return decoded + "|" + std::to_string(begin);
    }
  }
  return "more";
}

TEST(Http1Parser, ChunkedBodiesMayComeInPiecesOfAnySize) {
  for (const std::string_view body :
       {"0\r\n\r\n", "000\r\n\r\n", "0;a=b\r\nt: u\r\nv: w\r\n\r\n", "1\r\na\r\n0\r\n\r\n",
        "1\r\na\r\n2;x\r\nbc\r\n0\r\nt: u\r\n\r\n"}) {
    const std::string whole = Decode(body, body.size());
    EXPECT_TRUE(whole.ends_with("|" + std::to_string(body.size()))) << whole;
    for (std::size_t piece = 1; piece < body.size(); ++piece) {
      EXPECT_EQ(Decode(body, piece), whole) << body << " in pieces of " << piece;
    }
  }
}

TEST(Http1Parser, BrokenChunksAreRefusedInPiecesOfAnySize) {
  for (const std::string_view body :
       {"0\r\nhello\r\n\r\n", "x\r\n\r\n", "0\r\n: no name\r\n\r\n", "1\r\nab0\r\n\r\n",
        "10000000000000000\r\n\r\n", "0 \n\r\n\r\n"}) {
    for (std::size_t piece = 1; piece <= body.size(); ++piece) {
      EXPECT_EQ(Decode(body, piece), "bad") << body << " in pieces of " << piece;
    }
  }
}

}  // namespace
}  // namespace protorest::http
