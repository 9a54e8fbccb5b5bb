// gzip (RFC 1952) of whole texts.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace protorest::server {

// Empty where there is no memory for it.
std::string Gzip(std::string_view text);

// The `size` bytes that Gzip, or the build, made `gzip` of; empty if it is not of them.
std::string Gunzip(std::string_view gzip, std::size_t size);

}  // namespace protorest::server
