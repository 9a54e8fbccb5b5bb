// The handler of mapping.proto: it answers with what it was sent.
#pragma once

#include <functional>

#include "mapping.rest.pb.h"

namespace mapping {

class EchoMapping final : public MappingHandler {
 public:
  // Called with the context of each call; what it returns is the call's outcome.
  std::function<protorest::Status(protorest::Context&)> outcome;

  protorest::Status AsServer(protorest::Context& context, const Item& request,
                             Item& response) override;
  protorest::Status Lenient(protorest::Context& context, const Item& request,
                            Item& response) override;
  protorest::Status Strict(protorest::Context& context, const Item& request,
                           Item& response) override;
  protorest::Status Create(protorest::Context& context, const Item& request,
                           Item& response) override;
  protorest::Status Delete(protorest::Context& context, const Item& request,
                           google::protobuf::Empty& response) override;
  protorest::Status Watch(protorest::Context& context, const Item& request,
                          protorest::Writer<Item>& items) override;

 private:
  protorest::Status Outcome(protorest::Context& context) {
    return outcome ? outcome(context) : protorest::Status();
  }
};

}  // namespace mapping
