#include "plugin/model/descriptor_set.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>
#include <google/protobuf/descriptor_database.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

#include "plugin/model/bindings.h"
#include "plugin/model/build.h"

namespace protorest::plugin {
namespace {

namespace pb = google::protobuf;

// What is wrong with a set, if anything: the first thing.
class FirstError final : public pb::DescriptorPool::ErrorCollector {
 public:
  void AddError(const std::string& file, const std::string& element, const pb::Message*,
                ErrorLocation, const std::string& text) override {
    if (!error_.empty()) return;
    error_ = file + ": " + (element == file || element.empty() ? "" : element + ": ") + text;
  }
  const std::string& error() const { return error_; }

 private:
  std::string error_;
};

// Nearly any bytes parse as a message of unknown fields; ours holds files with names.
bool Parse(const std::string& bytes, pb::FileDescriptorSet* set) {
  if (!set->ParseFromString(bytes) || set->file_size() == 0) return false;
  if (set->GetReflection()->GetUnknownFields(*set).field_count() != 0) return false;
  for (const pb::FileDescriptorProto& file : set->file()) {
    if (file.name().empty()) return false;
  }
  return true;
}

}  // namespace

Api ReadDescriptorSet(const std::string& path, const Options& options, const ServiceConfig& config,
                      Diagnostics& diagnostics) {
  const auto fail = [&](const std::string& text) {
    diagnostics.Error({}, "--rest_opt",
                      "breaking_against=" + path + " " + text +
                          "; make one with protoc --descriptor_set_out=" + path +
                          " --include_imports --include_source_info, or buf build -o " + path);
    return Api();
  };
  std::ifstream file(path, std::ios::binary);
  const bool folder = std::filesystem::is_directory(path);  // which opens, but throws once read
  if (folder) errno = EISDIR;
  if (!file || folder) {
    return fail("cannot be read (" + std::string(std::strerror(errno)) +
                "; relative paths start where protoc is run)");
  }
  const std::string bytes(std::istreambuf_iterator<char>(file), {});
  pb::FileDescriptorSet set;
  if (!Parse(bytes, &set)) return fail("is no google.protobuf.FileDescriptorSet in binary");

  pb::SimpleDescriptorDatabase database;
  for (const pb::FileDescriptorProto& proto : set.file()) database.Add(proto);
  FirstError errors;
  pb::DescriptorPool pool(&database, &errors);
  std::vector<const pb::FileDescriptor*> files;
  for (const pb::FileDescriptorProto& proto : set.file()) {
    files.push_back(pool.FindFileByName(proto.name()));
    if (files.back() == nullptr) return fail("is not whole (" + errors.error() + ")");
  }
  Api api = BuildApi(files, options, config);
  // What was wrong with the older version was said of the older version.
  Diagnostics ignored;
  ResolveBindings(api, ignored);
  return api;
}

}  // namespace protorest::plugin
