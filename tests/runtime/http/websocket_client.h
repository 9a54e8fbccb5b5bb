// A WebSocket client that shows its frames as they are, and a server that echoes.
#pragma once

#include <gtest/gtest.h>

#include <boost/beast/zlib/deflate_stream.hpp>
#include <boost/beast/zlib/inflate_stream.hpp>
#include <cstdint>
#include <string>
#include <string_view>

#include "http/websocket.h"
#include "tests/runtime/http/harness.h"

namespace protorest::http {

namespace zlib = boost::beast::zlib;

// Opcodes of RFC 6455, and the bits beside them.
inline constexpr int kContinuation = 0, kText = 1, kBinary = 2, kClose = 8, kPing = 9, kPong = 10;
inline constexpr int kFin = 0x80, kCompressed = 0x40;

inline constexpr std::string_view kHandshake =
    "GET /chat HTTP/1.1\r\nHost: h\r\nConnection: keep-alive, Upgrade\r\nUpgrade: websocket\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n";

inline constexpr std::string_view kCompression =
    "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n";

inline std::string Request(std::string_view more = "") {
  return std::string(kHandshake) + std::string(more) + "\r\n";
}

// A client's frame, masked. `announced`: a length that the payload does not keep to.
inline std::string Frame(int first_byte, std::string payload, std::uint64_t announced = 0) {
  const std::uint64_t length = announced != 0 ? announced : payload.size();
  std::string frame(1, static_cast<char>(first_byte));
  const auto number = [&frame](std::uint64_t value, int bytes) {
    while (bytes-- > 0) frame += static_cast<char>(value >> (8 * bytes));
  };
  if (length < 126) {
    frame += static_cast<char>(0x80 | length);
  } else if (length < 65536) {
    frame += static_cast<char>(0x80 | 126);
    number(length, 2);
  } else {
    frame += static_cast<char>(0x80 | 127);
    number(length, 8);
  }
  const std::string mask = "\x01\x02\x03\x04";
  for (std::size_t i = 0; i < payload.size(); ++i) payload[i] ^= mask[i % 4];
  return frame + mask + payload;
}

inline std::string CloseFrame(int code, const std::string& reason = "") {
  std::string payload = {static_cast<char>(code >> 8), static_cast<char>(code)};
  return Frame(kFin | kClose, payload + reason);
}

// What permessage-deflate sends for `text`.
inline std::string Deflate(const std::string& text) {
  std::string out(text.size() + 1024, '\0');
  zlib::deflate_stream stream;
  stream.reset(9, 12, 4, zlib::Strategy::normal);
  zlib::z_params params;
  params.next_in = text.data();
  params.avail_in = text.size();
  params.next_out = out.data();
  params.avail_out = out.size();
  boost::beast::error_code error;
  stream.write(params, zlib::Flush::sync, error);
  EXPECT_FALSE(error);
  out.resize(params.total_out - 4);  // without the empty block
  return out;
}

inline std::string Inflate(std::string data) {
  data += std::string("\x00\x00\xff\xff", 4);
  std::string out(1 << 20, '\0');
  zlib::inflate_stream stream;
  zlib::z_params params;
  params.next_in = data.data();
  params.avail_in = data.size();
  params.next_out = out.data();
  params.avail_out = out.size();
  boost::beast::error_code error;
  stream.write(params, zlib::Flush::sync, error);
  out.resize(params.total_out);
  return out;
}

// A client that has opened a WebSocket.
class WebSocketClient {
 public:
  explicit WebSocketClient(std::uint16_t port, const std::string& request = Request(),
                           int buffer = 0)
      : socket_(port, buffer) {
    socket_.Send(request);
    head_ = ReadHead();
  }

  // The head of an answer, the first of them.
  std::string ReadHead() {
    std::size_t end = 0;
    while ((end = bytes_.find("\r\n\r\n")) == bytes_.npos && Fill()) {
    }
    return end == bytes_.npos ? bytes_ : Take(end + 4);
  }
  const std::string& head() const { return head_; }
  RawClient& socket() { return socket_; }
  std::string Take(std::size_t size) {
    if (!Need(size)) return "";
    std::string taken = bytes_.substr(0, size);
    bytes_.erase(0, size);
    return taken;
  }
  void Send(const std::string& frames) { socket_.Send(frames); }

  // The next frame, one letter for its kind and a colon in front, "c:1000 reason" for a close; ""
  // at the end.
  std::string Read() {
    if (!Need(2)) return "";
    const int first = Byte(0);
    std::size_t header = 2;
    std::size_t length = Byte(1) & 0x7f;
    if (length >= 126) {
      const int bytes = length == 126 ? 2 : 8;
      if (!Need(header + bytes)) return "";
      length = 0;
      for (int i = 0; i < bytes; ++i) length = length << 8 | Byte(header++);
    }
    if (!Need(header + length)) return "";
    std::string payload = Take(header + length).substr(header);
    if ((first & kCompressed) != 0) payload = Inflate(payload);
    switch (first & 15) {
      case kText:
        return "t:" + payload;
      case kBinary:
        return "b:" + payload;
      case kPing:
        return "p:" + payload;
      case kPong:
        return "o:" + payload;
      case kClose: {
        if (payload.size() < 2) return "c:";
        const int code =
            static_cast<unsigned char>(payload[0]) << 8 | static_cast<unsigned char>(payload[1]);
        return "c:" + std::to_string(code) + " " + payload.substr(2);
      }
      default:
        return "?:" + payload;
    }
  }
  // The same, pings passed over.
  std::string ReadOther() {
    std::string frame = Read();
    while (frame.starts_with("p:")) frame = Read();
    return frame;
  }

 private:
  int Byte(std::size_t at) const { return static_cast<unsigned char>(bytes_[at]); }
  bool Fill() {
    const std::string more = socket_.ReadSome();
    bytes_ += more;
    return !more.empty();
  }
  bool Need(std::size_t size) {
    while (bytes_.size() < size) {
      if (!Fill()) return false;
    }
    return true;
  }

  RawClient socket_;
  std::string bytes_;
  std::string head_;
};

// Sends back what comes; closes when nothing more does, or when a text says so: "close".
class WebSocketEcho final : public MessageSink {
 public:
  static void Start(Exchange& exchange, const WebSocketOptions& options) {
    WebSocket* socket = exchange.Upgrade(options);
    if (socket == nullptr) return Reply(exchange, "no handshake", 400);
    (new WebSocketEcho(*socket))->Receive();
  }

  void OnMessage(std::string_view message, bool binary) override {
    if (message == "close") {
      std::string too_long(122, 'x');
      socket_.Close(4005, too_long.append("\xc3\xa4"));
      delete this;
      return;
    }
    if (socket_.Send(message, binary)) return Receive();
    socket_.WhenWritable(Call([this](bool) { Receive(); }));
  }
  void OnNoMessage() override {
    socket_.Close(kCloseNormal, "");
    delete this;
  }

 private:
  explicit WebSocketEcho(WebSocket& socket) : socket_(socket) {}
  void Receive() { socket_.Receive(*this); }

  WebSocket& socket_;
};

}  // namespace protorest::http
