// Walks the old declarations and finds those of today.
#include "plugin/breaking/compare.h"

#include <algorithm>
#include <memory>
#include <string>

#include "plugin/breaking/compare_parts.h"
#include "plugin/breaking/report.h"
#include "plugin/breaking/scope.h"
#include "plugin/text.h"

namespace protorest::plugin::breaking {
namespace {

class Walk {
 public:
  explicit Walk(const Comparison& comparison)
      : comparison_(comparison), scope_(comparison.scope), report_(comparison.report) {}

  void Run() {
    for (const File* was : scope_.old_files()) CompareFiles(*was);
    for (const Message* was : scope_.used_messages()) {
      if (const Message* is = scope_.NewOf(*was)) CompareMessages(*was, *is, comparison_);
    }
    for (const Enum* was : scope_.used_enums()) {
      if (const Enum* is = scope_.NewOf(*was)) CompareEnums(*was, *is, comparison_);
    }
  }

 private:
  void CompareFiles(const File& was) {
    const File* const is = scope_.FileOf(was);
    if (is == nullptr && !AnythingIsLeft(was)) {
      return report_.Add(Rule::kFileRemoved, {was.path}, "",
                         "the file is gone, or not generated in this run",
                         {{was.path}, was.package},
                         "keep it, deprecated, or leave it out of the set if another run has it");
    }
    if (is != nullptr && is->package != was.package) {
      report_.Add(Rule::kPackageChanged, {is->path}, "",
                  "the package is " + Quoted(is->package) + ", was " + Quoted(was.package),
                  {{was.path}, was.package},
                  "put the package back; what is new goes into a file of its own");
    }
    const Location around = {is != nullptr ? is->path : was.path};
    CompareAll(was.messages, around);
    CompareAll(was.enums, around);
    for (const Field& extension : was.extensions) CompareExtensions(extension, was, around);
    for (const Service& service : was.services) {
      if (const Service* now = scope_.NewOf(service)) {
        CompareServices(service, *now, comparison_);
      } else {
        Removed(Rule::kServiceRemoved, "service", service, around);
      }
    }
  }

  // Whether something of a file that is gone has gone to another one.
  bool AnythingIsLeft(const File& was) const {
    const auto is_left = [&](const auto& each) { return scope_.NewOf(*each) != nullptr; };
    return std::ranges::any_of(was.messages, is_left) || std::ranges::any_of(was.enums, is_left) ||
           std::ranges::any_of(
               was.services,
               [&](const Service& service) { return scope_.NewOf(service) != nullptr; }) ||
           std::ranges::any_of(was.extensions, [&](const Field& extension) {
             return scope_.NewExtensionOf(extension, was) != nullptr;
           });
  }

  void CompareAll(const std::vector<std::unique_ptr<Message>>& messages, const Location& around) {
    for (const auto& was : messages) {
      if (was->map_entry) continue;  // part of its field
      const Message* const is = scope_.NewOf(*was);
      if (is == nullptr) {
        Removed(Rule::kMessageRemoved, "message", *was, around);
        continue;
      }
      CompareMessages(*was, *is, comparison_);
      CompareAll(was->messages, is->location);
      CompareAll(was->enums, is->location);
    }
  }

  void CompareAll(const std::vector<std::unique_ptr<Enum>>& enums, const Location& around) {
    for (const auto& was : enums) {
      if (const Enum* is = scope_.NewOf(*was)) {
        CompareEnums(*was, *is, comparison_);
      } else {
        Removed(Rule::kEnumRemoved, "enum", *was, around);
      }
    }
  }

  void CompareExtensions(const Field& was, const File& file, const Location& around) {
    const Field* const is = scope_.NewExtensionOf(was, file);
    const std::string subject = WithoutPackage(was.full_name, file);
    const OldPlace place = {was.location, was.full_name};
    if (is == nullptr) {
      return report_.Add(Rule::kExtensionRemoved, around, subject,
                         "extension " + std::to_string(was.number) + " of " +
                             was.extendee->full_name + " is gone, or has another name",
                         place, "keep it, deprecated");
    }
    if (is->number != was.number) {
      report_.Add(Rule::kFieldNumberChanged, is->location, subject,
                  "is number " + std::to_string(is->number) + ", was " + std::to_string(was.number),
                  place, "put the number back");
    }
    CompareFields(was, *is, subject, /*sent=*/true, comparison_);
  }

  template <class T>
  void Removed(Rule rule, const std::string& kind, const T& was, const Location& around) {
    report_.Add(rule, around, WithoutPackage(was.full_name, *was.file),
                "the " + kind + " is gone, or has another name", {was.location, was.full_name},
                "keep it, deprecated, as long as anybody may use it");
  }

  const Comparison& comparison_;
  const Scope& scope_;
  Report& report_;
};

}  // namespace

void FindBreakingChanges(const Api& old_api, const Api& new_api, std::string_view old_set,
                         bool warn, Diagnostics& diagnostics) {
  const Scope scope(old_api, new_api);
  if (scope.old_files().empty()) {
    diagnostics.Warning({}, "--rest_opt",
                        "breaking_against=" + std::string(old_set) +
                            " holds none of the files of this run: nothing is compared");
  }
  Report report(old_set, warn, diagnostics);
  const Comparison comparison = {scope, report};
  Walk(comparison).Run();
}

}  // namespace protorest::plugin::breaking
