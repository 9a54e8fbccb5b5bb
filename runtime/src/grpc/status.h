// Status to and from gRPC's own, with the details that travel as google.rpc.Status.
#pragma once

#include <grpcpp/support/status.h>

#include "protorest/status.h"

namespace protorest::grpc {

// Details that are no valid google.rpc.Status are dropped: they are advice, the code is the answer.
Status FromGrpc(const ::grpc::Status& status);

::grpc::Status ToGrpc(const Status& status);

}  // namespace protorest::grpc
