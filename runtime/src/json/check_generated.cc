// Compares generated JSON code with the descriptors that are linked.
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "protorest/generated/json_file.h"
#include "protorest/json.h"
#include "schema/stale.h"

namespace protorest::json {

Result CheckGenerated(const Codec& codec) {
  std::vector<const GeneratedFile*> files = {codec.file};
  std::set<const GeneratedFile*> seen = {nullptr};
  std::vector<Violation> violations;
  schema::Fingerprints fingerprints;
  for (std::size_t next = 0; next < files.size(); ++next) {
    const GeneratedFile* const file = files[next];
    if (!seen.insert(file).second) continue;
    files.insert(files.end(), file->imports.begin(), file->imports.end());
    const auto& linked = *file->messages.front().default_instance().GetDescriptor()->file();
    std::string why = schema::WhyFileIsStale(file->schema, ".json.pb.cc", linked, fingerprints);
    if (!why.empty()) violations.push_back({"", std::move(why)});
  }
  return Result(std::move(violations));
}

}  // namespace protorest::json
