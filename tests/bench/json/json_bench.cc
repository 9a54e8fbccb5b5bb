// The JSON mapping against protobuf's binary format, protobuf's own JSON and other libraries, for
// four shapes of message. tests/bench/json/run makes the tables of docs/performance.md from it.
#include <benchmark/benchmark.h>
#include <google/protobuf/arena.h>
#include <google/protobuf/util/json_util.h>
#include <google/protobuf/util/message_differencer.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "allocations.h"
#include "doubles.h"
#include "forms.h"
#include "peers.h"
#include "shapes.h"
#include "shapes.json.pb.h"

namespace protorest::bench {
namespace {

using google::protobuf::util::MessageDifferencer;

// Reading.

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
template <class T>
bool SkipUnknown(const std::string& text, T& message) {
  return static_cast<bool>(json::Read(text, &message, {.ignore_unknown_fields = true}));
}
// Onto an arena that is thrown away with the message.
template <class T>
bool ReadJsonOnArena(const std::string& text, T&) {
  google::protobuf::Arena arena;
  return static_cast<bool>(json::Read(text, google::protobuf::Arena::CreateMessage<T>(&arena)));
}
template <class T>
bool ReadBinaryOnArena(const std::string& text, T&) {
  google::protobuf::Arena arena;
  return google::protobuf::Arena::CreateMessage<T>(&arena)->ParseFromString(text);
}
#ifdef PROTOREST_BENCH_SIMDJSON
template <class T>
bool ReadSimdjson(const std::string& text, T& message) {
  return SimdjsonRead(text, message);
}
#endif
#ifdef PROTOREST_BENCH_RAPIDJSON
template <class T>
bool ReadRapidjson(const std::string& text, T& message) {
  return RapidjsonRead(text, message);
}
#endif

// Writing: the text's size, or 0.

template <class T>
std::size_t WriteBinary(const T& message, std::string& out) {
  return message.SerializeToString(&out) ? out.size() : 0;
}
template <class T>
std::size_t WriteJson(const T& message, std::string& out) {
  return json::Write(message, &out) ? out.size() : 0;
}
template <class T>
std::size_t WriteReflection(const T& message, std::string& out) {
  return json::Write(message, json::ReflectionCodec(), {}, out) ? out.size() : 0;
}
template <class T>
std::size_t WriteProtobufJson(const T& message, std::string& out) {
  return google::protobuf::util::MessageToJsonString(message, &out).ok() ? out.size() : 0;
}
#ifdef PROTOREST_BENCH_RAPIDJSON
template <class T>
std::size_t WriteRapidjson(const T& message, std::string&) {
  return RapidjsonWrite(message).size();
}
#endif

// What a benchmark reports beside its time.
void Report(benchmark::State& state, std::int64_t bytes, std::int64_t allocations) {
  state.SetBytesProcessed(bytes);
  state.counters["allocations"] =
      benchmark::Counter(static_cast<double>(allocations), benchmark::Counter::kAvgIterations);
}

// The messages, taken in turn.
template <class T>
using Messages = std::shared_ptr<const std::vector<T>>;

template <class T>
void Read(benchmark::State& state, const Messages<T>& messages,
          const std::vector<std::string>& texts, bool (*read)(const std::string&, T&)) {
  T message;
  std::int64_t bytes = 0;
  std::size_t next = 0;
  const std::int64_t allocations = Allocations();
  for (auto _ : state) {
    const std::string& text = texts[next];
    if (!read(text, message)) return state.SkipWithError("refused");
    bytes += static_cast<std::int64_t>(text.size());
    if (++next == texts.size()) next = 0;
  }
  Report(state, bytes, Allocations() - allocations);
  if (message.ByteSizeLong() == 0) return;  // what went elsewhere
  const std::size_t last = next == 0 ? texts.size() - 1 : next - 1;
  if (!MessageDifferencer::Equals(message, (*messages)[last])) state.SkipWithError("not the same");
}

template <class T>
void Write(benchmark::State& state, const std::vector<T>& messages,
           std::size_t (*write)(const T&, std::string&)) {
  std::string out;
  std::int64_t bytes = 0;
  std::size_t next = 0;
  const std::int64_t allocations = Allocations();
  for (auto _ : state) {
    out.clear();
    const std::size_t size = write(messages[next], out);
    if (size == 0) return state.SkipWithError("refused");
    bytes += static_cast<std::int64_t>(size);
    if (++next == messages.size()) next = 0;
  }
  Report(state, bytes, Allocations() - allocations);
}

// The benchmarks of one shape: `json` gives the JSON that is read from what protorest writes.
template <class T>
void Register(const std::string& shape, std::vector<T> made,
              std::string (*json)(const std::string&)) {
  const auto messages = std::make_shared<const std::vector<T>>(std::move(made));
  const auto texts = [&](auto text) {
    auto all = std::make_shared<std::vector<std::string>>();
    for (const T& message : *messages) {
      all->push_back(text(message));
      all->back().reserve(all->back().size() + kPadding);
    }
    return all;
  };
  const auto form = [&](std::string (*text)(const std::string&)) {
    return texts([&](const T& message) { return json(text(json::Write(message))); });
  };
  const auto read = [&](const char* name, auto texts, bool (*function)(const std::string&, T&)) {
    benchmark::RegisterBenchmark((shape + "/read/" + name).c_str(), [=](benchmark::State& s) {
      Read<T>(s, messages, *texts, function);
    });
  };
  const auto binary = texts([](const T& message) { return message.SerializeAsString(); });
  const auto declared = form(AsItIs);
  read("binary", binary, ReadBinary<T>);
  read("binary_arena", binary, ReadBinaryOnArena<T>);
  read("json", declared, ReadJson<T>);
  read("json_arena", declared, ReadJsonOnArena<T>);
  read("reflection", declared, ReadReflection<T>);
  read("protobuf_json", declared, ReadProtobufJson<T>);
#ifdef PROTOREST_BENCH_SIMDJSON
  read("simdjson", declared, ReadSimdjson<T>);
#endif
#ifdef PROTOREST_BENCH_RAPIDJSON
  read("rapidjson", declared, ReadRapidjson<T>);
#endif
  const auto pretty = [&](const T& m) { return json(json::Write(m, {.indent = 2})); };
  read("pretty", texts(pretty), ReadJson<T>);
  read("sorted", form(SortedKeys), ReadJson<T>);
  read("shuffled", form(ShuffledKeys), ReadJson<T>);
  read("ascii", form(OnlyAscii), ReadJson<T>);
  read("unknown", form(Unknown), SkipUnknown<T>);

  const auto write = [&](const char* name, std::size_t (*function)(const T&, std::string&)) {
    benchmark::RegisterBenchmark((shape + "/write/" + name).c_str(),
                                 [=](benchmark::State& s) { Write<T>(s, *messages, function); });
  };
  write("binary", WriteBinary<T>);
  write("json", WriteJson<T>);
  write("reflection", WriteReflection<T>);
  write("protobuf_json", WriteProtobufJson<T>);
#ifdef PROTOREST_BENCH_RAPIDJSON
  write("rapidjson", WriteRapidjson<T>);
#endif
}

}  // namespace
}  // namespace protorest::bench

int main(int argc, char** argv) {
  using namespace protorest::bench;
  Register("user", Users(), AsItIs);
  Register("mixed", MixedOrders(), AsItIs);
  Register("list", Lists(), AsItIs);
  Register("texts", TextHeavy(), EscapedMarkup);
  RegisterDoubles();
#ifdef PROTOREST_BENCH_SIMDJSON
  benchmark::AddCustomContext("simdjson", SimdjsonBuild());
#endif
#ifdef PROTOREST_BENCH_RAPIDJSON
  benchmark::AddCustomContext("rapidjson", RapidjsonBuild());
#endif
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  benchmark::RunSpecifiedBenchmarks();
}
