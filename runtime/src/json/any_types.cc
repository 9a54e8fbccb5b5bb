#include "json/any_types.h"

#include <google/protobuf/descriptor.h>

namespace protorest::json::detail {

const google::protobuf::Message* PrototypeOf(std::string_view url) {
  const std::size_t slash = url.rfind('/');
  if (slash == url.npos || slash == 0) return nullptr;
  const auto* const descriptor =
      google::protobuf::DescriptorPool::generated_pool()->FindMessageTypeByName(
          std::string(url.substr(slash + 1)));
  if (descriptor == nullptr) return nullptr;
  return google::protobuf::MessageFactory::generated_factory()->GetPrototype(descriptor);
}

const google::protobuf::Message* AnyTypes::Prototype(std::string_view url) {
  if (last_prototype_ == nullptr || url != last_url_) {
    last_url_ = url;
    last_prototype_ = PrototypeOf(url);
  }
  return last_prototype_;
}

const char* AnyTypes::Find(Reader& reader) {
  reader.Peek();
  const char* const start = reader.position();
  if (passed_ != nullptr && start < passed_) {
    const auto found = types_.find(start);
    return found == types_.end() ? nullptr : found->second;
  }
  const char* type = nullptr;
  for (Entries members(reader, true); type == nullptr && members.Next();) {
    if (members.key() != kTypeMember) {
      Pass(reader);
      continue;
    }
    reader.Peek();
    type = reader.position();
    reader.Leave();
  }
  if (reader.failed()) return nullptr;
  passed_ = reader.position();
  reader.Rewind(start);
  return type;
}

// Consumes a value and keeps the types in it. Recursion is bounded by Enter.
void AnyTypes::Pass(Reader& reader) {
  const char c = reader.Peek();
  const char* const start = reader.position();
  if (c == '{') {
    for (Entries members(reader, true); members.Next(); Pass(reader)) {
      if (members.key() == kTypeMember)
        types_.try_emplace(start, (reader.Peek(), reader.position()));
    }
  } else if (c == '[') {
    for (Array elements(reader, true); elements.Next();) Pass(reader);
  } else {
    reader.SkipValue();
  }
}

}  // namespace protorest::json::detail
