#include "plugin/model/build.h"

#include <google/protobuf/compiler/cpp/names.h>
#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "plugin/cpp_text.h"
#include "plugin/model/annotation_google.h"
#include "plugin/model/annotations.h"
#include "plugin/model/http_rule.h"
#include "plugin/model/method_rule.h"
#include "plugin/model/source_info.h"
#include "plugin/model/validation_rules.h"
#include "schema/fingerprint.h"

namespace protorest::plugin {
namespace {

namespace pb = google::protobuf;
namespace cpp = google::protobuf::compiler::cpp;

// The JSON type of a field's value, as far as one word says it.
std::string JsonTypeOf(const pb::FieldDescriptor& field) {
  if (field.is_map()) return "object";
  if (field.is_repeated()) return "array";
  switch (field.cpp_type()) {
    case pb::FieldDescriptor::CPPTYPE_INT32:
    case pb::FieldDescriptor::CPPTYPE_UINT32:
      return "integer";
    case pb::FieldDescriptor::CPPTYPE_FLOAT:
    case pb::FieldDescriptor::CPPTYPE_DOUBLE:
      return "number";
    case pb::FieldDescriptor::CPPTYPE_BOOL:
      return "boolean";
    case pb::FieldDescriptor::CPPTYPE_MESSAGE: {
      const std::string_view name = field.message_type()->full_name();
      return name == "google.protobuf.Timestamp" || name == "google.protobuf.Duration" ||
                     name == "google.protobuf.FieldMask"
                 ? "string"
                 : "object";
    }
    default:
      return "string";
  }
}

WellKnown WellKnownOf(std::string_view full_name) {
  static constexpr struct {
    std::string_view name;
    WellKnown type;
  } kTypes[] = {
      {"Any", WellKnown::kAny},
      {"Timestamp", WellKnown::kTimestamp},
      {"Duration", WellKnown::kDuration},
      {"FieldMask", WellKnown::kFieldMask},
      {"Struct", WellKnown::kStruct},
      {"Value", WellKnown::kValue},
      {"ListValue", WellKnown::kListValue},
      {"Empty", WellKnown::kEmpty},
      {"DoubleValue", WellKnown::kDoubleValue},
      {"FloatValue", WellKnown::kFloatValue},
      {"Int64Value", WellKnown::kInt64Value},
      {"UInt64Value", WellKnown::kUint64Value},
      {"Int32Value", WellKnown::kInt32Value},
      {"UInt32Value", WellKnown::kUint32Value},
      {"BoolValue", WellKnown::kBoolValue},
      {"StringValue", WellKnown::kStringValue},
      {"BytesValue", WellKnown::kBytesValue},
  };
  constexpr std::string_view kPackage = "google.protobuf.";
  if (!full_name.starts_with(kPackage)) return WellKnown::kNone;
  full_name.remove_prefix(kPackage.size());
  for (const auto& type : kTypes) {
    if (type.name == full_name) return type.type;
  }
  return WellKnown::kNone;
}

FieldType TypeOf(const pb::FieldDescriptor& field) {
  using Type = pb::FieldDescriptor;
  switch (field.type()) {
    case Type::TYPE_DOUBLE:
      return FieldType::kDouble;
    case Type::TYPE_FLOAT:
      return FieldType::kFloat;
    case Type::TYPE_INT32:
      return FieldType::kInt32;
    case Type::TYPE_INT64:
      return FieldType::kInt64;
    case Type::TYPE_UINT32:
      return FieldType::kUint32;
    case Type::TYPE_UINT64:
      return FieldType::kUint64;
    case Type::TYPE_SINT32:
      return FieldType::kSint32;
    case Type::TYPE_SINT64:
      return FieldType::kSint64;
    case Type::TYPE_FIXED32:
      return FieldType::kFixed32;
    case Type::TYPE_FIXED64:
      return FieldType::kFixed64;
    case Type::TYPE_SFIXED32:
      return FieldType::kSfixed32;
    case Type::TYPE_SFIXED64:
      return FieldType::kSfixed64;
    case Type::TYPE_BOOL:
      return FieldType::kBool;
    case Type::TYPE_STRING:
      return FieldType::kString;
    case Type::TYPE_BYTES:
      return FieldType::kBytes;
    case Type::TYPE_ENUM:
      return FieldType::kEnum;
    case Type::TYPE_MESSAGE:
      return FieldType::kMessage;
    case Type::TYPE_GROUP:
      return FieldType::kGroup;
  }
  return FieldType::kString;  // not reached: the switch names every type
}

// Whether unknown numbers are refused. Protobuf of the editions knows, older ones have but
// syntaxes.
template <class EnumDescriptor>
bool IsClosed(const EnumDescriptor& descriptor, const File& file) {
  if constexpr (requires { descriptor.is_closed(); }) return descriptor.is_closed();
  return !file.proto3;
}

// Strings and bytes as they are, all else as in the .proto.
std::string DefaultOf(const pb::FieldDescriptor& descriptor) {
  if (descriptor.cpp_type() == pb::FieldDescriptor::CPPTYPE_STRING) {
    return std::string(descriptor.default_value_string());
  }
  pb::FieldDescriptorProto proto;
  descriptor.CopyTo(&proto);
  return proto.default_value();
}

// `after` is how far the end of the descriptor's range is beyond the last number: 1 for messages,
// whose ranges are half open, 0 for enums.
template <class Range>
NumberRange RangeOf(const Range& range, int after) {
  if constexpr (requires { range.start_number(); }) {
    return {range.start_number(), range.end_number() - after};
  } else {
    return {range.start, range.end - after};
  }
}

template <class Descriptor>
Reserved ReservedOf(const Descriptor& descriptor, int after) {
  Reserved reserved;
  for (int i = 0; i < descriptor.reserved_range_count(); ++i) {
    reserved.numbers.push_back(RangeOf(*descriptor.reserved_range(i), after));
  }
  for (int i = 0; i < descriptor.reserved_name_count(); ++i) {
    reserved.names.emplace_back(descriptor.reserved_name(i));
  }
  return reserved;
}

// {"users", "v1"}, spelled as libprotoc spells the namespace: it is asked about a message that such
// a package would hold, because it tells namespaces of messages alone.
std::vector<std::string> NamespaceOf(const std::string& package) {
  pb::FileDescriptorProto probe;
  probe.set_name("probe.proto");
  probe.set_package(package);
  probe.add_message_type()->set_name("Probe");
  pb::DescriptorPool pool;
  const std::string name = cpp::QualifiedClassName(pool.BuildFile(probe)->message_type(0));
  std::vector<std::string> parts;  // of "::users::v1::Probe"
  for (std::size_t begin = 2, end; (end = name.find("::", begin)) != name.npos; begin = end + 2) {
    parts.push_back(name.substr(begin, end - begin));
  }
  return parts;
}

// Two passes, because anything may refer to anything: all files, messages and enums are declared
// before fields and methods point at them.
class Builder {
 public:
  Builder(const Options& options, const ServiceConfig& config)
      : options_(options), config_(config) {}

