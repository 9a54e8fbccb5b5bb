// The model: what the emitters know of the .proto files. Plain structs, no protobuf in them; built
// and resolved by build.cc, checked by validate.cc, read-only afterwards. Pointers point into the
// same Api.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace protorest::plugin {

namespace openapi {
class BaseDocument;
}

struct File;
struct Message;
struct Enum;
struct Annotation;  // plugin/model/annotation.h

// Where something stands in a .proto, both counted from 1; line 0: not known.
struct Location {
  std::string file;
  int line = 0;
  int column = 0;
};

// The comments of a declaration, as in the .proto without comment signs; may hold anything.
struct Comments {
  std::string leading;
  std::string trailing;
};

// Numbers from `begin` to `end`, both included.
struct NumberRange {
  std::int32_t begin = 0;
  std::int32_t end = 0;
};

// What may not be used again: reserved 4, 10 to 20; reserved "email";
struct Reserved {
  std::vector<NumberRange> numbers;
  std::vector<std::string> names;
};

// A rule of buf.validate with its values as text: numbers are decimal, flags "true", times seconds.
struct ValidationRule {
  std::string name;  // "required", "string.min_len", "repeated.items.int32.gt", "cel"
  std::vector<std::string> values;
};

struct EnumValue {
  std::string name;      // "COLOR_RED"
  std::string cpp_name;  // "COLOR_RED", or "NULL_" …: what protoc calls it
  std::int32_t number = 0;
  Comments comments;
  bool deprecated = false;
  Location location;
  std::shared_ptr<const Annotation> annotation = {};  // null: none
};

struct Enum {
  const File* file = nullptr;
  Location location;
  const Message* parent = nullptr;  // what it is declared in, if anything
  std::string full_name;            // "users.v1.User.Role"
  std::string cpp_name;             // "::users::v1::User_Role", fully qualified
  std::vector<EnumValue> values;    // declaration order; aliases included
  bool closed = false;              // proto2: unknown numbers are refused
  Reserved reserved;
  Comments comments;
  bool deprecated = false;
  std::shared_ptr<const Annotation> annotation = {};  // null: none
};

enum class FieldType {
  kDouble,
  kFloat,
  kInt32,
  kInt64,
  kUint32,
  kUint64,
  kSint32,
  kSint64,
  kFixed32,
  kFixed64,
  kSfixed32,
  kSfixed64,
  kBool,
  kString,
  kBytes,
  kEnum,
  kMessage,
  kGroup,
};

// The well-known types whose ProtoJSON is special.
enum class WellKnown {
  kNone,
  kAny,
  kTimestamp,
  kDuration,
  kFieldMask,
  kStruct,
  kValue,
  kListValue,
  kEmpty,
  kDoubleValue,
  kFloatValue,
  kInt64Value,
  kUint64Value,
  kInt32Value,
  kUint32Value,
  kBoolValue,
  kStringValue,
  kBytesValue,
};

// google.api.field_behavior, by its bits.
struct FieldBehavior {
  bool required = false;
  bool output_only = false;
  bool input_only = false;
  bool immutable = false;
  bool identifier = false;
};

struct Field {
  Location location;
  std::string name;       // "user_id", as in the .proto
  std::string json_name;  // "userId", or what json_name says
  std::string cpp_name;   // what protoc's accessors are called: "user_id", "class_", "set_x_" …
  std::string full_name;  // "users.v1.User.user_id"; of an extension too
  std::int32_t number = 0;
  FieldType type = FieldType::kString;
  const Message* message = nullptr;   // kMessage, kGroup
  const Enum* enumeration = nullptr;  // kEnum
  bool repeated = false;              // maps too
  bool map = false;                   // message is then the entry: fields[0] key, fields[1] value
  bool required = false;              // proto2's label
  bool has_presence = false;          // optional, message, oneof member, proto2 singular
  bool proto3_optional = false;
  bool packed = false;
  bool deprecated = false;
  bool hidden = false;  // protoc makes its accessors private: a string with ctype
  int oneof = -1;       // index in Message::oneofs; -1 also for proto3 optional
  // Proto2: strings and bytes as they are, all else as in the .proto; nullopt if none is given.
  std::optional<std::string> default_value;
  FieldBehavior behavior;
  std::vector<ValidationRule> validation;
  const Message* extendee = nullptr;  // of an extension: what it extends
  Comments comments;
  std::shared_ptr<const Annotation> annotation = {};  // null: none
};

struct Oneof {
  std::string name;
  std::string cpp_name;     // "contact" of contact_case()
  std::vector<int> fields;  // indices in Message::fields
  bool required = false;    // by buf.validate: one of them must be set
  Comments comments;
};

