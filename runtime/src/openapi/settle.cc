#include "openapi/settle.h"

#include <nlohmann/json.hpp>

#include "openapi/error_format.h"
#include "openapi/examples.h"
#include "openapi/json_form.h"

namespace protorest::openapi {

std::string Settle(std::string_view document, const Settings& settings, int indent) {
  using Json = nlohmann::ordered_json;
  Json json = Json::parse(document, nullptr, /*allow_exceptions=*/false);
  SetErrorFormat(settings.errors, json);
  SetJsonForm(settings.json, json);
  AddExamples(json);
  std::string text = json.dump(indent);
  if (indent >= 0) text += '\n';
  return text;
}

}  // namespace protorest::openapi
