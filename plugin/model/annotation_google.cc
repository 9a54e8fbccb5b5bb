// By their numbers, so that any copy of google/api will do.
#include "plugin/model/annotation_google.h"

#include <google/protobuf/message.h>

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <utility>

#include "plugin/model/encoded_options.h"
#include "plugin/text.h"

namespace protorest::plugin {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kVisibility = 72295727;  // the same in the options of all kinds
constexpr int kRestriction = 2;
constexpr int kResource = 1053;
constexpr int kResourceType = 1;
constexpr int kResourcePattern = 2;
constexpr int kResourceReference = 1055;
constexpr int kReferenceType = 1;
constexpr int kReferenceChildType = 2;
constexpr int kDefaultHost = 1049;
constexpr int kOAuthScopes = 1050;
constexpr int kMethodSignature = 1051;

// Whether one of the restriction's labels is among those chosen. No label is no restriction.
bool IsVisible(std::string_view restriction, const std::vector<std::string>& chosen) {
  const std::vector<std::string> labels = SplitList(restriction);
  return labels.empty() || std::ranges::any_of(labels, [&](const std::string& label) {
           return std::ranges::find(chosen, label) != chosen.end();
         });
}

// The last text of a member, as protobuf reads it.
std::string TextAt(const EncodedFields& fields, int number) {
  const std::vector<std::string> texts = TextsAt(fields, number);
  return texts.empty() ? "" : texts.back();
}

Json Resource(const EncodedFields& fields) {
  Json resource = Json::object();
  if (std::string type = TextAt(fields, kResourceType); !type.empty()) resource["type"] = type;
  for (std::string& pattern : TextsAt(fields, kResourcePattern)) {
    resource["patterns"].push_back(std::move(pattern));
  }
  return resource;
}

Json Reference(const EncodedFields& fields) {
  Json reference = Json::object();
  if (std::string type = TextAt(fields, kReferenceType); !type.empty()) reference["type"] = type;
  if (std::string child = TextAt(fields, kReferenceChildType); !child.empty()) {
    reference["childType"] = child;
  }
  return reference;
}

}  // namespace

int ReadGoogleOptions(Annotated kind, const google::protobuf::Message& options,
                      const std::vector<std::string>& labels, Annotation& annotation) {
  int number = 0;
  std::string encoded;
  if (kind == Annotated::kMessage && FindMessageOption(options, kResource, encoded)) {
    annotation.members["x-resource"] = Resource(EncodedFields(encoded));
    number = kResource;
  }
  if (kind == Annotated::kField && FindMessageOption(options, kResourceReference, encoded)) {
    annotation.members["x-resource-reference"] = Reference(EncodedFields(encoded));
    number = kResourceReference;
  }
  if (kind == Annotated::kMethod) {
    const std::vector<std::string> signatures =
        TextsAt(EncodedFields(options.SerializeAsString()), kMethodSignature);
    if (!signatures.empty()) {
      annotation.members["x-method-signature"] = signatures;
      number = kMethodSignature;
    }
  }
  if (kind != Annotated::kFile && FindMessageOption(options, kVisibility, encoded)) {
    annotation.hidden = !IsVisible(TextAt(EncodedFields(encoded), kRestriction), labels);
    number = kVisibility;
  }
  return number;
}

std::string ReadDefaultHost(const google::protobuf::Message& service_options) {
  return TextAt(EncodedFields(service_options.SerializeAsString()), kDefaultHost);
}

std::vector<std::string> ReadOAuthScopes(const google::protobuf::Message& service_options) {
  return SplitList(TextAt(EncodedFields(service_options.SerializeAsString()), kOAuthScopes));
}

}  // namespace protorest::plugin
