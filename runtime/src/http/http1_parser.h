// Http1Parser: Beast's parser, giving the request head as views into the input buffer.
#pragma once

#include <boost/beast/http/basic_parser.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/exchange.h"
#include "protorest/http_limits.h"

namespace protorest::http {

// A request head, and what it says about its message and the connection.
struct Http1Head {
  RequestHead request;
  bool keep_alive = false;
  bool chunked = false;
  bool expects_continue = false;
  bool takes_trailers = false;
};

// Why a request is refused.
struct Http1Refusal {
  int status = 400;
  const char* message = "";
};

class Http1Parser {
 public:
  enum class Result { kMore, kDone, kBad };

  explicit Http1Parser(const HttpLimits& limits) : limits_(limits) { Reset(); }

  // Forgets what was parsed: the next head begins, or the same one has moved.
  void Reset();

  // `unread` begins with the head. kDone: head() is whole, and head_size() bytes of `unread` are
  // it.
  Result ParseHead(std::string_view unread);
  const Http1Head& head() const { return head_; }
  std::size_t head_size() const { return parsed_; }
  const Http1Refusal& refusal() const { return refusal_; }

  // Decodes a chunked body from `unread`, appending to `decoded` up to `most` bytes; `used`: how
  // much of `unread` is done with. kDone: the body has ended.
  Result ParseChunks(std::string_view unread, std::size_t most, std::string& decoded,
                     std::size_t& used);

 private:
  Result Refuse(int status, const char* message);
  bool Fail(int status, const char* message);
  Result Finish();
  bool SplitTarget();
  bool CheckFields();

  const HttpLimits& limits_;
  std::vector<Header> fields_;
  Http1Head head_;
  Http1Refusal refusal_;
  std::string_view target_;
  std::size_t parsed_ = 0;

  // What Beast calls, once for each request; its allocating containers are not used.
  class Beast final : public boost::beast::http::basic_parser<true> {
   public:
    explicit Beast(Http1Parser& parser);

    std::string_view input;          // what the running put() was given
    std::string* decoded = nullptr;  // where a chunked body goes
    std::size_t most = 0;
    bool chunks_begun = false;  // the line of the first chunk has been read

   private:
    using Code = boost::beast::error_code;
    using View = boost::beast::string_view;

    void on_request_impl(boost::beast::http::verb, View method, View target, int version,
                         Code&) override;
    void on_response_impl(int, View, int, Code&) override {}
    void on_field_impl(boost::beast::http::field, View name, View value, Code& error) override;
    void on_header_impl(Code&) override { header_done_ = true; }
    void on_body_init_impl(const boost::optional<std::uint64_t>&, Code&) override {}
    std::size_t on_body_impl(View body, Code&) override { return body.size(); }
    void on_chunk_header_impl(std::uint64_t, View, Code&) override { chunks_begun = true; }
    std::size_t on_chunk_body_impl(std::uint64_t, View body, Code&) override;
    void on_finish_impl(Code&) override {}

    Http1Parser& parser_;
    bool header_done_ = false;
  };
  std::optional<Beast> beast_;
};

}  // namespace protorest::http
