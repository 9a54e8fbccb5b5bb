// Writes YAML while the JSON is being read, so that no document is held in memory twice. Written
// here rather than with yaml-cpp's emitter, whose literal blocks lose or gain a last line break and
// whose quoting changes with its version.
#include "openapi/yaml.h"

#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <vector>

#include "openapi/yaml_scalar.h"

namespace protorest::openapi {
namespace {

using Json = nlohmann::json;

class YamlWriter final : public nlohmann::json_sax<Json> {
 public:
  explicit YamlWriter(std::string* out) : out_(*out) {}

  bool null() override { return Scalar("null"); }
  bool boolean(bool value) override { return Scalar(value ? "true" : "false"); }
  bool number_integer(std::int64_t value) override { return Scalar(std::to_string(value)); }
  bool number_unsigned(std::uint64_t value) override { return Scalar(std::to_string(value)); }
  bool number_float(double, const std::string& text) override { return Scalar(YamlFloat(text)); }
  bool binary(Json::binary_t&) override { return false; }

  bool string(std::string& value) override {
    BeginValue();
    Separate();
    AppendYamlString(value, levels_.empty() ? 2 : levels_.back().indent + 2, &out_);
    return true;
  }

  bool key(std::string& value) override {
    BeginEntry();
    AppendYamlKey(value, &out_);
    out_ += ':';
    return true;
  }

  bool start_object(std::size_t) override { return Open(/*array=*/false); }
  bool start_array(std::size_t) override { return Open(/*array=*/true); }
  bool end_object() override { return Close("{}"); }
  bool end_array() override { return Close("[]"); }

  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override {
    return false;
  }

 private:
  struct Level {
    bool array;
    bool first_in_line;  // its first entry goes on the line that is already begun ("- name: x")
    bool empty;
    int indent;
  };

  bool Scalar(std::string_view text) {
    BeginValue();
    Separate();
    out_ += text;
    return true;
  }

  bool Open(bool array) {
    BeginValue();
    const bool in_line = levels_.empty() || levels_.back().array;
    const int indent = levels_.empty() ? 0 : levels_.back().indent + 2;
    levels_.push_back({array, in_line, /*empty=*/true, indent});
    return true;
  }

  bool Close(std::string_view if_empty) {
    const bool empty = levels_.back().empty;
    levels_.pop_back();
    if (empty) {
      Separate();
      out_ += if_empty;
    }
    return true;
  }

  void BeginValue() {
    if (levels_.empty() || !levels_.back().array) return;
    BeginEntry();
    out_ += "- ";
  }

  void BeginEntry() {
    Level& level = levels_.back();
    if (!level.empty || !level.first_in_line) {
      out_ += '\n';
      out_.append(static_cast<std::size_t>(level.indent), ' ');
    }
    level.empty = false;
  }

  // The space between "key:" and what follows in the same line.
  void Separate() {
    if (!levels_.empty() && !levels_.back().array) out_ += ' ';
  }

  std::string& out_;
  std::vector<Level> levels_;
};

}  // namespace

std::string ToYaml(std::string_view json) {
  std::string out;
  out.reserve(json.size() + json.size() / 4);
  YamlWriter writer(&out);
  if (!Json::sax_parse(json.begin(), json.end(), &writer)) return "";
  out += '\n';
  return out;
}

}  // namespace protorest::openapi
