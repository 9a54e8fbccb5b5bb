#include "tests/runtime/http/harness.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <utility>

namespace protorest::http {

TestServer::TestServer(Handler handler, const HttpLimits& limits, int threads)
    : handler_(std::move(handler)),
      io_(threads),
      work_(io_.get_executor()),
      listener_(std::make_unique<Listener>(io_, *this, limits)) {
  EXPECT_FALSE(listener_->Listen("127.0.0.1:0"));
  for (int i = 0; i < threads; ++i) threads_.emplace_back([this] { io_.run(); });
}

TestServer::~TestServer() {
  Promise<bool> closed;
  listener_->StopAccepting();
  listener_->CloseAll();
  listener_->Drain(Call([&closed](bool ok) { closed.Set(ok); }));
  EXPECT_TRUE(closed.Wait().has_value()) << "connections left open";
  io_.stop();
  for (std::thread& thread : threads_) thread.join();
}

RawClient::RawClient(std::uint16_t port, int receive_buffer) {
  fd_ = ::socket(AF_INET, SOCK_STREAM, 0);
  if (receive_buffer > 0) {
    ::setsockopt(fd_, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
  }
  const timeval patience{20, 0};
  ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  EXPECT_EQ(::connect(fd_, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
}

RawClient::RawClient(const std::string& unix_path) {
  fd_ = ::socket(AF_UNIX, SOCK_STREAM, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  unix_path.copy(address.sun_path, sizeof address.sun_path - 1);
  EXPECT_EQ(::connect(fd_, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
}

RawClient::~RawClient() { Close(); }

void RawClient::Close() {
  if (fd_ >= 0) ::close(std::exchange(fd_, -1));
}

void RawClient::Reset() {
  const linger at_once{1, 0};
  ::setsockopt(fd_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  Close();
}

void RawClient::HalfClose() { ::shutdown(fd_, SHUT_WR); }

void RawClient::Send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent < 0) return;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
}

bool RawClient::Fill() {
  char bytes[65536];
  const ssize_t size = ::recv(fd_, bytes, sizeof bytes, 0);
  if (size > 0) buffer_.append(bytes, static_cast<std::size_t>(size));
  return size > 0;
}

std::string RawClient::ReadSome() {
  if (buffer_.empty()) Fill();
  return std::exchange(buffer_, {});
}

std::string RawClient::ReadAll() {
  while (Fill()) {
  }
  return std::exchange(buffer_, {});
}

bool RawClient::AtEnd() {
  char byte;
  const ssize_t size = ::recv(fd_, &byte, 1, 0);
  return buffer_.empty() && (size == 0 || (size < 0 && errno == ECONNRESET));
}

std::optional<std::string> RawClient::Line() {
  for (;;) {
    if (const std::size_t end = buffer_.find("\r\n"); end != std::string::npos) {
      std::string line = buffer_.substr(0, end);
      buffer_.erase(0, end + 2);
      return line;
    }
    if (!Fill()) return std::nullopt;
  }
}

Response RawClient::Read(bool head_only) {
  Response response;
  const auto read_fields = [this](std::map<std::string, std::string>& fields, std::string& text) {
    while (const auto line = Line()) {
      text += *line + "\n";
      if (line->empty()) return true;
      const std::size_t colon = line->find(": ");
      if (colon != std::string::npos) fields[line->substr(0, colon)] = line->substr(colon + 2);
    }
    return false;
  };
  const auto status = Line();
  if (!status || status->size() < 12) return response;
  response.head = *status + "\n";
  response.status = std::stoi(status->substr(9, 3));
  if (!read_fields(response.headers, response.head)) return response;
  if (head_only || response.status < 200 || response.status == 204 || response.status == 304) {
    response.whole = true;
  } else if (response.headers.contains("transfer-encoding")) {
    std::string text;
    response.whole = ReadChunks(response) && read_fields(response.trailers, text);
  } else {
    response.whole = ReadBody(response);
  }
  return response;
}

bool RawClient::ReadBody(Response& response) {
  if (!response.headers.contains("content-length")) {
    response.body = ReadAll();
    return true;
  }
  const std::size_t length = std::stoul(response.headers["content-length"]);
  while (buffer_.size() < length && Fill()) {
  }
  response.body = buffer_.substr(0, length);
  buffer_.erase(0, response.body.size());
  return response.body.size() == length;
}

bool RawClient::ReadChunks(Response& response) {
  while (const auto line = Line()) {
    const std::size_t size = std::stoul(*line, nullptr, 16);
    if (size == 0) return true;
    while (buffer_.size() < size + 2) {
      if (!Fill()) return false;
    }
    response.body += buffer_.substr(0, size);
    buffer_.erase(0, size + 2);
  }
  return false;
}

bool ComesTrue(const std::function<bool()>& holds) {
  for (int i = 0; i < 2000 && !holds(); ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return holds();
}

namespace {

class Collector final : public BodySink {
 public:
  Collector(Exchange& exchange, std::function<void(std::optional<std::string>)> done)
      : exchange_(exchange), done_(std::move(done)) {}

  void Start() { exchange_.ReadBody(*this); }

  void OnBody(std::string_view piece, bool last) override {
    body_.append(piece);
    if (!last) return exchange_.ReadBody(*this);
    done_(std::move(body_));
    delete this;
  }
  void OnBodyError() override {
    done_(std::nullopt);
    delete this;
  }

 private:
  Exchange& exchange_;
  std::function<void(std::optional<std::string>)> done_;
  std::string body_;
};

}  // namespace

void CollectBody(Exchange& exchange, std::function<void(std::optional<std::string>)> done) {
  (new Collector(exchange, std::move(done)))->Start();
}

void Reply(Exchange& exchange, std::string_view body, int status) {
  const Header headers[] = {{"content-type", "text/plain"}};
  exchange.Respond({.status = status, .headers = headers, .content_length = {}}, body);
}

Done Call(std::function<void(bool)> function) {
  return {[](void* target, bool ok) {
            const std::unique_ptr<std::function<void(bool)>> owned(
                static_cast<std::function<void(bool)>*>(target));
            (*owned)(ok);
          },
          new std::function<void(bool)>(std::move(function))};
}

}  // namespace protorest::http
