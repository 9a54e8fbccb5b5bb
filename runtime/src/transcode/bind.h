// RequestBinder: sets what a request's path and query say in its message.
#pragma once

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "protorest/status.h"
#include "transcode/field_path.h"
#include "transcode/path_template.h"
#include "transcode/query_binder.h"

namespace protorest::transcode {

struct Content;
class RequestBody;

// What a request was read from, before path and query are bound.
struct BodyRead {
  const RequestBody& body;
  const Content& content;
};

// Prepared when the server starts, once for each HTTP binding: names are resolved then, and a path
// variable costs one reflective set. Constant after that; any thread.
class RequestBinder {
 public:
  // `body` is the rule's: "", "*" or a field. INVALID_ARGUMENT: the rule does not fit the message
  // (rules P17 and Q19, or no such field), which the plugin refuses, so that generated code never
  // has it.
  static Status Prepare(const google::protobuf::Descriptor& request, const PathTemplate& path,
                        std::string_view body, const BindOptions& options,
                        std::optional<RequestBinder>& binder);

  // The path sets a required field of proto2.
  bool sets_required() const;

  // Sets the path's variables and the query's parameters in `request`, which holds what the body
  // said, or nothing (rule B12). `captures` are the router's. INVALID_ARGUMENT lists all that is
  // wrong, a field violation each; what `request` holds then is unspecified. `json` takes
  // what the query asks of the response's form (rule Q26).
  Status Bind(std::span<const std::string_view> captures, std::string_view query,
              google::protobuf::Message& request, json::Options* json = nullptr) const;
  // The same beside what is wrong with the body. `read`: asked what the request does not show; null
  // where there is nothing to ask.
  void Bind(std::span<const std::string_view> captures, std::string_view query,
            google::protobuf::Message& request, json::Options* json, const BodyRead* read,
            Violations& violations) const;

 private:
  RequestBinder(std::vector<FieldPath> variables, QueryBinder query, bool has_body, bool lenient);

  void BindVariable(const FieldPath& variable, std::string_view text,
                    google::protobuf::Message& request, const BodyRead* read,
                    Violations& violations) const;

  std::vector<FieldPath> variables_;  // in the template's order
  QueryBinder query_;
  bool has_body_;
  bool lenient_;
};

}  // namespace protorest::transcode
