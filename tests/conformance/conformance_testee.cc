// A testee of the protobuf conformance suite's runner: it reads requests on stdin, each after its
// length in four bytes, and answers them on stdout in the same form.
//
//   conformance_testee [--reflection]
//
// By generated code, or by reflection. Requests that have nothing to do with JSON are skipped.
#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>

#include "conformance/conformance.pb.h"
#include "google/protobuf/test_messages_proto2.json.pb.h"
#include "google/protobuf/test_messages_proto3.json.pb.h"

namespace protorest::json {
namespace {

using conformance::ConformanceRequest;
using conformance::ConformanceResponse;

std::string Text(const Result& result) {
  std::string text;
  for (const Violation& violation : result.violations()) {
    text.append(violation.field).append(": ").append(violation.description).append("\n");
  }
  return text;
}

// Reads the request's payload into `message`; what fails goes into the response.
bool ReadPayload(const ConformanceRequest& request, const Codec& codec,
                 google::protobuf::Message& message, ConformanceResponse& response) {
  if (request.payload_case() == ConformanceRequest::kProtobufPayload) {
    if (message.ParseFromString(request.protobuf_payload())) return true;
    response.set_parse_error("not a binary message");
    return false;
  }
  const Options options = {.ignore_unknown_fields = request.test_category() ==
                                                    conformance::JSON_IGNORE_UNKNOWN_PARSING_TEST};
  const Result result = Read(request.json_payload(), codec, options, message);
  if (!result) response.set_parse_error(Text(result));
  return static_cast<bool>(result);
}

template <class T>
void Answer(const ConformanceRequest& request, bool reflection, ConformanceResponse& response) {
  const Codec& codec = reflection ? ReflectionCodec() : CodecOf<T>();
  T message;
  if (!ReadPayload(request, codec, message, response)) return;
  if (request.requested_output_format() == conformance::PROTOBUF) {
    message.SerializeToString(response.mutable_protobuf_payload());
    return;
  }
  std::string text;
  const Result result = Write(message, codec, {}, text);
  if (result) {
    response.set_json_payload(text);
  } else {
    response.set_serialize_error(Text(result));
  }
}

// JSON goes in, or comes out, and nothing else but binary does.
bool IsAboutJson(const ConformanceRequest& request) {
  const bool json_in = request.payload_case() == ConformanceRequest::kJsonPayload;
  const bool binary_in = request.payload_case() == ConformanceRequest::kProtobufPayload;
  const bool json_out = request.requested_output_format() == conformance::JSON;
  const bool binary_out = request.requested_output_format() == conformance::PROTOBUF;
  return (json_in && (json_out || binary_out)) || (binary_in && json_out);
}

ConformanceResponse AnswerTo(const ConformanceRequest& request, bool reflection) {
  namespace proto2 = protobuf_test_messages::proto2;
  namespace proto3 = protobuf_test_messages::proto3;
  ConformanceResponse response;
  const std::string& type = request.message_type();
  if (!IsAboutJson(request)) {
    response.set_skipped("not about JSON");
  } else if (type == proto3::TestAllTypesProto3::descriptor()->full_name()) {
    Answer<proto3::TestAllTypesProto3>(request, reflection, response);
  } else if (type == proto2::TestAllTypesProto2::descriptor()->full_name()) {
    Answer<proto2::TestAllTypesProto2>(request, reflection, response);
  } else {
    response.set_skipped("protobuf 3.21 has no such message: " + type);
  }
  return response;
}

// A length of four bytes, the lowest first, and so many bytes. False at the end of the input.
bool ReadFrame(std::string* frame) {
  unsigned char size[4];
  if (std::fread(size, 1, sizeof size, stdin) != sizeof size) return false;
  frame->resize(static_cast<std::uint32_t>(size[0]) | static_cast<std::uint32_t>(size[1]) << 8 |
                static_cast<std::uint32_t>(size[2]) << 16 |
                static_cast<std::uint32_t>(size[3]) << 24);
  return std::fread(frame->data(), 1, frame->size(), stdin) == frame->size();
}

void WriteFrame(const std::string& frame) {
  for (int i = 0; i < 4; ++i) std::fputc(static_cast<int>(frame.size() >> (8 * i) & 0xff), stdout);
  std::fwrite(frame.data(), 1, frame.size(), stdout);
  std::fflush(stdout);
}

}  // namespace
}  // namespace protorest::json

int main(int argc, char** argv) {
  const bool reflection = argc > 1 && std::string_view(argv[1]) == "--reflection";
  std::string frame;
  while (protorest::json::ReadFrame(&frame)) {
    conformance::ConformanceRequest request;
    if (!request.ParseFromString(frame)) return 1;
    protorest::json::WriteFrame(protorest::json::AnswerTo(request, reflection).SerializeAsString());
  }
  return 0;
}
