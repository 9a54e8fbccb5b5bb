// Fingerprints of schemas: by them code and descriptors tell whether they come from one .proto.
#pragma once

#include <google/protobuf/descriptor.h>
#include <google/protobuf/dynamic_message.h>
#include <google/protobuf/message.h>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace protorest::schema {

// A fingerprint is 16 hexadecimal digits. It covers what generated code and OpenAPI documents are
// made from: messages, fields, enums, services, and the options that say how they are served
// (google.api.http, protorest.method), what a field is for (google.api.field_behavior) and what it
// may hold (buf.validate), of the service or file asked about and of all types that it uses,
// wherever they are declared. Types of google.protobuf count by their names: they come with
// protobuf.
//
// It does not cover comments, other options, the names and order of files, nor the order of
// declarations; and it is the same for a descriptor from protoc, which knows no options, and for
// one that is linked, whose options may be known.
//
// An object of this class keeps what it found out about types; the descriptors must outlive it.
class Fingerprints {
 public:
  // All that the file declares but extensions, and the types that this uses.
  std::string Of(const google::protobuf::FileDescriptor& file);
  // The service, and the types that its methods use.
  std::string Of(const google::protobuf::ServiceDescriptor& service);

 private:
  // The sum of one declaration by itself, and the types that it names.
  struct Part {
    std::uint64_t sum = 0;
    std::vector<const google::protobuf::Descriptor*> messages;
    std::vector<const google::protobuf::EnumDescriptor*> enums;
  };
  using Sums = std::map<std::string, std::uint64_t>;  // by full name

  Part ServicePart(const google::protobuf::ServiceDescriptor& service);
  Part MessagePart(const google::protobuf::Descriptor& message);
  const Part& PartOf(const google::protobuf::Descriptor& message);
  std::string Total(Part used, Sums sums);
  std::string OptionOf(const google::protobuf::Message& options, int number,
                       const google::protobuf::DescriptorPool& pool);

  std::map<const google::protobuf::Descriptor*, Part> messages_;
  google::protobuf::DynamicMessageFactory factory_;
};

}  // namespace protorest::schema
