#include "json/any_types.h"

#include <google/protobuf/descriptor.h>

#include <atomic>
#include <unordered_map>

#include "json/reflection.h"
#include "json/search.h"
#include "protorest/generated/json_file.h"

namespace protorest::json {
namespace {

constinit std::atomic<const KnownToAny*> known_files = nullptr;

using Codecs = std::unordered_map<const google::protobuf::Message*, const Codec*>;

// By the message's default instance.
const Codecs& GeneratedCodecs() {
  static const Codecs* const all = [] {
    auto* const codecs = new Codecs;  // as static as the messages are
    for (const KnownToAny* known = known_files; known != nullptr; known = known->next()) {
      for (const GeneratedMessage& message : known->file().messages) {
        codecs->emplace(&message.default_instance(), message.codec);
      }
    }
    return codecs;
  }();
  return *all;
}

}  // namespace

KnownToAny::KnownToAny(const GeneratedFile& file) : file_(file), next_(known_files) {
  while (!known_files.compare_exchange_weak(next_, this)) continue;
}

namespace detail {

const AnyType* AnyTypeFinder::Find(std::string_view url) {
  if (type_.prototype != nullptr && url == url_) return &type_;
  const std::size_t slash = url.rfind('/');
  if (slash == url.npos || slash == 0) return nullptr;
  const auto* const descriptor =
      google::protobuf::DescriptorPool::generated_pool()->FindMessageTypeByName(
          std::string(url.substr(slash + 1)));
  if (descriptor == nullptr) return nullptr;
  const google::protobuf::Message* const prototype =
      google::protobuf::MessageFactory::generated_factory()->GetPrototype(descriptor);
  const Codec* codec = WellKnownCodec(*descriptor);
  const bool under_value = codec != nullptr;
  if (!under_value) {
    const auto generated = GeneratedCodecs().find(prototype);
    codec = generated != GeneratedCodecs().end() ? generated->second : &ReflectionCodec();
  }
  url_ = url;
  type_ = {prototype, codec, under_value, FindByEitherName(*descriptor, kTypeMember) != nullptr};
  return &type_;
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

}  // namespace detail
}  // namespace protorest::json
