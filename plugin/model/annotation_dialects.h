// What the options of each generator mean in OpenAPI 3.1. JSON in, JSON out.
#pragma once

#include <nlohmann/json.hpp>

#include "plugin/model/annotation_words.h"

namespace protorest::plugin {

// protorest.openapi: extensions, examples and defaults are text of JSON; `hidden` stays.
nlohmann::ordered_json FromProtorest(Annotated kind, nlohmann::ordered_json option);

// openapi.v3 (gnostic): OpenAPI 3.0.
nlohmann::ordered_json FromGnostic(Annotated kind, nlohmann::ordered_json option);

// grpc.gateway.protoc_gen_openapiv2.options: Swagger 2.0.
nlohmann::ordered_json FromGrpcGateway(Annotated kind, nlohmann::ordered_json option);

}  // namespace protorest::plugin
