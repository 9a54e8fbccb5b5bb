// Status conversion.
#include "grpc/status.h"

#include <string>
#include <utility>
#include <vector>

#include "rpc/status_proto.h"

namespace protorest::grpc {

Status FromGrpc(const ::grpc::Status& status) {
  if (status.ok()) return Status();
  Status result(static_cast<Code>(status.error_code()), status.error_message());
  std::vector<StatusDetail> details;
  if (DecodeStatusDetails(status.error_details(), details)) {
    for (StatusDetail& detail : details) result.AddDetail(std::move(detail));
  }
  return result;
}

::grpc::Status ToGrpc(const Status& status) {
  if (status.ok()) return ::grpc::Status();
  return ::grpc::Status(static_cast<::grpc::StatusCode>(status.code()), status.message(),
                        status.details().empty() ? std::string() : EncodeStatusProto(status));
}

}  // namespace protorest::grpc
