#include "schema/stale.h"

namespace protorest::schema {
namespace {

namespace pb = google::protobuf;

std::string BaseName(std::string_view proto) {
  constexpr std::string_view kSuffix = ".proto";
  if (proto.ends_with(kSuffix)) proto.remove_suffix(kSuffix.size());
  return std::string(proto);
}

// Puts the error together: `what` is between the name of the generated file and the mend.
std::string Stale(const SchemaInfo& made_from, std::string_view suffix, const std::string& what) {
  const std::string proto(made_from.proto);
  return BaseName(proto) + std::string(suffix) + " is stale: " + what +
         "; regenerate both from one " + proto + ": protoc --cpp_out=… --rest_out=… " + proto;
}

std::string Compare(const SchemaInfo& made_from, std::string_view suffix,
                    const std::string& linked) {
  if (linked == made_from.fingerprint) return "";
  const std::string proto(made_from.proto);
  return Stale(made_from, suffix,
               "it comes from another version of " + proto + " or its imports (schema " +
                   std::string(made_from.fingerprint) + ") than the linked " + BaseName(proto) +
                   ".pb.cc (schema " + linked + ")");
}

}  // namespace

std::string WhyFileIsStale(const SchemaInfo& made_from, std::string_view suffix,
                           const pb::FileDescriptor& linked, Fingerprints& fingerprints) {
  return made_from.fingerprint.empty() ? "" : Compare(made_from, suffix, fingerprints.Of(linked));
}

std::string WhyServiceIsStale(const SchemaInfo& made_from, std::string_view suffix,
                              std::string_view service, Fingerprints& fingerprints) {
  if (made_from.fingerprint.empty()) return "";
  const pb::DescriptorPool& pool = *pb::DescriptorPool::generated_pool();
  if (const auto* linked = pool.FindServiceByName(std::string(service))) {
    return Compare(made_from, suffix, fingerprints.Of(*linked));
  }
  // A linker leaves out the .pb.cc of a file that declares nothing but services.
  const std::string proto(made_from.proto);
  if (pool.FindFileByName(proto) == nullptr) return "";
  return Stale(made_from, suffix,
               "the linked " + BaseName(proto) + ".pb.cc has no service " + std::string(service));
}

}  // namespace protorest::schema
