#include "json/base64.h"

#include <array>
#include <cstdint>

namespace protorest::json::detail {
namespace {

constexpr std::string_view kAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::uint8_t kStranger = 0xff;

constexpr auto kValues = [] {
  std::array<std::uint8_t, 256> values{};
  values.fill(kStranger);
  for (std::size_t i = 0; i < kAlphabet.size(); ++i) {
    values[static_cast<unsigned char>(kAlphabet[i])] = static_cast<std::uint8_t>(i);
  }
  values['-'] = 62;
  values['_'] = 63;
  return values;
}();

std::uint32_t Value(char c) { return kValues[static_cast<unsigned char>(c)]; }

}  // namespace

bool DecodeBase64(std::string_view text, std::string* bytes) {
  if (text.size() % 4 == 0 && !text.empty() && text.back() == '=') {
    text.remove_suffix(text[text.size() - 2] == '=' ? 2 : 1);
  }
  const std::size_t tail = text.size() % 4;
  if (tail == 1) return false;
  bytes->resize(text.size() / 4 * 3 + (tail == 0 ? 0 : tail - 1));
  char* out = bytes->data();
  const char* p = text.data();
  std::uint32_t strangers = 0;  // the values of strangers have bits that no other has
  for (const char* const end = p + (text.size() - tail); p != end; p += 4) {
    const std::uint32_t a = Value(p[0]), b = Value(p[1]), c = Value(p[2]), d = Value(p[3]);
    strangers |= a | b | c | d;
    const std::uint32_t group = a << 18 | b << 12 | c << 6 | d;
    *out++ = static_cast<char>(group >> 16);
    *out++ = static_cast<char>(group >> 8);
    *out++ = static_cast<char>(group);
  }
  if (tail != 0) {
    const std::uint32_t a = Value(p[0]), b = Value(p[1]), c = tail == 3 ? Value(p[2]) : 0;
    strangers |= a | b | c;
    *out++ = static_cast<char>(a << 2 | b >> 4);
    if (tail == 3) *out++ = static_cast<char>(b << 4 | c >> 2);
  }
  return (strangers & 0xc0) == 0;
}

char* EncodeBase64(std::string_view bytes, char* out) {
  const auto* p = reinterpret_cast<const unsigned char*>(bytes.data());
  std::size_t left = bytes.size();
  for (; left >= 3; left -= 3, p += 3) {
    const std::uint32_t group = p[0] << 16 | p[1] << 8 | p[2];
    *out++ = kAlphabet[group >> 18];
    *out++ = kAlphabet[group >> 12 & 63];
    *out++ = kAlphabet[group >> 6 & 63];
    *out++ = kAlphabet[group & 63];
  }
  if (left == 0) return out;
  const std::uint32_t group = p[0] << 16 | (left == 2 ? p[1] << 8 : 0);
  *out++ = kAlphabet[group >> 18];
  *out++ = kAlphabet[group >> 12 & 63];
  *out++ = left == 2 ? kAlphabet[group >> 6 & 63] : '=';
  *out++ = '=';
  return out;
}

}  // namespace protorest::json::detail
