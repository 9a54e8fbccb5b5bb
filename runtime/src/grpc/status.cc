// Status conversion. google.rpc.Status is read and written by hand: the library carries no compiled
// google/rpc descriptors, because a program may link its own.
#include "grpc/status.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <google/protobuf/wire_format_lite.h>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace protorest::grpc {
namespace {

using google::protobuf::internal::WireFormatLite;
using google::protobuf::io::CodedInputStream;
using google::protobuf::io::CodedOutputStream;
using google::protobuf::io::StringOutputStream;

// google/rpc/status.proto.
constexpr int kStatusCode = 1;
constexpr int kStatusMessage = 2;
constexpr int kStatusDetails = 3;
// google/protobuf/any.proto.
constexpr int kAnyTypeUrl = 1;
constexpr int kAnyValue = 2;

constexpr std::uint32_t BytesTag(int field) {
  return WireFormatLite::MakeTag(field, WireFormatLite::WIRETYPE_LENGTH_DELIMITED);
}

CodedInputStream InputOf(const std::string& bytes) {
  return CodedInputStream(reinterpret_cast<const std::uint8_t*>(bytes.data()),
                          static_cast<int>(bytes.size()));
}

bool DecodeAny(const std::string& bytes, StatusDetail& detail) {
  CodedInputStream in = InputOf(bytes);
  while (const std::uint32_t tag = in.ReadTag()) {
    bool ok = false;
    if (tag == BytesTag(kAnyTypeUrl)) {
      ok = WireFormatLite::ReadBytes(&in, &detail.type_url);
    } else if (tag == BytesTag(kAnyValue)) {
      ok = WireFormatLite::ReadBytes(&in, &detail.value);
    } else {
      ok = WireFormatLite::SkipField(&in, tag);
    }
    if (!ok) return false;
  }
  return in.ConsumedEntireMessage();
}

bool DecodeDetails(const std::string& bytes, std::vector<StatusDetail>& details) {
  CodedInputStream in = InputOf(bytes);
  while (const std::uint32_t tag = in.ReadTag()) {
    if (tag != BytesTag(kStatusDetails)) {
      if (!WireFormatLite::SkipField(&in, tag)) return false;
      continue;
    }
    std::string any;
    if (!WireFormatLite::ReadBytes(&in, &any) || !DecodeAny(any, details.emplace_back())) {
      return false;
    }
  }
  return in.ConsumedEntireMessage();
}

std::string EncodeAny(const StatusDetail& detail) {
  std::string bytes;
  StringOutputStream stream(&bytes);
  CodedOutputStream out(&stream);
  WireFormatLite::WriteString(kAnyTypeUrl, detail.type_url, &out);
  WireFormatLite::WriteBytes(kAnyValue, detail.value, &out);
  out.Trim();
  return bytes;
}

std::string EncodeStatus(const Status& status) {
  std::string bytes;
  StringOutputStream stream(&bytes);
  CodedOutputStream out(&stream);
  WireFormatLite::WriteInt32(kStatusCode, static_cast<int>(status.code()), &out);
  WireFormatLite::WriteString(kStatusMessage, status.message(), &out);
  for (const StatusDetail& detail : status.details()) {
    WireFormatLite::WriteBytes(kStatusDetails, EncodeAny(detail), &out);
  }
  out.Trim();
  return bytes;
}

}  // namespace

Status FromGrpc(const ::grpc::Status& status) {
  if (status.ok()) return Status();
  Status result(static_cast<Code>(status.error_code()), status.error_message());
  std::vector<StatusDetail> details;
  if (DecodeDetails(status.error_details(), details)) {
    for (StatusDetail& detail : details) result.AddDetail(std::move(detail));
  }
  return result;
}

::grpc::Status ToGrpc(const Status& status) {
  if (status.ok()) return ::grpc::Status();
  return ::grpc::Status(static_cast<::grpc::StatusCode>(status.code()), status.message(),
                        status.details().empty() ? std::string() : EncodeStatus(status));
}

}  // namespace protorest::grpc
