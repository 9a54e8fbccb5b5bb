#include "plugin/emit/json.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "plugin/cpp_text.h"
#include "plugin/emit/json_field.h"
#include "plugin/emit/names.h"
#include "plugin/emit/render.h"
#include "plugin/emit/view.h"
#include "plugin/version.h"

namespace protorest::plugin {
namespace {

constexpr std::size_t kFewValues = 8;  // more are searched by halves

using Messages = std::vector<const Message*>;

// The messages that get a mapping: nested ones too, inner ones first; neither the entries of maps
// nor the well-known types that the runtime has built in.
void Collect(const std::vector<std::unique_ptr<Message>>& from, Messages& messages) {
  for (const auto& message : from) {
    if (message->map_entry || message->well_known != WellKnown::kNone) continue;
    Collect(message->messages, messages);
    messages.push_back(message.get());
  }
}

// The end of "::users::v1::User_Role".
std::string_view LastName(std::string_view cpp_name) {
  return cpp_name.substr(cpp_name.rfind(':') + 1);
}

// Names within one generated file.
class FileNames final : public JsonNames {
 public:
  FileNames(const File& file, const Messages& messages) : file_(file) {
    for (const Message* message : messages) {
      for (const Field& field : message->fields) {
        if (const Message* const type = ValueMessage(field)) AddImport(*type);
        if (const Enum* const type = ValueEnum(field)) AddEnum(*type);
      }
    }
  }

  std::string MappingOf(const Message& message) const override {
    return IsImported(message) ? "MappingOf" : "Mapping";
  }
  std::string TableOf(const Enum& enumeration) const override { return tables_.at(&enumeration); }
  static std::string TableOf(const Message& message) {
    return "k" + std::string(LastName(message.cpp_name));
  }

  // In the order of their first use; of each imported file, the message that is used first.
  const std::vector<const Message*>& imports() const { return imports_; }
  const std::vector<const Enum*>& enums() const { return enums_; }

 private:
  bool IsImported(const Message& message) const {
    return message.file != &file_ && message.well_known == WellKnown::kNone;
  }

  void AddImport(const Message& message) {
    if (!IsImported(message) ||
        std::ranges::find(imports_, message.file, &Message::file) != imports_.end()) {
      return;
    }
    imports_.push_back(&message);
  }

  void AddEnum(const Enum& enumeration) {
    if (tables_.contains(&enumeration)) return;
    enums_.push_back(&enumeration);
    std::string name(LastName(enumeration.cpp_name));
    if (enumeration.file != &file_) {
      name = enumeration.cpp_name.substr(2);
      for (std::size_t at; (at = name.find("::")) != name.npos;) name.replace(at, 2, "_");
    }
    tables_.emplace(&enumeration, Unique("k" + name));
  }

  std::string Unique(std::string name) {
    while (!taken_.insert(name).second) name += '_';
    return name;
  }

