// Makes tags and finds them in lists.
#include "transcode/etag.h"

#include <algorithm>
#include <cstdint>

#include "transcode/ascii.h"

namespace protorest::transcode {
namespace {

std::string_view Strong(std::string_view tag) {
  if (tag.starts_with("W/")) tag.remove_prefix(2);
  return tag;
}

}  // namespace

// FNV-1a: a tag is no secret, and 64 bits tell the versions of one resource apart.
std::string Fingerprint(std::string_view body) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const char c : body) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  constexpr char kHex[] = "0123456789abcdef";
  std::string digits;
  for (int shift = 60; shift >= 0; shift -= 4) digits += kHex[hash >> shift & 15];
  return digits;
}

std::string WeakTag(std::string_view body) { return "W/\"" + Fingerprint(body) + '"'; }

// Tags hold no quotes, but may hold commas.
bool NamesTag(std::string_view if_none_match, std::string_view tag) {
  std::string_view rest = Trim(if_none_match);
  if (rest == "*") return true;
  while (true) {
    const std::size_t open = rest.find('"');
    if (open == rest.npos) return false;
    const std::size_t close = rest.find('"', open + 1);
    if (close == rest.npos) return false;
    if (rest.substr(open, close + 1 - open) == Strong(tag)) return true;
    rest.remove_prefix(close + 1);
  }
}

bool HasTagged(std::span<const http::Header> headers, std::string_view tag) {
  return std::any_of(headers.begin(), headers.end(), [tag](const http::Header& header) {
    return EqualsIgnoreCase(header.name, "if-none-match") && NamesTag(header.value, tag);
  });
}

}  // namespace protorest::transcode
