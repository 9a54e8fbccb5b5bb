// ResponseFields: the header fields of a response, from the call's context.
#pragma once

#include <list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "http/exchange.h"
#include "protorest/context.h"

namespace protorest::transcode {

// Reused from call to call. What it views must outlive the use of `headers`.
class ResponseFields {
 public:
  void Clear();
  void Add(std::string_view name, std::string_view value) { headers_.push_back({name, value}); }

  // The first field of this name, in lower case; nullopt if there is none.
  std::optional<std::string_view> Find(std::string_view name) const;

  // Adds what a handler set, but for fields that are not its to set (framing, connection, content
  // type); binary values are encoded. Names get `prefix`, unless HTTP gives them a meaning.
  void AddPairs(const Context::Pairs& pairs, std::string_view prefix);

  std::span<const http::Header> headers() const { return headers_; }

 private:
  std::vector<http::Header> headers_;
  std::list<std::string>
      made_;  // names and values: stable addresses, and no memory while there are none
};

}  // namespace protorest::transcode
