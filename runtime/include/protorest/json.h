// ProtoJSON without a server: protorest::json::Write and Read. See docs/json_mapping.md.
//
// This header serves messages by codec. The typed functions, Write(message) and Read(text,
// &message), come with the generated header of the message: #include "users.json.pb.h".
#pragma once

#include <google/protobuf/message.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace protorest::json {

class Reader;          // one pass over a JSON text; protorest/generated/json.h
class Writer;          // appends JSON to a string; protorest/generated/json.h
struct GeneratedFile;  // protorest/generated/json_file.h

// The JSON mapping of one message type, without its C++ type. Constant data in generated code.
struct Codec {
  // Both trust the caller that the message is of the codec's type.
  void (*write)(const google::protobuf::Message& message, Writer& writer) = nullptr;
  // Clears the message first, unless the reader knows that nothing is set in it.
  bool (*read)(Reader& reader, google::protobuf::Message& message) = nullptr;
  // Where the code of both was generated; null for built-in types and by reflection.
  const GeneratedFile* file = nullptr;
};

// How JSON is written and read: of a whole server, or of one call. The defaults are plain
// ProtoJSON.
struct Options {
  // Writing. Reading takes either form, whatever is written.
  bool proto_field_names = false;  // user_id rather than userId
  bool enums_as_numbers = false;   // rule Q26
  bool int64_as_numbers = false;   // without quotes, rule J40
  bool write_defaults = false;     // fields without presence that hold their default, rule J51
  int indent = 0;                  // spaces per level of pretty printing; 0: all on one line

  // Reading.
  bool ignore_unknown_fields = false;  // rules J22, J23
  bool allow_partial = false;          // proto2: required fields need not be there
  int max_depth = 100;                 // nested objects and arrays, rules B15, J36

  // max_depth holds for writing, too: of Anys in each other, which are bytes to protobuf's own
  // limit.
};

// What is wrong with one field: the entry of a google.rpc.BadRequest.
struct Violation {
  std::string field;        // JSON path: "items[3].unitPrice"; "" for the text as a whole
  std::string description;  // what was expected and what came

  bool operator==(const Violation&) const = default;
};

// The outcome of reading or writing; converts to true on success.
class [[nodiscard]] Result {
 public:
  Result() = default;
  explicit Result(std::vector<Violation> violations) : violations_(std::move(violations)) {}

  explicit operator bool() const { return violations_.empty(); }
  const std::vector<Violation>& violations() const { return violations_; }

 private:
  std::vector<Violation> violations_;
};

// With a codec (generated code, or ReflectionCodec for any type). Any thread.

// Appends `message` to `out`; on failure `out` is as it was (rules J47 to J50).
Result Write(const google::protobuf::Message& message, const Codec& codec, const Options& options,
             std::string& out);

// Clears `message` and reads `text` into it. The input needs no terminator and nothing beyond its
// end is read. On failure the message is left valid, with unspecified content.
Result Read(std::string_view text, const Codec& codec, const Options& options,
            google::protobuf::Message& message);

// Serves every message by its descriptor: for types without generated code, and for dynamic
// messages.
const Codec& ReflectionCodec();

// Whether the generated code of the codec's file, and of the files that it uses, was made from the
// .proto files whose .pb.cc are linked; if not, a violation for each file says what to run. Code
// that is older than its messages leaves out new fields without a word. A server asks when it
// starts; who uses JSON alone may ask in main or in a test. It builds the descriptors of those
// files.
Result CheckGenerated(const Codec& codec);

// One field alone, by its descriptor: the `body` and `response_body` of google.api.http. A field of
// messages (one, a list, or a map's values) is faster with their codec.

// Appends the value of `field`: an array, an object, a bare value (rule B11); what is unset as its
// default, and a message as {} (rule E5).
Result WriteField(const google::protobuf::Message& message,
                  const google::protobuf::FieldDescriptor& field, const Options& options,
                  std::string& out, const Codec* codec = nullptr);

// Clears `field` and reads `text` into it; null leaves it unset (rule B4).
Result ReadField(std::string_view text, const google::protobuf::FieldDescriptor& field,
                 const Options& options, google::protobuf::Message& message,
                 const Codec* codec = nullptr);

}  // namespace protorest::json
