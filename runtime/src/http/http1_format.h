// How a response is written on an HTTP/1.1 connection.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "http/exchange.h"

namespace protorest::http {

// "Not Found"; "" for a status that servers seldom answer.
std::string_view ReasonPhrase(int status);

struct Http1Framing {
  std::optional<std::uint64_t> length;  // Content-Length
  bool chunked = false;
  bool keep_alive = true;
  bool old_client = false;  // HTTP/1.0: it must be told of keep-alive
};

void AppendHead(std::string& out, const ResponseHead& head, const Http1Framing& framing);
void AppendChunk(std::string& out, std::string_view piece);
void AppendLastChunk(std::string& out, std::span<const Header> trailers);

}  // namespace protorest::http
