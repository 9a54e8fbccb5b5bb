#include "http/http1.h"

#include <algorithm>
#include <string>
#include <utility>

#include "http/body_rate.h"
#include "http/http1_format.h"
#include "http/response.h"
#include "http/websocket_session.h"

namespace protorest::http {
namespace {

// What is read at least at once, and how far pipelined requests are read ahead.
constexpr std::size_t kRead = 1024;
constexpr std::size_t kReadAhead = 16 << 10;
// How long a closing connection waits for the client to close its side.
constexpr std::chrono::seconds kLingerTime{2};

using BodyWait = Http1Exchange::BodyWait;

}  // namespace

Http1::Http1(Connection& connection)
    : connection_(connection),
      parser_(connection.limits()),
      exchange_(connection, parser_),
      deadline_(In(connection.limits().idle_timeout)) {}

std::uint32_t Http1::In(std::chrono::seconds time) const {
  return connection_.hub().now() + static_cast<std::uint32_t>(time.count());
}

bool Http1::Advance() {
  const bool more = Run();
  if (state_ == State::kExchange) WatchBody();
  return more;
}

bool Http1::Run() {
  for (;;) {
    switch (state_) {
      case State::kHead:
        if (connection_.congested()) return true;
        if (!TakeRequest()) return false;
        break;
      case State::kExchange: {
        const bool waits_for_room = exchange_.Advance();
        if (!exchange_.ended()) return waits_for_room;
        if (!EndExchange()) return false;
        break;
      }
      case State::kUpgrade:
        return HandOver();
      case State::kUpgraded:
        if (connection_.hub().draining()) exchange_.session()->GoAway();
        if (exchange_.ended() && exchange_.session()->over()) state_ = State::kFinished;
        return false;
      case State::kLinger:
        connection_.input().Clear();
        if (!connection_.all_sent()) return true;
        connection_.ShutdownSend();
        return false;
      case State::kFinished:
        return false;
    }
  }
}

bool Http1::TakeRequest() {
  InputBuffer& input = connection_.input();
  // Empty lines before a request are left over from some clients' bodies (RFC 9112 section 2.2).
  while (parser_.head_size() == 0 && input.unread().starts_with("\r\n")) input.Consume(2);
  const bool half_a_line = input.unread() == "\r";
  switch (half_a_line ? Http1Parser::Result::kMore : parser_.ParseHead(input.unread())) {
    case Http1Parser::Result::kBad:
      Reject(parser_.refusal().status, parser_.refusal().message);
      return true;
    case Http1Parser::Result::kMore:
      if (connection_.read_closed() || (connection_.hub().draining() && input.size() == 0)) {
        state_ = State::kFinished;
      } else if (input.size() > 0 && !mid_head_) {
        mid_head_ = true;
        deadline_ = In(connection_.limits().head_timeout);
      }
      return false;
    case Http1Parser::Result::kDone:
      break;
  }
  mid_head_ = false;
  discarded_ = 0;
  body_wait_ = BodyWait::kNothing;
  input.Consume(parser_.head_size());
  input.Pin();
  deadline_ = 0;
  exchange_.Begin(parser_.head());
  state_ = State::kExchange;
  connection_.hub().service.OnRequest(exchange_);
  if (exchange_.session() != nullptr) state_ = State::kUpgrade;
  return true;
}

bool Http1::HandOver() {
  std::optional<Connection::Socket> socket = connection_.HandOverSocket();
  if (!socket) return !connection_.all_sent();
  exchange_.session()->Start(*std::move(socket), connection_.input().unread());
  state_ = State::kUpgraded;
  return false;
}

// A body that someone expects has to come on; the clock starts anew with each byte. It is looked at
// every second.
void Http1::WatchBody() {
  const Http1Body& body = exchange_.body();
  const BodyWait waited = std::exchange(body_wait_, BodyWait::kNothing);
  deadline_ = 0;
  if (!body.done()) body_wait_ = exchange_.body_wait();
  if (body_wait_ == BodyWait::kNothing) return;
  const HttpLimits& limits = connection_.limits();
  const std::uint64_t come = body.consumed() + connection_.input().size();
  if (waited != body_wait_) body_since_ = connection_.hub().now();
  if (waited == BodyWait::kNothing || come != body_come_) body_late_ = In(limits.body_timeout);
  body_come_ = come;
  deadline_ = In(std::chrono::seconds(1));
}

void Http1::OnBodyDeadline() {
  const std::uint32_t now = connection_.hub().now();
  const bool slow = body_wait_ == BodyWait::kWhole &&
                    ComesTooSlowly(connection_.limits(), body_come_, now - body_since_);
  const bool stalls = slow || now >= body_late_;
  if (exchange_.GiveUpBody(stalls) || !stalls) return;
  // Its reader, or the rest of the exchange, ends with an error.
  connection_.Break();
}

bool Http1::EndExchange() {
  // Of a lost peer, what it had sent behind the request is no request any more.
  if (exchange_.aborted() || connection_.lost()) {
    if (exchange_.needs_reset()) connection_.ResetWhenSent();
    state_ = State::kFinished;
    return true;
  }
  Http1Body& body = exchange_.body();
  while (exchange_.keep_alive() && !body.done()) {
    if (!body.Ready()) {
      if (!body.malformed() && !connection_.read_closed()) return false;
      break;
    }
    discarded_ += body.Take().size();
    if (discarded_ > connection_.limits().max_discarded_body) break;
  }
  InputBuffer& input = connection_.input();
  input.Unpin();
  if (exchange_.keep_alive() && body.done()) {
    parser_.Reset();
    deadline_ = In(connection_.limits().idle_timeout);
    state_ = State::kHead;
  } else if (body.done() && input.size() == 0) {
    state_ = State::kFinished;
  } else {
    Linger();
  }
  return true;
}

void Http1::Reject(int status, const char* message) {
  const std::string body = ErrorBody(status, message);
  const Header headers[] = {{"content-type", "application/json"}};
  {
    const std::lock_guard lock(connection_.mutex());
    std::string& output = connection_.output();
    AppendHead(output, {.status = status, .headers = headers, .content_length = {}},
               {.length = body.size(), .keep_alive = false});
    output += body;
  }
  Linger();
}

void Http1::Linger() {
  deadline_ = In(kLingerTime);
  state_ = State::kLinger;
}

void Http1::OnPeerLost(bool broken) {
  switch (state_) {
    case State::kExchange:
      return exchange_.LosePeer(broken);
    case State::kUpgrade:
    case State::kUpgraded:
      state_ = State::kUpgraded;
      return exchange_.session()->Break();
    default:
      if (broken) state_ = State::kFinished;
  }
}

void Http1::OnDeadline() {
  switch (state_) {
    case State::kHead:
      if (mid_head_) {
        Reject(408, "the request did not arrive in time");
      } else {
        state_ = State::kFinished;
      }
      break;
    case State::kExchange:
      OnBodyDeadline();
      break;
    case State::kUpgrade:
    case State::kUpgraded:
      break;  // the session has times of its own
    case State::kLinger:
    case State::kFinished:
      state_ = State::kFinished;
      break;
  }
}

std::size_t Http1::WantsRead() const {
  const std::size_t unread = connection_.input().size();
  switch (state_) {
    case State::kHead:
      return connection_.congested() ? 0 : kRead;
    case State::kExchange: {
      const Http1Body& body = exchange_.body();
      if (!body.done() && !body.malformed() && exchange_.wants_body()) return body.wants();
      // To hear of the peer's end, and no further than memory is meant to be spent.
      return unread < kReadAhead ? kRead : 0;
    }
    case State::kLinger:
      return kRead;
    case State::kUpgrade:
    case State::kUpgraded:
    case State::kFinished:
      return 0;
  }
  return 0;
}

void Http1::OnInputMoved() {
  if (state_ == State::kHead) parser_.Reset();
}

std::uint32_t Http1::deadline() const { return deadline_; }

bool Http1::finished() const {
  return state_ == State::kFinished || (state_ == State::kLinger && connection_.read_closed());
}

bool Http1::idle() const {
  switch (state_) {
    case State::kExchange:
      return exchange_.ended();
    case State::kUpgrade:
    case State::kUpgraded:
      return exchange_.ended() && exchange_.session()->over();
    default:
      return true;
  }
}

}  // namespace protorest::http
