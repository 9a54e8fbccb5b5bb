#include "tests/support/mapping/mapping.h"

namespace mapping {

using protorest::Context;
using protorest::Status;

Status EchoMapping::AsServer(Context& context, const Item& request, Item& response) {
  response = request;
  return Outcome(context);
}

Status EchoMapping::Lenient(Context& context, const Item& request, Item& response) {
  response = request;
  return Outcome(context);
}

Status EchoMapping::Strict(Context& context, const Item& request, Item& response) {
  response = request;
  return Outcome(context);
}

Status EchoMapping::Create(Context& context, const Item& request, Item& response) {
  response = request;
  context.AddHeader("location", "/items/" + request.id());
  return Outcome(context);
}

Status EchoMapping::Delete(Context& context, const Item&, google::protobuf::Empty&) {
  return Outcome(context);
}

Status EchoMapping::Watch(Context& context, const Item& request, protorest::Writer<Item>& items) {
  items.Write(request);
  return Outcome(context);
}

}  // namespace mapping
