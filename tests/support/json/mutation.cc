#include "tests/support/json/mutation.h"

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

namespace protorest::json {
namespace {

std::size_t Below(std::size_t limit, std::mt19937& random) {
  return limit == 0 ? 0 : random() % limit;
}

// The tokens of `text` by their first bytes and their sizes; a string is one, whatever it holds.
struct Token {
  std::size_t start, size;
};

std::vector<Token> TokensOf(std::string_view text) {
  constexpr std::string_view kMarks = "{}[]:,\" \n";
  std::vector<Token> tokens;
  for (std::size_t i = 0; i < text.size();) {
    std::size_t end = i + 1;
    if (text[i] == '"') {
      while (end < text.size() && text[end] != '"') end += text[end] == '\\' ? 2 : 1;
      end = std::min(end + 1, text.size());
    } else if (kMarks.find(text[i]) == kMarks.npos) {
      end = std::min(text.find_first_of(kMarks, i), text.size());
    }
    tokens.push_back({i, end - i});
    i = end;
  }
  return tokens;
}

void ChangeBytes(std::string& text, std::mt19937& random) {
  constexpr std::string_view kInserted =
      "{}[]:,\"\\ 0123456789-+.eEtfnu/*'\n\x01\x7f\x80\xc3\xed\xff";
  const std::size_t at = Below(text.size(), random);
  switch (random() % 4) {
    case 0:
      if (!text.empty()) text[at] = static_cast<char>(text[at] ^ (1 << random() % 8));
      return;
    case 1:
      text.erase(at, 1 + random() % 8);
      return;
    case 2:
      text.insert(at, 1, kInserted[Below(kInserted.size(), random)]);
      return;
    default:
      text.resize(at);
  }
}

void ChangeTokens(std::string& text, std::mt19937& random) {
  // Each is at home somewhere, and most are strangers elsewhere.
  static constexpr const char* kValues[] = {"null",
                                            "true",
                                            "0",
                                            "-1",
                                            "1.5",
                                            "1e400",
                                            "-0",
                                            "2147483648",
                                            "18446744073709551616",
                                            "\"\"",
                                            "\"1\"",
                                            "\"NaN\"",
                                            "\"x\"",
                                            "\"AQ==\"",
                                            "\"1s\"",
                                            "\"1970-01-01T00:00:00Z\"",
                                            "\"\\ud83d\"",
                                            "\"\\u0000\"",
                                            "{}",
                                            "[]",
                                            "[null]",
                                            "{\"a\":1,\"a\":2}",
                                            "{\"@type\":\"a/b.C\"}"};
  const std::vector<Token> tokens = TokensOf(text);
  if (tokens.empty()) return;
  Token a = tokens[Below(tokens.size(), random)], b = tokens[Below(tokens.size(), random)];
  if (a.start > b.start) std::swap(a, b);
  const std::string of_a = text.substr(a.start, a.size), of_b = text.substr(b.start, b.size);
  switch (random() % 4) {
    case 0:
      text.insert(b.start, of_a);
      return;
    case 1:
      text.replace(a.start, a.size, of_b);
      return;
    case 2:  // the later one first: the earlier one stays where it is
      text.replace(b.start, b.size, of_a);
      text.replace(a.start, a.size, of_b);
      return;
    default:
      text.replace(a.start, a.size, kValues[Below(std::size(kValues), random)]);
  }
}

}  // namespace

std::string Mutated(std::string text, std::mt19937& random) {
  const unsigned changes = 1 + random() % 3;
  for (unsigned i = 0; i < changes; ++i) {
    // Tokens more often: most changed bytes end the reading at once.
    if (random() % 3 == 0) {
      ChangeBytes(text, random);
    } else {
      ChangeTokens(text, random);
    }
  }
  return text;
}

}  // namespace protorest::json
