// Hands the entries of a form to the query's rules.
#include "transcode/form.h"

#include <algorithm>
#include <deque>
#include <string>
#include <vector>

#include "json/search.h"
#include "transcode/form_part.h"
#include "transcode/multipart.h"
#include "transcode/url.h"
#include "transcode/violations.h"

namespace protorest::transcode {

using google::protobuf::Message;

namespace {

// A client that sends JSON and does not say so (curl -d) is told in words it can use.
bool LooksLikeJson(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  return first != text.npos && (text[first] == '{' || text[first] == '[');
}

// Whether an entry's name is this path, be it by JSON names or by those of the .proto.
bool IsPath(std::string_view name, Form::Path path) {
  for (const google::protobuf::FieldDescriptor* field : path) {
    const std::string_view first = name.substr(0, name.find('.'));
    if (json::detail::FindByEitherName(*field->containing_type(), first) != field) return false;
    name.remove_prefix(std::min(first.size() + 1, name.size()));
  }
  return name.empty();
}

}  // namespace

Form::Form(const google::protobuf::Descriptor& type, bool lenient, const json::Options& options)
    : binder_(type, {}, /*body_is_all=*/false,
              {.lenient = lenient, .reserved = {}, .what = "field of the form"}),
      options_(options) {}

void Form::ReadUrlEncoded(std::string_view text, Message& message, Violations& violations) const {
  if (LooksLikeJson(text)) {
    return violations.Add(
        "",
        "the body looks like JSON, and its Content-Type says that it is a form; send "
        "Content-Type: application/json");
  }
  json::Options none;
  binder_.Bind(text, {}, message, none, violations);
}

void Form::ReadMultipart(std::string_view text, std::string_view content_type, Message& message,
                         Violations& violations) const {
  MultipartParser parser(content_type);
  parser.Feed(text, /*last=*/true);
  std::deque<PartHead> heads;  // stable: parts view them
  std::vector<FormPart> parts;
  std::string_view data;
  for (;;) {
    switch (parser.Next(data)) {
      case MultipartParser::Step::kPart: {
        const PartHead& head = heads.emplace_back(parser.part());
        parts.push_back({head.name, head.content_type, {}});
        break;
      }
      case MultipartParser::Step::kData:
        parts.back().data = data;  // all of it: the body came in one piece
        break;
      case MultipartParser::Step::kError:
        return violations.Add("", parser.status().message());
      default:
        return binder_.BindParts(parts, options_, message, violations);
    }
  }
}

bool Form::UrlEncodedSays(std::string_view text, Path path) {
  QuerySplitter splitter(text);
  QueryParameter parameter;
  std::string scratch;
  while (splitter.Next(parameter)) {
    scratch.clear();
    std::string_view name;
    const bool decoded = UrlDecode(parameter.name, UrlPart::kQuery, scratch, name);
    if (decoded && IsPath(name, path)) return true;
  }
  return false;
}

bool Form::MultipartSays(std::string_view text, std::string_view content_type, Path path) {
  MultipartParser parser(content_type);
  parser.Feed(text, /*last=*/true);
  std::string_view data;
  for (;;) {
    switch (parser.Next(data)) {
      case MultipartParser::Step::kPart:
        if (IsPath(parser.part().name, path)) return true;
        break;
      case MultipartParser::Step::kData:
        break;
      default:
        return false;
    }
  }
}

}  // namespace protorest::transcode
