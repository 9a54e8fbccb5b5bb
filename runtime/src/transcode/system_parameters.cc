#include "transcode/system_parameters.h"

namespace protorest::transcode {
namespace {

constexpr int kPrettyIndent = 2;

bool ReadAlt(std::string_view value, json::Options& json) {
  if (value == "json") return true;
  if (value == "json;enum-encoding=int") {
    json.enums_as_numbers = true;
    return true;
  }
  if (value == "json;enum-encoding=string") {
    json.enums_as_numbers = false;
    return true;
  }
  return false;
}

bool ReadPrettyPrint(std::string_view value, json::Options& json) {
  if (value == "true") {
    json.indent = kPrettyIndent;
    return true;
  }
  if (value == "false") {
    json.indent = 0;
    return true;
  }
  return false;
}

}  // namespace

bool ReadSystemParameter(std::string_view name, std::string_view value, json::Options& json,
                         std::string& expected) {
  if (name == "$alt" || name == "alt") {
    expected = "\"json\", \"json;enum-encoding=int\" or \"json;enum-encoding=string\"";
    return ReadAlt(value, json);
  }
  if (name == "prettyPrint") {
    expected = "true or false";
    return ReadPrettyPrint(value, json);
  }
  return true;
}

}  // namespace protorest::transcode
