// Fakes of what the transcoder stands on: an exchange without a socket, a runner without threads.
#pragma once

#include <deque>
#include <functional>
#include <list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "http/exchange.h"
#include "http/websocket.h"
#include "transcode/runner.h"

namespace protorest::test {

// A WebSocket whose peer is the test.
class FakeWebSocket final : public http::WebSocket {
 public:
  // What the peer sends.
  void Text(std::string text) { Push(std::move(text), false); }
  void Binary(std::string bytes) { Push(std::move(bytes), true); }
  // The peer closes, or goes away.
  void Leave();
  void FillUp() { room_ = false; }
  void MakeRoom();

  // What came out: binary messages with "b:" in front.
  const std::vector<std::string>& sent() const { return sent_; }
  bool closed() const { return code_ != 0; }
  int code() const { return code_; }
  const std::string& reason() const { return reason_; }
  // Messages that nobody has asked for.
  std::size_t unread() const { return messages_.size(); }

  void Receive(http::MessageSink& sink) override;
  bool Send(std::string_view message, bool binary) override;
  void WhenWritable(Done ready) override;
  void Close(int code, std::string_view reason) override;

 private:
  friend class FakeExchange;

  void Push(std::string message, bool binary);
  void Deliver();

  std::function<void()> on_close_;  // the exchange's
  std::deque<std::pair<std::string, bool>> messages_;
  http::MessageSink* sink_ = nullptr;
  Done writable_;
  bool room_ = true;
  bool gone_ = false;
  std::vector<std::string> sent_;
  int code_ = 0;
  std::string reason_;
};

// One request, and what was answered. Everything happens on the test's thread.
class FakeExchange final : public http::Exchange {
 public:
  using Fields = std::vector<std::pair<std::string, std::string>>;

  // `target` is path and query.
  FakeExchange(std::string method, std::string target, Fields fields = {}, int version = 11);
  FakeExchange(const FakeExchange&) = delete;
  FakeExchange& operator=(const FakeExchange&) = delete;

  // The request body: before the request is served, or while it is read.
  FakeExchange& Body(std::string whole);               // with Content-Length
  FakeExchange& Pieces(std::vector<std::string> all);  // chunked
  FakeExchange& OpenBody();                            // chunked; Push brings the pieces
  void Push(std::string piece, bool last = false);
  void BreakBody();
  // It does not come in time.
  void DelayBody();
  // When the reader wants all of it.
  std::optional<Clock::time_point> wanted_by() const { return sink_->wanted_by(); }

  // The client goes away.
  void Leave();
  // The connection takes no more until MakeRoom.
  void FillUp() { room_ = false; }
  void MakeRoom();

  // Asks to become a WebSocket; `valid`: with a good handshake.
  void set_authority(std::string_view host) { head_.authority = host; }
  FakeExchange& AskForWebSocket(bool valid = true);
  FakeWebSocket& socket() { return socket_; }
  const http::WebSocketOptions& socket_options() const { return socket_options_; }
  const std::string& subprotocol() const { return subprotocol_; }

  enum class End { kNone, kRespond, kFinish, kAbort, kClose };
  End end() const { return end_; }
  bool started() const { return started_; }
  int status() const { return status_; }
  const std::string& body() const { return body_; }
  const std::optional<std::uint64_t>& content_length() const { return content_length_; }
  std::string field(const std::string& name) const;    // "" if there is none
  std::string trailer(const std::string& name) const;  // "" if there is none
  int writes() const { return writes_; }
  void set_peer_gone() { peer_gone_ = true; }

  const http::RequestHead& request() const override { return head_; }
  std::string_view peer() const override { return "ipv4:127.0.0.1:1234"; }
  void ReadBody(http::BodySink& sink) override;
  void WatchPeer(Done gone) override;
  bool PeerGone() const override { return peer_gone_; }
  void Respond(const http::ResponseHead& head, std::string_view body) override;
  void StartResponse(const http::ResponseHead& head) override;
  bool SendBody(std::string_view piece) override;
  void WhenWritable(Done ready) override;
  void Finish(std::span<const http::Header> trailers) override;
  void Abort() override;
  http::WebSocket* Upgrade(const http::WebSocketOptions& options) override;

 private:
  using Map = std::map<std::string, std::string>;

  void Deliver();
  void Take(const http::ResponseHead& head);
  void EndAs(End end);

  std::string method_;
  std::string target_;
  Fields fields_;
  std::vector<http::Header> headers_;
  http::RequestHead head_;

  std::deque<std::pair<std::string, bool>> pieces_;
  http::BodySink* sink_ = nullptr;
  bool broken_ = false;
  Done watch_;
  Done writable_;
  bool room_ = true;
  bool peer_gone_ = false;

  bool upgradable_ = false;
  FakeWebSocket socket_;
  http::WebSocketOptions socket_options_;
  std::string subprotocol_;

  End end_ = End::kNone;
  bool started_ = false;
  int status_ = 0;
  Map response_fields_;
  Map trailers_;
  std::optional<std::uint64_t> content_length_;
  std::string body_;
  int writes_ = 0;
};

// Runs posted jobs and fires timers when the test says so.
class FakeRunner final : public transcode::Runner, public Timers {
 public:
  void Post(void (*function)(void*), void* target) override {
    jobs_.emplace_back(function, target);
  }
  bool Enter(Holder& holder) override;
  void Leave() override { holder_ = nullptr; }
  Timers& timers() override { return *this; }
  void At(Clock::time_point when, std::stop_token cancel, Done done) override;
  // When the timer that was set last is due.
  Clock::time_point last_due() const { return waits_.back().when; }

  // Runs what was posted, and what that posts.
  void RunPosted();
  std::size_t posted() const { return jobs_.size(); }
  // Lets the time of every timer pass that is set now, or be cancelled where its token says so.
  void FireTimers();
  std::size_t timers_set() const { return waits_.size(); }
  // Enter refuses from now on.
  void Saturate() { saturated_ = true; }
  // The holder that entered and has not left.
  Holder* holder() const { return holder_; }

 private:
  struct Wait {
    Clock::time_point when;
    std::stop_token cancel;
    Done done;
  };

  std::deque<std::pair<void (*)(void*), void*>> jobs_;
  std::list<Wait> waits_;
  bool saturated_ = false;
  Holder* holder_ = nullptr;
};

}  // namespace protorest::test
