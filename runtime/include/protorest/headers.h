// What a server does with header fields that are not its own business: which ones are metadata, and
// which pages of other sites may call it.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace protorest {

// Which header fields pass, and what they are called on the other side. Names are compared without
// case; "x-*" stands for all that begin with "x-", "*" for all.
struct HeaderRules {
  // Of request fields by their names as sent; of response fields by the names that handlers give
  // them.
  std::vector<std::string> allow = {"*"};
  // Goes before `allow`. A request field that is denied is denied behind the prefix, too.
  std::vector<std::string> deny = {};
  // "grpc-metadata-", as grpc-gateway has it: what a request field is called behind it is its key
  // as metadata; a handler's metadata goes out with it in front, but for fields that HTTP itself
  // gives a meaning (location, etag, cache-control …). "" for no such thing.
  std::string prefix = {};

  // `name` in lower case.
  bool Passes(std::string_view name) const { return !Denies(name) && Allows(name); }
  bool Allows(std::string_view name) const;
  bool Denies(std::string_view name) const;

  // The same rules with all names in lower case.
  HeaderRules Lower() const;
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
  // What pages may read beside the harmless; "*": all that there is.
  std::vector<std::string> expose_headers = {"*"};
  // How long a browser need not ask again. Two hours are what most of them cut it to.
  std::chrono::seconds max_age = std::chrono::hours(2);
};

}  // namespace protorest
