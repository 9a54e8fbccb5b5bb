// Encoding straight into the slice that gRPC sends, decoding straight from those it received.
#include "grpc/bytes.h"

#include <grpcpp/support/proto_buffer_reader.h>
#include <grpcpp/support/slice.h>

#include <cstdint>
#include <limits>

namespace protorest::grpc {

bool Encode(const google::protobuf::MessageLite& message, ::grpc::ByteBuffer& bytes) {
  const std::size_t size = message.ByteSizeLong();
  if (size > static_cast<std::size_t>(std::numeric_limits<int>::max())) return false;
  const ::grpc::Slice slice(size);
  message.SerializeWithCachedSizesToArray(const_cast<std::uint8_t*>(slice.begin()));
  ::grpc::ByteBuffer encoded(&slice, 1);
  bytes.Swap(&encoded);
  return true;
}

bool Decode(::grpc::ByteBuffer& bytes, google::protobuf::MessageLite& message) {
  bool ok = false;
  {
    ::grpc::ProtoBufferReader reader(&bytes);
    ok = reader.status().ok() && message.ParseFromZeroCopyStream(&reader);
  }
  bytes.Clear();
  return ok;
}

}  // namespace protorest::grpc
