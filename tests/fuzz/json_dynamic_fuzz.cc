// Dynamic messages, of a pool of their own, against generated code: what a program without any of
// the types' code reads and writes is the same. The well-known types are dynamic ones here too.
#include <google/protobuf/descriptor.pb.h>
#include <google/protobuf/dynamic_message.h>

#include "json_fuzz_input.h"
#include "kinds.json.pb.h"
#include "kinds2.json.pb.h"

namespace protorest::json::fuzz {
namespace {

using google::protobuf::FileDescriptor;
using google::protobuf::Message;

class DynamicTypes {
 public:
  DynamicTypes() {
    Add(*test::Kinds::descriptor()->file());
    Add(*test::Kinds2::descriptor()->file());
  }

  // The dynamic type of the same name as T.
  template <class T>
  Side Of() {
    return {*factory_.GetPrototype(pool_.FindMessageTypeByName(T::descriptor()->full_name())),
            ReflectionCodec()};
  }

 private:
  void Add(const FileDescriptor& file) {
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

}  // namespace
}  // namespace protorest::json::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using protorest::json::Generated;
  using protorest::test::Kinds, protorest::test::Kinds2;
  static protorest::json::fuzz::DynamicTypes types;
  const protorest::json::fuzz::Input input(data, size);
  if (input.choice == 1) {
    Check(input, Generated<Kinds2>(), types.Of<Kinds2>());
  } else {
    Check(input, Generated<Kinds>(), types.Of<Kinds>());
  }
  return 0;
}
