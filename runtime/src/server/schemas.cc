#include "server/schemas.h"

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include "protorest/json.h"
#include "schema/stale.h"

namespace protorest::server {
namespace {

class Errors {
 public:
  void Add(std::string error) {
    if (!error.empty() && std::ranges::find(errors_, error) == errors_.end()) {
      errors_.push_back(std::move(error));
    }
  }
  Status status() const {
    if (errors_.empty()) return {};
    std::string text;
    for (const std::string& error : errors_) text += (text.empty() ? "" : "\n") + error;
    return Status::FailedPrecondition(text);
  }

 private:
  std::vector<std::string> errors_;
};

}  // namespace

Status CheckSchemas(std::span<const std::shared_ptr<Handler>> handlers) {
  Errors errors;
  schema::Fingerprints fingerprints;
  std::set<const json::GeneratedFile*> files = {nullptr};
  for (const auto& handler : handlers) {
    const ServiceInfo& service = handler->service();
    errors.Add(
        schema::WhyServiceIsStale(service.schema, ".rest.pb.cc", service.full_name, fingerprints));
    for (const MethodInfo& method : service.methods) {
      for (const json::Codec* codec : {method.request.codec, method.response.codec}) {
        if (codec == nullptr || !files.insert(codec->file).second) continue;
        const json::Result result = json::CheckGenerated(*codec);
        for (const json::Violation& stale : result.violations()) errors.Add(stale.description);
      }
    }
  }
  return errors.status();
}

std::string DescribeSchema(const ServiceInfo& service) {
  std::string text = "serving " + std::string(service.full_name);
  if (!service.schema.fingerprint.empty()) {
    text += ", schema " + std::string(service.schema.fingerprint) + " of " +
            std::string(service.schema.proto);
  }
  return text;
}

}  // namespace protorest::server
