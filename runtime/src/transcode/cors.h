// CORS: what browsers are told about requests from pages of other origins.
#pragma once

#include <string>
#include <string_view>

#include "http/exchange.h"
#include "protorest/headers.h"
#include "protorest/status.h"
#include "transcode/response_fields.h"

namespace protorest::transcode {

// Prepared when the server starts; any thread.
class Cors {
 public:
  explicit Cors(const CorsOptions& options);

  bool enabled() const { return !options_.origins.empty(); }
  // INVALID_ARGUMENT: credentials for every origin there is.
  Status Check() const;

  // An exchange to serve instead of `exchange`, whose response has what browsers look for; it ends
  // with it.
  http::Exchange& Wrap(http::Exchange& exchange) const;

  // A browser asks whether a page may send a request, with Access-Control-Request-Method.
  static bool IsPreflight(const http::RequestHead& head);
  // Adds what such a request is told of a path that serves `methods`. What is added views `head`
  // and `methods`.
  void AddPreflight(const http::RequestHead& head, std::string_view methods,
                    ResponseFields& fields) const;

 private:
  class Exchange;

  // What Access-Control-Allow-Origin says to `origin`; "" for nothing.
  std::string_view AllowedOrigin(std::string_view origin) const;

  const CorsOptions& options_;
  bool any_origin_;
  std::string allow_headers_;
  std::string expose_headers_;
  bool expose_by_name_;  // all of them, to pages that send credentials
  std::string max_age_;
};

}  // namespace protorest::transcode
