// What of a call's metadata and deadline crosses between protorest and gRPC.
#pragma once

#include <grpcpp/support/string_ref.h>
#include <grpcpp/support/time.h>

#include <functional>
#include <map>
#include <optional>
#include <string_view>

#include "protorest/context.h"

namespace protorest::grpc {

// gRPC keeps received metadata in this form; values of "-bin" keys are decoded already.
using MetadataMap = std::multimap<::grpc::string_ref, ::grpc::string_ref>;

// Whether a pair may be given to gRPC as metadata. It may not if gRPC itself sets the key (or the
// key means something to HTTP connections only), or if gRPC would refuse it, which it does by
// aborting.
bool Portable(std::string_view key, std::string_view value);

// Visits the pairs of `map` that belong to applications.
void ForEachPortable(const MetadataMap& map,
                     const std::function<void(std::string_view, std::string_view)>& visit);

// The metadata that a gRPC client sent. `map` outlives it.
class ReceivedMetadata final : public RequestMetadata {
 public:
  explicit ReceivedMetadata(const MetadataMap& map) : map_(map) {}
  std::optional<std::string_view> Find(std::string_view key) const override;
  void ForEach(const std::function<void(std::string_view key, std::string_view value)>& visit)
      const override {
    ForEachPortable(map_, visit);
  }

 private:
  const MetadataMap& map_;
};

// Points in time, where "never" is Clock::time_point::max() and gRPC's infinite future.
gpr_timespec ToGrpcTime(Clock::time_point when);
Clock::time_point FromGrpcTime(gpr_timespec when);

}  // namespace protorest::grpc
