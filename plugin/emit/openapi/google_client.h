// What google.api.default_host and oauth_scopes say of a service: where it is, and what its callers
// need.
#pragma once

#include <string>
#include <vector>

#include "plugin/emit/openapi/document.h"
#include "plugin/model/model.h"

namespace protorest::plugin::openapi {

// The server that serves the document, then the default host unless that is "".
Json ServersOf(const std::string& default_host);

// Security schemes, by name, for the scopes of `services`. Where to get a token is known of
// Google's scopes alone: for others there is a scheme that takes any.
Json OAuthSchemesOf(const std::vector<const Service*>& services);

// What an operation of the service needs of these schemes.
Json OAuthSecurityOf(const Service& service);

}  // namespace protorest::plugin::openapi
