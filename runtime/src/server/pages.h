// Pages: fixed documents that a server answers beside its routes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "http/exchange.h"
#include "protorest/errors.h"
#include "transcode/transcoder.h"

namespace protorest::server {

// GET and HEAD on a page; every other path is answered 404. Constant once it serves.
class Pages final : public http::Service {
 public:
  // `errors` outlive the pages.
  explicit Pages(const ErrorOptions& errors) : errors_(errors) {}

  void Add(std::string path, std::string content_type, std::string content);

  void OnRequest(http::Exchange& exchange) override;

 private:
  struct Page {
    std::string path;
    std::string content_type;
    std::string content;
  };

  const ErrorOptions& errors_;
  std::vector<Page> pages_;
};

}  // namespace protorest::server
