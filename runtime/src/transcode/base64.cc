// Base64, six bits at a time: header values are short.
#include "transcode/base64.h"

#include <cstdint>

#include "transcode/ascii.h"

namespace protorest::transcode {
namespace {

constexpr char kAlphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

int ValueOf(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (IsDigit(c)) return c - '0' + 52;
  if (c == '+' || c == '-') return 62;
  if (c == '/' || c == '_') return 63;
  return -1;
}

}  // namespace

void EncodeBase64(std::string_view bytes, std::string& out) {
  std::uint32_t pool = 0;
  int bits = 0;
  for (const char c : bytes) {
    pool = pool << 8 | static_cast<unsigned char>(c);
    for (bits += 8; bits >= 6;) {
      bits -= 6;
      out.push_back(kAlphabet[pool >> bits & 63]);
    }
  }
  if (bits > 0) out.push_back(kAlphabet[pool << (6 - bits) & 63]);
}

bool DecodeBase64(std::string_view text, std::string& out) {
  if (text.size() % 4 == 0) {  // padded, perhaps
    if (text.ends_with('=')) text.remove_suffix(1);
    if (text.ends_with('=')) text.remove_suffix(1);
  }
  if (text.size() % 4 == 1) return false;
  std::uint32_t pool = 0;
  int bits = 0;
  for (const char c : text) {
    const int value = ValueOf(c);
    if (value < 0) return false;
    pool = pool << 6 | static_cast<std::uint32_t>(value);
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      out.push_back(static_cast<char>(pool >> bits & 0xFF));
    }
  }
  return true;
}

}  // namespace protorest::transcode
