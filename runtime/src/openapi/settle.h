// What the options of a server, or of the plugin, decide in a document that protorest generated.
#pragma once

#include <string>
#include <string_view>

#include "protorest/errors.h"

namespace protorest::openapi {

// How the JSON of messages is written, as in protorest::json::Options.
struct JsonForm {
  bool proto_names = false;    // names of fields as in the .proto
  bool enum_numbers = false;   // enums by number
  bool int64_numbers = false;  // 64-bit integers without quotes

  bool operator==(const JsonForm&) const = default;
};

struct Settings {
  ErrorFormat errors = ErrorFormat::kStatus;
  JsonForm json = {};
};

// Documents in generated code are open: they describe the defaults, and beside each schema that an
// option changes stand marks that say how. Only Settle reads them.
inline constexpr std::string_view kOtherFormMark = "x-protorest-other";  // by option: a merge patch
inline constexpr std::string_view kNamesMark = "x-protorest-names";  // by JSON name: the .proto's
inline constexpr std::string_view kEnumNumbers = "enum-numbers";     // JsonForm::enum_numbers
inline constexpr std::string_view kInt64Numbers = "int64-numbers";   // JsonForm::int64_numbers

// `document`, as text of JSON, settled: without marks, in the form that `settings` say. Who writes
// documents to files and who serves them both go through this, so that what is served agrees with
// what the server sends. `indent`: spaces a level; -1: all in one line.
std::string Settle(std::string_view document, const Settings& settings, int indent = 2);

}  // namespace protorest::openapi