  Api Build(const std::vector<const pb::FileDescriptor*>& files) {
    if (!files.empty()) annotations_.emplace(*files.front()->pool(), options_.visibility);
    for (const pb::FileDescriptor* file : files) Declare(*file);
    for (const pb::FileDescriptor* file : files) files_.at(file)->generate = true;
    for (const auto& [descriptor, message] : messages_) Fill(*descriptor, *message);
    for (const auto& [descriptor, file] : files_) FillFile(*descriptor, *file);
    for (const pb::FileDescriptor* file : files) {
      files_.at(file)->fingerprint = fingerprints_.Of(*file);
      for (int i = 0; i < file->service_count(); ++i) {
        files_.at(file)->services[i].fingerprint = fingerprints_.Of(*file->service(i));
      }
    }
    return std::move(api_);
  }

 private:
  void Declare(const pb::FileDescriptor& descriptor);
  void Declare(const pb::Descriptor& descriptor, const File& file, const Message* parent,
               std::vector<std::unique_ptr<Message>>& into);
  void Declare(const pb::EnumDescriptor& descriptor, const File& file, const Message* parent,
               std::vector<std::unique_ptr<Enum>>& into);
  void Fill(const pb::Descriptor& descriptor, Message& message);
  void FillFile(const pb::FileDescriptor& descriptor, File& file);
  void FillExtensions(const pb::Descriptor& descriptor, File& file);
  Field MakeField(const pb::FieldDescriptor& descriptor);
  Service MakeService(const pb::ServiceDescriptor& descriptor, const File& file);
  Method MakeMethod(const pb::MethodDescriptor& descriptor);
  void AddBindings(const pb::MethodDescriptor& descriptor, Method& method);

