// The functions that serve a message by its codec.
#include "protorest/json.h"

#include "json/indent.h"
#include "protorest/generated/json_reader.h"
#include "protorest/generated/json_writer.h"

namespace protorest::json {
namespace {

Result WriteIndented(const google::protobuf::Message& message, const Codec& codec,
                     const Options& options, std::string& out) {
  const std::size_t start = out.size();
  Options flat = options;
  flat.indent = 0;
  Result result = Write(message, codec, flat, out);
  if (result) detail::Indent(options.indent, start, out);
  return result;
}

}  // namespace

Result Write(const google::protobuf::Message& message, const Codec& codec, const Options& options,
             std::string& out) {
  if (options.indent > 0) [[unlikely]]
    return WriteIndented(message, codec, options, out);
  Writer writer(out, options);
  codec.write(message, writer);
  return writer.Finish();
}

Result Read(std::string_view text, const Codec& codec, const Options& options,
            google::protobuf::Message& message) {
  Reader reader(text, options);
  codec.read(reader, message);
  return reader.Finish();
}

}  // namespace protorest::json
