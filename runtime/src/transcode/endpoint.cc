// Prepares a binding, and maps bodies and messages by it.
#include "transcode/endpoint.h"

#include <memory>
#include <utility>

#include "transcode/answer.h"

namespace protorest::transcode {
namespace {

bool IsBlank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

}  // namespace

Endpoint::Endpoint(Method& method, const HttpBinding& binding, const PathTemplate& path,
                   const Options& options)
    : method_(method), options_(options) {
  const google::protobuf::Message& request = method.info->request.default_instance();
  const google::protobuf::Message& response = method.info->response.default_instance();
  accept_header_ = binding.verb == "PATCH" ? "accept-patch" : "accept-post";
  const MethodTraits& traits = method.info->traits;
  lenient_ = traits.lenient.value_or(options.lenient);
  if (traits.success_status != 0) {
    success_status_ = traits.success_status;
  } else if (options.empty_as_no_content &&
             response.GetDescriptor()->full_name() == "google.protobuf.Empty") {
    success_status_ = 204;
  }
  BindOptions bind = {.lenient = lenient_};
  bind.reserved.insert(bind.reserved.end(), options.reserved_parameters.begin(),
                       options.reserved_parameters.end());
  status_ = RequestBinder::Prepare(*request.GetDescriptor(), path, binding.body, bind, binder_);
  if (!binding.response_body.empty()) response_field_ = FindField(response, binding.response_body);
  if (binding.body.empty()) return;
  body_ = binding.body == "*" ? Body::kAll : Body::kField;
  if (body_ == Body::kField) body_field_ = FindField(request, binding.body);
}

const google::protobuf::FieldDescriptor* Endpoint::FindField(
    const google::protobuf::Message& message, std::string_view name) {
  const auto* field = message.GetDescriptor()->FindFieldByName(std::string(name));
  if (!field) status_ = Status::InvalidArgument("no field \"" + std::string(name) + "\"");
  return field;
}

Status Endpoint::Decode(std::string_view body, std::span<const std::string_view> captures,
                        std::string_view query, google::protobuf::Message& request,
                        json::Options* json) const {
  if (body_ == Body::kNone) {
    if (!body.empty() && !lenient_) {
      return Status::InvalidArgument("this method takes no body");  // rule B2
    }
    request.Clear();
  } else if (const json::Result result = ReadBody(body, request); !result) {
    return InvalidRequest("the body is not valid", result.violations());
  }
  return binder_->Bind(captures, query, request, json);
}

Status Endpoint::CheckUrl(std::span<const std::string_view> captures, std::string_view query,
                          json::Options& json) const {
  const std::unique_ptr<google::protobuf::Message> request(
      method_.info->request.default_instance().New());
  return binder_->Bind(captures, query, *request, &json);
}

json::Result Endpoint::ReadBody(std::string_view body, google::protobuf::Message& request) const {
  if (IsBlank(body)) {  // rule B1
    request.Clear();
    return {};
  }
  if (body_ == Body::kAll) {
    return json::Read(body, *method_.request_codec, options_.json, request);
  }
  request.Clear();
  return json::ReadField(body, *body_field_, options_.json, request);
}

Status Endpoint::Encode(const google::protobuf::Message& response, const json::Options& json,
                        std::string& out, std::string& problem) const {
  const json::Result result = response_field_
                                  ? json::WriteField(response, *response_field_, json, out)
                                  : json::Write(response, *method_.response_codec, json, out);
  if (result) return {};
  for (const json::Violation& violation : result.violations()) {
    if (!problem.empty()) problem += "; ";
    problem += violation.field + ": " + violation.description;
  }
  return Status::Internal("the response cannot be written as JSON");
}

}  // namespace protorest::transcode
