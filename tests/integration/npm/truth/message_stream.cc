// Writes random messages as JSON and reads JSON, for judges in other languages.
//
//   message_stream DESCRIPTOR_SET < COMMANDS
//
// DESCRIPTOR_SET has the types, with all that they import. A command is a line of words with tabs
// between them:
//
//   write TYPE OPTIONS SEED COUNT DEPTH    is answered by COUNT lines, a message each
//   read TYPE OPTIONS TEXT                 is answered by a line: what is wrong with the text, ""
//   if nothing is
//
// OPTIONS are letters: n proto_field_names, e enums_as_numbers, i int64_as_numbers, d
// write_defaults, or "-". Types whose code is linked go through their generated code, all others
// through the reflection codec, which agrees with it.
#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>
#include <google/protobuf/dynamic_message.h>

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <memory>
#include <random>
#include <sstream>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "truth.json.pb.h"
#include "users.json.pb.h"
#ifdef PROTOREST_CONFORMANCE
#include "google/protobuf/test_messages_proto2.json.pb.h"
#include "google/protobuf/test_messages_proto3.json.pb.h"
#endif
#include "tests/support/json/message_filler.h"

namespace protorest::json {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::DescriptorPool;
using google::protobuf::Message;

// For mistakes in how this program is used.
[[noreturn]] void Die(const std::string& what) {
  std::cerr << what << "\n";
  std::exit(2);
}

// The types of a descriptor set, those linked before those in the set.
class Types {
 public:
  explicit Types(const char* path) {
    factory_.SetDelegateToGeneratedFactory(true);
    std::ifstream stream(path, std::ios::binary);
    google::protobuf::FileDescriptorSet files;
    if (!files.ParseFromIstream(&stream)) Die(std::string("no descriptor set: ") + path);
    for (const auto& file : files.file()) {
      if (DescriptorPool::generated_pool()->FindFileByName(file.name()) != nullptr) continue;
      if (pool_.BuildFile(file) == nullptr) Die("cannot build " + file.name());
    }
  }

  std::unique_ptr<Message> New(const std::string& name) {
    const Descriptor* type = pool_.FindMessageTypeByName(name);
    if (type == nullptr) Die("no type " + name);
    return std::unique_ptr<Message>(factory_.GetPrototype(type)->New());
  }

 private:
  DescriptorPool pool_{DescriptorPool::generated_pool()};
  google::protobuf::DynamicMessageFactory factory_{&pool_};
};

using Codecs = std::unordered_map<std::string, const Codec*>;

template <class... T>
void Add(Codecs& codecs) {
  (codecs.emplace(T::descriptor()->full_name(), &CodecOf<T>()), ...);
}

Codecs GeneratedCodecs() {
  Codecs codecs;
  Add<truth::v1::Scalars, truth::v1::Lists, truth::v1::Maps, truth::v1::WellKnown,
      truth::v1::Choice, truth::v1::Required, truth::v1::Nested, truth::v1::Names>(codecs);
  Add<users::v1::User, users::v1::CreateUserRequest, users::v1::BulkCreateResponse,
      users::v1::ChatMessage>(codecs);
#ifdef PROTOREST_CONFORMANCE
  Add<protobuf_test_messages::proto2::TestAllTypesProto2,
      protobuf_test_messages::proto3::TestAllTypesProto3>(codecs);
#endif
  return codecs;
}

const Codec& CodecOfType(const std::string& name) {
  static const Codecs kGenerated = GeneratedCodecs();
  const auto found = kGenerated.find(name);
  return found == kGenerated.end() ? ReflectionCodec() : *found->second;
}

Options OptionsOf(std::string_view letters) {
  const auto has = [&](char letter) { return letters.find(letter) != letters.npos; };
  return {.proto_field_names = has('n'),
          .enums_as_numbers = has('e'),
          .int64_as_numbers = has('i'),
          .write_defaults = has('d')};
}

std::string Explain(const Result& result) {
  std::string text;
  for (const Violation& each : result.violations()) {
    text += each.field + ": " + each.description + "; ";
  }
  return text;
}

void WriteMessages(Types& types, const std::vector<std::string>& words) {
  const auto seed = static_cast<unsigned>(std::stoul(words[3]));
  for (unsigned i = 0; i < std::stoul(words[4]); ++i) {
    std::mt19937 random(seed + i);
    const std::unique_ptr<Message> message = types.New(words[1]);
    Fill(*message, random, std::stoi(words[5]));
    std::string text;
    const Result result = Write(*message, CodecOfType(words[1]), OptionsOf(words[2]), text);
    if (!result) Die("cannot write " + message->ShortDebugString() + ": " + Explain(result));
    std::cout << text << "\n";
  }
}

void ReadMessage(Types& types, const std::vector<std::string>& words) {
  const std::unique_ptr<Message> message = types.New(words[1]);
  std::cout << Explain(Read(words[3], CodecOfType(words[1]), OptionsOf(words[2]), *message))
            << "\n";
}

std::vector<std::string> Words(const std::string& line) {
  std::vector<std::string> words;
  std::istringstream stream(line);
  for (std::string word; std::getline(stream, word, '\t');) words.push_back(word);
  return words;
}

}  // namespace
}  // namespace protorest::json

int main(int argc, char** argv) {
  using namespace protorest::json;
  if (argc != 2) Die("usage: message_stream DESCRIPTOR_SET < COMMANDS");
  Types types(argv[1]);
  std::ios::sync_with_stdio(false);
  for (std::string line; std::getline(std::cin, line);) {
    const std::vector<std::string> words = Words(line);
    if (words.size() == 6 && words[0] == "write") {
      WriteMessages(types, words);
    } else if (words.size() == 4 && words[0] == "read") {
      ReadMessage(types, words);
    } else {
      Die("no command: " + line);
    }
  }
}
