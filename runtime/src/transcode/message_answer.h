// The response that carries the one message of a call.
#pragma once

#include <google/protobuf/message.h>

#include <string>

#include "http/exchange.h"
#include "protorest/context.h"
#include "transcode/accept.h"
#include "transcode/endpoint.h"
#include "transcode/response_fields.h"

namespace protorest::transcode {

// What decides how the message is laid out.
struct MessageAnswer {
  const Endpoint& endpoint;
  const MediaOffer& offer;
  const json::Options& json;
  const Context& context;
  bool te_trailers = false;  // the client takes trailers (rule E17)
};

// Ends the exchange with `response`, or with an error if it has no JSON. `text` and `fields` are
// memory to work in; `fields` hold the response's header fields so far.
void RespondMessage(http::Exchange& exchange, const google::protobuf::Message& response,
                    const MessageAnswer& answer, std::string& text, ResponseFields& fields);

}  // namespace protorest::transcode
