// The multipart parser: any bytes, cut anywhere, give the same parts, and no more than were sent.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "transcode/multipart.h"

namespace {

using protorest::transcode::MultipartParser;

// Everything that the parser says, as one text.
std::string Parse(std::string_view body, std::size_t piece_size) {
  MultipartParser parser("multipart/form-data; boundary=b");
  std::string said;
  std::string piece;
  std::size_t data_size = 0;
  for (std::size_t at = 0;;) {
    std::string_view data;
    switch (parser.Next(data)) {
      case MultipartParser::Step::kPart:
        said += "\n" + parser.part().name + "|" + parser.part().content_type + "|" +
                (parser.part().is_file ? "file|" : "|");
        break;
      case MultipartParser::Step::kData:
        if (data.empty()) std::abort();
        data_size += data.size();
        said += data;
        break;
      case MultipartParser::Step::kNeedMore:
        if (at == body.size() && at != 0) std::abort();  // the last piece was said to be that
        piece = body.substr(at, piece_size);
        at += piece.size();
        parser.Feed(piece, at == body.size());
        break;
      case MultipartParser::Step::kEnd:
        if (data_size > body.size()) std::abort();
        return said + "\nend";
      case MultipartParser::Step::kError:
        // How much of a part came before the error depends on the cuts.
        return parser.status().message();
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  if (size < 2) return 0;
  const std::size_t piece_size = bytes[0] % 40 + 1;
  const std::string_view body(reinterpret_cast<const char*>(bytes) + 1, size - 1);
  if (Parse(body, piece_size) != Parse(body, body.size())) std::abort();
  return 0;
}