  const File& file_;
  std::vector<const Message*> imports_;
  std::vector<const Enum*> enums_;
  std::map<const Enum*, std::string> tables_;
  std::set<std::string> taken_;
};

// A name as the writer puts it between quotes.
std::string JsonEscape(std::string_view name) {
  constexpr char kHex[] = "0123456789abcdef";
  constexpr std::string_view kShort = "\"\\\b\f\n\r\t";
  constexpr std::string_view kLetters = "\"\\bfnrt";
  std::string text;
  for (const char c : name) {
    if (const std::size_t at = kShort.find(c); at != kShort.npos) {
      text.append({'\\', kLetters[at]});
    } else if (static_cast<unsigned char>(c) < 0x20) {
      text.append("\\u00").append({kHex[c >> 4], kHex[c & 15]});
    } else {
      text += c;
    }
  }
  return text;
}

// For the fields of `file`: it is theirs that decides whether an enum is closed, in C++. proto2 may
// have an enum of proto3.
void AddEnum(const Enum& enumeration, const File& file, const std::string& table, View& view) {
  std::vector<const EnumValue*> values;
  for (const EnumValue& value : enumeration.values) values.push_back(&value);
  std::ranges::stable_sort(values, {}, &EnumValue::number);
  view.Loop("VALUE");
  for (const EnumValue* value : values) {
    View& entry = view.Add("VALUE");
    entry.Set("VALUE_NAME", value->name);
    // The smallest int has no literal of its own.
    entry.Set("NUMBER",
              value->number == INT32_MIN ? "-2147483647 - 1" : std::to_string(value->number));
  }
  std::vector<std::size_t> by_name;
  if (values.size() > kFewValues) {
    by_name.resize(values.size());
    std::iota(by_name.begin(), by_name.end(), 0);
    std::ranges::sort(by_name, {}, [&](std::size_t i) { return values[i]->name; });
  }
  view.Show("SORTED", !by_name.empty());
  view.Loop("ENTRY");
  for (const std::size_t& ordinal : by_name) {
    View& entry = view.Add("ENTRY");
    entry.Set("ORDINAL", std::to_string(ordinal));
    entry.Set("COMMA", &ordinal == &by_name.back() ? "" : ", ");
  }
  view.Set("ENUM_NAME", enumeration.full_name);
  view.Set("ENUM_TABLE", table);
  view.Set("NAMES", by_name.empty() ? "{}" : table + "Names");
  view.Set("CLOSED", enumeration.closed || !file.proto3 ? "true" : "false");
}

// Whether the field's own name means it in JSON, too: not where another field has it there.
bool HasOtherName(const Message& message, const Field& field) {
  return field.name != JsonEscape(field.json_name) &&
         std::ranges::find(message.fields, field.name, &Field::json_name) == message.fields.end();
}

void AddFields(const Message& message, const FileNames& names, View& view) {
  view.Show("HAS_FIELDS", !message.fields.empty());
  view.Show("NO_FIELDS", message.fields.empty());
  view.Loop("FIELD");
  view.Loop("REQUIRED");
  for (std::size_t i = 0; i < message.fields.size(); ++i) {
    const Field& field = message.fields[i];
    View& entry = view.Add("FIELD");
    entry.Set("INDEX", std::to_string(i));
    entry.Set("NEXT_INDEX", std::to_string(i + 1));
    entry.Show("NEXT", i + 1 < message.fields.size());
    entry.Show("LAST", i + 1 == message.fields.size());
    entry.Set("JSON_NAME", CppEscape(JsonEscape(field.json_name)));
    entry.Set("PROTO_NAME", field.name);
    entry.Show("OTHER_NAME", HasOtherName(message, field));
    AddJsonField(message, field, names, entry);
    if (!field.required) continue;
    View& required = view.Add("REQUIRED");
    required.Set("REQUIRED_NAME", field.cpp_name);
    required.Set("REQUIRED_INDEX", std::to_string(i));
  }
}

void AddMessage(const Message& message, const FileNames& names, View& view) {
  View& entry = view.Add("MESSAGE");
  entry.Set("TYPE", message.cpp_name);
  entry.Set("MESSAGE_NAME", message.full_name);
  entry.Set("TABLE", FileNames::TableOf(message));
  entry.Show("IS_EXTENDABLE", message.extendable);
  entry.Show("USES_MESSAGE", message.extendable || !message.fields.empty());
  AddFields(message, names, entry);
}

// Whether the code of these messages names something deprecated.
bool IsDeprecated(const Message& message) {
  return message.deprecated || std::ranges::any_of(message.fields, [](const Field& field) {
           const Message* const type = ValueMessage(field);
           const Enum* const enumeration = ValueEnum(field);
           return field.deprecated || (type != nullptr && type->deprecated) ||
                  (enumeration != nullptr && enumeration->deprecated);
         });
}

View MakeView(const File& file) {
  Messages messages;
  Collect(file.messages, messages);
  const FileNames names(file, messages);
  View view;
  view.Set("PROTO", file.path);
  view.Set("PROTO_TEXT", CppEscape(file.path));
  view.Set("BASE", BaseName(file));
  view.Set("API_VERSION", std::to_string(kApiVersion));
  view.Set("FINGERPRINT", file.fingerprint);
  view.Set("FILE_INFO", "file_" + FileIdentifier(file));
  view.Show("HAS_MESSAGES", !messages.empty());
  view.Show("HAS_IMPORTS", !names.imports().empty());
  view.Loop("IMPORT");
  for (const Message* import : names.imports()) {
    View& entry = view.Add("IMPORT");
    entry.Set("HEADER", CppEscape(BaseName(*import->file) + ".json.pb.h"));
    entry.Set("IMPORTED_TYPE", import->cpp_name);
    entry.Set("COMMA", import == names.imports().back() ? "" : ", ");
  }
  view.Loop("ENUM");
  for (const Enum* enumeration : names.enums()) {
    AddEnum(*enumeration, file, names.TableOf(*enumeration), view.Add("ENUM"));
  }
  view.Loop("MESSAGE");
  for (const Message* message : messages) AddMessage(*message, names, view);
  view.Show("HAS_DEPRECATED_TYPES", std::ranges::any_of(messages, &Message::deprecated));
  view.Show("HAS_DEPRECATED", std::ranges::any_of(messages, [](const Message* message) {
              return IsDeprecated(*message);
            }));
  return view;
}

}  // namespace

void EmitJson(const Api& api, const Options& options, Diagnostics& diagnostics, Output& output) {
  if (!options.json) return;
  const BuiltInTemplates templates(options.templates);
  for (const auto& file : api.files) {
    if (!file->generate) continue;
    const View view = MakeView(*file);
    for (const std::string_view suffix : {".json.pb.h", ".json.pb.cc"}) {
      output.Add(BaseName(*file) + std::string(suffix),
                 Render(std::string(suffix.substr(1)) + ".tpl", view, templates, diagnostics));
    }
  }
}

}  // namespace protorest::plugin
