// Fills the page in, and says what it may load.
#include "server/docs.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <utility>

#include "server/docs_files.h"
#include "server/gzip.h"

namespace protorest::server {
namespace {

using Json = nlohmann::json;

constexpr std::string_view kIndex = "index.html";

bool IsPathCharacter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("/-._~").find(c) != std::string_view::npos;
}

std::string_view WithoutLastSlash(std::string_view path) {
  if (path.ends_with('/')) path.remove_suffix(1);
  return path;
}

std::string_view ContentType(std::string_view name) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kTypes = {{
      {".html", "text/html; charset=utf-8"},
      {".css", "text/css; charset=utf-8"},
      {".js", "text/javascript; charset=utf-8"},
      {".svg", "image/svg+xml"},
  }};
  for (const auto& [ending, type] : kTypes) {
    if (name.ends_with(ending)) return type;
  }
  return "application/octet-stream";
}

std::string_view Bytes(const DocsFile& file) {
  return {reinterpret_cast<const char*>(file.gzip.data()), file.gzip.size()};
}

std::string EscapeHtml(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      default:
        escaped += c;
    }
  }
  return escaped;
}

// "https://api.example.com:8443" of a URL; "https:" where a variable is in it; "" of a relative
// one, and of one with characters that have a meaning in a policy.
std::string OriginOf(const std::string& url) {
  const std::size_t scheme_end = url.find("://");
  if (scheme_end == url.npos) return {};
  const std::string scheme = url.substr(0, scheme_end);
  if (scheme != "https" && scheme != "http") return {};
  const std::size_t end = std::min(url.find_first_of("/?#", scheme_end + 3), url.size());
  const std::string origin = url.substr(0, end);
  if (origin.find('{') != origin.npos) return scheme + ':';
  const bool plain = std::all_of(origin.begin(), origin.end(), [](char c) {
    return IsPathCharacter(c) || c == ':' || c == '[' || c == ']';
  });
  return plain ? origin : std::string();
}

// Adds where `url` leads, and the same for WebSockets.
void AddOrigin(const Json& url, std::set<std::string>& origins) {
  if (!url.is_string()) return;
  const std::string origin = OriginOf(url.get<std::string>());
  if (origin.empty()) return;
  origins.insert(origin);
  origins.insert("ws" + origin.substr(4));
}

// Servers may stand at the document, a path or an operation, URLs of tokens at security schemes.
void CollectOrigins(const Json& node, std::set<std::string>& origins) {
  for (const auto& [key, value] : node.items()) {
    if (key == "servers" && value.is_array()) {
      for (const Json& server : value) {
        if (server.is_object()) AddOrigin(server.value("url", Json()), origins);
      }
    } else if (key == "tokenUrl" || key == "refreshUrl" || key == "openIdConnectUrl") {
      AddOrigin(value, origins);
    } else if (value.is_structured()) {
      CollectOrigins(value, origins);
    }
  }
}

// The page loads its own files and calls this server, and of others those that the document names
// as servers or as givers of tokens.
std::string Policy(const Json& document) {
  std::set<std::string> origins;
  CollectOrigins(document, origins);
  std::string policy =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: https:; "
      "connect-src 'self'";
  for (const std::string& origin : origins) policy += ' ' + origin;
  return policy += "; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";
}

std::string Title(const Json& document) {
  const Json::json_pointer title("/info/title");
  return document.contains(title) && document[title].is_string()
             ? document[title].get<std::string>()
             : "API";
}

// What the page's {{markers}} stand for.
struct Filling {
  std::string title;
  std::string root;   // from the page to the server's root: "", "../"
  std::string files;  // from the page to its files: "docs/"
};

std::string Fill(std::string_view page, const Filling& filling, const Pages& pages,
                 const std::string& folder) {
  std::string filled;
  while (true) {
    const std::size_t open = page.find("{{");
    filled += page.substr(0, open);
    if (open == page.npos) return filled;
    page.remove_prefix(open + 2);
    const std::size_t close = page.find("}}");
    const std::string_view marker = page.substr(0, close);
    page.remove_prefix(close + 2);
    if (marker == "title") {
      filled += EscapeHtml(filling.title);
    } else if (marker == "root") {
      filled += filling.root;
    } else {  // the name of a file
      filled += filling.files;
      filled += marker;
      filled += '?';
      filled += pages.Version(folder + '/' + std::string(marker));
    }
  }
}

}  // namespace

Status CheckDocsPath(std::string_view path) {
  const bool fits = path.starts_with('/') && path.find("//") == path.npos &&
                    std::all_of(path.begin(), path.end(), IsPathCharacter) &&
                    path != kOpenApiJson && path != kOpenApiYaml;
  return fits ? Status()
              : Status::InvalidArgument("no page can be at docs_path \"" + std::string(path) + '"');
}

void AddDocs(std::string_view path, std::string_view document, Pages& pages) {
  const std::string folder(WithoutLastSlash(path));
  const Json parsed = Json::parse(document);
  const std::vector<std::pair<std::string, std::string>> fields = {
      {"content-security-policy", Policy(parsed)}, {"referrer-policy", "no-referrer"}};
  const DocsFile* index = nullptr;
  for (const DocsFile& file : DocsFiles()) {
    if (file.name == kIndex) {
      index = &file;
      continue;
    }
    pages.Add({.path = folder + '/' + std::string(file.name),
               .content_type = std::string(ContentType(file.name)),
               .gzip = Bytes(file),
               .size = file.size,
               .fields = fields});
  }
  Filling filling;
  filling.title = Title(parsed);
  for (const char c : folder.substr(std::min<std::size_t>(1, folder.size()))) {
    if (c == '/') filling.root += "../";
  }
  if (!folder.empty()) filling.files = folder.substr(folder.rfind('/') + 1) + '/';
  pages.Add({.path = folder.empty() ? "/" : folder,
             .content_type = std::string(ContentType(kIndex)),
             .text = Fill(Gunzip(Bytes(*index), index->size), filling, pages, folder),
             .fields = fields});
  if (!folder.empty()) {
    pages.Add({.path = folder + '/',
               .content_type = "text/plain",
               .status = 308,
               .fields = {{"location", ".." + folder.substr(folder.rfind('/'))}}});
  }
}

}  // namespace protorest::server
