#include "plugin/breaking/scope.h"

#include <algorithm>
#include <utility>

namespace protorest::plugin::breaking {
namespace {

// They come with protobuf, whose business their changes are.
bool IsBuiltIn(const File& file) { return file.package == "google.protobuf"; }

template <class T>
const T* Find(const std::map<std::string, const T*, std::less<>>& map, std::string_view name) {
  const auto found = map.find(name);
  return found == map.end() ? nullptr : found->second;
}

// `from` and all messages that it leads to.
std::set<const Message*> Reachable(std::vector<const Message*> from) {
  std::set<const Message*> reached;
  while (!from.empty()) {
    const Message* const message = from.back();
    from.pop_back();
    if (!reached.insert(message).second) continue;
    for (const Field& field : message->fields) {
      if (field.message != nullptr) from.push_back(field.message);
    }
  }
  return reached;
}

bool DeclaresNothing(const File& file) {
  return file.messages.empty() && file.enums.empty() && file.services.empty() &&
         file.extensions.empty();
}

void AddMessages(const std::vector<std::unique_ptr<Message>>& from,
                 std::vector<const Message*>* into) {
  for (const auto& message : from) {
    into->push_back(message.get());
    AddMessages(message->messages, into);
  }
}

}  // namespace

Scope::Scope(const Api& old_api, const Api& new_api) {
  IndexNew(new_api);
  FindOldFiles(old_api);
  FindUsed();
}

void Scope::IndexNew(const Api& api) {
  std::vector<const Message*> requests;
  std::vector<const Message*> responses;
  for (const auto& file : api.files) {
    files_.emplace(file->path, file.get());
    for (const auto& message : file->messages) IndexNew(*message);
    for (const auto& enumeration : file->enums) {
      enums_.emplace(enumeration->full_name, enumeration.get());
    }
    for (const Field& extension : file->extensions) {
      extensions_.emplace(extension.full_name, &extension);
    }
    for (const Service& service : file->services) {
      services_.emplace(service.full_name, &service);
      for (const Method& method : service.methods) {
        requests.push_back(method.request);
        responses.push_back(method.response);
      }
    }
  }
  sent_ = Reachable(std::move(requests));
  received_ = Reachable(std::move(responses));
}

void Scope::IndexNew(const Message& message) {
  messages_.emplace(message.full_name, &message);
  for (const auto& nested : message.messages) IndexNew(*nested);
  for (const auto& enumeration : message.enums) {
    enums_.emplace(enumeration->full_name, enumeration.get());
  }
}

void Scope::FindOldFiles(const Api& old_api) {
  std::set<std::string_view> packages;
  for (const auto& [path, file] : files_) {
    if (file->generate) packages.insert(file->package);
  }
  for (const auto& old_file : old_api.files) {
    if (IsBuiltIn(*old_file) || DeclaresNothing(*old_file)) continue;
    const File* const file = FileOf(*old_file);
    if (file != nullptr ? file->generate : packages.contains(old_file->package)) {
      old_files_.push_back(old_file.get());
    }
  }
}

bool Scope::IsCovered(const File* old_file) const {
  return std::ranges::find(old_files_, old_file) != old_files_.end();
}

void Scope::FindUsed() {
  std::vector<const Message*> covered;
  for (const File* old_file : old_files_) {
    AddMessages(old_file->messages, &covered);
    for (const Field& extension : old_file->extensions) {
      if (extension.message != nullptr) covered.push_back(extension.message);
    }
    for (const Service& service : old_file->services) {
      for (const Method& method : service.methods) {
        covered.insert(covered.end(), {method.request, method.response});
      }
    }
  }
  // By name: the order of pointers is another one each time.
  std::map<std::string_view, const Message*> messages;
  std::map<std::string_view, const Enum*> enums;
  for (const Message* message : Reachable(std::move(covered))) {
    for (const Field& field : message->fields) {
      const Enum* const type = field.enumeration;
      if (type == nullptr || IsBuiltIn(*type->file) || IsCovered(type->file)) continue;
      enums.emplace(type->full_name, type);
    }
    if (message->map_entry || IsBuiltIn(*message->file) || IsCovered(message->file)) continue;
    messages.emplace(message->full_name, message);
  }
  for (const auto& [name, message] : messages) used_messages_.push_back(message);
  for (const auto& [name, enumeration] : enums) used_enums_.push_back(enumeration);
}

const File* Scope::FileOf(const File& old_file) const { return Find(files_, old_file.path); }

std::string Scope::NewName(std::string_view full_name, const File& old_file) const {
  const File* const file = FileOf(old_file);
  if (file == nullptr || file->package == old_file.package) return std::string(full_name);
  if (!old_file.package.empty()) full_name.remove_prefix(old_file.package.size() + 1);
  std::string name = file->package;
  if (!name.empty()) name += '.';
  return name.append(full_name);
}

const Message* Scope::NewOf(const Message& old_message) const {
  return Find(messages_, NewName(old_message.full_name, *old_message.file));
}

const Enum* Scope::NewOf(const Enum& old_enum) const {
  return Find(enums_, NewName(old_enum.full_name, *old_enum.file));
}

const Service* Scope::NewOf(const Service& old_service) const {
  return Find(services_, NewName(old_service.full_name, *old_service.file));
}

const Field* Scope::NewExtensionOf(const Field& old_extension, const File& old_file) const {
  return Find(extensions_, NewName(old_extension.full_name, old_file));
}

bool Scope::IsSent(const Message& new_message) const {
  return sent_.contains(&new_message) || !received_.contains(&new_message);
}

}  // namespace protorest::plugin::breaking
