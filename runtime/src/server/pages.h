// Pages: fixed documents that a server answers beside its routes.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "http/exchange.h"
#include "protorest/errors.h"
#include "transcode/transcoder.h"

namespace protorest::server {

// One document: `text`, or what `gzip` unpacks to.
struct Page {
  std::string path;  // exactly
  std::string content_type;
  std::string text = {};
  std::string_view gzip = {};  // outlives the pages
  std::size_t size = 0;        // of what `gzip` unpacks to
  int status = 200;
  std::vector<std::pair<std::string, std::string>> fields = {};  // further ones, lower case
};

// GET and HEAD on a page; every other path is answered 404. A page has an entity tag, which clients
// may ask with (304), and goes out compressed to those who take gzip. Its cached copy is asked
// after each time, but for `PATH?v=TAG`, which is fixed for ever. Constant once it serves.
class Pages final : public http::Service {
 public:
  // `errors` outlive the pages.
  explicit Pages(const ErrorOptions& errors);
  ~Pages();

  // Of two pages with one path the first one counts.
  void Add(Page page);

  // "v=TAG" for the page at this path, which there is: the query for a link to it.
  std::string Version(std::string_view path) const;

  void OnRequest(http::Exchange& exchange) override;

 private:
  struct Entry;

  const Entry* Find(std::string_view path) const;

  const ErrorOptions& errors_;
  std::vector<Entry> entries_;
};

}  // namespace protorest::server
