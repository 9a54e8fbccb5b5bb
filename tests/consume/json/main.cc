// ProtoJSON without a server: what docs/json_mapping.md shows, and what it prints.
#include <google/protobuf/dynamic_message.h>

#include <iostream>
#include <memory>
#include <string>

#include "users.json.pb.h"

namespace json = protorest::json;

void WriteAndRead() {
  users::v1::User user;
  user.set_id(7);
  user.set_display_name("Ada");
  std::cout << json::Write(user) << "\n";

  users::v1::User copy;
  json::Result result = json::Read(R"({"id":"7","displayNmae":"Ada","role":"ADMIN"})", &copy);
  for (const json::Violation& violation : result.violations()) {
    std::cout << violation.field << ": " << violation.description << "\n";
  }
}

void ByOptions() {
  users::v1::User user;
  user.set_role(users::v1::ROLE_ADMIN);
  const json::Options options = {.proto_field_names = true,
                                 .enums_as_numbers = true,
                                 .int64_as_numbers = true,
                                 .write_defaults = true};
  std::string text;
  if (json::Write(user, &text, options)) std::cout << text << "\n";

  const json::Result result = json::Read(R"({"nope":1})", &user, {.ignore_unknown_fields = true});
  std::cout << (result ? "taken\n" : "refused\n");
}

// A message whose type is known at run time alone.
void WithoutItsType() {
  google::protobuf::DynamicMessageFactory factory;
  const std::unique_ptr<google::protobuf::Message> message(
      factory.GetPrototype(users::v1::User::descriptor())->New());
  std::string text;
  if (json::Read(R"({"displayName":"Eve"})", json::ReflectionCodec(), {}, *message) &&
      json::Write(*message, json::ReflectionCodec(), {}, text)) {
    std::cout << text << "\n";
  }
}

int main() {
  WriteAndRead();
  ByOptions();
  WithoutItsType();
}
