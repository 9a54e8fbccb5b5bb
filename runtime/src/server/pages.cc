// Looks a page up by its exact path, and answers in the form that the client takes.
#include "server/pages.h"

#include <algorithm>
#include <utility>

#include "server/gzip.h"
#include "transcode/accept.h"
#include "transcode/answer.h"
#include "transcode/etag.h"

namespace protorest::server {
namespace {

constexpr std::string_view kRevalidate = "no-cache";
constexpr std::string_view kForEver = "max-age=31536000, immutable";

}  // namespace

// A page with what was made of it.
struct Pages::Entry {
  Page page;
  std::string own_gzip;  // where the page was given as text, and compresses well
  std::string hash;
  std::string tag;
  std::string gzip_tag;  // another representation, another tag

  explicit Entry(Page given) : page(std::move(given)) {
    const bool packed = !page.gzip.empty();
    if (!packed) {
      own_gzip = Gzip(page.text);
      // Images and the like are compressed already; short texts do not gain a packet.
      if (own_gzip.size() + page.text.size() / 10 >= page.text.size()) own_gzip.clear();
    }
    hash = transcode::Fingerprint(packed ? page.gzip : page.text);
    tag = '"' + hash + '"';
    gzip_tag = '"' + hash + "-gzip\"";
  }

  std::string_view gzip() const { return page.gzip.empty() ? own_gzip : page.gzip; }

  void Answer(http::Exchange& exchange) const;
};

void Pages::Entry::Answer(http::Exchange& exchange) const {
  const http::RequestHead& head = exchange.request();
  const bool packed = !gzip().empty() && transcode::TakesGzip(head.headers);
  const std::string_view own_tag = packed ? gzip_tag : tag;
  transcode::ResponseFields fields;
  fields.Add("etag", own_tag);
  fields.Add("cache-control", head.query == "v=" + hash ? kForEver : kRevalidate);
  if (!gzip().empty()) fields.Add("vary", "accept-encoding");
  for (const auto& [name, value] : page.fields) fields.Add(name, value);
  if (page.status == 200 && transcode::HasTagged(head.headers, own_tag)) {
    return RespondNothing(exchange, 304, fields);
  }
  fields.Add("content-type", page.content_type);
  fields.Add("x-content-type-options", "nosniff");
  if (packed) fields.Add("content-encoding", "gzip");
  std::string unpacked;
  std::string_view body = packed ? gzip() : page.text;
  if (!packed && !page.gzip.empty() && head.method != "HEAD") {
    unpacked = Gunzip(page.gzip, page.size);
    body = unpacked;
  }
  const std::size_t size = packed || page.gzip.empty() ? body.size() : page.size;
  exchange.Respond({.status = page.status, .headers = fields.headers(), .content_length = size},
                   body);
}

Pages::Pages(const ErrorOptions& errors) : errors_(errors) {}

Pages::~Pages() = default;

void Pages::Add(Page page) { entries_.emplace_back(std::move(page)); }

const Pages::Entry* Pages::Find(std::string_view path) const {
  const auto entry = std::find_if(entries_.begin(), entries_.end(),
                                  [&](const Entry& entry) { return entry.page.path == path; });
  return entry == entries_.end() ? nullptr : &*entry;
}

std::string Pages::Version(std::string_view path) const { return "v=" + Find(path)->hash; }

void Pages::OnRequest(http::Exchange& exchange) {
  const http::RequestHead& head = exchange.request();
  const Entry* entry = Find(head.path);
  transcode::ResponseFields fields;
  if (entry == nullptr) {
    return RespondError(exchange, errors_, Status::NotFound("no such path"), 0, fields);
  }
  if (head.method == "GET" || head.method == "HEAD") return entry->Answer(exchange);
  fields.Add("allow", "GET, HEAD, OPTIONS");
  if (head.method == "OPTIONS") return RespondNothing(exchange, 204, fields);
  RespondError(exchange, errors_, Status::Unimplemented("the path has no such method"), 405,
               fields);
}

}  // namespace protorest::server
