// The JSON mapping against protobuf's binary format and protobuf's own JSON, for four shapes of
// message.
//   build/release/tests/bench/json/json_bench --benchmark_repetitions=5
#include <benchmark/benchmark.h>
#include <google/protobuf/arena.h>
#include <google/protobuf/util/json_util.h>

#include <string>
#include <vector>

#include "shapes.h"
#include "shapes.json.pb.h"

namespace protorest::bench {
namespace {

// The messages in turn, and their texts.
template <class T>
class Turn {
 public:
  explicit Turn(std::vector<T> messages) : messages_(std::move(messages)) {}

  const T& Message() { return messages_[Next()]; }
  std::size_t Next() { return index_ = index_ + 1 < messages_.size() ? index_ + 1 : 0; }
  std::vector<std::string> Texts(std::string (*text)(const T&)) const {
    std::vector<std::string> texts;
    for (const T& message : messages_) texts.push_back(text(message));
    return texts;
  }

 private:
  std::vector<T> messages_;
  std::size_t index_ = 0;
};

template <class T>
std::string ToJson(const T& message) {
  return json::Write(message);
}

template <class T>
std::string ToPrettyJson(const T& message) {
  return json::Write(message, {.indent = 2});
}

template <class T>
std::string ToBinary(const T& message) {
  return message.SerializeAsString();
}

void Check(benchmark::State& state, bool ok) {
  if (!ok) state.SkipWithError("failed");
}

template <class T>
void ReadWith(benchmark::State& state, std::vector<T> (*make)(), std::string (*text)(const T&),
              bool (*read)(const std::string&, T&)) {
  Turn<T> turn(make());
  const std::vector<std::string> texts = turn.Texts(text);
  T message;
  std::int64_t bytes = 0;
  for (auto _ : state) {
    const std::string& input = texts[turn.Next()];
    Check(state, read(input, message));
    bytes += static_cast<std::int64_t>(input.size());
  }
  state.SetBytesProcessed(bytes);
}

template <class T>
void WriteWith(benchmark::State& state, std::vector<T> (*make)(),
               bool (*write)(const T&, std::string&)) {
  Turn<T> turn(make());
  std::string out;
  std::int64_t bytes = 0;
  for (auto _ : state) {
    out.clear();
    Check(state, write(turn.Message(), out));
    bytes += static_cast<std::int64_t>(out.size());
  }
  state.SetBytesProcessed(bytes);
}

template <class T>
bool ReadBinary(const std::string& text, T& message) {
  return message.ParseFromString(text);
}
template <class T>
bool ReadJson(const std::string& text, T& message) {
  return static_cast<bool>(json::Read(text, &message));
}
template <class T>
bool ReadReflection(const std::string& text, T& message) {
  return static_cast<bool>(json::Read(text, json::ReflectionCodec(), {}, message));
}
template <class T>
bool ReadProtobufJson(const std::string& text, T& message) {
  message.Clear();
  return google::protobuf::util::JsonStringToMessage(text, &message).ok();
}
// Onto an arena that is thrown away with the message.
template <class T>
bool ReadArena(const std::string& text, T&) {
  google::protobuf::Arena arena;
  return static_cast<bool>(json::Read(text, google::protobuf::Arena::CreateMessage<T>(&arena)));
}
template <class T>
bool ReadBinaryArena(const std::string& text, T&) {
  google::protobuf::Arena arena;
  return google::protobuf::Arena::CreateMessage<T>(&arena)->ParseFromString(text);
}

template <class T>
bool WriteBinary(const T& message, std::string& out) {
  return message.SerializeToString(&out);
}
template <class T>
bool WriteJson(const T& message, std::string& out) {
  return static_cast<bool>(json::Write(message, &out));
}
template <class T>
bool WriteReflection(const T& message, std::string& out) {
  return static_cast<bool>(json::Write(message, json::ReflectionCodec(), {}, out));
}
template <class T>
bool WriteProtobufJson(const T& message, std::string& out) {
  return google::protobuf::util::MessageToJsonString(message, &out).ok();
}

template <class T>
void Register(const std::string& shape, std::vector<T> (*make)()) {
  const auto read = [&](const char* name, auto text, auto function) {
    benchmark::RegisterBenchmark((shape + "/read/" + name).c_str(), [=](benchmark::State& s) {
      ReadWith<T>(s, make, text, function);
    });
  };
  read("binary", ToBinary<T>, ReadBinary<T>);
  read("json", ToJson<T>, ReadJson<T>);
  read("pretty", ToPrettyJson<T>, ReadJson<T>);
  read("binary_arena", ToBinary<T>, ReadBinaryArena<T>);
  read("json_arena", ToJson<T>, ReadArena<T>);
  read("reflection", ToJson<T>, ReadReflection<T>);
  read("protobuf_json", ToJson<T>, ReadProtobufJson<T>);
  const auto write = [&](const char* name, auto function) {
    benchmark::RegisterBenchmark((shape + "/write/" + name).c_str(),
                                 [=](benchmark::State& s) { WriteWith<T>(s, make, function); });
  };
  write("binary", WriteBinary<T>);
  write("json", WriteJson<T>);
  write("reflection", WriteReflection<T>);
  write("protobuf_json", WriteProtobufJson<T>);
}

}  // namespace
}  // namespace protorest::bench

int main(int argc, char** argv) {
  using namespace protorest::bench;
  Register("user", Users);
  Register("mixed", MixedOrders);
  Register("list", Lists);
  Register("texts", TextHeavy);
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  benchmark::RunSpecifiedBenchmarks();
}
