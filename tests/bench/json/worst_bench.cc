// Bodies of 4 MiB, each as bad as its kind can be: how long one takes to be read or refused, and,
// beside it, the binary parse of the message that it gives, which pays for the same memory.
//   build/release/tests/bench/json/worst_bench
#include <benchmark/benchmark.h>
#include <google/protobuf/arena.h>

#include <chrono>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "worst.json.pb.h"
#include "worst2.json.pb.h"

namespace protorest::bench {
namespace {

constexpr std::size_t kBody = std::size_t{4} << 20;

std::string Times(std::string_view piece, std::size_t count) {
  std::string text;
  text.reserve(piece.size() * count);
  for (std::size_t i = 0; i < count; ++i) text += piece;
  return text;
}

// The piece as often as the body has room for it.
std::string Fill(std::string_view piece) { return Times(piece, kBody / piece.size()); }

// `prefix`, elements with commas between them, `suffix`.
std::string Many(std::string_view prefix, std::string_view element, std::string_view suffix) {
  std::string text(prefix);
  text += Fill(std::string(element) + ",");
  text.back() = ' ';
  return text.append(suffix);
}

// The same with elements that differ.
std::string Each(std::string_view prefix, const std::function<std::string(std::size_t)>& element,
                 std::string_view suffix) {
  std::string text(prefix);
  for (std::size_t i = 0; text.size() < kBody; ++i) text.append(element(i)).append(",");
  text.back() = ' ';
  return text.append(suffix);
}

// `levels` Anys in each other around `content`; "@type" first or last.
std::string Nested(std::size_t levels, const std::string& innermost, std::string content,
                   bool type_first) {
  for (std::size_t i = 0; i < levels; ++i) {
    const std::string type = "\"@type\":\"x/google.protobuf." + (i == 0 ? innermost : "Any") + "\"";
    const std::string value = "\"value\":" + content;
    content = "{" + (type_first ? type + "," + value : value + "," + type) + "}";
  }
  return content;
}

// `levels` messages around each other, each in an Any, around a list of many numbers.
std::string AnysInMessages(std::size_t levels) {
  std::string text;
  for (std::size_t i = 0; i < levels; ++i) {
    text += R"({"any":{"@type":"x/protorest.bench.Worst",)";
    if (i + 1 < levels) text += R"("child":)";
  }
  text += Many(R"("list":[)", "0", "]");
  return text + Times("}}", levels);
}

struct Input {
  const char* name;  // what is bad about it
  std::string text;
  bool ignore_unknown = false;
  bool refused = false;
};

std::string Quoted(std::string_view prefix, const std::string& text) {
  return std::string(prefix) + "\"" + text + "\"}";
}

std::vector<Input> Syntax() {
  const std::string digits = Fill("7");
  return {
      {"white_space_only", Fill(" \n\t\r"), false, true},
      {"white_space_between", Many(R"({"ints":[)", "0" + std::string(60, ' '), "]}")},
      {"nested_arrays", Fill("["), false, true},
      {"nested_children", Fill(R"({"child":)"), false, true},
      {"nested_unknown", R"({"x":)" + Fill(R"([{"a":)"), true, true},
      {"twice_the_same", Many("{", R"("number":1)", "}"), false, true},
      {"unknown_refused", Many("{", R"("nunber":1)", "}"), false, true},
      {"unknown_ignored", Many("{", R"("x":0)", "}"), true},
      {"unknown_near_names",
       Each(
           "{", [](std::size_t i) { return "\"numbe" + std::to_string(i) + "\":0"; }, "}"),
       true},
      {"unknown_empty_arrays", Many(R"({"x":[)", "[]", "]}"), true},
      {"unknown_empty_objects", Many(R"({"x":[)", "{}", "]}"), true},
      {"unknown_numbers", Many(R"({"x":[)", "1", "]}"), true},
      {"unknown_escapes", R"({"x":")" + Fill("\\n") + "\"}", true},
      {"long_key", "{\"" + Fill("k") + "\":0}", true},
      {"long_key_of_escapes", "{\"" + Fill("\\u006b") + "\":0}", true},
      {"long_integer", R"({"number":)" + digits + "}", false, true},
      {"long_exact_integer", R"({"number":1.)" + Fill("0") + "}"},
      {"long_decimal", R"({"decimal":0.)" + digits + "}"},
      {"long_small_decimal", R"({"decimal":0.)" + Fill("0") + "1}"},
      {"long_exponent", R"({"decimal":1e-)" + digits + "}"},
      {"halfway_decimals",
       Many(R"({"doubles":[)", "9007199254740993." + std::string(740, '0') + "1", "]}")},
      {"halfway_short_decimals", Many(R"({"doubles":[)", "9007199254740993.00000000001", "]}")},
      {"wrong_types_at_the_end", Many(R"({"ints":[)", "1", R"(,"x","x","x","x","x","x"]})"), false,
       true},
      {"wrong_types_by_the_million", Many(R"({"ints":[)", R"("x")", "]}"), false, true},
  };
}

std::vector<Input> Values() {
  return {
      {"text_plain", Quoted(R"({"text":)", Fill("a"))},
      {"text_short_escapes", Quoted(R"({"text":)", Fill("\\n"))},
      {"text_unicode_escapes", Quoted(R"({"text":)", Fill("\\u00e9"))},
      {"text_surrogate_pairs", Quoted(R"({"text":)", Fill("\\ud83d\\ude00"))},
      {"text_escape_every_other", Quoted(R"({"text":)", Fill("a\\n"))},
      {"text_not_ascii", Quoted(R"({"text":)", Fill("é"))},
      {"text_not_utf8_at_the_end", Quoted(R"({"text":)", Fill("é") + "\xff"), false, true},
      {"base64", Quoted(R"({"data":)", Fill("QUJD"))},
      {"base64_stranger_at_the_end", Quoted(R"({"data":)", Fill("QUJD") + "QU*D"), false, true},
      {"ints", Many(R"({"ints":[)", "0", "]}")},
      {"ints_quoted", Many(R"({"longs":[)", R"("9223372036854775807")", "]}")},
      {"ints_with_exponents", Many(R"({"ints":[)", "1e1", "]}")},
      {"doubles", Many(R"({"doubles":[)", "0", "]}")},
      {"doubles_17_digits", Many(R"({"doubles":[)", "0.12345678901234567", "]}")},
      {"bools", Many(R"({"bools":[)", "true", "]}")},
      {"enum_names", Many(R"({"colors":[)", R"("COLOR_RED")", "]}")},
      {"enum_unknown_names", Many(R"({"colors":[)", R"("x")", "]}"), true},
      {"nulls", Many(R"({"list":[)", "null", "]}")},
      {"times", Many(R"({"times":[)", R"("2024-02-29T12:30:00.123456789Z")", "]}")},
      {"field_mask_short_paths", Quoted(R"({"mask":)", Fill("a,") + "a")},
      {"field_mask_one_path", Quoted(R"({"mask":)", Fill("aB"))},
  };
}

std::vector<Input> Memory() {
  const std::string text = "\"" + Fill("a") + "\"";
  const auto key = [](const char* value) {
    return [value](std::size_t i) { return "\"" + std::to_string(i) + "\":" + value; };
  };
  return {
      {"empty_texts", Many(R"({"texts":[)", R"("")", "]}")},
      {"empty_bytes", Many(R"({"blobs":[)", R"("")", "]}")},
      {"empty_small_messages", Many(R"({"smalls":[)", "{}", "]}")},
      {"empty_large_messages", Many(R"({"larges":[)", "{}", "]}")},
      {"wrappers", Many(R"({"wrapped":[)", "0", "]}")},
      {"map_numbers", Each(R"({"byNumber":{)", key("0"), "}}")},
      {"map_texts", Each(R"({"byText":{)", key(R"("")"), "}}")},
      {"map_messages", Each(R"({"smallByText":{)", key("{}"), "}}")},
      {"map_one_key", Many(R"({"byNumber":{)", R"("1":0)", "}}"), false, true},
      {"struct_members", Each(R"({"object":{)", key("0"), "}}")},
      {"list_value_numbers", Many(R"({"list":[)", "0", "]}")},
      {"list_value_empty_lists", Many(R"({"list":[)", "[]", "]}")},
      {"list_value_empty_objects", Many(R"({"list":[)", "{}", "]}")},
      {"any_of_ints", Many(R"({"any":{"@type":"x/protorest.bench.Worst","ints":[)", "0", "]}}")},
      {"any_of_small_messages",
       Many(R"({"any":{"@type":"x/protorest.bench.Worst","smalls":[)", "{}", "]}}")},
      {"any_by_the_thousand",
       Many(R"({"anys":[)", R"({"@type":"x/google.protobuf.Duration","value":"1s"})", "]}")},
      {"any_of_unknown_type", Many(R"({"anys":[)", R"({"@type":"x/y"})", "]}"), false, true},
      {"any_in_any", R"({"any":)" + Nested(90, "StringValue", text, true) + "}"},
      {"any_in_any_type_last", R"({"any":)" + Nested(90, "StringValue", text, false) + "}"},
      {"any_in_any_of_many_type_last",
       R"({"any":)" + Nested(90, "ListValue", Many("[", "0", "]"), false) + "}"},
      {"any_in_message_in_any", AnysInMessages(45)},
  };
}

// Each time a new message. What happens in `read` alone is timed: the message is freed after that.
template <class T, class Read>
void Measure(benchmark::State& state, const std::string& text, Read read) {
  for (auto _ : state) {
    google::protobuf::Arena arena;
    T message;
    const auto start = std::chrono::steady_clock::now();
    const bool ok = read(text, message, arena);
    state.SetIterationTime(
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
    if (!ok) state.SkipWithError("not what was expected");
  }
  state.counters["bytes"] = static_cast<double>(text.size());
}

template <class T>
void Register(const Input& input) {
  const json::Options options = {.ignore_unknown_fields = input.ignore_unknown};
  const auto add = [&](const char* kind, const std::string& text, auto read) {
    benchmark::RegisterBenchmark((std::string(input.name) + "/" + kind).c_str(),
                                 [=](benchmark::State& state) { Measure<T>(state, text, read); })
        ->UseManualTime()
        ->Unit(benchmark::kMillisecond);
  };
  add("json", input.text, [=, refused = input.refused](const auto& text, T& message, auto&) {
    return static_cast<bool>(json::Read(text, &message, options)) != refused;
  });
  if (input.refused) return;
  add("json_arena", input.text, [=](const auto& text, T&, auto& arena) {
    auto* const message = google::protobuf::Arena::CreateMessage<T>(&arena);
    return static_cast<bool>(json::Read(text, message, options));
  });
  T message;
  static_cast<void>(json::Read(input.text, &message, options));
  add("binary", message.SerializeAsString(),
      [](const auto& text, T& parsed, auto&) { return parsed.ParseFromString(text); });
}

}  // namespace
}  // namespace protorest::bench

int main(int argc, char** argv) {
  using namespace protorest::bench;
  for (const auto& inputs : {Syntax(), Values(), Memory()}) {
    for (const Input& input : inputs) Register<Worst>(input);
  }
  Register<Extendable>(
      {"unknown_extensions",
       Each(
           "{", [](std::size_t i) { return "\"[a" + std::to_string(i) + "]\":0"; }, "}"),
       true});
  Register<Extendable>(
      {"known_extensions", Many(R"({"children":[)", R"({"[protorest.bench.known]":1})", "]}")});
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  benchmark::RunSpecifiedBenchmarks();
}
