// QueryBinder: query parameters to the fields of a message.
#pragma once

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "protorest/json.h"
#include "transcode/field_path.h"
#include "transcode/form_part.h"
#include "transcode/violations.h"

namespace protorest::transcode {

struct BindOptions {
  // Ignores what a strict server refuses: unknown parameters, parameters for fields that belong to
  // the body, values that contradict the path (rules P25, Q2, Q6, Q7).
  bool lenient = false;
  // Names that are never "unknown": they are for the server, where no field has them (rule Q26).
  std::vector<std::string> reserved = {"alt", "$alt", "key", "fields", "prettyPrint"};
  // The requests are messages of a stream, which hold fields whether the rule has a body or not.
  bool streams = false;
  // What the answer to an unknown one calls it.
  std::string_view what = "query parameter";
};

// Prepared for one HTTP binding. Constant; any thread.
class QueryBinder {
 public:
  // What no parameter may set, nor anything below it.
  struct Bound {
    FieldPath path;
    int capture = -1;  // the index of the path's variable; -1: the body's field
  };

  QueryBinder(const google::protobuf::Descriptor& request, std::vector<Bound> bound,
              bool body_is_all, const BindOptions& options);

  // Sets fields of `request`, and in `json` what the system parameters ask for; adds to
  // `violations`. `captures` are the path's values. Nothing is allocated for parameters without
  // escapes but what the fields themselves need.
  void Bind(std::string_view query, std::span<const std::string_view> captures,
            google::protobuf::Message& request, json::Options& json, Violations& violations) const;

  // The same for the parts of a multipart/form-data body (rule B18).
  void BindParts(std::span<const FormPart> parts, const json::Options& options,
                 google::protobuf::Message& message, Violations& violations) const;

 private:
  class Pass;  // over one query

  const google::protobuf::FieldDescriptor* FindTopLevel(std::string_view name) const;
  bool IsReserved(std::string_view name) const;

  const google::protobuf::Descriptor* request_;
  std::vector<Bound> bound_;
  bool body_is_all_;
  bool lenient_;
  std::vector<std::string> reserved_;
  std::string_view what_;
  // The request's own fields by JSON and by proto name; views of the descriptors' strings.
  std::unordered_map<std::string_view, const google::protobuf::FieldDescriptor*> names_;
};

}  // namespace protorest::transcode
