// By their numbers, so that any copy of google/api will do.
#include "plugin/model/annotation_google.h"

#include <google/protobuf/message.h>

#include <algorithm>
#include <string_view>

#include "plugin/model/encoded_options.h"

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

std::string_view Trim(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

// Whether one of the restriction's labels, "PREVIEW, INTERNAL", is among those chosen. No label is
// no restriction.
bool IsVisible(std::string_view restriction, const std::vector<std::string>& labels) {
  bool restricted = false;
  while (!restriction.empty()) {
    const std::size_t end = std::min(restriction.find(','), restriction.size());
    const std::string_view label = Trim(restriction.substr(0, end));
    restriction.remove_prefix(std::min(end + 1, restriction.size()));
    if (label.empty()) continue;
    if (std::find(labels.begin(), labels.end(), label) != labels.end()) return true;
    restricted = true;
  }
  return !restricted;
}

// The last text of a member, as protobuf reads it.
std::string TextAt(const EncodedFields& fields, int number) {
  std::string text;
  for (int i = 0; i < fields.field_count(); ++i) {
    if (fields.field(i).number() == number) text = TextOf(fields.field(i));
  }
  return text;
}

Json Resource(const EncodedFields& fields) {
  Json resource = Json::object();
  if (std::string type = TextAt(fields, kResourceType); !type.empty()) resource["type"] = type;
  for (int i = 0; i < fields.field_count(); ++i) {
    if (fields.field(i).number() == kResourcePattern) {
      resource["patterns"].push_back(TextOf(fields.field(i)));
    }
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
  if (kind != Annotated::kFile && FindMessageOption(options, kVisibility, encoded)) {
    annotation.hidden = !IsVisible(TextAt(EncodedFields(encoded), kRestriction), labels);
    number = kVisibility;
  }
  return number;
}

}  // namespace protorest::plugin
