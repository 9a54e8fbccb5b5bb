// The fakes.
#include "tests/support/fake_exchange.h"

#include <gtest/gtest.h>

namespace protorest::test {

FakeExchange::FakeExchange(std::string method, std::string target, Fields fields, int version)
    : method_(std::move(method)), target_(std::move(target)), fields_(std::move(fields)) {
  for (const auto& [name, value] : fields_) headers_.push_back({name, value});
  const std::string_view text = target_;
  const std::size_t mark = text.find('?');
  head_.method = method_;
  head_.path = text.substr(0, mark);
  if (mark != text.npos) head_.query = text.substr(mark + 1);
  head_.headers = headers_;
  head_.version = version;
}

FakeExchange& FakeExchange::Body(std::string whole) {
  head_.has_body = !whole.empty();
  head_.content_length = whole.size();
  pieces_.emplace_back(std::move(whole), true);
  return *this;
}

FakeExchange& FakeExchange::Pieces(std::vector<std::string> all) {
  OpenBody();
  for (std::string& piece : all) pieces_.emplace_back(std::move(piece), false);
  pieces_.emplace_back("", true);
  return *this;
}

FakeExchange& FakeExchange::OpenBody() {
  head_.has_body = true;
  return *this;
}

void FakeExchange::Push(std::string piece, bool last) {
  pieces_.emplace_back(std::move(piece), last);
  Deliver();
}

void FakeExchange::DelayBody() { std::exchange(sink_, nullptr)->OnBodyLate(); }

void FakeExchange::BreakBody() {
  broken_ = true;
  Deliver();
}

void FakeExchange::ReadBody(http::BodySink& sink) {
  EXPECT_EQ(end_, End::kNone);
  EXPECT_EQ(sink_, nullptr) << "one ReadBody at a time";
  sink_ = &sink;
  Deliver();
}

void FakeExchange::Deliver() {
  if (!sink_) return;
  if (broken_) return std::exchange(sink_, nullptr)->OnBodyError();
  if (pieces_.empty()) return;
  const auto [piece, last] = std::move(pieces_.front());
  pieces_.pop_front();
  std::exchange(sink_, nullptr)->OnBody(piece, last);
}

void FakeExchange::WatchPeer(Done gone) {
  EXPECT_EQ(end_, End::kNone);
  watch_ = gone;
}

void FakeExchange::Leave() {
  peer_gone_ = true;
  if (watch_.function) std::exchange(watch_, {})(false);
  if (writable_.function) std::exchange(writable_, {})(false);
  BreakBody();
}

void FakeExchange::MakeRoom() {
  room_ = true;
  if (writable_.function) std::exchange(writable_, {})(true);
}

void FakeExchange::Take(const http::ResponseHead& head) {
  EXPECT_EQ(end_, End::kNone);
  EXPECT_FALSE(started_);
  status_ = head.status;
  content_length_ = head.content_length;
  for (const http::Header& field : head.headers) {
    response_fields_[std::string(field.name)] = field.value;
  }
}

void FakeExchange::Respond(const http::ResponseHead& head, std::string_view body) {
  Take(head);
  body_ = body;
  EndAs(End::kRespond);
}

void FakeExchange::StartResponse(const http::ResponseHead& head) {
  Take(head);
  started_ = true;
}

bool FakeExchange::SendBody(std::string_view piece) {
  EXPECT_EQ(end_, End::kNone);
  EXPECT_TRUE(started_);
  body_ += piece;
  ++writes_;
  return room_;
}

void FakeExchange::WhenWritable(Done ready) {
  EXPECT_EQ(writable_.function, nullptr);
  writable_ = ready;
}

void FakeExchange::Finish(std::span<const http::Header> trailers) {
  for (const http::Header& field : trailers) trailers_[std::string(field.name)] = field.value;
  EndAs(End::kFinish);
}

void FakeExchange::Abort() { EndAs(End::kAbort); }

void FakeExchange::EndAs(End end) {
  EXPECT_EQ(end_, End::kNone);
  end_ = end;
  if (writable_.function) std::exchange(writable_, {})(false);
  if (sink_) std::exchange(sink_, nullptr)->OnBodyError();
  if (watch_.function) std::exchange(watch_, {})(true);
}

std::string FakeExchange::field(const std::string& name) const {
  const auto found = response_fields_.find(name);
  return found == response_fields_.end() ? "" : found->second;
}

std::string FakeExchange::trailer(const std::string& name) const {
  const auto found = trailers_.find(name);
  return found == trailers_.end() ? "" : found->second;
}

FakeExchange& FakeExchange::AskForWebSocket(bool valid) {
  head_.websocket = true;
  upgradable_ = valid;
  return *this;
}

http::WebSocket* FakeExchange::Upgrade(const http::WebSocketOptions& options) {
  if (!upgradable_) return nullptr;
  subprotocol_ = options.subprotocol;
  socket_options_ = options;
  socket_.on_close_ = [this] { EndAs(End::kClose); };
  return &socket_;
}

void FakeWebSocket::Push(std::string message, bool binary) {
  messages_.emplace_back(std::move(message), binary);
  Deliver();
}

void FakeWebSocket::Deliver() {
  if (sink_ == nullptr) return;
  if (gone_) return std::exchange(sink_, nullptr)->OnNoMessage();
  if (messages_.empty()) return;
  const auto [message, binary] = std::move(messages_.front());
  messages_.pop_front();
  std::exchange(sink_, nullptr)->OnMessage(message, binary);
}

void FakeWebSocket::Leave() {
  gone_ = true;
  Deliver();
  if (writable_.function != nullptr) std::exchange(writable_, {})(false);
}

void FakeWebSocket::MakeRoom() {
  room_ = true;
  if (writable_.function != nullptr) std::exchange(writable_, {})(true);
}

void FakeWebSocket::Receive(http::MessageSink& sink) {
  EXPECT_EQ(code_, 0);
  EXPECT_EQ(sink_, nullptr) << "one Receive at a time";
  sink_ = &sink;
  Deliver();
}

bool FakeWebSocket::Send(std::string_view message, bool binary) {
  EXPECT_EQ(code_, 0);
  sent_.push_back((binary ? "b:" : "") + std::string(message));
  return room_;
}

void FakeWebSocket::WhenWritable(Done ready) {
  EXPECT_EQ(writable_.function, nullptr);
  writable_ = ready;
}

void FakeWebSocket::Close(int code, std::string_view reason) {
  EXPECT_EQ(code_, 0);
  code_ = code;
  reason_ = reason;
  gone_ = true;
  Deliver();
  if (writable_.function != nullptr) std::exchange(writable_, {})(false);
  on_close_();
}

bool FakeRunner::Enter(Holder& holder) {
  if (saturated_) return false;
  EXPECT_EQ(holder_, nullptr) << "not nested";
  holder_ = &holder;
  return true;
}

void FakeRunner::At(Clock::time_point when, std::stop_token cancel, Done done) {
  waits_.push_back({when, std::move(cancel), done});
}

void FakeRunner::RunPosted() {
  while (!jobs_.empty()) {
    const auto [function, target] = jobs_.front();
    jobs_.pop_front();
    function(target);
  }
}

void FakeRunner::FireTimers() {
  for (std::size_t left = waits_.size(); left > 0; --left) {
    const Wait wait = std::move(waits_.front());
    waits_.pop_front();
    wait.done(!wait.cancel.stop_requested());
  }
}

}  // namespace protorest::test
