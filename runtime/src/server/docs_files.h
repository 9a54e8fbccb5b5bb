// The files of the docs page, embedded: the seam to protorest::docs_page or
// protorest::no_docs_page.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace protorest::server {

struct DocsFile {
  std::string_view name;  // "page.css"
  std::size_t size = 0;   // of the file itself
  std::span<const unsigned char> gzip;
};

// What is to be had below the path of the page, and index.html, which is the page.
std::span<const DocsFile> DocsFiles();

}  // namespace protorest::server
