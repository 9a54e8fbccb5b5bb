// HTTP/1.1 heads and chunks: any bytes, cut anywhere, are read the same, or refused the same.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <string>
#include <string_view>

#include "http/http1_parser.h"

namespace {

using protorest::HttpLimits;
using protorest::http::Header;
using protorest::http::Http1Parser;
using protorest::http::RequestHead;
using Result = Http1Parser::Result;

void Expect(bool holds) {
  if (!holds) std::abort();
}

std::string Describe(const RequestHead& head) {
  std::string text;
  for (const std::string_view part : {head.method, head.path, head.query, head.authority}) {
    text.append(part).push_back('\n');
  }
  for (const Header& header : head.headers) text.append(header.name).append(header.value);
  return text + std::to_string(head.content_length.value_or(0)) + (head.has_body ? "b" : "") +
         (head.websocket ? "w" : "") + std::to_string(head.version);
}

// Takes a whole body, or all there is of it; `all` comes in pieces of `piece`, and the output is
// asked for `most` bytes at a time.
std::string Decode(Http1Parser& parser, std::string_view all, std::size_t piece, std::size_t most) {
  std::string body;
  std::size_t begin = 0;
  std::size_t end = std::min(piece, all.size());
  while (true) {
    std::string decoded;
    std::size_t used = 0;
    const Result result = parser.ParseChunks(all.substr(begin, end - begin), most, decoded, used);
    Expect(used <= end - begin && decoded.size() <= most);
    body += decoded;
    begin += used;
    if (result == Result::kBad) return "bad";
    if (result == Result::kDone) return body + "|" + std::to_string(begin);
    if (!decoded.empty() || used > 0) continue;
    if (end == all.size()) return body + "…";
    end = std::min(end + piece, all.size());
  }
}

// What becomes of the request, in words.
std::string Parse(const std::string& text, std::size_t piece, std::size_t most) {
  static const HttpLimits limits;
  Http1Parser parser(limits);
  Result result = Result::kMore;
  for (std::size_t end = std::min(piece, text.size());; end = std::min(end + piece, text.size())) {
    result = parser.ParseHead(std::string_view(text).substr(0, end));
    if (result != Result::kMore || end == text.size()) break;
  }
  if (result == Result::kBad) {
    Expect(parser.refusal().status >= 400 && *parser.refusal().message != '\0');
    return "refused";
  }
  if (result == Result::kMore) return "more";
  const RequestHead& head = parser.head().request;
  Expect(parser.head_size() <= text.size());
  Expect(!head.method.empty() && !head.path.empty());
  Expect(head.path[0] == '/' || head.path == "*");
  for (const Header& header : head.headers) {
    Expect(!header.name.empty() && header.value.find_first_of("\r\n\0", 0, 3) == header.value.npos);
    Expect(header.name.find_first_of(" \t:\r\n") == header.name.npos);
  }
  std::string said = Describe(head);
  if (!parser.head().chunked) return said;
  Expect(head.has_body && !head.content_length);
  return said + Decode(parser, std::string_view(text).substr(parser.head_size()), piece, most);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  if (size < 3) return 0;
  const std::size_t piece = bytes[0] % 64 + 1;
  const std::size_t most = bytes[1] % 64 + 1;
  const std::string text(reinterpret_cast<const char*>(bytes) + 2, size - 2);
  const std::string whole = Parse(text, text.size(), std::numeric_limits<std::uint32_t>::max());
  const std::string cut = Parse(text, piece, most);
  // What is refused may be refused before all of it has come, and what has come of its body be
  // handed on: so long as nobody takes it for whole.
  const auto no_end = [](const std::string& said) { return said == "refused" || said == "more"; };
  if (no_end(whole) || whole.ends_with("bad")) {
    Expect(no_end(cut) || cut.ends_with("bad"));
  } else {
    Expect(cut == whole);
  }
  return 0;
}
