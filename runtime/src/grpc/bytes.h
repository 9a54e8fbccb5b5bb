// Messages to and from gRPC's byte buffers.
#pragma once

#include <google/protobuf/message_lite.h>
#include <grpcpp/support/byte_buffer.h>

namespace protorest::grpc {

// Sets `bytes` to the encoded message. False: it is too large for protobuf (2 GiB).
bool Encode(const google::protobuf::MessageLite& message, ::grpc::ByteBuffer& bytes);

// Clears `message` and reads `bytes` into it; `bytes` is used up. False: not a valid message.
bool Decode(::grpc::ByteBuffer& bytes, google::protobuf::MessageLite& message);

}  // namespace protorest::grpc
