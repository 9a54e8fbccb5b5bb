// Transcoder: REST and JSON on the one side, handlers on the other (google.api.http).
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>

#include "http/exchange.h"
#include "protorest/handler.h"
#include "protorest/status.h"
#include "transcode/accept.h"
#include "transcode/active_call.h"
#include "transcode/cors.h"
#include "transcode/endpoint.h"
#include "transcode/method.h"
#include "transcode/options.h"
#include "transcode/router.h"
#include "transcode/runner.h"

namespace protorest::transcode {

// Add all handlers, then serve from any number of threads. It must outlive the calls in progress.
class Transcoder final : public http::Service {
 public:
  // `runner` outlives the transcoder.
  Transcoder(Options options, Runner& runner);
  ~Transcoder();

  // INVALID_ARGUMENT: the options contradict themselves or cannot be read. To be asked first.
  Status CheckOptions() const;

  // Fails, naming both, when a route of `handler` is taken (rule P16), and when a binding does not
  // fit its messages.
  Status Add(const std::shared_ptr<Handler>& handler);

  // Serves what no route matches; 404 without one. Outlives the transcoder.
  void SetFallback(http::Service& fallback) { fallback_ = &fallback; }

  void OnRequest(http::Exchange& exchange) override;

  // For a stopping server: cancels the calls in progress; tells how many there still are.
  void CancelAll() { engine_.calls.CancelAll(); }
  std::size_t calls() const { return engine_.calls.Count(); }

  // Request header fields that proxies could not pass on (rule E14).
  std::uint64_t skipped_headers() const { return engine_.metadata.skipped; }

 private:
  Status AddBinding(Method& method, const HttpBinding& binding);
  void Route(http::Exchange& exchange);
  void AnswerPreflight(http::Exchange& exchange);
  void OnNoRoute(http::Exchange& exchange, RouteOutcome outcome);
  void Serve(http::Exchange& exchange, const Endpoint& endpoint, const RouteMatch& match);
  // An error that no call comes to, with the status of its code, or with another one and perhaps a
  // header field.
  void Refuse(http::Exchange& exchange, const Status& status) const;
  void Refuse(http::Exchange& exchange, int http_status, Code code, std::string message,
              std::string_view field_name = {}, std::string_view field_value = {}) const;
  bool ServeWebSocket(http::Exchange& exchange, RouteMatch& match);
  void OnNoMethod(http::Exchange& exchange, const RouteMatch& match);

  // First of all: calls may be destroyed with their methods, and unregister.
  Engine engine_;
  const Cors cors_;
  Router router_;
  std::deque<Method> methods_;      // stable addresses
  std::deque<Endpoint> endpoints_;  // by the router's numbers
  http::Service* fallback_ = nullptr;
};

}  // namespace protorest::transcode
