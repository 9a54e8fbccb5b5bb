// By hand, field by field.
#include "rpc/status_proto.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <google/protobuf/wire_format_lite.h>

#include <cstdint>

namespace protorest {
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

std::string EncodeAny(const StatusDetail& detail) {
  std::string bytes;
  StringOutputStream stream(&bytes);
  CodedOutputStream out(&stream);
  WireFormatLite::WriteString(kAnyTypeUrl, detail.type_url, &out);
  WireFormatLite::WriteBytes(kAnyValue, detail.value, &out);
  out.Trim();
  return bytes;
}

}  // namespace

bool DecodeStatusDetails(const std::string& bytes, std::vector<StatusDetail>& details) {
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

std::string EncodeStatusProto(const Status& status) {
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

}  // namespace protorest
