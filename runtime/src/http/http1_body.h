// Http1Body: takes the body of one request out of the connection's input. In the turn alone.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "http/http1_parser.h"
#include "http/input_buffer.h"

namespace protorest::http {

class Http1Body {
 public:
  // A body of announced length up to this is handed over as one piece.
  static constexpr std::size_t kWhole = 16 << 10;

  Http1Body(InputBuffer& input, Http1Parser& parser) : input_(input), parser_(parser) {}

  void Begin(const Http1Head& head);

  // Looks at what has come: true when Take has something to give, be it the end.
  bool Ready();
  // The next piece; valid until the next Ready, or until the input buffer reads on.
  std::string_view Take();
  // All of the body has been taken.
  bool done() const { return chunked_ ? chunks_ended_ && decoded_taken_ : left_ == 0; }
  // It breaks the grammar of chunks.
  bool malformed() const { return malformed_; }
  // Bytes of an announced length not yet taken.
  std::uint64_t left() const { return left_; }
  // Bytes that have been taken from the input, those of chunks' own lines too.
  std::uint64_t consumed() const { return consumed_; }
  bool chunked() const { return chunked_; }
  bool started() const { return started_; }
  // How many more bytes the input needs.
  std::size_t wants() const;

 private:
  InputBuffer& input_;
  Http1Parser& parser_;
  std::string decoded_;  // of chunks
  std::uint64_t left_ = 0;
  std::uint64_t consumed_ = 0;
  bool chunked_ = false;
  bool chunks_ended_ = false;
  bool decoded_taken_ = false;
  bool malformed_ = false;
  bool started_ = false;  // some byte of it has come
};

}  // namespace protorest::http
