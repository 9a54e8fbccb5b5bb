// Reads a body by its content type.
#include "transcode/request_body.h"

#include <span>
#include <string>

#include "protorest/generated/json_reader.h"
#include "protorest/json.h"
#include "transcode/ascii.h"
#include "transcode/json_members.h"

namespace protorest::transcode {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

namespace {

bool IsBlank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

// Clears all of a request but the message in one field, whose memory serves what is read into it.
void ClearOthers(const FieldDescriptor& field, Message& request) {
  if (field.is_repeated() || field.message_type() == nullptr) return request.Clear();
  const google::protobuf::Reflection& reflection = *request.GetReflection();
  Message* const kept = reflection.UnsafeArenaReleaseMessage(&request, &field);
  request.Clear();
  reflection.UnsafeArenaSetAllocatedMessage(&request, kept, &field);
}

bool IsNameChar(char c) { return IsLetter(c) || IsDigit(c) || c == '_'; }

// Whether the text has the name, and not as a part of a longer one.
bool HasName(std::string_view text, std::string_view name) {
  for (std::size_t at = text.find(name); at != text.npos; at = text.find(name, at + 1)) {
    const std::size_t end = at + name.size();
    if ((at == 0 || !IsNameChar(text[at - 1])) && (end == text.size() || !IsNameChar(text[end]))) {
      return true;
    }
  }
  return false;
}

// Whether it may have the field's name, in the text as it is or behind an escape.
bool MayName(std::string_view text, const FieldDescriptor& field, char escape) {
  return HasName(text, field.json_name()) || text.find(escape) != text.npos ||
         (field.name() != field.json_name() && HasName(text, field.name()));
}

}  // namespace

RequestBody::RequestBody(const Method& method, const HttpBinding& binding,
                         const FieldDescriptor* field, bool lenient, const Options& options)
    : method_(method),
      json_(options.json),
      streams_(StreamsRequests(method.info->kind)),
      only_in_websockets_(binding.body.empty() && streams_),
      field_(field),
      field_codec_(binding.body_codec) {
  const bool all = binding.body == "*" || only_in_websockets_;
  if (binding.body.empty() && !all) return;
  target_ = all ? Target::kAll : Target::kField;
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

void RequestBody::Read(const Content& content, Message& request, Violations& violations) const {
  if (!raw() && content.type <= BodyType::kNdjson) {
    return ReadJson(content.data, request, violations);
  }
  request.Clear();
  if (content.data.empty() && !(raw() && !content.content_type.empty())) return;  // rule B1
  if (raw()) {
    if (!http_body_->Set({content.content_type, content.data}, Reach(request))) {
      violations.Add("", "the Content-Type is not UTF-8");
    }
    return;
  }
  switch (content.type) {
    case BodyType::kForm:
      return form_->ReadUrlEncoded(content.data, Reach(request), violations);
    case BodyType::kMultipart:
      return form_->ReadMultipart(content.data, content.content_type, Reach(request), violations);
    default:
      return ReadProtobuf(content.data, Reach(request), violations);
  }
}

bool RequestBody::Says(const Content& content, const FieldPath& path) const {
  std::span fields(path.fields());
  if (field_ != nullptr) {
    if (fields.front() != field_) return false;
    fields = fields.subspan(1);
  }
  const bool is_form = content.type == BodyType::kForm;
  if (raw() || fields.empty() || content.type == BodyType::kProtobuf ||
      !MayName(content.data, path.leaf(), is_form ? '%' : '\\')) {
    return false;
  }
  if (is_form) return Form::UrlEncodedSays(content.data, fields);
  if (content.type == BodyType::kMultipart) {
    return Form::MultipartSays(content.data, content.content_type, fields);
  }
  json::Reader reader(content.data, json_);
  return SaysField(reader, fields);
}

void RequestBody::ReadJson(std::string_view text, Message& request, Violations& violations) const {
  const bool blank = IsBlank(text);  // rule B1
  if (field_ && blank) {
    request.Clear();
  } else if (field_) {
    ClearOthers(*field_, request);
    violations.Add(json::ReadField(text, *field_, json_, request, field_codec_));
  } else {
    violations.Add(json::Read(blank ? "{}" : text, *method_.request_codec, json_, request));
  }
}

void RequestBody::ReadProtobuf(std::string_view bytes, Message& message,
                               Violations& violations) const {
  if (!message.ParsePartialFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
    violations.Add(
        "", "the body is no " + std::string(message_type_->full_name()) + " in protobuf binary");
  }
}

}  // namespace protorest::transcode
