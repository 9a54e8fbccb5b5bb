// What is compared: the declarations of the old files that this run generates, and the types that
// they use; each with its counterpart in the new files.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "plugin/model/model.h"

namespace protorest::plugin::breaking {

// Both sides, and who corresponds to whom: by full name, wherever a thing is declared; where a
// file's package changed, by the name in the new package.
class Scope {
 public:
  Scope(const Api& old_api, const Api& new_api);

  // The old files whose declarations must still be there: those of the same path as a generated
  // file; and those of its packages that the new files do not have any more.
  const std::vector<const File*>& old_files() const { return old_files_; }
  // What those files use of others; each message and enum once.
  const std::vector<const Message*>& used_messages() const { return used_messages_; }
  const std::vector<const Enum*>& used_enums() const { return used_enums_; }

  // The new file of the old one's path; null if there is none.
  const File* FileOf(const File& old_file) const;
  // Null if there is none.
  const Message* NewOf(const Message& old_message) const;
  const Enum* NewOf(const Enum& old_enum) const;
  const Service* NewOf(const Service& old_service) const;
  const Field* NewExtensionOf(const Field& old_extension, const File& old_file) const;

  // Whether clients send this new message, as far as this run knows; messages that no method uses
  // may be used by anybody.
  bool IsSent(const Message& new_message) const;

 private:
  void IndexNew(const Api& api);
  void IndexNew(const Message& message);
  void FindOldFiles(const Api& old_api);
  void FindUsed();
  std::string NewName(std::string_view full_name, const File& old_file) const;
  bool IsCovered(const File* old_file) const;

  std::map<std::string, const File*, std::less<>> files_;  // by path
  std::map<std::string, const Message*, std::less<>> messages_;
  std::map<std::string, const Enum*, std::less<>> enums_;
  std::map<std::string, const Service*, std::less<>> services_;
  std::map<std::string, const Field*, std::less<>> extensions_;
  std::set<const Message*> sent_;
  std::set<const Message*> received_;

  std::vector<const File*> old_files_;
  std::vector<const Message*> used_messages_;
  std::vector<const Enum*> used_enums_;
};

}  // namespace protorest::plugin::breaking
