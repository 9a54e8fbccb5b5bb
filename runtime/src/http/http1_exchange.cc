#include "http/http1_exchange.h"

#include <algorithm>
#include <utility>

#include "http/http1_format.h"
#include "http/response.h"
#include "http/websocket_session.h"

namespace protorest::http {

// --- In the turn.

void Http1Exchange::Begin(const Http1Head& head) {
  head_ = &head;
  body_.Begin(head);
  const Lock lock(connection_.mutex());
  body_left_ = body_.left();
  limited_ = chunked_ = no_body_ = until_close_ = aborted_ = ended_ = false;
  continued_ = !head.expects_continue;
  keep_alive_ = head.keep_alive;
  peer_gone_ = connection_.read_closed();
}

bool Http1Exchange::ended() const {
  const Lock lock(connection_.mutex());
  return ended_;
}

bool Http1Exchange::wants_body() const {
  const Lock lock(connection_.mutex());
  return sink_ != nullptr || ended_;
}

Http1Exchange::BodyWait Http1Exchange::body_wait() const {
  const Lock lock(connection_.mutex());
  if (ended_) return BodyWait::kWhole;
  if (sink_ == nullptr) return BodyWait::kNothing;
  if (sink_->wanted_by()) return BodyWait::kWhole;
  return body_.chunked() ? BodyWait::kNothing : BodyWait::kPiece;
}

bool Http1Exchange::GiveUpBody(bool stalls) {
  BodySink* sink = nullptr;
  {
    const Lock lock(connection_.mutex());
    if (ended_ || sink_ == nullptr) return false;
    const std::optional<Clock::time_point> wanted_by = sink_->wanted_by();
    if (!wanted_by || (!stalls && Clock::now() < *wanted_by)) return false;
    keep_alive_ = false;
    sink = std::exchange(sink_, nullptr);
  }
  sink->OnBodyLate();
  return true;
}

bool Http1Exchange::Advance() {
  DeliverBody();
  for (;;) {
    Done writable;
    {
      const Lock lock(connection_.mutex());
      if (ended_ || writable_.function == nullptr) return false;
      if (connection_.queued() > connection_.limits().write_low_water) return true;
      writable = std::exchange(writable_, {});
    }
    writable(true);
  }
}

void Http1Exchange::DeliverBody() {
  if (std::exchange(delivering_, true)) return;  // the loop below goes on
  for (;;) {
    if (!wants_body()) break;
    const bool ready = body_.Ready();
    const bool lost = body_.malformed() || (!ready && connection_.read_closed());
    BodySink* sink = nullptr;
    {
      const Lock lock(connection_.mutex());
      if (ended_) break;
      const bool ask = !std::exchange(continued_, true) && !body_.started();
      if (ask) connection_.output().append("HTTP/1.1 100 Continue\r\n\r\n");
      if (lost) keep_alive_ = false;
      if (!ready && !lost) break;
      sink = std::exchange(sink_, nullptr);
    }
    if (lost) {
      sink->OnBodyError();
      continue;
    }
    const std::string_view piece = body_.Take();
    {
      const Lock lock(connection_.mutex());
      body_left_ = body_.left();
    }
    sink->OnBody(piece, body_.done());
  }
  delivering_ = false;
}

void Http1Exchange::LosePeer(bool broken) {
  Calls calls;
  {
    const Lock lock(connection_.mutex());
    if (ended_) return;
    peer_gone_ = true;
    calls.watch = std::exchange(watch_, {});
    if (broken) calls.writable = std::exchange(writable_, {});
  }
  calls(false);
}

// --- From any thread: reading.

void Http1Exchange::ReadBody(BodySink& sink) {
  {
    const Lock lock(connection_.mutex());
    sink_ = &sink;
  }
  if (connection_.InTurn()) {
    DeliverBody();
  } else {
    connection_.Signal(Connection::kWake);
  }
}

void Http1Exchange::WatchPeer(Done gone) {
  {
    const Lock lock(connection_.mutex());
    if (!peer_gone_) {
      watch_ = gone;
      return;
    }
  }
  gone(false);
}

// --- From any thread: writing.

// Decides what becomes of the connection, and says so to the client.
void Http1Exchange::AppendHead(const ResponseHead& head, std::optional<std::uint64_t> length) {
  const RequestHead& request = head_->request;
  const bool body_is_long = body_left_ > connection_.limits().max_discarded_body;
  // A client that was not told to continue may send its body or not: nobody knows what comes next.
  const bool body_is_unsure = !continued_;
  if (body_is_long || body_is_unsure || connection_.hub().draining()) keep_alive_ = false;
  continued_ = true;

  no_body_ = request.method == "HEAD" || !MayHaveBody(head.status);
  limited_ = length.has_value();
  length_left_ = length.value_or(0);
  Http1Framing framing{.length = length, .old_client = request.version == 10};
  if (!limited_ && !no_body_) {
    chunked_ = !framing.old_client;
    until_close_ = framing.old_client;
    if (until_close_) keep_alive_ = false;
  }
  framing.chunked = !limited_ && !framing.old_client;
  framing.keep_alive = keep_alive_;
  http::AppendHead(connection_.output(), head, framing);
}

void Http1Exchange::AppendBody(std::string_view piece) {
  if (limited_) {
    piece = piece.substr(0, std::min<std::uint64_t>(length_left_, piece.size()));
    length_left_ -= piece.size();
  }
  if (no_body_) return;
  if (chunked_) {
    AppendChunk(connection_.output(), piece);
  } else {
    connection_.output().append(piece);
  }
}

void Http1Exchange::Respond(const ResponseHead& head, std::string_view body) {
  Lock lock(connection_.mutex());
  if (!connection_.broken()) {
    // HEAD may be answered with the length that GET would have, and no body.
    AppendHead(head, body.empty() ? head.content_length.value_or(0) : body.size());
    AppendBody(body);
    if (length_left_ > 0 && !no_body_) aborted_ = true;
  }
  End(lock);
}

void Http1Exchange::StartResponse(const ResponseHead& head) {
  {
    const Lock lock(connection_.mutex());
    if (!connection_.broken()) AppendHead(head, head.content_length);
  }
  connection_.Wake();
}

bool Http1Exchange::SendBody(std::string_view piece) {
  bool room = true;
  {
    const Lock lock(connection_.mutex());
    if (connection_.broken()) return true;
    AppendBody(piece);
    room = connection_.queued() <= connection_.limits().write_high_water;
  }
  connection_.Wake();
  return room;
}

void Http1Exchange::WhenWritable(Done ready) {
  bool broken = false;
  {
    const Lock lock(connection_.mutex());
    broken = connection_.broken();
    if (!broken && connection_.queued() > connection_.limits().write_low_water) {
      writable_ = ready;
      ready = {};
    }
  }
  if (ready.function != nullptr) return ready(!broken);
  connection_.Wake();
}

void Http1Exchange::Finish(std::span<const Header> trailers) {
  Lock lock(connection_.mutex());
  if (!connection_.broken()) {
    if (chunked_) {
      if (!head_->takes_trailers) trailers = {};
      AppendLastChunk(connection_.output(), trailers);
    } else if (limited_ && length_left_ > 0 && !no_body_) {
      aborted_ = true;  // less than was promised: nobody may take it for whole
    }
  }
  End(lock);
}

void Http1Exchange::Abort() {
  Lock lock(connection_.mutex());
  aborted_ = true;
  End(lock);
}

WebSocket* Http1Exchange::Upgrade(const WebSocketOptions& options) {
  session_ = WebSocketSession::Make(connection_, *this, head_->request, options);
  return session_.get();
}

void Http1Exchange::EndUpgraded() {
  Lock lock(connection_.mutex());
  End(lock);
}

Http1Exchange::Calls Http1Exchange::TakeCalls() {
  return {std::exchange(watch_, {}), std::exchange(writable_, {}), std::exchange(sink_, nullptr)};
}

void Http1Exchange::Calls::operator()(bool ok) const {
  if (sink != nullptr) sink->OnBodyError();
  if (writable.function != nullptr) writable(false);
  if (watch.function != nullptr) watch(ok);
}

// Once the mutex is free, the connection may begin its next exchange with this very object, or go.
void Http1Exchange::End(Lock& lock) {
  ended_ = true;
  const Calls calls = TakeCalls();
  Connection& connection = connection_;
  const bool in_turn = connection.InTurn();
  const ConnectionPtr keep(in_turn ? nullptr : &connection);
  lock.unlock();
  calls(true);
  if (!in_turn) connection.Signal(Connection::kWake);
}

}  // namespace protorest::http
