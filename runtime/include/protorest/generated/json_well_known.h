// The mappings of google.protobuf's own types, which the runtime has built in.
#pragma once

#include "protorest/json.h"

namespace google::protobuf {
class Any;
class BoolValue;
class BytesValue;
class DoubleValue;
class Duration;
class Empty;
class FieldMask;
class FloatValue;
class Int32Value;
class Int64Value;
class ListValue;
class StringValue;
class Struct;
class Timestamp;
class UInt32Value;
class UInt64Value;
class Value;
}  // namespace google::protobuf

namespace protorest::json {

template <class T>
struct Mapping;

#define PROTOREST_WELL_KNOWN(Type)                                            \
  template <>                                                                 \
  struct Mapping<google::protobuf::Type> {                                    \
    static void Write(const google::protobuf::Type& message, Writer& writer); \
    static bool Read(Reader& reader, google::protobuf::Type& message);        \
  };

PROTOREST_WELL_KNOWN(Any)
PROTOREST_WELL_KNOWN(BoolValue)
PROTOREST_WELL_KNOWN(BytesValue)
PROTOREST_WELL_KNOWN(DoubleValue)
PROTOREST_WELL_KNOWN(Duration)
PROTOREST_WELL_KNOWN(Empty)
PROTOREST_WELL_KNOWN(FieldMask)
PROTOREST_WELL_KNOWN(FloatValue)
PROTOREST_WELL_KNOWN(Int32Value)
PROTOREST_WELL_KNOWN(Int64Value)
PROTOREST_WELL_KNOWN(ListValue)
PROTOREST_WELL_KNOWN(StringValue)
PROTOREST_WELL_KNOWN(Struct)
PROTOREST_WELL_KNOWN(Timestamp)
PROTOREST_WELL_KNOWN(UInt32Value)
PROTOREST_WELL_KNOWN(UInt64Value)
PROTOREST_WELL_KNOWN(Value)
#undef PROTOREST_WELL_KNOWN

}  // namespace protorest::json
