// Fuzzes the path template parser: what it accepts must be sound, and its shape must parse to
// itself.
#include <cstdint>
#include <cstdlib>

#include "transcode/path_template.h"

namespace {

using protorest::transcode::ParsePathTemplate;
using protorest::transcode::PathShape;
using protorest::transcode::PathTemplate;
using protorest::transcode::PathTemplateError;
using Kind = protorest::transcode::PathSegment::Kind;

void Check(bool holds) {
  if (!holds) std::abort();
}

void CheckSound(const PathTemplate& path) {
  int multi = 0;
  for (const auto& segment : path.segments) {
    multi += segment.kind == Kind::kMulti ? 1 : 0;
    Check((segment.kind == Kind::kLiteral) == !segment.literal.empty());
  }
  Check(multi <= 1);
  int end = 0;
  for (const auto& variable : path.variables) {
    Check(end <= variable.begin && variable.begin < variable.end && !variable.field_path.empty());
    end = variable.end;
  }
  Check(end <= static_cast<int>(path.segments.size()));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  PathTemplate path;
  PathTemplateError error;
  if (!ParsePathTemplate(text, path, error)) {
    Check(error.offset <= size && !error.message.empty());
    return 0;
  }
  CheckSound(path);
  PathTemplate again;
  Check(ParsePathTemplate(PathShape(path), again, error));
  Check(again.segments == path.segments && again.verb == path.verb);
  return 0;
}
