#include "plugin/emit/service.h"

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "plugin/cpp_text.h"
#include "plugin/emit/comments.h"
#include "plugin/emit/names.h"
#include "plugin/emit/openapi/build.h"
#include "plugin/emit/openapi/serialize.h"
#include "plugin/emit/render.h"
#include "plugin/emit/view.h"
#include "plugin/version.h"

namespace protorest::plugin {
namespace {

// One of the four kinds, under the name that templates and MethodKind have for it.
struct Kind {
  std::string_view section;
  std::string_view constant;
  std::string_view remark;  // after the route in the comment
};
constexpr Kind kUnary = {"UNARY", "kUnary", ""};
constexpr Kind kServerStream = {"SERVER_STREAM", "kServerStream", " (server stream)"};
constexpr Kind kClientStream = {"CLIENT_STREAM", "kClientStream", " (client stream)"};
constexpr Kind kBidiStream = {"BIDI_STREAM", "kBidiStream", " (bidirectional stream)"};

const Kind& KindOf(const Method& method) {
  if (method.client_streaming) return method.server_streaming ? kBidiStream : kClientStream;
  return method.server_streaming ? kServerStream : kUnary;
}

void AddComment(const Comments& comments, std::string_view section, View& view) {
  view.Loop(section);
  for (const std::string& line : CommentLines(comments.leading)) {
    view.Add(section).Set("LINE", line);
  }
}

// The messages in a field that is a body: a map's are its values. Null for other types.
const Message* MessageIn(const Field* field) {
  if (field == nullptr) return nullptr;
  return field->map ? field->message->fields[1].message : field->message;
}

// The trailing members of a protorest::HttpBinding, as far as there is something to say.
void AddCodecs(const HttpBinding& binding, View& entry) {
  entry.Loop("CODEC");
  const auto add = [&entry](const Message* message) {
    entry.Add("CODEC").Set(
        "CODEC_VALUE",
        message == nullptr ? "nullptr" : "::protorest::JsonCodecOf<" + message->cpp_name + ">()");
  };
  const Message* const body = MessageIn(binding.body_field);
  const Message* const response_body = MessageIn(binding.response_body_field);
  if (body != nullptr || response_body != nullptr) add(body);
  if (response_body != nullptr) add(response_body);
}

void AddBindings(const Method& method, View& view) {
  view.Loop("BINDING");
  view.Loop("HTTP");
  view.Show("HAS_BINDINGS", !method.bindings.empty());
  view.Show("NO_BINDINGS", method.bindings.empty());
  for (const HttpBinding& binding : method.bindings) {
    View& entry = view.Add("BINDING");
    entry.Set("VERB", CppEscape(binding.verb));
    entry.Set("PATH", CppEscape(binding.path));
    entry.Set("BODY", CppEscape(binding.body));
    entry.Set("RESPONSE_BODY", CppEscape(binding.response_body));
    AddCodecs(binding, entry);
    entry.Set("END", &binding == &method.bindings.back() ? "};" : ",");
    view.Add("HTTP").Set("ROUTE", binding.verb + " " + binding.path);
  }
  if (method.bindings.empty()) view.Add("HTTP").Set("ROUTE", "Not served over REST");
}

// What the handler's method is called: as the .proto says, unless the handler's bases or an earlier
// method have that name.
std::string MethodName(const Method& method, const std::string& service,
                       std::set<std::string>& taken) {
  std::string name = method.cpp_name;
  while (name == service + "Handler" || name == service + "AsyncHandler" ||
         name == service + "Proxy" || !taken.insert(name).second) {
    name += '_';
  }
  return name;
}

// The fields of a MethodTraits that the .proto sets, as designated initializers.
void AddRule(const MethodRule& rule, View& view) {
  view.Show("HAS_RULE", rule.given());
  std::string text;
  const auto add = [&text](const std::string& field) {
    text += (text.empty() ? "" : ", ") + field;
  };
  if (rule.success_status != 0) {
    add(".success_status = " + std::to_string(rule.success_status));
  }
  if (rule.lenient) add(std::string(".lenient = ") + (*rule.lenient ? "true" : "false"));
  if (rule.etag) add(".etag = true");
  view.Set("RULE", "{" + text + "}");
}

void AddMethods(const Service& service, View& view) {
  view.Loop("METHOD");
  view.Show("HAS_METHODS", !service.methods.empty());
  view.Show("NO_METHODS", service.methods.empty());
  std::set<std::string> taken = {"service", "blocking", "Invoke", "Dispatch", "client_"};
  for (std::size_t i = 0; i < service.methods.size(); ++i) {
    const Method& method = service.methods[i];
    const Kind& kind = KindOf(method);
    View& entry = view.Add("METHOD");
    const std::string name = MethodName(method, service.cpp_name, taken);
    entry.Set("NAME", name);
    // Dispatch has parameters of these names.
    entry.Set("CALLEE", (name == "method" || name == "call" ? "this->" : "") + name);
    entry.Set("RAW_NAME", method.name);
    entry.Set("INDEX", std::to_string(i));
    entry.Set("REQUEST", method.request->cpp_name);
    entry.Set("RESPONSE", method.response->cpp_name);
    entry.Set("KIND", std::string(kind.constant));
    entry.Set("STREAMING", std::string(kind.remark));
    for (const Kind& other : {kUnary, kServerStream, kClientStream, kBidiStream}) {
      entry.Show(other.section, other.section == kind.section);
    }
    AddComment(method.comments, "METHOD_COMMENT", entry);
    if (method.deprecated) entry.Add("METHOD_COMMENT").Set("LINE", " Deprecated.");
    AddBindings(method, entry);
    AddRule(method.rule, entry);
  }
}

// The delimiter of a raw string literal that does not end early, whatever the text.
std::string RawDelimiter(std::string_view text) {
  std::string delimiter = "openapi";
  for (int i = 1; text.find(")" + delimiter + "\"") != text.npos; ++i) {
    delimiter = "openapi" + std::to_string(i);
  }
  return delimiter;
}

// The document of this service alone: a server may serve one of a file's services and not the
// other.
void AddOpenApi(const Service& service, const Api& api, const Options& options,
                Diagnostics& diagnostics, View& view) {
  view.Show("SERVES_OPENAPI", options.openapi);
  view.Show("NO_OPENAPI", !options.openapi);
  if (!options.openapi) return;
  const std::string document =
      openapi::ToLines(openapi::DocumentOf({&service}, api, options, diagnostics));
  view.Set("RAW", RawDelimiter(document));
  view.Set("OPENAPI", EscapeDirectionMarks(document));
}

void AddService(const Service& service, const Api& api, const Options& options,
                Diagnostics& diagnostics, View& view) {
  View& entry = view.Add("SERVICE");
  entry.Set("SERVICE_NAME", service.name);
  entry.Set("SERVICE_FULL_NAME", service.full_name);
  entry.Set("FINGERPRINT", service.fingerprint);
  entry.Set("HANDLER", service.cpp_name + "Handler");
  entry.Set("ASYNC_HANDLER", service.cpp_name + "AsyncHandler");
  entry.Set("PROXY", service.cpp_name + "Proxy");
  entry.Set("TABLE", service.cpp_name + "Table");
  AddComment(service.comments, "SERVICE_COMMENT", entry);
  entry.Show("HAS_SERVICE_COMMENT", !service.comments.leading.empty());
  entry.Show("HAS_PROXY", options.grpc);
  AddOpenApi(service, api, options, diagnostics, entry);
  AddMethods(service, entry);
}

// The messages whose codecs stand in the table of a method.
std::vector<const Message*> CodedMessages(const Method& method) {
  std::vector<const Message*> messages = {method.request, method.response};
  for (const HttpBinding& binding : method.bindings) {
    for (const Field* field : {binding.body_field, binding.response_body_field}) {
      if (const Message* const message = MessageIn(field)) messages.push_back(message);
    }
  }
  return messages;
}

// The .json.pb.h of the imported files that declare them, in the order of use.
std::vector<std::string> ImportedJson(const File& file) {
  std::vector<std::string> headers;
  for (const Service& service : file.services) {
    for (const Method& method : service.methods) {
      for (const Message* message : CodedMessages(method)) {
        // Well-known types are built into the runtime.
        if (message->file == &file || message->well_known != WellKnown::kNone) continue;
        const std::string header = BaseName(*message->file) + ".json.pb.h";
        if (std::ranges::find(headers, header) == headers.end()) headers.push_back(header);
      }
    }
  }
  return headers;
}

void AddJson(const File& file, const Options& options, View& view) {
  std::vector<std::string> imported;
  if (options.json) imported = ImportedJson(file);
  view.Show("OWN_JSON", options.json);
  view.Show("IMPORTED_JSON", !imported.empty());
  view.Loop("JSON");
  for (const std::string& header : imported) view.Add("JSON").Set("JSON_HEADER", header);
}

std::string Join(const std::vector<std::string>& parts, std::string_view separator) {
  std::string text;
  for (const std::string& part : parts) {
    if (!text.empty()) text += separator;
    text += part;
  }
  return text;
}

View MakeView(const File& file, const Api& api, const Options& options, Diagnostics& diagnostics) {
  View view;
  view.Set("PROTO", file.path);
  view.Set("PROTO_TEXT", CppEscape(file.path));
  view.Set("BASE", BaseName(file));
  view.Set("API_VERSION", std::to_string(kApiVersion));
  view.Set("NAMESPACE", Join(file.cpp_namespace, "::"));
  view.Show("HAS_NAMESPACE", !file.cpp_namespace.empty());
  view.Show("HAS_SERVICES", !file.services.empty());
  view.Show("NO_SERVICES", file.services.empty());
  view.Show("HAS_PROXIES", options.grpc);
  view.Loop("SERVICE");
  AddJson(file, options, view);
  for (const Service& service : file.services) {
    AddService(service, api, options, diagnostics, view);
  }
  return view;
}

}  // namespace

void EmitServices(const Api& api, const Options& options, Diagnostics& diagnostics,
                  Output& output) {
  if (!options.rest) return;
  const BuiltInTemplates templates(options.templates);
  for (const auto& file : api.files) {
    if (!file->generate) continue;
    const View view = MakeView(*file, api, options, diagnostics);
    for (const std::string_view suffix : {".rest.pb.h", ".rest.pb.cc"}) {
      output.Add(BaseName(*file) + std::string(suffix),
                 Render(std::string(suffix.substr(1)) + ".tpl", view, templates, diagnostics));
    }
  }
}

}  // namespace protorest::plugin