  const Options& options_;
  const ServiceConfig& config_;
  Api api_;
  schema::Fingerprints fingerprints_;
  std::optional<AnnotationReader> annotations_;
  std::map<const pb::FileDescriptor*, File*> files_;
  std::map<const pb::Descriptor*, Message*> messages_;
  std::map<const pb::EnumDescriptor*, Enum*> enums_;
};

void Builder::Declare(const pb::FileDescriptor& descriptor) {
  if (files_.contains(&descriptor)) return;
  for (int i = 0; i < descriptor.dependency_count(); ++i) Declare(*descriptor.dependency(i));

  File& file = *api_.files.emplace_back(std::make_unique<File>());
  files_[&descriptor] = &file;
  file.path = descriptor.name();
  file.package = descriptor.package();
  file.cpp_namespace = NamespaceOf(file.package);
  file.lite = descriptor.options().optimize_for() == pb::FileOptions::LITE_RUNTIME;
  file.deprecated = descriptor.options().deprecated();
  file.annotation =
      annotations_->Read(Annotated::kFile, descriptor.options(), FileLocator(descriptor));
  pb::FileDescriptorProto heading;
  descriptor.CopyTo(&heading);
  file.proto3 = heading.syntax() == "proto3";
  for (int i = 0; i < descriptor.message_type_count(); ++i) {
    Declare(*descriptor.message_type(i), file, nullptr, file.messages);
  }
  for (int i = 0; i < descriptor.enum_type_count(); ++i) {
    Declare(*descriptor.enum_type(i), file, nullptr, file.enums);
  }
}

void Builder::Declare(const pb::Descriptor& descriptor, const File& file, const Message* parent,
                      std::vector<std::unique_ptr<Message>>& into) {
  Message& message = *into.emplace_back(std::make_unique<Message>());
  messages_[&descriptor] = &message;
  message.file = &file;
  message.parent = parent;
  message.location = LocationOf(descriptor);
  message.name = descriptor.name();
  message.full_name = descriptor.full_name();
  message.cpp_name = cpp::QualifiedClassName(&descriptor);
  message.map_entry = descriptor.options().map_entry();
  message.extendable = descriptor.extension_range_count() > 0;
  for (int i = 0; i < descriptor.extension_range_count(); ++i) {
    message.extension_ranges.push_back(RangeOf(*descriptor.extension_range(i), 1));
  }
  message.reserved = ReservedOf(descriptor, 1);
  message.validation = ReadMessageRules(descriptor.options());
  message.well_known = WellKnownOf(message.full_name);
  message.comments = CommentsOf(descriptor);
  message.deprecated = descriptor.options().deprecated();
  message.annotation =
      annotations_->Read(Annotated::kMessage, descriptor.options(),
                         Locator(descriptor, pb::DescriptorProto::kOptionsFieldNumber), "object");
  for (int i = 0; i < descriptor.nested_type_count(); ++i) {
    Declare(*descriptor.nested_type(i), file, &message, message.messages);
  }
  for (int i = 0; i < descriptor.enum_type_count(); ++i) {
    Declare(*descriptor.enum_type(i), file, &message, message.enums);
  }
}

void Builder::Declare(const pb::EnumDescriptor& descriptor, const File& file, const Message* parent,
                      std::vector<std::unique_ptr<Enum>>& into) {
  Enum& enumeration = *into.emplace_back(std::make_unique<Enum>());
  enums_[&descriptor] = &enumeration;
  enumeration.file = &file;
  enumeration.parent = parent;
  enumeration.full_name = descriptor.full_name();
  enumeration.cpp_name = cpp::QualifiedClassName(&descriptor);
  enumeration.location = LocationOf(descriptor);
  enumeration.closed = IsClosed(descriptor, file);
  enumeration.reserved = ReservedOf(descriptor, 0);
  enumeration.comments = CommentsOf(descriptor);
  enumeration.deprecated = descriptor.options().deprecated();
  enumeration.annotation = annotations_->Read(
      Annotated::kEnum, descriptor.options(),
      Locator(descriptor, pb::EnumDescriptorProto::kOptionsFieldNumber), "string");
  for (int i = 0; i < descriptor.value_count(); ++i) {
    const pb::EnumValueDescriptor& value = *descriptor.value(i);
    enumeration.values.push_back(
        {std::string(value.name()), cpp::EnumValueName(&value), value.number(), CommentsOf(value),
         value.options().deprecated(), LocationOf(value),
         annotations_->Read(Annotated::kEnumValue, value.options(),
                            Locator(value, pb::EnumValueDescriptorProto::kOptionsFieldNumber))});
  }
}

// Rules of a field that a rule `oneof` of its message names are for a field that is set.
void IgnoreZeroInOneofs(Message& message) {
  for (const MessageOneof& oneof : MessageOneofs(message.validation)) {
    for (Field& field : message.fields) {
      const bool named = std::ranges::find(oneof.fields, field.name) != oneof.fields.end();
      if (!named || field.validation.empty() || FindRule(field.validation, "ignore")) continue;
      field.validation.push_back({"ignore", {"IGNORE_IF_ZERO_VALUE"}});
    }
  }
}

void Builder::Fill(const pb::Descriptor& descriptor, Message& message) {
  for (int i = 0; i < descriptor.field_count(); ++i) {
    message.fields.push_back(MakeField(*descriptor.field(i)));
  }
  IgnoreZeroInOneofs(message);
  for (int i = 0; i < descriptor.real_oneof_decl_count(); ++i) {
    const pb::OneofDescriptor& oneof = *descriptor.oneof_decl(i);
    Oneof& entry = message.oneofs.emplace_back();
    entry.name = oneof.name();
    entry.cpp_name = oneof.name();
    entry.required = ReadOneofRequired(oneof.options());
    entry.comments = CommentsOf(oneof);
    for (int j = 0; j < oneof.field_count(); ++j) entry.fields.push_back(oneof.field(j)->index());
  }
}

void Builder::FillFile(const pb::FileDescriptor& descriptor, File& file) {
  for (int i = 0; i < descriptor.dependency_count(); ++i) {
    file.imports.push_back(files_.at(descriptor.dependency(i)));
  }
  for (int i = 0; i < descriptor.service_count(); ++i) {
    file.services.push_back(MakeService(*descriptor.service(i), file));
  }
  for (int i = 0; i < descriptor.extension_count(); ++i) {
    file.extensions.push_back(MakeField(*descriptor.extension(i)));
  }
  for (int i = 0; i < descriptor.message_type_count(); ++i) {
    FillExtensions(*descriptor.message_type(i), file);
  }
  for (const int field : {pb::FileDescriptorProto::kSyntaxFieldNumber,
                          pb::FileDescriptorProto::kPackageFieldNumber}) {
    pb::SourceLocation source;
    if (file.comments.leading.empty() && descriptor.GetSourceLocation({field}, &source)) {
      file.comments = CommentsOf(source);
    }
  }
}

void Builder::FillExtensions(const pb::Descriptor& descriptor, File& file) {
  for (int i = 0; i < descriptor.extension_count(); ++i) {
    file.extensions.push_back(MakeField(*descriptor.extension(i)));
  }
  for (int i = 0; i < descriptor.nested_type_count(); ++i) {
    FillExtensions(*descriptor.nested_type(i), file);
  }
}

Field Builder::MakeField(const pb::FieldDescriptor& descriptor) {
  Field field;
  field.location = LocationOf(descriptor);
  field.name = descriptor.name();
  field.json_name = descriptor.json_name();
  field.cpp_name = cpp::FieldName(&descriptor);
  field.full_name = descriptor.full_name();
  field.number = descriptor.number();
  field.type = TypeOf(descriptor);
  if (descriptor.message_type() != nullptr) field.message = messages_.at(descriptor.message_type());
  if (descriptor.enum_type() != nullptr) field.enumeration = enums_.at(descriptor.enum_type());
  field.repeated = descriptor.is_repeated();
  field.map = descriptor.is_map();
  field.required = descriptor.is_required();
  field.has_presence = descriptor.has_presence();
  const pb::OneofDescriptor* oneof = descriptor.real_containing_oneof();
  field.oneof = oneof == nullptr ? -1 : oneof->index();
  field.proto3_optional = oneof == nullptr && descriptor.containing_oneof() != nullptr;
  field.packed = descriptor.is_packed();
  field.deprecated = descriptor.options().deprecated();
  field.hidden = descriptor.cpp_type() == pb::FieldDescriptor::CPPTYPE_STRING &&
                 descriptor.options().ctype() != pb::FieldOptions::STRING;
  if (descriptor.has_default_value()) field.default_value = DefaultOf(descriptor);
  field.behavior = ReadFieldBehavior(descriptor.options());
  field.validation = ReadFieldRules(descriptor.options(), *descriptor.file()->pool());
  if (descriptor.is_extension()) field.extendee = messages_.at(descriptor.containing_type());
  field.comments = CommentsOf(descriptor);
  field.annotation = annotations_->Read(
      Annotated::kField, descriptor.options(),
      Locator(descriptor, pb::FieldDescriptorProto::kOptionsFieldNumber), JsonTypeOf(descriptor));
  return field;
}

Service Builder::MakeService(const pb::ServiceDescriptor& descriptor, const File& file) {
  Service service;
  service.file = &file;
  service.location = LocationOf(descriptor);
  service.name = descriptor.name();
  service.full_name = descriptor.full_name();
  service.cpp_name = service.name;
  service.comments = CommentsOf(descriptor);
  service.deprecated = descriptor.options().deprecated();
  service.annotation =
      annotations_->Read(Annotated::kService, descriptor.options(),
                         Locator(descriptor, pb::ServiceDescriptorProto::kOptionsFieldNumber));
  service.default_host = ReadDefaultHost(descriptor.options());
  service.oauth_scopes = ReadOAuthScopes(descriptor.options());
  for (int i = 0; i < descriptor.method_count(); ++i) {
    service.methods.push_back(MakeMethod(*descriptor.method(i)));
  }
  return service;
}

Method Builder::MakeMethod(const pb::MethodDescriptor& descriptor) {
  Method method;
  method.location = LocationOf(descriptor);
  method.name = descriptor.name();
  method.full_name = descriptor.full_name();
  method.cpp_name = CppIdentifier(method.name);
  method.request = messages_.at(descriptor.input_type());
  method.response = messages_.at(descriptor.output_type());
  method.client_streaming = descriptor.client_streaming();
  method.server_streaming = descriptor.server_streaming();
  method.comments = CommentsOf(descriptor);
  method.deprecated = descriptor.options().deprecated();
  method.annotation =
      annotations_->Read(Annotated::kMethod, descriptor.options(),
                         Locator(descriptor, pb::MethodDescriptorProto::kOptionsFieldNumber));
  method.rule = ReadMethodRule(descriptor.options());
  const Location option = OptionLocation(descriptor, {kMethodExtension}, method.location);
  method.rule.success_status_location =
      OptionLocation(descriptor, {kMethodExtension, kSuccessStatusField}, option);
  method.rule.etag_location = OptionLocation(descriptor, {kMethodExtension, kEtagField}, option);
  AddBindings(descriptor, method);
  return method;
}

HttpBinding MakeBinding(const HttpRule& rule, const Location& otherwise) {
  HttpBinding binding;
  binding.location = rule.location.file.empty() ? otherwise : rule.location;
  binding.verb = rule.verb;
  binding.path = rule.path;
  binding.body = rule.body;
  binding.response_body = rule.response_body;
  return binding;
}

void Builder::AddBindings(const pb::MethodDescriptor& descriptor, Method& method) {
  HttpRule rule;
  if (const HttpRule* configured = config_.Find(method.full_name)) {
    rule = *configured;
  } else if (!ReadHttpRule(descriptor.options(), rule)) {
    method.unbound = true;
    if (options_.unbound == Unbound::kSkip) return;
    rule.verb = "POST";
    rule.path = "/" + std::string(descriptor.service()->full_name()) + "/" + method.name;
    rule.body = "*";
  }
  const Location location = OptionLocation(descriptor, {kHttpExtension}, method.location);
  method.bindings.push_back(MakeBinding(rule, location));
  for (const HttpRule& additional : rule.additional) {
    method.bindings.push_back(MakeBinding(additional, location));
    method.bindings.back().nested_additional = !additional.additional.empty();
  }
}

}  // namespace

Api BuildApi(const std::vector<const pb::FileDescriptor*>& files, const Options& options,
             const ServiceConfig& config) {
  return Builder(options, config).Build(files);
}

}  // namespace protorest::plugin
