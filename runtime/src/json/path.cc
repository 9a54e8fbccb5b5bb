#include "json/path.h"

#include <algorithm>

#include "json/utf8.h"

namespace protorest::json::detail {
namespace {

constexpr std::size_t kMaxName = 64;
constexpr std::size_t kMaxLevels = 100;  // written: what Options::max_depth allows by default

bool IsNameByte(unsigned char c) {
  return c == '_' || c == '@' || c == '-' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
         (c >= 'A' && c <= 'Z');
}

bool IsIdentifier(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), IsNameByte);
}

bool IsExtension(std::string_view name) {
  return name.size() > 2 && name.front() == '[' && name.back() == ']' &&
         std::all_of(name.begin() + 1, name.end() - 1,
                     [](unsigned char c) { return c == '.' || IsNameByte(c); });
}

}  // namespace

void AppendMember(std::string_view name, std::string& path) {
  const std::string_view shown = CutUtf8(name, kMaxName);
  const std::string_view rest = shown.size() < name.size() ? "…" : "";
  if (IsIdentifier(shown)) {
    if (!path.empty()) path += '.';
    path.append(shown).append(rest);
  } else if (rest.empty() && IsExtension(shown)) {
    path.append(shown);
  } else {
    path.append("[\"").append(shown).append(rest).append("\"]");
  }
}

std::string_view PathFinder::TakeString() {
  const std::size_t start = ++pos_;
  while (pos_ < text_.size() && text_[pos_] != '"') pos_ += text_[pos_] == '\\' ? 2 : 1;
  const std::size_t end = std::min(pos_, text_.size());
  pos_ = std::min(end + 1, text_.size());
  return text_.substr(start, end - start);
}

void PathFinder::Step() {
  const char c = text_[pos_];
  switch (c) {
    case '{':
    case '[':
      levels_.push_back({c == '{', c == '[', 0, {}});
      value_expected_ = c == '[';
      ++pos_;
      return;
    case '}':
    case ']':
      if (!levels_.empty()) levels_.pop_back();
      value_expected_ = false;
      ++pos_;
      return;
    case ',':
      ++pos_;
      if (value_expected_) {
        levels_.push_back({true, false, 0, {}});
        value_expected_ = false;
      } else if (!levels_.empty() && levels_.back().object) {
        levels_.back() = {true, false, 0, {}};
      } else if (!levels_.empty()) {
        ++levels_.back().index;
        value_expected_ = true;
      }
      return;
    case ':':
      if (!levels_.empty()) levels_.back().in_value = true;
      value_expected_ = true;
      ++pos_;
      return;
    case '"': {
      const bool key = !levels_.empty() && levels_.back().object && !levels_.back().in_value;
      const std::string_view string = TakeString();
      if (key) {
        levels_.back().key = string;
      } else {
        value_expected_ = false;
      }
      return;
    }
    default:
      if (c != ' ' && c != '\n' && c != '\r' && c != '\t') value_expected_ = false;
      ++pos_;
  }
}

std::string PathFinder::At(std::size_t offset) {
  while (pos_ < std::min(offset, text_.size())) Step();
  std::string path;
  for (std::size_t i = 0; i < std::min(levels_.size(), kMaxLevels); ++i) {
    const Level& level = levels_[i];
    if (level.object) {
      if (level.key.data() != nullptr) AppendMember(level.key, path);
    } else {
      path.append("[").append(std::to_string(level.index)).append("]");
    }
  }
  if (levels_.size() > kMaxLevels) path += "…";
  return path;
}

}  // namespace protorest::json::detail
