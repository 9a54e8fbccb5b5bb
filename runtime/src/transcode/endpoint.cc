// Prepares a binding, and maps bodies and messages by it.
#include "transcode/endpoint.h"

#include <memory>

#include "http/text.h"
#include "json/required.h"

namespace protorest::transcode {

using google::protobuf::Descriptor;
using google::protobuf::Message;

namespace {

const Descriptor& RequestOf(const Method& method) {
  return *method.info->request.default_instance().GetDescriptor();
}
const Descriptor& ResponseOf(const Method& method) {
  return *method.info->response.default_instance().GetDescriptor();
}

int SuccessStatus(const Method& method, const Options& options) {
  if (method.info->traits.success_status != 0) return method.info->traits.success_status;
  const bool empty = ResponseOf(method).full_name() == "google.protobuf.Empty";
  return empty && options.empty_as_no_content ? 204 : 200;
}

}  // namespace

Endpoint::Endpoint(Method& method, const HttpBinding& binding, const PathTemplate& path,
                   const Options& options)
    : method_(method),
      options_(options),
      lenient_(method.info->traits.lenient.value_or(options.lenient)),
      success_status_(SuccessStatus(method, options)),
      accept_header_(binding.verb == "PATCH" ? "accept-patch" : "accept-post"),
      body_(method, binding, RequestOf(method).FindFieldByName(std::string(binding.body)), lenient_,
            options),
      response_field_(ResponseOf(method).FindFieldByName(std::string(binding.response_body))),
      response_field_codec_(binding.response_body_codec) {
  BindOptions bind = {.lenient = lenient_, .streams = StreamsRequests(method.info->kind)};
  bind.reserved.insert(bind.reserved.end(), options.reserved_parameters.begin(),
                       options.reserved_parameters.end());
  status_ = RequestBinder::Prepare(RequestOf(method), path, binding.body, bind, binder_);
  if (!response_field_ && !binding.response_body.empty()) {
    status_ = Status::InvalidArgument("no field \"" + std::string(binding.response_body) + "\"");
  }
  if (!body_.raw()) {
    update_mask_ = UpdateMask::Of(RequestOf(method), binding.verb, body_.field());
  }
  if (binder_ && binder_->sets_required()) body_.AllowPartial();
  payload_type_ = &ResponseOf(method);
  if (response_field_) {
    payload_type_ = response_field_->is_repeated() ? nullptr : response_field_->message_type();
  }
  if (payload_type_) http_body_ = HttpBody::Of(*payload_type_);
}

Status Endpoint::Decode(const Content& content, std::span<const std::string_view> captures,
                        std::string_view query, Message& request, json::Options* json,
                        std::size_t number) const {
  Violations violations;
  if (!body_.none()) {
    body_.Read(content, request, violations);
  } else if (!content.data.empty() && !lenient_) {  // rule B2
    violations.Add("", "this method takes no body");
  }
  const BodyRead read = {body_, content};
  const bool is_read = !body_.none() && violations.empty();
  if (!is_read) request.Clear();
  binder_->Bind(captures, query, request, json, is_read ? &read : nullptr, violations);
  if (violations.empty() && update_mask_ && content.type == BodyType::kJson) {
    update_mask_->Fill(content.data, options_.json, request);
  }
  if (violations.empty() && !options_.json.allow_partial && !request.IsInitialized()) [[unlikely]]
    violations.Add(json::detail::CheckRequired(request));
  if (violations.empty()) return {};
  if (number == 0) return violations.ToStatus();
  return violations.ToStatus("message " + std::to_string(number) + " of the stream");
}

Status Endpoint::CheckUrl(std::span<const std::string_view> captures, std::string_view query,
                          json::Options& json) const {
  const std::unique_ptr<Message> request(method_.info->request.default_instance().New());
  return binder_->Bind(captures, query, *request, &json);
}

const Message& Endpoint::Payload(const Message& response) const {
  return response_field_ ? response.GetReflection()->GetMessage(response, response_field_)
                         : response;
}

HttpBody::Content Endpoint::RawResponse(const Message& response) const {
  HttpBody::Content content = http_body_->Get(Payload(response));
  if (!http::IsSendable("content-type", content.type)) content.type = {};
  return content;
}

void Endpoint::EncodeProtobuf(const Message& response, std::string& out) const {
  Payload(response).AppendPartialToString(&out);
}

Status Endpoint::Encode(const Message& response, const json::Options& json, std::string& out,
                        std::string& problem) const {
  const json::Result result =
      response_field_
          ? json::WriteField(response, *response_field_, json, out, response_field_codec_)
          : json::Write(response, *method_.response_codec, json, out);
  if (result) return {};
  for (const json::Violation& violation : result.violations()) {
    if (!problem.empty()) problem += "; ";
    problem += violation.field + ": " + violation.description;
  }
  return Status::Internal("the response cannot be written as JSON");
}

}  // namespace protorest::transcode
