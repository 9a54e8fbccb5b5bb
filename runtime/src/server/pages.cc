// Looks a page up by its exact path.
#include "server/pages.h"

#include <algorithm>
#include <utility>

#include "transcode/answer.h"

namespace protorest::server {

void Pages::Add(std::string path, std::string content_type, std::string content) {
  pages_.push_back({std::move(path), std::move(content_type), std::move(content)});
}

void Pages::OnRequest(http::Exchange& exchange) {
  const http::RequestHead& head = exchange.request();
  const auto page = std::find_if(pages_.begin(), pages_.end(), [&](const Page& candidate) {
    return candidate.path == head.path;
  });
  transcode::ResponseFields fields;
  if (page == pages_.end()) {
    return RespondError(exchange, errors_, Status::NotFound("no such path"), 0, fields);
  }
  if (head.method == "GET" || head.method == "HEAD") {
    fields.Add("content-type", page->content_type);
    return exchange.Respond(
        {.status = 200, .headers = fields.headers(), .content_length = page->content.size()},
        page->content);
  }
  fields.Add("allow", "GET, HEAD, OPTIONS");
  if (head.method == "OPTIONS") return RespondNothing(exchange, 204, fields);
  RespondError(exchange, errors_, Status::Unimplemented("the path has no such method"), 405,
               fields);
}

}  // namespace protorest::server
