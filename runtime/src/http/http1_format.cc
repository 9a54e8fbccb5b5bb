#include "http/http1_format.h"

#include <charconv>

#include "http/response.h"
#include "http/text.h"

namespace protorest::http {
namespace {

// Whole status lines of what servers answer most; others are put together.
std::string_view StatusLine(int status) {
  switch (status) {
    case 200:
      return "HTTP/1.1 200 OK\r\n";
    case 201:
      return "HTTP/1.1 201 Created\r\n";
    case 202:
      return "HTTP/1.1 202 Accepted\r\n";
    case 204:
      return "HTTP/1.1 204 No Content\r\n";
    case 303:
      return "HTTP/1.1 303 See Other\r\n";
    case 304:
      return "HTTP/1.1 304 Not Modified\r\n";
    case 307:
      return "HTTP/1.1 307 Temporary Redirect\r\n";
    case 308:
      return "HTTP/1.1 308 Permanent Redirect\r\n";
    case 400:
      return "HTTP/1.1 400 Bad Request\r\n";
    case 401:
      return "HTTP/1.1 401 Unauthorized\r\n";
    case 402:
      return "HTTP/1.1 402 Payment Required\r\n";
    case 403:
      return "HTTP/1.1 403 Forbidden\r\n";
    case 404:
      return "HTTP/1.1 404 Not Found\r\n";
    case 405:
      return "HTTP/1.1 405 Method Not Allowed\r\n";
    case 406:
      return "HTTP/1.1 406 Not Acceptable\r\n";
    case 408:
      return "HTTP/1.1 408 Request Timeout\r\n";
    case 409:
      return "HTTP/1.1 409 Conflict\r\n";
    case 410:
      return "HTTP/1.1 410 Gone\r\n";
    case 412:
      return "HTTP/1.1 412 Precondition Failed\r\n";
    case 413:
      return "HTTP/1.1 413 Content Too Large\r\n";
    case 415:
      return "HTTP/1.1 415 Unsupported Media Type\r\n";
    case 422:
      return "HTTP/1.1 422 Unprocessable Content\r\n";
    case 429:
      return "HTTP/1.1 429 Too Many Requests\r\n";
    case 431:
      return "HTTP/1.1 431 Request Header Fields Too Large\r\n";
    case 499:
      return "HTTP/1.1 499 Client Closed Request\r\n";
    case 500:
      return "HTTP/1.1 500 Internal Server Error\r\n";
    case 501:
      return "HTTP/1.1 501 Not Implemented\r\n";
    case 503:
      return "HTTP/1.1 503 Service Unavailable\r\n";
    case 504:
      return "HTTP/1.1 504 Gateway Timeout\r\n";
    default:
      return {};
  }
}

void AppendField(std::string& out, const Header& header) {
  out.append(header.name).append(": ").append(header.value).append("\r\n");
}

}  // namespace

std::string_view ReasonPhrase(int status) {
  std::string_view line = StatusLine(status);
  if (line.empty()) return line;
  line.remove_prefix(std::string_view("HTTP/1.1 200 ").size());
  line.remove_suffix(2);
  return line;
}

void AppendHead(std::string& out, const ResponseHead& head, const Http1Framing& framing) {
  if (const std::string_view line = StatusLine(head.status); !line.empty()) {
    out.append(line);
  } else {
    out.append("HTTP/1.1 ");
    AppendNumber(out, static_cast<unsigned>(head.status));
    out.append(" \r\n");
  }
  out.append("date: ").append(HttpDate()).append("\r\n");
  for (const Header& header : head.headers) {
    if (IsSendable(header.name, header.value) && !IsConnectionField(header.name)) {
      AppendField(out, header);
    }
  }
  if (MayHaveBody(head.status)) {
    if (framing.length.has_value()) {
      out.append("content-length: ");
      AppendNumber(out, *framing.length);
      out.append("\r\n");
    } else if (framing.chunked) {
      out.append("transfer-encoding: chunked\r\n");
    }
  }
  if (!framing.keep_alive) {
    out.append("connection: close\r\n");
  } else if (framing.old_client) {
    out.append("connection: keep-alive\r\n");
  }
  out.append("\r\n");
}

void AppendChunk(std::string& out, std::string_view piece) {
  if (piece.empty()) return;  // an empty chunk would end the body
  char digits[16];
  const auto [end, error] = std::to_chars(digits, digits + sizeof digits, piece.size(), 16);
  out.append(digits, static_cast<std::size_t>(end - digits)).append("\r\n");
  out.append(piece).append("\r\n");
}

void AppendLastChunk(std::string& out, std::span<const Header> trailers) {
  out.append("0\r\n");
  for (const Header& trailer : trailers) {
    if (IsSendable(trailer.name, trailer.value) && !IsConnectionField(trailer.name)) {
      AppendField(out, trailer);
    }
  }
  out.append("\r\n");
}

}  // namespace protorest::http
