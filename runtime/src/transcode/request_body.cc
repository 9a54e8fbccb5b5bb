// Reads a body by its content type.
#include "transcode/request_body.h"

#include <string>

#include "protorest/json.h"
#include "transcode/answer.h"

namespace protorest::transcode {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

namespace {

bool IsBlank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

}  // namespace

RequestBody::RequestBody(const Method& method, std::string_view body, const FieldDescriptor* field,
                         bool lenient, const Options& options)
    : method_(method),
      options_(options),
      streams_(StreamsRequests(method.info->kind)),
      field_(field) {
  if (body.empty()) return;
  target_ = body == "*" ? Target::kAll : Target::kField;
  if (target_ == Target::kAll) {
    message_type_ = method.info->request.default_instance().GetDescriptor();
  } else if (field && !field->is_repeated()) {
    message_type_ = field->message_type();
  }
  if (!message_type_) return;
  http_body_ = HttpBody::Of(*message_type_);
  if (!http_body_ && !streams_) form_.emplace(*message_type_, lenient, options.json);
}

bool RequestBody::Takes(BodyType type) const {
  if (raw()) return true;
  switch (type) {
    case BodyType::kJson:
      return true;
    case BodyType::kNdjson:
      return streams_;
    case BodyType::kProtobuf:
    case BodyType::kForm:
    case BodyType::kMultipart:
      return form_.has_value();
    case BodyType::kOther:
      break;
  }
  return false;
}

std::string_view RequestBody::accepted_types() const {
  if (streams_) return "application/json, application/x-ndjson";
  if (!form_) return "application/json";
  return "application/json, application/x-protobuf, application/x-www-form-urlencoded, "
         "multipart/form-data";
}

Message& RequestBody::Reach(Message& request) const {
  return field_ ? *request.GetReflection()->MutableMessage(&request, field_) : request;
}

Status RequestBody::Read(const Content& content, Message& request) const {
  if (!raw() && content.type <= BodyType::kNdjson) return ReadJson(content.data, request);
  request.Clear();
  if (content.data.empty() && !(raw() && !content.content_type.empty())) return {};  // rule B1
  if (raw()) {
    http_body_->Set({content.content_type, content.data}, Reach(request));
    return {};
  }
  switch (content.type) {
    case BodyType::kForm:
      return form_->ReadUrlEncoded(content.data, Reach(request));
    case BodyType::kMultipart:
      return form_->ReadMultipart(content.data, content.content_type, Reach(request));
    default:
      return ReadProtobuf(content.data, Reach(request));
  }
}

Status RequestBody::ReadJson(std::string_view text, Message& request) const {
  if (IsBlank(text)) {  // rule B1
    request.Clear();
    return {};
  }
  if (field_) request.Clear();
  const json::Result result =
      field_ ? json::ReadField(text, *field_, options_.json, request)
             : json::Read(text, *method_.request_codec, options_.json, request);
  return result ? Status() : InvalidRequest("the body is not valid", result.violations());
}

Status RequestBody::ReadProtobuf(std::string_view bytes, Message& message) const {
  if (!message.ParsePartialFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
    return Status::InvalidArgument("the body is no " + std::string(message_type_->full_name()) +
                                   " in protobuf binary");
  }
  if (message.IsInitialized()) return {};
  return Status::InvalidArgument("the body lacks required fields: " +
                                 message.InitializationErrorString());
}

}  // namespace protorest::transcode
