// What generated code has as constants, made from descriptors for types without it.
#pragma once

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <cstdint>
#include <list>
#include <memory>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "protorest/generated/json_field.h"
#include "protorest/json.h"

namespace protorest::json::detail {

struct MessageTable;

// How one field is read and written: what its descriptor says, which is costly to ask.
struct FieldTable {
  explicit FieldTable(const google::protobuf::FieldDescriptor& field);

  const google::protobuf::FieldDescriptor* field;
  google::protobuf::FieldDescriptor::CppType type;
  bool repeated;
  bool map;
  bool implicit;                    // without presence, and not repeated
  bool bytes;                       // rather than a string
  bool null_value;                  // an enum that is google.protobuf.NullValue
  bool takes_null;                  // null is a value (rules J8, J9)
  EnumTable values;                 // of an enum
  MessageTable* message = nullptr;  // of a message: TableCache's to set
};

// One message type.
struct MessageTable {
  const Codec* codec = nullptr;    // a well-known type, whose JSON is not an object of its fields
  std::vector<FieldTable> fields;  // in declared order
  std::vector<Field> names;        // theirs
  FieldLookup lookup;
  bool has_required = false;         // fields of proto2
  std::list<std::string> escaped;    // what names point into, where they hold escapes
  std::vector<std::uint16_t> slots;  // of lookup
};

// The extensions of one message type by the names that they have in brackets.
struct Extensions {
  std::unordered_map<std::string, FieldTable> fields;
  bool complete = false;  // else those alone that were asked for
};

// The tables of one reader or writer: descriptors may come and go between two.
class TableCache {
 public:
  MessageTable& Of(const google::protobuf::Descriptor& descriptor);
  // Of the message, or map entry, that the field holds.
  MessageTable& Of(FieldTable& field) {
    if (field.message == nullptr) field.message = &Of(*field.field->message_type());
    return *field.message;
  }

  // The extension of the message's type that has this name; null if there is none.
  FieldTable* FindExtension(const google::protobuf::Message& message, const std::string& name);
  // What they are called in JSON, as far as is known once one was not found.
  std::vector<std::string> ExtensionNames(const google::protobuf::Message& message) const;
  // Notes that the object that begins at `start` has this extension; false if it had it before.
  bool Add(const char* start, const google::protobuf::FieldDescriptor& extension);

 private:
  std::unordered_map<const google::protobuf::Descriptor*, std::unique_ptr<MessageTable>> tables_;
  // In the order of the text: those of the innermost object that is read are the last ones.
  std::vector<std::pair<const char*, const google::protobuf::FieldDescriptor*>> extensions_;
  std::unordered_map<const google::protobuf::Descriptor*, Extensions> extensions_of_;
};

// Lends a field's table the codec of the messages in it, instead of their tables. Of a map's values
// the table is the cache's, and gets it for good. Null does nothing.
class CodedMessages {
 public:
  CodedMessages(const Codec* codec, FieldTable& field, TableCache& tables) {
    if (codec == nullptr) return;
    table_.codec = codec;
    (field.map ? tables.Of(field).fields[1] : field).message = &table_;
  }
  CodedMessages(const CodedMessages&) = delete;
  CodedMessages& operator=(const CodedMessages&) = delete;

 private:
  MessageTable table_;
};

}  // namespace protorest::json::detail
