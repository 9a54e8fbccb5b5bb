// Options: how requests become messages, and messages responses.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

#include "protorest/context.h"
#include "protorest/errors.h"
#include "protorest/headers.h"
#include "protorest/json.h"

namespace protorest::transcode {

struct Options {
  std::size_t max_request_bytes =
      4 << 20;  // a body, or one message of a client stream; else 413 (B14)
  json::Options json = {};
  bool lenient = false;  // ignore what a strict server refuses (rules Q2, Q6, Q7, B2)
  std::vector<std::string> reserved_parameters = {};  // besides BindOptions' own (rule Q26)
  bool empty_as_no_content = false;  // an Empty response is 204 rather than 200 `{}` (rule E4)
  Clock::duration sse_heartbeat = std::chrono::seconds(15);             // rule E24; 0: none
  std::chrono::milliseconds websocket_ping = std::chrono::seconds(30);  // rule E25; 0: none
  std::vector<std::string> websocket_origins = {};  // pages of others that may open WebSockets
  ErrorOptions errors = {};
  HeaderRules request_headers = {};
  HeaderRules response_headers = {};
  std::vector<std::string> trusted_proxies = {};  // rule E15
  CorsOptions cors = {};
  Log log = {};
};

}  // namespace protorest::transcode
