// What a JSON text that has been read says, field by field.
#pragma once

#include <google/protobuf/descriptor.h>

#include <span>

#include "json/search.h"
#include "protorest/generated/json_reader.h"

namespace protorest::transcode {

// Calls `take` with the field of each member of the object that comes next, a message of `type`; it
// is to consume the value. Members without a field were ignored, and are passed. False: the object
// is {}.
template <class Take>
bool ForEachField(json::Reader& reader, const google::protobuf::Descriptor& type,
                  const Take& take) {
  bool any = false;
  for (json::Entries members(reader, /*null_values=*/true); members.Next();) {
    any = true;
    const auto* const field = json::detail::FindByEitherName(type, members.key());
    field != nullptr ? take(*field) : reader.SkipValue();
  }
  return any;
}

// Consumes the value of `field`, as a whole. False: it holds something, and all of that was ignored
// (rule J22).
bool TakeValue(json::Reader& reader, const google::protobuf::FieldDescriptor& field);

// Consumes a message. Whether it says the field that is reached by `path`, be it the default (rule
// P25).
bool SaysField(json::Reader& reader,
               std::span<const google::protobuf::FieldDescriptor* const> path);

}  // namespace protorest::transcode
