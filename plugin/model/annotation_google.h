// Options of google.api that documents have a use for; http and field_behavior stand in
// http_rule.h.
#pragma once

#include <string>
#include <vector>

#include "plugin/model/annotation.h"
#include "plugin/model/annotation_words.h"

namespace google::protobuf {
class Message;
}

namespace protorest::plugin {

// Adds what google.api.resource, resource_reference and method_signature say, and hides what
// google.api.visibility restricts to other labels than `labels`. Gives the number of an option that
// it has found, or 0.
int ReadGoogleOptions(Annotated kind, const google::protobuf::Message& options,
                      const std::vector<std::string>& labels, Annotation& annotation);

// google.api.default_host of a service; "" where it has none.
std::string ReadDefaultHost(const google::protobuf::Message& service_options);

// The entries of google.api.oauth_scopes.
std::vector<std::string> ReadOAuthScopes(const google::protobuf::Message& service_options);

}  // namespace protorest::plugin
