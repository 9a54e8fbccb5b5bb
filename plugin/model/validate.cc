#include "plugin/model/validate.h"

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

#include "plugin/model/annotation.h"
#include "plugin/text.h"
#include "transcode/path_template.h"

namespace protorest::plugin {
namespace {

// Rule P16: who came first, by verb and shape.
class Routes {
 public:
  explicit Routes(Diagnostics& diagnostics) : diagnostics_(diagnostics) {}

  void Add(const Method& method, const HttpBinding& binding) {
    transcode::PathTemplate path;
    transcode::PathTemplateError error;
    // What does not parse has been reported.
    if (!transcode::ParsePathTemplate(binding.path, path, error)) return;
    const auto [entry, is_new] =
        routes_.try_emplace(std::pair(binding.verb, transcode::PathShape(path)), &method, &binding);
    if (is_new) return;
    const auto [other, other_binding] = entry->second;
    diagnostics_.Error(binding.location, method.name,
                       binding.verb + " " + binding.path + " matches the same requests as " +
                           other_binding->verb + " " + other_binding->path + " of " +
                           other->full_name + " (" + ToText(other_binding->location) +
                           "); change the verb or the path of one of them");
  }

 private:
  Diagnostics& diagnostics_;
  std::map<std::pair<std::string, std::string>, std::pair<const Method*, const HttpBinding*>>
      routes_;
};

// Rule Q22, for a message and those in it.
void CheckJsonNames(const Message& message, Diagnostics& diagnostics) {
  std::map<std::string_view, const Field*> names;
  for (const Field& field : message.fields) {
    const auto [entry, is_new] = names.try_emplace(field.json_name, &field);
    if (is_new) continue;
    diagnostics.Error(field.location, message.name,
                      "fields " + Quoted(entry->second->name) + " and " + Quoted(field.name) +
                          " have one JSON name, " + Quoted(field.json_name) +
                          "; give one of them another with [json_name = \"…\"]");
  }
  for (const auto& nested : message.messages) CheckJsonNames(*nested, diagnostics);
}

// The classes that services are made into may share their names with nothing in their package: no
// message or enum, in whatever file, and no other service's class.
class ClassNames {
 public:
  ClassNames(const Api& api, Diagnostics& diagnostics) : diagnostics_(diagnostics) {
    for (const auto& file : api.files) {
      for (const auto& message : file->messages) Declare(*message, "message");
      for (const auto& enumeration : file->enums) Declare(*enumeration, "enum");
    }
  }

  void Add(const Service& service) {
    const std::string package(service.full_name, 0, service.full_name.size() - service.name.size());
    for (const std::string_view suffix : {"Handler", "AsyncHandler", "Proxy", "Table"}) {
      const std::string name = service.cpp_name + std::string(suffix);
      const std::string has_class =
          "the code of service " + service.name + " has a class of this name";
      if (const auto found = declared_.find(package + name); found != declared_.end()) {
        const auto& [location, what] = found->second;
        diagnostics_.Error(location, name, has_class + "; rename the " + what);
      }
      const auto [other, is_new] = classes_.try_emplace(package + name, &service);
      if (is_new) continue;
      diagnostics_.Error(service.location, name,
                         has_class + ", and so has that of " + other->second->name +
                             "; rename one of the services");
    }
  }

 private:
  template <class Declaration>
  void Declare(const Declaration& declaration, const char* what) {
    declared_.try_emplace(declaration.full_name, declaration.location, what);
  }

  Diagnostics& diagnostics_;
  std::map<std::string, std::pair<Location, const char*>> declared_;  // by full name
  std::map<std::string, const Service*> classes_;                     // likewise
};

// Success is 2xx, and one without a body must have nothing to say.
void CheckSuccessStatus(const Method& method, Diagnostics& diagnostics) {
  const int status = method.rule.success_status;
  if (status == 0) return;
  const std::string what = "success_status: " + std::to_string(status);
  if (status < 200 || status > 299) {
    diagnostics.Error(method.rule.success_status_location, method.name,
                      what + " is no status of success; write one from 200 to 299");
    return;
  }
  const bool empty = method.response->well_known == WellKnown::kEmpty && !method.server_streaming;
  if ((status == 204 || status == 205) && !empty) {
    diagnostics.Error(method.rule.success_status_location, method.name,
                      what + " leaves no room for a body, which a " +
                          (method.server_streaming ? "stream of " : "") + method.response->name +
                          " needs; return google.protobuf.Empty, or write another status");
  }
}

// Entity tags are for what can be read again.
void CheckEtag(const Method& method, Diagnostics& diagnostics) {
  if (!method.rule.etag) return;
  const bool streams = method.client_streaming || method.server_streaming;
  const bool gets = std::ranges::any_of(method.bindings, [](const HttpBinding& binding) {
    return binding.verb == "GET" || binding.verb == "*";
  });
  if (!streams && gets) return;
  diagnostics.Error(method.rule.etag_location, method.name,
                    std::string("etag: true is for unary methods with a GET; ") +
                        (streams ? "this one streams" : "this one has none") + "; leave it out");
}

// What options for OpenAPI say in vain.
template <class Declaration>
void CheckAnnotation(const Declaration& declaration, std::string_view name,
                     Diagnostics& diagnostics) {
  if (!declaration.annotation) return;
  for (const std::string& part : declaration.annotation->without_place) {
    diagnostics.Warning(declaration.annotation->location, name,
                        part + " has no place in the OpenAPI document, and is left out");
  }
}

void CheckAnnotations(const Enum& enumeration, Diagnostics& diagnostics) {
  CheckAnnotation(enumeration, enumeration.full_name, diagnostics);
  for (const EnumValue& value : enumeration.values) {
    CheckAnnotation(value, value.name, diagnostics);
  }
}

void CheckAnnotations(const Message& message, Diagnostics& diagnostics) {
  CheckAnnotation(message, message.name, diagnostics);
  for (const Field& field : message.fields) CheckAnnotation(field, field.name, diagnostics);
  for (const auto& nested : message.messages) CheckAnnotations(*nested, diagnostics);
  for (const auto& nested : message.enums) CheckAnnotations(*nested, diagnostics);
}

void CheckAnnotations(const File& file, Diagnostics& diagnostics) {
  CheckAnnotation(file, "", diagnostics);
  for (const Service& service : file.services) {
    CheckAnnotation(service, service.name, diagnostics);
    for (const Method& method : service.methods) {
      CheckAnnotation(method, method.name, diagnostics);
    }
  }
  for (const auto& message : file.messages) CheckAnnotations(*message, diagnostics);
  for (const auto& enumeration : file.enums) CheckAnnotations(*enumeration, diagnostics);
}

}  // namespace

void Validate(const Api& api, Diagnostics& diagnostics) {
  Routes routes(diagnostics);
  ClassNames classes(api, diagnostics);
  for (const auto& file : api.files) {
    if (!file->generate) continue;
    if (file->lite) {
      diagnostics.Error({file->path}, "",
                        "option optimize_for = LITE_RUNTIME leaves no descriptors, which protorest "
                        "needs for errors and Any; remove the option");
    }
    for (const auto& message : file->messages) CheckJsonNames(*message, diagnostics);
    CheckAnnotations(*file, diagnostics);
    for (const Service& service : file->services) {
      classes.Add(service);
      for (const Method& method : service.methods) {
        for (const HttpBinding& binding : method.bindings) routes.Add(method, binding);
        CheckSuccessStatus(method, diagnostics);
        CheckEtag(method, diagnostics);
      }
    }
  }
}

}  // namespace protorest::plugin
