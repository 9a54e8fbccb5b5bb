// zlib, all at once.
#include "server/gzip.h"

#include <zlib.h>

namespace protorest::server {
namespace {

constexpr int kGzipWindow = MAX_WBITS + 16;  // zlib's way to ask for a gzip header

void SetInput(z_stream& stream, std::string_view input) {
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(input.data()));
  stream.avail_in = static_cast<uInt>(input.size());
}

void SetOutput(z_stream& stream, std::string& output) {
  stream.next_out = reinterpret_cast<Bytef*>(output.data());
  stream.avail_out = static_cast<uInt>(output.size());
}

}  // namespace

std::string Gzip(std::string_view text) {
  z_stream stream = {};
  if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, kGzipWindow, MAX_MEM_LEVEL,
                   Z_DEFAULT_STRATEGY) != Z_OK) {
    return {};
  }
  std::string gzip(deflateBound(&stream, text.size()), '\0');
  SetInput(stream, text);
  SetOutput(stream, gzip);
  const bool done = deflate(&stream, Z_FINISH) == Z_STREAM_END;
  gzip.resize(done ? stream.total_out : 0);
  deflateEnd(&stream);
  return gzip;
}

std::string Gunzip(std::string_view gzip, std::size_t size) {
  z_stream stream = {};
  if (inflateInit2(&stream, kGzipWindow) != Z_OK) return {};
  std::string text(size, '\0');
  SetInput(stream, gzip);
  SetOutput(stream, text);
  if (inflate(&stream, Z_FINISH) != Z_STREAM_END || stream.total_out != size) text.clear();
  inflateEnd(&stream);
  return text;
}

}  // namespace protorest::server
