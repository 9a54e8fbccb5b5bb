// Accept and Content-Type, as RFC 9110 spells them.
#include "transcode/accept.h"

#include "transcode/ascii.h"

namespace protorest::transcode {
namespace {

// Takes what stands before the next `separator` that is not within a quoted string.
std::string_view TakeUntil(char separator, std::string_view& rest) {
  bool quoted = false;
  for (std::size_t i = 0; i < rest.size(); ++i) {
    if (rest[i] == '"') quoted = !quoted;
    if (quoted && rest[i] == '\\') ++i;
    if (!quoted && i < rest.size() && rest[i] == separator) {
      const std::string_view taken = rest.substr(0, i);
      rest.remove_prefix(i + 1);
      return Trim(taken);
    }
  }
  const std::string_view taken = rest;
  rest = {};
  return Trim(taken);
}

// A q value in thousandths: "1", "0.5", "0.125"; -1 if it is none.
int ParseQ(std::string_view text) {
  if (text.empty() || text.size() > 5 || (text[0] != '0' && text[0] != '1')) return -1;
  if (text.size() > 1 && text[1] != '.') return -1;
  int thousandths = (text[0] - '0') * 1000;
  int weight = 100;
  for (const char c : text.substr(text.size() > 1 ? 2 : 1)) {
    if (!IsDigit(c)) return -1;
    thousandths += (c - '0') * weight;
    weight /= 10;
  }
  return thousandths <= 1000 ? thousandths : -1;
}

// The q among the parameters of an element, in thousandths; -1 if it cannot be read.
int FindQ(std::string_view parameters) {
  int q = 1000;
  while (!parameters.empty()) {
    const std::string_view parameter = TakeUntil(';', parameters);
    if (parameter.size() >= 2 && ToLower(parameter[0]) == 'q' && parameter[1] == '=') {
      q = ParseQ(parameter.substr(2));
    }
  }
  return q;
}

// How exactly a media range names a type: 3 the type itself, 2 "application/*", 1 "*/*", 0 not at
// all.
int Specificity(std::string_view range, std::string_view type) {
  if (EqualsIgnoreCase(range, type)) return 3;
  if (range == "*/*") return 1;
  if (range.ends_with("/*")) {
    const std::size_t slash = range.size() - 1;
    return EqualsIgnoreCase(range.substr(0, slash), type.substr(0, slash)) ? 2 : 0;
  }
  return 0;
}

// What the Accept headers say of one offer.
struct Preference {
  int q = 0;
  int specificity = 0;
  int position = 0;  // of the range, from the first

  bool Beats(const Preference& other) const {
    if (q != other.q) return q > other.q;
    if (specificity != other.specificity) return specificity > other.specificity;
    return position < other.position;
  }
};

// By the most exact range that names the offer: "application/json;q=0, */*" refuses JSON.
Preference PreferenceFor(std::span<const http::Header> headers, std::string_view type) {
  Preference preference;
  int position = 0;
  for (const http::Header& header : headers) {
    if (!EqualsIgnoreCase(header.name, "accept")) continue;
    std::string_view rest = header.value;
    while (!rest.empty()) {
      std::string_view parameters = TakeUntil(',', rest);
      const std::string_view range = TakeUntil(';', parameters);
      const int q = FindQ(parameters);
      ++position;
      const int specificity = Specificity(range, type);
      if (q >= 0 && specificity > preference.specificity) preference = {q, specificity, position};
    }
  }
  return preference;
}

bool HasAccept(std::span<const http::Header> headers) {
  for (const http::Header& header : headers) {
    if (EqualsIgnoreCase(header.name, "accept") && !Trim(header.value).empty()) return true;
  }
  return false;
}

}  // namespace

const MediaOffer* Negotiate(std::span<const http::Header> headers,
                            std::span<const MediaOffer> offers) {
  if (!HasAccept(headers)) return offers.data();
  const MediaOffer* best = nullptr;
  Preference best_preference;
  for (const MediaOffer& offer : offers) {
    const Preference preference = PreferenceFor(headers, offer.type);
    if (preference.q > 0 && (best == nullptr || preference.Beats(best_preference))) {
      best = &offer;
      best_preference = preference;
    }
  }
  return best;
}

// "*" speaks of the codings that no element names.
bool TakesGzip(std::span<const http::Header> headers) {
  int named = -1;
  int others = -1;
  for (const http::Header& header : headers) {
    if (!EqualsIgnoreCase(header.name, "accept-encoding")) continue;
    std::string_view rest = header.value;
    while (!rest.empty()) {
      std::string_view parameters = TakeUntil(',', rest);
      const std::string_view coding = TakeUntil(';', parameters);
      const int q = FindQ(parameters);
      if (EqualsIgnoreCase(coding, "gzip") || EqualsIgnoreCase(coding, "x-gzip")) named = q;
      if (coding == "*") others = q;
    }
  }
  return named >= 0 ? named > 0 : others > 0;
}

BodyType ClassifyBody(std::optional<std::string_view> content_type) {
  if (!content_type || Trim(*content_type).empty()) return BodyType::kJson;
  std::string_view parameters = *content_type;
  const std::string_view type = TakeUntil(';', parameters);
  while (!parameters.empty()) {
    std::string_view value = TakeUntil(';', parameters);
    const std::string_view name = TakeUntil('=', value);
    if (value.size() >= 2 && value.front() == '"' && value.back() == '"') {
      value = value.substr(1, value.size() - 2);
    }
    // JSON is UTF-8; a text that claims to be something else cannot be read (rule B10).
    const auto is = [value](std::string_view charset) { return EqualsIgnoreCase(value, charset); };
    if (EqualsIgnoreCase(name, "charset") && !is("utf-8") && !is("utf8") && !is("us-ascii")) {
      return BodyType::kOther;
    }
  }
  const auto is = [type](std::string_view name) { return EqualsIgnoreCase(type, name); };
  if (is("application/json")) return BodyType::kJson;
  if (is("application/x-ndjson") || is("application/jsonl") || is("application/ndjson")) {
    return BodyType::kNdjson;
  }
  if (is("application/x-protobuf") || is("application/protobuf")) return BodyType::kProtobuf;
  if (is("application/x-www-form-urlencoded")) return BodyType::kForm;
  if (is("multipart/form-data")) return BodyType::kMultipart;
  const std::size_t plus = type.rfind('+');
  const bool named = plus != type.npos && plus > type.find('/') + 1;
  return named && EqualsIgnoreCase(type.substr(plus), "+json") ? BodyType::kJson : BodyType::kOther;
}

std::optional<std::string> FindParameter(std::string_view value, std::string_view name) {
  TakeUntil(';', value);
  while (!value.empty()) {
    std::string_view text = TakeUntil(';', value);
    if (!EqualsIgnoreCase(TakeUntil('=', text), name)) continue;
    if (text.size() < 2 || text.front() != '"' || text.back() != '"') return std::string(text);
    text = text.substr(1, text.size() - 2);
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
      // Some send the backslashes of paths as they are.
      const bool escape =
          text[i] == '\\' && i + 1 < text.size() && (text[i + 1] == '"' || text[i + 1] == '\\');
      plain += text[escape ? ++i : i];
    }
    return plain;
  }
  return std::nullopt;
}

}  // namespace protorest::transcode
