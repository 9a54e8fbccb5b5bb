// Content negotiation: which form a response takes by Accept, and what a Content-Type says of a
// body.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "http/exchange.h"

namespace protorest::transcode {

// How the messages of a response are laid out.
enum class StreamForm {
  kArray,   // one JSON array, an element for each message
  kNdjson,  // a line for each message
  kEvents,  // Server-Sent Events, one for each message (rule E24)
  kRaw,     // the bytes of google.api.HttpBody messages, nothing between them (rule E6)
};

// A form that a response can take.
struct MediaOffer {
  std::string_view type;  // "application/json", lower case
  StreamForm form = StreamForm::kArray;
  bool protobuf = false;  // binary; of unary responses alone
};

// What is offered, the default first (rule E20).
inline constexpr MediaOffer kUnaryOffers[] = {
    {"application/json"},
    {.type = "application/x-protobuf", .protobuf = true},
    {.type = "application/protobuf", .protobuf = true},
};
inline constexpr MediaOffer kStreamOffers[] = {
    {"application/json", StreamForm::kArray},
    {"application/x-ndjson", StreamForm::kNdjson},
    {"application/jsonl", StreamForm::kNdjson},
    {"text/event-stream", StreamForm::kEvents},
};

// The offer that the Accept headers like best (rule E21): by q; among equals the one that is named
// more exactly, then the one named first, then the first in `offers`. No Accept header takes
// anything. Null: nothing is acceptable (406). Media ranges that cannot be read are passed over.
const MediaOffer* Negotiate(std::span<const http::Header> headers,
                            std::span<const MediaOffer> offers);

// Whether the Accept-Encoding headers take gzip. No such header: no.
bool TakesGzip(std::span<const http::Header> headers);

// What a request's Content-Type makes of its body.
enum class BodyType {
  kJson,       // none, application/json, anything+json, in UTF-8 (rules B7, B8)
  kNdjson,     // application/x-ndjson, application/jsonl: values one after another (rule B13)
  kProtobuf,   // application/x-protobuf, application/protobuf (rule B9)
  kForm,       // application/x-www-form-urlencoded
  kMultipart,  // multipart/form-data (rule B18)
  kOther,      // 415 (rule B9)
};

// `content_type`: the header's value; nullopt or "" if there is none.
BodyType ClassifyBody(std::optional<std::string_view> content_type);

// How a request is read and answered, by its header fields.
struct Forms {
  BodyType body = BodyType::kJson;
  std::string_view content_type = {};  // as sent; valid as long as the head
  const MediaOffer* offer = &kUnaryOffers[0];
};

// The first parameter of this name (lower case) behind a header's value, without its quotes:
// "boundary" of `multipart/form-data; boundary="x"`.
std::optional<std::string> FindParameter(std::string_view value, std::string_view name);

}  // namespace protorest::transcode
