// By the code that writes JSON, so that both say the same.
#include "plugin/emit/openapi/json_text.h"

#include <cctype>
#include <cstddef>
#include <cstdlib>

#include "json/base64.h"
#include "json/time.h"

namespace protorest::plugin::openapi {
namespace {

using json::detail::kMaxTime;
using json::detail::Time;

constexpr std::size_t kNanoDigits = 9;

Time TimeOf(const std::string& seconds) {
  Time time;
  time.seconds = std::strtoll(seconds.c_str(), nullptr, 10);
  const std::size_t point = seconds.find('.');
  if (point == std::string::npos) return time;
  std::string digits = seconds.substr(point + 1);
  digits.resize(kNanoDigits, '0');
  time.nanos = static_cast<std::int32_t>(std::strtol(digits.c_str(), nullptr, 10));
  return time;
}

std::string Text(char* (*write)(const Time&, char*), const Time& time, const std::string& seconds) {
  char text[kMaxTime];
  char* const end = write(time, text);
  return end == nullptr ? seconds : std::string(text, end);
}

}  // namespace

std::string Base64Text(std::string_view bytes) {
  std::string text(json::detail::Base64Size(bytes.size()), '\0');
  json::detail::EncodeBase64(bytes, text.data());
  return text;
}

std::string DurationText(const std::string& seconds) {
  Time time = TimeOf(seconds);
  if (seconds.starts_with('-')) time.nanos = -time.nanos;
  return Text(json::detail::WriteDuration, time, seconds);
}

// A point before 1970 has seconds of the second before it, and nanoseconds from there on.
std::string TimestampText(const std::string& seconds) {
  return Text(json::detail::WriteTimestamp, TimeOf(seconds), seconds);
}

std::string FieldMaskText(std::string_view paths) {
  std::string text;
  bool upper = false;
  for (const char c : paths) {
    if (c != '_') {
      text += upper ? static_cast<char>(std::toupper(static_cast<unsigned char>(c))) : c;
    }
    upper = c == '_';
  }
  return text;
}

}  // namespace protorest::plugin::openapi
