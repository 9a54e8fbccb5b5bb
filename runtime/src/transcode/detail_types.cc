// Reads details by descriptor and prints them with the reflection codec.
#include "transcode/detail_types.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>
#include <google/protobuf/dynamic_message.h>
#include <google/protobuf/message.h>

#include <memory>
#include <optional>
#include <string_view>
#include <utility>

#include "json/base64.h"
#include "protorest/json.h"
#include "transcode/error_details_descriptors.h"

namespace protorest::transcode {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::DescriptorPool;
using google::protobuf::DynamicMessageFactory;
using google::protobuf::FileDescriptorSet;
using google::protobuf::Message;
using google::protobuf::MessageFactory;

// The types of google/rpc/error_details.proto, in a pool of their own. Built at the first error
// with details, since most programs never print another's.
class KnownTypes {
 public:
  KnownTypes() {
    FileDescriptorSet files;
    if (!files.ParseFromArray(kErrorDetailsDescriptors, sizeof kErrorDetailsDescriptors)) return;
    for (const auto& file : files.file()) pool_.BuildFile(file);
  }

  // Null if there is no such type.
  const Message* Find(const std::string& name) {
    const Descriptor* type = pool_.FindMessageTypeByName(name);
    return type == nullptr ? nullptr : factory_.GetPrototype(type);
  }

 private:
  DescriptorPool pool_;
  DynamicMessageFactory factory_{&pool_};
};

const Message* FindPrototype(const std::string& name) {
  const Descriptor* linked = DescriptorPool::generated_pool()->FindMessageTypeByName(name);
  if (linked != nullptr) return MessageFactory::generated_factory()->GetPrototype(linked);
  // Never destroyed: an error may be written while the program ends.
  static KnownTypes& known = *new KnownTypes;
  return known.Find(name);
}

std::string Base64(std::string_view bytes) {
  std::string text(json::detail::Base64Size(bytes.size()), '\0');
  json::detail::EncodeBase64(bytes, text.data());
  return text;
}

// The members of a message whose type is known and whose bytes can be read.
std::optional<std::string> KnownMembers(const StatusDetail& detail) {
  const std::size_t slash = detail.type_url.rfind('/');
  const Message* prototype = FindPrototype(
      slash == std::string::npos ? detail.type_url : detail.type_url.substr(slash + 1));
  if (prototype == nullptr) return std::nullopt;
  const std::unique_ptr<Message> message(prototype->New());
  std::string text;
  if (!message->ParseFromString(detail.value) ||
      !json::Write(*message, json::ReflectionCodec(), {}, text)) {
    return std::nullopt;
  }
  // Types whose JSON is not the object of their fields stand under "value" in an Any (rule J30).
  const bool own_json =
      prototype->GetDescriptor()->well_known_type() != Descriptor::WELLKNOWNTYPE_UNSPECIFIED;
  return own_json ? "\"value\":" + text : text.substr(1, text.size() - 2);
}

}  // namespace

std::string DetailMembers(const StatusDetail& detail) {
  std::optional<std::string> members = KnownMembers(detail);
  return members ? std::move(*members) : "\"value\":\"" + Base64(detail.value) + "\"";
}

}  // namespace protorest::transcode