struct Message {
  const File* file = nullptr;
  const Message* parent = nullptr;  // what it is declared in, if anything
  Location location;
  std::string name;                                // "Address"
  std::string full_name;                           // "users.v1.User.Address"
  std::string cpp_name;                            // "::users::v1::User_Address"
  std::vector<Field> fields;                       // declaration order
  std::vector<Oneof> oneofs;                       // real ones: no proto3 optionals
  std::vector<std::unique_ptr<Message>> messages;  // nested, map entries included
  std::vector<std::unique_ptr<Enum>> enums;
  bool map_entry = false;
  bool extendable = false;  // has extension ranges
  std::vector<NumberRange> extension_ranges;
  Reserved reserved;
  std::vector<ValidationRule> validation;  // "cel", "oneof"
  WellKnown well_known = WellKnown::kNone;
  Comments comments;
  bool deprecated = false;
  std::shared_ptr<const Annotation> annotation = {};  // null: none
};

// One piece of a path template: a literal (decoded text), "*" or "**".
struct PathSegment {
  enum class Kind { kLiteral, kSingle, kMulti } kind = Kind::kLiteral;
  std::string literal;
};

// {name=shelves/*}: the segments [begin, end) of its template, bound to a field.
struct PathVariable {
  std::string field_path;  // "shelf.name"
  int begin = 0;
  int end = 0;
  std::vector<const Field*> fields;  // resolved, outermost first; never empty after validation
};

struct HttpBinding {
  Location location;  // of the option where the source tells, else of the method
  std::string verb;   // "GET", or the custom kind
  std::string path;   // the template as written
  std::vector<PathSegment> segments;
  std::vector<PathVariable> variables;
  std::string path_verb;  // "bulkCreate" of /v1/users:bulkCreate
  std::string body;       // "", "*" or a field's name
  const Field* body_field = nullptr;
  std::string response_body;
  const Field* response_body_field = nullptr;
  bool nested_additional = false;  // has additional_bindings though it is one itself: rule P26
};

// The option protorest.method.
struct MethodRule {
  // Of the field, else of the option or the method.
  Location success_status_location;
  Location etag_location;
  std::int32_t success_status = 0;  // 0: not given, which means 200
  std::optional<bool> lenient;      // nullopt: as the server is
  bool etag = false;

  bool given() const { return success_status != 0 || lenient.has_value() || etag; }
};

struct Method {
  Location location;
  std::string name;
  std::string full_name;  // "users.v1.UserService.GetUser"
  std::string cpp_name;   // what the handler's method is called: "GetUser", "delete_" …
  const Message* request = nullptr;
  const Message* response = nullptr;
  bool client_streaming = false;
  bool server_streaming = false;
  std::vector<HttpBinding> bindings;  // additional bindings follow; unbound methods get rule P30's
  bool unbound = false;               // the .proto has no rule for it
  MethodRule rule;
  Comments comments;
  bool deprecated = false;
  std::shared_ptr<const Annotation> annotation = {};  // null: none
};

struct Service {
  const File* file = nullptr;
  Location location;
  std::string name;
  std::string full_name;
  std::string cpp_name;  // "UserService"
  std::vector<Method> methods;
  std::string default_host;               // of google.api: "library.googleapis.com", mostly none
  std::vector<std::string> oauth_scopes;  // of google.api: what callers need
  std::string fingerprint;                // runtime/src/schema/fingerprint.h
  Comments comments;
  bool deprecated = false;
  std::shared_ptr<const Annotation> annotation = {};  // null: none
};

struct File {
  std::string path;                        // "users/v1/users.proto"
  std::string package;                     // "users.v1", may be empty
  std::vector<std::string> cpp_namespace;  // {"users", "v1"}, with protoc's spelling of keywords
  bool proto3 = false;
  bool generate = false;  // asked for in this run; the others are imports
  bool lite = false;      // optimize_for = LITE_RUNTIME: no descriptors
  bool deprecated = false;
  std::vector<const File*> imports;  // direct ones
  std::vector<std::unique_ptr<Message>> messages;
  std::vector<std::unique_ptr<Enum>> enums;
  std::vector<Service> services;
  std::vector<Field> extensions;  // top-level; nested ones too
  std::string fingerprint;        // of all that it declares, with what that uses
  Comments comments;              // of the syntax or package statement
  std::shared_ptr<const Annotation> annotation = {};  // null: none
};

// Everything one run of protoc handed over; files in protoc's order (imports first).
struct Api {
  std::vector<std::unique_ptr<File>> files;
  std::shared_ptr<const openapi::BaseDocument> openapi_base;  // null where none is given
};

}  // namespace protorest::plugin
