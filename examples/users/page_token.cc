// Page tokens: 16 hex digits of the row, 8 of a check sum.
#include "page_token.h"

#include <charconv>
#include <cinttypes>
#include <cstdio>

namespace users {
namespace {

constexpr std::size_t kRowDigits = 16;
constexpr std::size_t kCheckDigits = 8;

// FNV-1a over the row's bytes.
std::uint32_t CheckSum(std::uint64_t row) {
  std::uint32_t hash = 2166136261u;
  for (int byte = 0; byte < 8; ++byte) {
    hash = (hash ^ static_cast<std::uint8_t>(row >> (8 * byte))) * 16777619u;
  }
  return hash;
}

std::optional<std::uint64_t> ParseHex(std::string_view digits) {
  std::uint64_t value = 0;
  const char* end = digits.data() + digits.size();
  const auto [stop, error] = std::from_chars(digits.data(), end, value, 16);
  if (error != std::errc() || stop != end) return std::nullopt;
  return value;
}

}  // namespace

std::string EncodePageToken(std::int64_t last_id) {
  const auto row = static_cast<std::uint64_t>(last_id);
  char text[kRowDigits + kCheckDigits + 1];
  std::snprintf(text, sizeof(text), "%016" PRIx64 "%08" PRIx32, row, CheckSum(row));
  return text;
}

std::optional<std::int64_t> DecodePageToken(std::string_view token) {
  if (token.size() != kRowDigits + kCheckDigits) return std::nullopt;
  const auto row = ParseHex(token.substr(0, kRowDigits));
  const auto check = ParseHex(token.substr(kRowDigits));
  if (!row || !check || *check != CheckSum(*row)) return std::nullopt;
  return static_cast<std::int64_t>(*row);
}

}  // namespace users
