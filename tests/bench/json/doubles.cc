#include "doubles.h"

#include <benchmark/benchmark.h>

#include <charconv>
#include <memory>
#include <string>
#include <vector>

#include "shapes.h"
#include "shapes.json.pb.h"

namespace protorest::bench {
namespace {

using Lists = std::vector<Numbers>;

constexpr std::string_view kBegin = R"({"values":[)";

// The same text as protorest's, or the same but for exponents: the standard has its own rules of
// when to write one.
std::size_t WriteToChars(const Numbers& numbers, std::string& out) {
  constexpr std::size_t kLongest = 32;
  out.resize(kBegin.size() + static_cast<std::size_t>(numbers.values_size()) * kLongest + 2);
  char* p = out.data() + kBegin.copy(out.data(), kBegin.size());
  for (const double value : numbers.values()) {
    p = std::to_chars(p, p + kLongest, value).ptr;
    *p++ = ',';
  }
  p[-1] = ']';
  *p++ = '}';
  out.resize(static_cast<std::size_t>(p - out.data()));
  return out.size();
}

std::size_t WriteJson(const Numbers& numbers, std::string& out) {
  out.clear();
  return json::Write(numbers, &out) ? out.size() : 0;
}

bool ReadFromChars(const std::string& text, Numbers& numbers) {
  numbers.Clear();
  const char* p = text.data() + kBegin.size();
  const char* const end = text.data() + text.size();
  while (p < end && *p != '}') {
    double value = 0;
    p = std::from_chars(p, end, value).ptr + 1;
    numbers.add_values(value);
  }
  return true;
}

bool ReadJson(const std::string& text, Numbers& numbers) {
  return static_cast<bool>(json::Read(text, &numbers));
}

// Times are per double.
void Write(benchmark::State& state, const Lists& lists,
           std::size_t (*write)(const Numbers&, std::string&)) {
  std::string out;
  std::size_t next = 0;
  for (auto _ : state) {
    if (write(lists[next], out) == 0) return state.SkipWithError("refused");
    benchmark::DoNotOptimize(out.data());
    if (++next == lists.size()) next = 0;
  }
  state.SetItemsProcessed(state.iterations() * lists[0].values_size());
}

void Read(benchmark::State& state, const Lists& lists, bool (*read)(const std::string&, Numbers&)) {
  std::vector<std::string> texts;
  for (const Numbers& numbers : lists) texts.push_back(json::Write(numbers));
  Numbers numbers;
  std::size_t next = 0;
  for (auto _ : state) {
    if (!read(texts[next], numbers)) return state.SkipWithError("refused");
    if (++next == texts.size()) next = 0;
  }
  state.SetItemsProcessed(state.iterations() * lists[0].values_size());
}

void Register(const std::string& kind, Lists made) {
  const auto lists = std::make_shared<const Lists>(std::move(made));
  const auto write = [&](const char* name, auto function) {
    benchmark::RegisterBenchmark(("doubles/" + kind + "/write/" + name).c_str(),
                                 [=](benchmark::State& s) { Write(s, *lists, function); });
  };
  write("json", WriteJson);
  write("to_chars", WriteToChars);
  const auto read = [&](const char* name, auto function) {
    benchmark::RegisterBenchmark(("doubles/" + kind + "/read/" + name).c_str(),
                                 [=](benchmark::State& s) { Read(s, *lists, function); });
  };
  read("json", ReadJson);
  read("from_chars", ReadFromChars);
}

}  // namespace

void RegisterDoubles() {
  Register("few_decimals", FewDecimals());
  Register("coordinates", Coordinates());
  Register("random", RandomDoubles());
  Register("integral", Integrals());
}

}  // namespace protorest::bench
