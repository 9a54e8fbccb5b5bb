// What is wrong with a request, field by field; becomes a Status.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "protorest/json.h"
#include "protorest/status.h"

namespace protorest::transcode {

// Costs nothing as long as nothing is wrong.
class Violations {
 public:
  // How many are told; of further ones the number. A form of 4 MiB can hold two million.
  static constexpr std::size_t kMaxTold = 1000;

  // `field` is a JSON path; `description` says what was expected and what came.
  void Add(std::string field, std::string description);
  // "expected …, got "…"": the text is cut at 64 bytes, and shown as it is otherwise.
  void AddText(std::string field, std::string_view expected, std::string_view found);

  // `below`: the JSON path of the value that was read; "" for the whole body.
  void Add(const json::Result& result, std::string_view below = {});

  bool empty() const { return list_.empty(); }
  // OK, or INVALID_ARGUMENT that names the first in its message and all in its details. `subject`
  // begins the message: "message 2 of the stream".
  Status ToStatus(std::string_view subject = {}) const;

 private:
  std::vector<json::Violation> list_;
  std::size_t more_ = 0;  // that are not in the list
};

// A BadRequest about what is no field: a header, the path, where a body ends. `subject` as above.
Status BadRequest(std::string description, std::string_view subject = {});

// A name as it came: cut at 256 bytes, with U+FFFD for what is no UTF-8.
std::string CutName(std::string_view name);

// `text` in quotes, cut at 64 bytes, with U+FFFD for what is no UTF-8.
std::string QuoteCut(std::string_view text);

}  // namespace protorest::transcode
