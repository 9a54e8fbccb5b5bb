#include "http/http1_parser.h"

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/beast/http/error.hpp>
#include <limits>

#include "http/text.h"

namespace protorest::http {
namespace {

using boost::beast::http::error;

// A line of chunk size and extensions, or all trailers, may be this long.
constexpr std::size_t kMaxChunkLine = 8 << 10;

// The shortest chunked body there is.
constexpr std::string_view kNoChunks = "0\r\n\r\n";

std::string_view ToStd(boost::beast::string_view text) { return {text.data(), text.size()}; }

bool IsDigits(std::string_view text) {
  return !text.empty() && text.size() <= 19 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

Http1Parser::Beast::Beast(Http1Parser& parser) : parser_(parser) {
  // Our own limits are checked on what has been parsed; what the layers above take is theirs to
  // say.
  header_limit(std::numeric_limits<std::uint32_t>::max());
  body_limit(std::numeric_limits<std::uint64_t>::max());  // Beast 1.74 takes "none" for zero
}

void Http1Parser::Beast::on_request_impl(boost::beast::http::verb, View method, View target,
                                         int version, Code&) {
  parser_.head_.request.method = ToStd(method);
  parser_.head_.request.version = version;
  parser_.target_ = ToStd(target);
}

void Http1Parser::Beast::on_field_impl(boost::beast::http::field, View name, View value,
                                       Code& code) {
  if (header_done_) return;  // trailers are for nobody
  // A folded line has been joined in a buffer of Beast's, where no view may point; and it is
  // obsolete (RFC 9112 section 5.2).
  const std::less_equal<const char*> not_after;
  const bool in_input =
      not_after(input.data(), value.data()) && not_after(value.data(), input.data() + input.size());
  // Where its first line is empty, Beast has nothing to join.
  const bool begins_folded =
      in_input && std::find(name.data() + name.size(), value.data(), '\n') != value.data();
  if (!value.empty() && (!in_input || begins_folded)) {
    code = error::bad_obs_fold;
  } else if (parser_.fields_.size() == parser_.limits_.max_headers) {
    code = error::header_limit;
  } else {
    parser_.fields_.push_back({ToStd(name), ToStd(value)});
  }
}

std::size_t Http1Parser::Beast::on_chunk_body_impl(std::uint64_t, View body, Code&) {
  const std::size_t taken = std::min(body.size(), most - decoded->size());
  decoded->append(body.data(), taken);
  return taken;
}

void Http1Parser::Reset() {
  beast_.emplace(*this);
  fields_.clear();
  head_ = {};
  parsed_ = 0;
}

Http1Parser::Result Http1Parser::Refuse(int status, const char* message) {
  refusal_ = {status, message};
  return Result::kBad;
}

bool Http1Parser::Fail(int status, const char* message) {
  Refuse(status, message);
  return false;
}

Http1Parser::Result Http1Parser::ParseHead(std::string_view unread) {
  while (!beast_->is_header_done() && parsed_ < unread.size()) {
    beast_->input = unread.substr(parsed_);
    boost::beast::error_code code;
    parsed_ += beast_->put({beast_->input.data(), beast_->input.size()}, code);
    if (code == error::header_limit) return Refuse(431, "too many header fields");
    if (code == error::need_more) break;
    if (code) return Refuse(400, "malformed request");
  }
  const bool done = beast_->is_header_done();
  if ((done ? parsed_ : unread.size()) > limits_.max_header_bytes) {
    return Refuse(431, "request header is too large");
  }
  return done ? Finish() : Result::kMore;
}

Http1Parser::Result Http1Parser::Finish() {
  head_.request.headers = fields_;
  head_.keep_alive = beast_->keep_alive();
  head_.chunked = beast_->chunked();
  if (!CheckFields() || !SplitTarget()) return Result::kBad;
  head_.request.has_body = head_.chunked || head_.request.content_length.value_or(0) > 0;
  return Result::kDone;
}

// Whatever two parsers in a row might read differently is refused, so that no request can be
// smuggled past one in front of us.
bool Http1Parser::CheckFields() {
  int hosts = 0;
  int lengths = 0;
  int encodings = 0;
  for (const Header& field : fields_) {
    switch (field.name.size()) {
      case 2:
        if (EqualsIgnoreCase(field.name, "te")) {
          head_.takes_trailers |= ListHas(field.value, "trailers");
        }
        break;
      case 4:
        if (EqualsIgnoreCase(field.name, "host")) {
          head_.request.authority = field.value;
          ++hosts;
        }
        break;
      case 6:
        if (EqualsIgnoreCase(field.name, "expect")) {
          head_.expects_continue = EqualsIgnoreCase(field.value, "100-continue");
        }
        break;
      case 7:
        if (EqualsIgnoreCase(field.name, "upgrade")) {
          head_.request.websocket |= ListHas(field.value, "websocket");
        }
        break;
      case 14:
        if (EqualsIgnoreCase(field.name, "content-length")) {
          if (!IsDigits(field.value) || ++lengths > 1) {
            return Fail(400, "invalid content-length");
          }
          head_.request.content_length = beast_->content_length().get();
        }
        break;
      case 17:
        if (EqualsIgnoreCase(field.name, "transfer-encoding")) {
          ++encodings;
          if (!EqualsIgnoreCase(field.value, "chunked")) {
            return Fail(501, "unknown transfer-encoding");
          }
        }
        break;
      default:
        break;
    }
  }
  const bool old = head_.request.version == 10;
  if (encodings > 0 && (lengths > 0 || encodings > 1 || old)) {
    return Fail(400, "ambiguous message length");
  }
  if (hosts > 1 || (hosts == 0 && !old)) {
    return Fail(400, "exactly one host header is needed");
  }
  const bool has_body = encodings > 0 || head_.request.content_length.value_or(0) > 0;
  head_.expects_continue &= !old && has_body;
  return true;
}

bool Http1Parser::SplitTarget() {
  RequestHead& request = head_.request;
  std::string_view target = target_;
  if (request.method == "CONNECT") {
    return Fail(501, "CONNECT is not supported");
  }
  if (target.front() != '/') {
    const std::size_t scheme = target.find("://");
    if (target == "*") {
      // OPTIONS *: about the server as a whole.
    } else if (scheme != std::string_view::npos && scheme < target.find_first_of("/?")) {
      target.remove_prefix(scheme + 3);  // absolute form, as to a proxy
      const std::size_t end = std::min(target.find_first_of("/?"), target.size());
      request.authority = target.substr(0, end);
      target.remove_prefix(end);
    } else {
      return Fail(400, "malformed request target");
    }
  }
  const std::size_t mark = std::min(target.find('?'), target.size());
  request.path = mark > 0 ? target.substr(0, mark) : "/";
  request.query = target.substr(std::min(mark + 1, target.size()));
  return true;
}

Http1Parser::Result Http1Parser::ParseChunks(std::string_view unread, std::size_t most,
                                             std::string& decoded, std::size_t& used) {
  used = 0;
  // Beast asserts that no single byte follows "0\r\n" where no chunk came before, as from a client
  // that sends byte by byte; and less than this is no body.
  if (!beast_->chunks_begun && unread.size() < kNoChunks.size()) return Result::kMore;
  beast_->decoded = &decoded;
  beast_->most = most;
  while (!beast_->is_done() && decoded.size() < most && used < unread.size()) {
    beast_->input = unread.substr(used);
    boost::beast::error_code code;
    used += beast_->put({beast_->input.data(), beast_->input.size()}, code);
    if (code == error::need_more) break;
    if (code) return Result::kBad;
  }
  if (beast_->is_done()) return Result::kDone;
  const bool hungry = decoded.size() < most;
  return hungry && unread.size() - used > kMaxChunkLine ? Result::kBad : Result::kMore;
}

}  // namespace protorest::http
