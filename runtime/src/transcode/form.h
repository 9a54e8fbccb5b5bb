// Form: bodies of HTML forms, application/x-www-form-urlencoded and multipart/form-data (rule B18).
#pragma once

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <span>
#include <string_view>

#include "protorest/json.h"
#include "transcode/query_binder.h"

namespace protorest::transcode {

// Prepared for the message type that a body is. Constant; any thread.
class Form {
 public:
  Form(const google::protobuf::Descriptor& type, bool lenient, const json::Options& options);

  // Both set fields of `message`, named as in a query, and note what is wrong.
  void ReadUrlEncoded(std::string_view text, google::protobuf::Message& message,
                      Violations& violations) const;
  // `content_type` has the boundary.
  void ReadMultipart(std::string_view text, std::string_view content_type,
                     google::protobuf::Message& message, Violations& violations) const;

  // Whether an entry of the form, which has been read, is the field that is reached by `path`.
  using Path = std::span<const google::protobuf::FieldDescriptor* const>;
  static bool UrlEncodedSays(std::string_view text, Path path);
  static bool MultipartSays(std::string_view text, std::string_view content_type, Path path);

 private:
  QueryBinder binder_;
  const json::Options& options_;
};

}  // namespace protorest::transcode
