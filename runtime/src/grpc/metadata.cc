// Metadata and deadlines, across.
#include "grpc/metadata.h"

#include <grpc/support/time.h>

#include <algorithm>
#include <array>

namespace protorest::grpc {
namespace {

std::string_view View(const ::grpc::string_ref& text) { return {text.data(), text.size()}; }

// Set by gRPC or HTTP for each connection or message; beside these, all that begins with "grpc-".
constexpr std::array<std::string_view, 9> kOwnedByTransport = {
    "connection", "content-length", "content-type",      "host",   "keep-alive",
    "te",         "trailer",        "transfer-encoding", "upgrade"};

bool IsKeyChar(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
}

}  // namespace

bool Portable(std::string_view key, std::string_view value) {
  if (key.empty() || !std::all_of(key.begin(), key.end(), IsKeyChar)) return false;
  if (key.starts_with("grpc-") || key == "user-agent") return false;
  if (std::binary_search(kOwnedByTransport.begin(), kOwnedByTransport.end(), key)) return false;
  return key.ends_with("-bin") ||
         std::all_of(value.begin(), value.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

void ForEachPortable(const MetadataMap& map,
                     const std::function<void(std::string_view, std::string_view)>& visit) {
  for (const auto& [key, value] : map) {
    if (Portable(View(key), View(value))) visit(View(key), View(value));
  }
}

std::optional<std::string_view> ReceivedMetadata::Find(std::string_view key) const {
  const auto found = map_.find(::grpc::string_ref(key.data(), key.size()));
  if (found == map_.end()) return std::nullopt;
  return View(found->second);
}

// Both clocks count from points of their own: what crosses is the time that is left.
gpr_timespec ToGrpcTime(Clock::time_point when) {
  if (when == Clock::time_point::max()) return gpr_inf_future(GPR_CLOCK_MONOTONIC);
  const auto left = std::chrono::duration_cast<std::chrono::nanoseconds>(when - Clock::now());
  return gpr_time_add(gpr_now(GPR_CLOCK_MONOTONIC),
                      gpr_time_from_nanos(left.count(), GPR_TIMESPAN));
}

Clock::time_point FromGrpcTime(gpr_timespec when) {
  const Clock::time_point now = Clock::now();
  const gpr_timespec left =
      gpr_time_sub(gpr_convert_clock_type(when, GPR_CLOCK_MONOTONIC), gpr_now(GPR_CLOCK_MONOTONIC));
  // Longer than a steady clock can say (about 292 years of nanoseconds) is never.
  constexpr std::chrono::seconds kNever = std::chrono::hours(24 * 365 * 100);
  if (left.tv_sec > kNever.count()) return Clock::time_point::max();
  if (left.tv_sec < 0) return now;  // passed; perhaps infinitely long ago
  return now + std::chrono::seconds(left.tv_sec) + std::chrono::nanoseconds(left.tv_nsec);
}

}  // namespace protorest::grpc
