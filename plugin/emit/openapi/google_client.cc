#include "plugin/emit/openapi/google_client.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

namespace protorest::plugin::openapi {
namespace {

constexpr char kOAuth[] = "oauth2";
constexpr char kBearer[] = "bearer";

bool IsGoogles(const std::string& scope) {
  return scope.starts_with("https://www.googleapis.com/auth/");
}

const char* SchemeOf(const Service& service) {
  return std::ranges::all_of(service.oauth_scopes, IsGoogles) ? kOAuth : kBearer;
}

}  // namespace

Json ServersOf(const std::string& default_host) {
  Json servers = Json::array({{{"url", "/"}}});
  if (!default_host.empty()) servers.push_back({{"url", "https://" + default_host}});
  return servers;
}

Json OAuthSchemesOf(const std::vector<const Service*>& services) {
  std::map<std::string, std::map<std::string, std::string>> scopes;  // by scheme
  for (const Service* service : services) {
    for (const std::string& scope : service->oauth_scopes) scopes[SchemeOf(*service)][scope] = "";
  }
  Json schemes = Json::object();
  if (const auto google = scopes.find(kOAuth); google != scopes.end()) {
    Json flow = {{"authorizationUrl", "https://accounts.google.com/o/oauth2/v2/auth"},
                 {"tokenUrl", "https://oauth2.googleapis.com/token"},
                 {"scopes", google->second}};
    schemes[kOAuth] = {{"type", "oauth2"},
                       {"flows", Json::object({{"authorizationCode", std::move(flow)}})}};
  }
  if (const auto others = scopes.find(kBearer); others != scopes.end()) {
    schemes[kBearer] = {{"type", "http"},
                        {"scheme", "bearer"},
                        {"description", "A token of OAuth 2.0 with these scopes."},
                        {"x-scopes", others->second}};
  }
  return schemes;
}

// Only a scheme of type oauth2 has scopes that a requirement can name.
Json OAuthSecurityOf(const Service& service) {
  const std::string scheme = SchemeOf(service);
  Json scopes = scheme == kOAuth ? Json(service.oauth_scopes) : Json::array();
  return Json::array({Json::object({{scheme, std::move(scopes)}})});
}

}  // namespace protorest::plugin::openapi
