// What a server does with header fields that are not its own business: which ones are metadata, and
// which pages of other sites may call it.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace protorest {

// Which names pass. Lower case; "x-*" stands for all that begin with "x-", "*" for all.
struct HeaderRules {
  std::vector<std::string> allow = {"*"};
  std::vector<std::string> deny = {};  // goes before `allow`

  bool Passes(std::string_view name) const;
};

// Cross-origin requests of browsers (CORS).
struct CorsOptions {
  // "https://app.example.com", as browsers send it; "*" for every origin, which credentials rule
  // out. Empty: no answer tells a browser anything.
  std::vector<std::string> origins = {};
  // Whether pages may send cookies and the like.
  bool credentials = false;
  // What pages may send beside the harmless; "*": whatever they ask for.
  std::vector<std::string> allow_headers = {"*"};
  // What pages may read beside the harmless; "*" means all, but with credentials nothing.
  std::vector<std::string> expose_headers = {"*"};
  // How long a browser need not ask again. Two hours are what most of them cut it to.
  std::chrono::seconds max_age = std::chrono::hours(2);
};

}  // namespace protorest
