// Adds header fields to whatever a request is answered with.
#include "transcode/cors.h"

#include <algorithm>
#include <vector>

namespace protorest::transcode {
namespace {

bool Has(const std::vector<std::string>& list, std::string_view entry) {
  return std::find(list.begin(), list.end(), entry) != list.end();
}

std::string Join(const std::vector<std::string>& list) {
  std::string text;
  for (const std::string& entry : list) text += (text.empty() ? "" : ", ") + entry;
  return text;
}

}  // namespace

// Passes everything on, and adds to the head of the response. Deletes itself with the exchange.
class Cors::Exchange final : public http::Exchange {
 public:
  Exchange(http::Exchange& inner, const Cors& cors) : inner_(inner), cors_(cors) {}

  const http::RequestHead& request() const override { return inner_.request(); }
  std::string_view peer() const override { return inner_.peer(); }
  void ReadBody(http::BodySink& sink) override { inner_.ReadBody(sink); }
  void WatchPeer(Done gone) override { inner_.WatchPeer(gone); }
  bool PeerGone() const override { return inner_.PeerGone(); }
  http::WebSocket* Upgrade(const http::WebSocketOptions&) override {
    return nullptr;
  }  // never asked

  void Respond(const http::ResponseHead& head, std::string_view body) override {
    inner_.Respond(With(head), body);
    delete this;
  }
  void StartResponse(const http::ResponseHead& head) override { inner_.StartResponse(With(head)); }
  bool SendBody(std::string_view piece) override { return inner_.SendBody(piece); }
  void WhenWritable(Done ready) override { inner_.WhenWritable(ready); }
  void Finish(std::span<const http::Header> trailers) override {
    inner_.Finish(trailers);
    delete this;
  }
  void Abort() override {
    inner_.Abort();
    delete this;
  }

 private:
  ~Exchange() = default;

  http::ResponseHead With(http::ResponseHead head) {
    headers_.assign(head.headers.begin(), head.headers.end());
    // Caches keep the answers to different origins apart.
    if (!cors_.any_origin_) headers_.push_back({"vary", "origin"});
    const std::string_view origin =
        cors_.AllowedOrigin(inner_.request().Find("origin").value_or(""));
    if (!origin.empty()) {
      headers_.push_back({"access-control-allow-origin", origin});
      if (cors_.options_.credentials) {
        headers_.push_back({"access-control-allow-credentials", "true"});
      }
      const std::string_view exposed = Exposed(head.headers);
      if (!exposed.empty()) headers_.push_back({"access-control-expose-headers", exposed});
    }
    head.headers = headers_;
    return head;
  }

  // With credentials "*" is the name of a field, to browsers: all that there are have to be listed.
  std::string_view Exposed(std::span<const http::Header> headers) {
    if (!cors_.expose_by_name_) return cors_.expose_headers_;
    for (const http::Header& header : headers) {
      exposed_.append(exposed_.empty() ? "" : ", ").append(header.name);
    }
    return exposed_;
  }

  http::Exchange& inner_;
  const Cors& cors_;
  std::vector<http::Header> headers_;
  std::string exposed_;
};

Cors::Cors(const CorsOptions& options)
    : options_(options),
      any_origin_(Has(options.origins, "*")),
      allow_headers_(Has(options.allow_headers, "*") ? "*" : Join(options.allow_headers)),
      expose_headers_(Join(options.expose_headers)),
      expose_by_name_(options.credentials && Has(options.expose_headers, "*")),
      max_age_(std::to_string(options.max_age.count())) {}

Status Cors::Check() const {
  if (!any_origin_ || !options_.credentials) return {};
  return Status::InvalidArgument(
      "cors: with credentials, \"*\" would let every site act for its visitors; list the origins");
}

http::Exchange& Cors::Wrap(http::Exchange& exchange) const {
  return *new Exchange(exchange, *this);
}

bool Cors::IsPreflight(const http::RequestHead& head) {
  return head.method == "OPTIONS" && head.Find("origin") &&
         head.Find("access-control-request-method");
}

void Cors::AddPreflight(const http::RequestHead& head, std::string_view methods,
                        ResponseFields& fields) const {
  if (AllowedOrigin(head.Find("origin").value_or("")).empty()) return;
  fields.Add("access-control-allow-methods", methods);
  const std::string_view wanted = head.Find("access-control-request-headers").value_or("");
  const std::string_view allowed = allow_headers_ == "*" ? wanted : allow_headers_;
  if (!allowed.empty()) fields.Add("access-control-allow-headers", allowed);
  fields.Add("access-control-max-age", max_age_);
}

std::string_view Cors::AllowedOrigin(std::string_view origin) const {
  if (origin.empty()) return {};
  if (any_origin_) return "*";
  return Has(options_.origins, origin) ? origin : std::string_view();
}

}  // namespace protorest::transcode
