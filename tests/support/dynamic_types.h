// Types as a program without any of their code has them: of descriptors that it was sent.
#pragma once

#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>
#include <google/protobuf/dynamic_message.h>

namespace protorest::test {

// A pool of its own, with what its types' files import; the well-known types are dynamic ones, too.
class DynamicTypes {
 public:
  // The dynamic type of the same name as T; lives as long as this.
  template <class T>
  const google::protobuf::Message& Of() {
    Add(*T::descriptor()->file());
    return *factory_.GetPrototype(pool_.FindMessageTypeByName(T::descriptor()->full_name()));
  }

 private:
  void Add(const google::protobuf::FileDescriptor& file) {
    if (pool_.FindFileByName(file.name()) != nullptr) return;
    for (int i = 0; i < file.dependency_count(); ++i) Add(*file.dependency(i));
    google::protobuf::FileDescriptorProto proto;
    file.CopyTo(&proto);
    file.CopyJsonNameTo(&proto);
    pool_.BuildFile(proto);
  }

  google::protobuf::DescriptorPool pool_;
  google::protobuf::DynamicMessageFactory factory_;
};

}  // namespace protorest::test
