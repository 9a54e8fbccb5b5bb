// Where in a JSON text an offset stands, as a path: items[3].unitPrice.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace protorest::json::detail {

// Appends a member to a path: `.name`, `["any text"]`, or `[pkg.ext]` for an extension. The name is
// as it stands between the quotes in JSON.
void AppendMember(std::string_view name, std::string& path);

// Paths are made from the text once something is wrong, so that reading and writing keep no account
// of where they are. One pass for all offsets, which must come in order; the text before an offset
// is JSON, complete or not. A writer's unfinished text will do: there, objects still open begin
// with a comma.
class PathFinder {
 public:
  explicit PathFinder(std::string_view text) : text_(text) {}

  // The path of the value that begins at the offset or holds it; before a key, that of its object.
  std::string At(std::size_t offset);

 private:
  struct Level {
    bool object;
    bool in_value;         // past a key and its colon, or in an array
    std::size_t index;     // of the current element
    std::string_view key;  // of the current member, without quotes; null before it
  };

  void Step();
  std::string_view TakeString();

  std::string_view text_;
  std::size_t pos_ = 0;
  std::vector<Level> levels_;
  bool value_expected_ = true;
};

}  // namespace protorest::json::detail
