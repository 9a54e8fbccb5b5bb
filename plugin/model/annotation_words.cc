// Tables of members, one for each object of OpenAPI; emit/openapi/annotate.cc puts them in place.
#include "plugin/model/annotation_words.h"

#include <span>
#include <string_view>
#include <utility>

namespace protorest::plugin {
namespace {

using Json = nlohmann::ordered_json;

enum class Shape {
  kAny,     // taken as it is
  kObject,  // with the members below
  kList,    // of such objects
  kMap,     // of such objects, by any name
};

struct Word {
  std::string_view name;
  Shape shape = Shape::kAny;
  std::span<const Word> below = {};
};

constexpr Word kExternalDocs[] = {{"description"}, {"url"}};
constexpr Word kContact[] = {{"name"}, {"url"}, {"email"}};
constexpr Word kLicense[] = {{"name"}, {"url"}};
constexpr Word kInfo[] = {
    {"title"},
    {"summary"},
    {"description"},
    {"version"},
    {"termsOfService"},
    {"contact", Shape::kObject, kContact},
    {"license", Shape::kObject, kLicense},
};
constexpr Word kServerVariable[] = {{"enum"}, {"default"}, {"description"}};
constexpr Word kServer[] = {{"url"}, {"description"}, {"variables", Shape::kMap, kServerVariable}};
constexpr Word kTag[] = {
    {"name"}, {"description"}, {"externalDocs", Shape::kObject, kExternalDocs}};
constexpr Word kFlow[] = {{"authorizationUrl"}, {"tokenUrl"}, {"refreshUrl"}, {"scopes"}};
constexpr Word kFlows[] = {
    {"implicit", Shape::kObject, kFlow},
    {"password", Shape::kObject, kFlow},
    {"clientCredentials", Shape::kObject, kFlow},
    {"authorizationCode", Shape::kObject, kFlow},
};
constexpr Word kSecurityScheme[] = {
    {"type"},
    {"description"},
    {"name"},
    {"in"},
    {"scheme"},
    {"bearerFormat"},
    {"flows", Shape::kObject, kFlows},
    {"openIdConnectUrl"},
};
constexpr Word kComponents[] = {{"securitySchemes", Shape::kMap, kSecurityScheme}};

// A schema that is written out, of a header or of the body of an error.
constexpr Word kItems[] = {{"type"}, {"format"}, {"description"}, {"$ref"}};
constexpr Word kSchema[] = {
    {"type"},      {"format"},
    {"title"},     {"description"},
    {"pattern"},   {"minimum"},
    {"maximum"},   {"minLength"},
    {"maxLength"}, {"enum"},
    {"default"},   {"example"},
    {"$ref"},      {"items", Shape::kObject, kItems},
};
constexpr Word kHeader[] = {
    {"description"}, {"required"}, {"deprecated"}, {"schema", Shape::kObject, kSchema}};
constexpr Word kMediaType[] = {{"schema", Shape::kObject, kSchema}, {"example"}};
constexpr Word kResponse[] = {
    {"description"},
    {"headers", Shape::kMap, kHeader},
    {"content", Shape::kMap, kMediaType},
};
constexpr Word kDocument[] = {
    {"info", Shape::kObject, kInfo},
    {"servers", Shape::kList, kServer},
    {"tags", Shape::kList, kTag},
    {"externalDocs", Shape::kObject, kExternalDocs},
    {"components", Shape::kObject, kComponents},
    {"security"},
    {"responses", Shape::kMap, kResponse},  // of all operations of the file
};

// Of a service: its tag.
constexpr Word kService[] = {
    {"description"}, {"externalDocs", Shape::kObject, kExternalDocs}, {"security"}};

constexpr Word kParameter[] = {
    {"name"},     {"in"},         {"description"},
    {"required"}, {"deprecated"}, {"schema", Shape::kObject, kSchema},
};
constexpr Word kOperation[] = {
    {"summary"},
    {"description"},
    {"tags"},
    {"operationId"},
    {"externalDocs", Shape::kObject, kExternalDocs},
    {"deprecated"},
    {"security"},
    {"servers", Shape::kList, kServer},
    {"parameters", Shape::kList, kParameter},
    {"responses", Shape::kMap, kResponse},
};

// Of a message, and of an enum.
constexpr Word kType[] = {
    {"title"},         {"description"},
    {"example"},       {"externalDocs", Shape::kObject, kExternalDocs},
    {"deprecated"},    {"required"},
    {"minProperties"}, {"maxProperties"},
};
constexpr Word kElement[] = {
    {"title"},      {"description"},      {"example"},
    {"format"},     {"pattern"},          {"minimum"},
    {"maximum"},    {"exclusiveMinimum"}, {"exclusiveMaximum"},
    {"multipleOf"}, {"minLength"},        {"maxLength"},
    {"enum"},
};
constexpr Word kField[] = {
    {"title"},
    {"description"},
    {"example"},
    {"format"},
    {"pattern"},
    {"minimum"},
    {"maximum"},
    {"exclusiveMinimum"},
    {"exclusiveMaximum"},
    {"multipleOf"},
    {"minLength"},
    {"maxLength"},
    {"enum"},
    {"minItems"},
    {"maxItems"},
    {"uniqueItems"},
    {"minProperties"},
    {"maxProperties"},
    {"default"},
    {"required"},
    {"readOnly"},
    {"writeOnly"},
    {"deprecated"},
    {"nullable"},
    {"externalDocs", Shape::kObject, kExternalDocs},
    {"items", Shape::kObject, kElement},
    {"pathParamName"},  // of grpc-gateway: what the path calls it
};
constexpr Word kEnum[] = {
    {"title"},   {"description"}, {"externalDocs", Shape::kObject, kExternalDocs},
    {"example"}, {"default"},     {"deprecated"},
};
constexpr Word kEnumValue[] = {{"description"}};

std::span<const Word> WordsOf(Annotated kind) {
  switch (kind) {
    case Annotated::kFile:
      return kDocument;
    case Annotated::kService:
      return kService;
    case Annotated::kMethod:
      return kOperation;
    case Annotated::kMessage:
      return kType;
    case Annotated::kField:
      return kField;
    case Annotated::kEnum:
      return kEnum;
    case Annotated::kEnumValue:
      break;
  }
  return kEnumValue;
}

class Sieve {
 public:
  void Object(std::span<const Word> words, const std::string& path, Json& object) {
    if (!object.is_object()) return;
    Json kept = Json::object();
    for (auto& [name, value] : object.items()) {
      const std::string below = path.empty() ? name : path + "." + name;
      const Word* word = Find(words, name);
      if (word == nullptr && !name.starts_with("x-")) {
        taken_.push_back(below);
        continue;
      }
      if (word != nullptr) Value(*word, below, value);
      kept[name] = std::move(value);
    }
    object = std::move(kept);
  }

  std::vector<std::string> Taken() { return std::move(taken_); }

 private:
  static const Word* Find(std::span<const Word> words, std::string_view name) {
    for (const Word& word : words) {
      if (word.name == name) return &word;
    }
    return nullptr;
  }

  void Value(const Word& word, const std::string& path, Json& value) {
    if (word.shape == Shape::kObject) Object(word.below, path, value);
    if (word.shape == Shape::kList) {
      for (Json& each : value) Object(word.below, path, each);
    }
    if (word.shape == Shape::kMap) {
      for (auto& [name, each] : value.items()) {
        Object(word.below, std::string(path).append(".").append(name), each);
      }
    }
  }

  std::vector<std::string> taken_;
};

}  // namespace

std::vector<std::string> TakeWhatHasNoPlace(Annotated kind, Json& json) {
  Sieve sieve;
  sieve.Object(WordsOf(kind), "", json);
  return sieve.Taken();
}

}  // namespace protorest::plugin
