// Http1Exchange: the one exchange of an HTTP/1.1 connection, used anew for each request.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string_view>

#include "http/connection.h"
#include "http/exchange.h"
#include "http/http1_body.h"

namespace protorest::http {

class WebSocketSession;

class Http1Exchange final : public Exchange {
 public:
  Http1Exchange(Connection& connection, Http1Parser& parser)
      : connection_(connection), body_(connection.input(), parser) {}

  // --- Exchange: from any thread.
  const RequestHead& request() const override { return head_->request; }
  std::string_view peer() const override { return connection_.peer(); }
  void ReadBody(BodySink& sink) override;
  void WatchPeer(Done gone) override;
  bool PeerGone() const override { return connection_.PeerGone(); }
  void Respond(const ResponseHead& head, std::string_view body) override;
  void StartResponse(const ResponseHead& head) override;
  bool SendBody(std::string_view piece) override;
  void WhenWritable(Done ready) override;
  void Finish(std::span<const Header> trailers) override;
  void Abort() override;
  WebSocket* Upgrade(const WebSocketOptions& options) override;

  // --- The connection's side, in its turn.
  void Begin(const Http1Head& head);
  // Gives what there is to those who wait. True: someone waits for output to be sent.
  bool Advance();
  // Nothing more can be read, or (`broken`) written.
  void LosePeer(bool broken);
  bool ended() const;
  // What it has become, if it was upgraded.
  const std::shared_ptr<WebSocketSession>& session() const { return session_; }
  // From any thread: its WebSocket has been closed.
  void EndUpgraded();
  // What the exchange has left behind; once ended.
  Http1Body& body() { return body_; }
  const Http1Body& body() const { return body_; }
  bool keep_alive() const { return keep_alive_; }
  bool aborted() const { return aborted_; }
  // Its body was ended by closing alone, so a cut must be seen as a reset.
  bool needs_reset() const { return until_close_; }
  bool wants_body() const;
  // What is waited for, and not for ever. The rest of a body that nobody reads is kWhole, too.
  enum class BodyWait { kNothing, kPiece, kWhole };
  BodyWait body_wait() const;
  // Tells the reader that the body is late: if it `stalls`, or if the reader wanted all of it by
  // now. False: there is no such reader.
  bool GiveUpBody(bool stalls);

 private:
  // What is called when the exchange ends, or loses its peer.
  struct Calls {
    Done watch;
    Done writable;
    BodySink* sink = nullptr;
    void operator()(bool ok) const;
  };
  using Lock = std::unique_lock<std::mutex>;

  Calls TakeCalls();
  void End(Lock& lock);
  void AppendHead(const ResponseHead& head, std::optional<std::uint64_t> length);
  void AppendBody(std::string_view piece);
  void DeliverBody();

  Connection& connection_;
  const Http1Head* head_ = nullptr;
  Http1Body body_;           // in the turn
  bool delivering_ = false;  // in the turn
  std::shared_ptr<WebSocketSession> session_;

  // Under the connection's mutex.
  BodySink* sink_ = nullptr;
  Done watch_;
  Done writable_;
  std::uint64_t body_left_ = 0;    // of an announced request body
  std::uint64_t length_left_ = 0;  // of an announced response body
  bool limited_ = false;           // length_left_ counts
  bool chunked_ = false;           // the response is
  bool no_body_ = false;           // HEAD, 204 and the like
  bool until_close_ = false;       // HTTP/1.0: closing ends the body
  bool continued_ = false;         // 100 Continue was sent, or is not wanted
  bool keep_alive_ = false;
  bool peer_gone_ = false;
  bool aborted_ = false;
  bool ended_ = false;
};

}  // namespace protorest::http
