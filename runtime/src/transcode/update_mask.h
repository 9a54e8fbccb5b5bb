// UpdateMask: the FieldMask of a PATCH that names no fields, from the keys of its body (rule E18).
#pragma once

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <optional>
#include <string_view>

#include "protorest/json.h"

namespace protorest::transcode {

// Prepared for one HTTP binding. Constant; any thread.
class UpdateMask {
 public:
  // Nullopt where the rule does not apply: another verb than PATCH, a body that is no field or no
  // message, none or several FieldMask fields.
  static std::optional<UpdateMask> Of(const google::protobuf::Descriptor& request,
                                      std::string_view verb,
                                      const google::protobuf::FieldDescriptor* body);

  // Fills the mask with the paths that `body`, a JSON text that has been read, sets: names of the
  // .proto, sorted; lists, maps, well-known types and {} are leaves. A mask that is not empty stays
  // as it is.
  void Fill(std::string_view body, const json::Options& options,
            google::protobuf::Message& request) const;

 private:
  UpdateMask(const google::protobuf::FieldDescriptor& mask,
             const google::protobuf::Descriptor& body)
      : mask_(&mask), body_(&body) {}

  const google::protobuf::FieldDescriptor* mask_;
  const google::protobuf::Descriptor* body_;
};

}  // namespace protorest::transcode
