#include "http/websocket_session.h"

#include <algorithm>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/post.hpp>
#include <utility>

#include "http/http1_exchange.h"
#include "http/text.h"

namespace protorest::http {
namespace {

namespace beast = boost::beast;
namespace websocket = boost::beast::websocket;

// What one read may bring. Memory grows with what has come, never with what a frame announces.
constexpr std::size_t kRead = std::size_t{16} * 1024;
// A buffer that a large message has grown beyond this is given back.
constexpr std::size_t kKeepBuffer = std::size_t{64} * 1024;
// How long a peer may take to answer our close frame, and then to close its side.
constexpr std::chrono::seconds kCloseTime{5};

// Enough for JSON, at some 30 KiB for each connection; the usual windows would take ten times that.
// `offer`: the client's. One that does not say client_max_window_bits (Firefox, Safari) cannot be
// asked for a smaller window than the largest.
websocket::permessage_deflate Compression(beast::string_view offer) {
  websocket::permessage_deflate options;
  options.server_enable = true;
  options.server_max_window_bits = 12;
  options.client_max_window_bits = offer.find("client_max_window_bits") == offer.npos ? 15 : 12;
  options.compLevel = 3;
  return options;
}

// At most 123 bytes, whole characters.
std::string_view CutReason(std::string_view reason) {
  constexpr std::size_t kMost = 123;
  if (reason.size() <= kMost) return reason;
  std::size_t end = kMost;
  while (end > 0 && (static_cast<unsigned char>(reason[end]) & 0xc0) == 0x80) --end;
  return reason.substr(0, end);
}

bool IsHandshake(const RequestHead& request) {
  const std::string_view key = request.Find("sec-websocket-key").value_or("");
  return request.websocket && request.method == "GET" && request.version == 11 &&
         !request.has_body && key.size() == 24 && key.ends_with("==") &&
         request.Find("sec-websocket-version") == "13" &&
         std::any_of(request.headers.begin(), request.headers.end(), [](const Header& header) {
           return EqualsIgnoreCase(header.name, "connection") && ListHas(header.value, "upgrade");
         });
}

}  // namespace

std::shared_ptr<WebSocketSession> WebSocketSession::Make(Connection& connection,
                                                         Http1Exchange& exchange,
                                                         const RequestHead& request,
                                                         const WebSocketOptions& options) {
  if (!IsHandshake(request)) return nullptr;
  std::shared_ptr<WebSocketSession> session(new WebSocketSession(connection, exchange, options));
  session->request_.method(beast::http::verb::get);
  session->request_.target("/");
  for (const Header& header : request.headers) {
    session->request_.insert({header.name.data(), header.name.size()},
                             {header.value.data(), header.value.size()});
  }
  return session;
}

WebSocketSession::WebSocketSession(Connection& connection, Http1Exchange& exchange,
                                   const WebSocketOptions& options)
    : connection_(connection),
      exchange_(exchange),
      subprotocol_(options.subprotocol),
      max_message_bytes_(options.max_message_bytes),
      ping_interval_(options.ping_interval),
      strand_(connection.hub().io.get_executor()),
      timer_(strand_) {}

WebSocketSession::~WebSocketSession() = default;

template <class... Arguments>
auto WebSocketSession::Bind(void (WebSocketSession::*member)(Arguments...)) {
  return boost::asio::bind_executor(strand_,
                                    [self = shared_from_this(), member](Arguments... arguments) {
                                      if (!self->over_) (self.get()->*member)(arguments...);
                                    });
}

void WebSocketSession::Post(void (WebSocketSession::*member)()) {
  boost::asio::post(strand_, [self = shared_from_this(), member] { (self.get()->*member)(); });
}

// --- From any thread.

void WebSocketSession::Receive(MessageSink& sink) {
  {
    const Lock lock(mutex_);
    if (!lost_) {
      sink_ = &sink;
      if (held_) Post(&WebSocketSession::DeliverHeld);
      return;
    }
  }
  sink.OnNoMessage();
}

bool WebSocketSession::Send(std::string_view message, bool binary) {
  const Lock lock(mutex_);
  if (lost_) return true;
  queue_.push_back({std::string(message), binary});
  queued_ += message.size();
  if (!std::exchange(writer_runs_, true)) Post(&WebSocketSession::WriteNext);
  return queued_ + unsent_ <= connection_.limits().write_high_water;
}

void WebSocketSession::WhenWritable(Done ready) {
  bool lost = false;
  {
    const Lock lock(mutex_);
    lost = lost_;
    if (!lost && queued_ + unsent_ > connection_.limits().write_low_water) {
      writable_ = ready;
      return;
    }
  }
  ready(!lost);
}

void WebSocketSession::Close(int code, std::string_view reason) {
  MessageSink* sink = nullptr;
  Done writable;
  {
    const Lock lock(mutex_);
    ended_ = true;
    if (!std::exchange(close_wanted_, true)) {
      close_code_ = code;
      close_reason_ = CutReason(reason);
    }
    sink = std::exchange(sink_, nullptr);
    writable = std::exchange(writable_, {});
    if (!std::exchange(writer_runs_, true)) Post(&WebSocketSession::WriteNext);
  }
  if (sink != nullptr) sink->OnNoMessage();
  if (writable.function != nullptr) writable(false);
  exchange_.EndUpgraded();  // the connection may go from here on
}

// --- The connection's side.

void WebSocketSession::Start(UpgradedSocket::Socket socket, std::string_view unread) {
  stream_.emplace(
      UpgradedSocket(std::move(socket), strand_, unread, weak_from_this(), [this] { OnSent(); }));
  stream_->set_option(Compression(request_[beast::http::field::sec_websocket_extensions]));
  stream_->read_message_max(max_message_bytes_);
  stream_->auto_fragment(false);
  stream_->set_option(websocket::stream_base::decorator([this](websocket::response_type& response) {
    response.set(beast::http::field::server, "protorest");
    if (!subprotocol_.empty()) {
      response.set(beast::http::field::sec_websocket_protocol, subprotocol_);
    }
  }));
  stream_->control_callback([this](websocket::frame_type, beast::string_view) { pinged_ = false; });
  Post(&WebSocketSession::Accept);
}

void WebSocketSession::GoAway() {
  const Lock lock(mutex_);
  if (std::exchange(close_wanted_, true)) return;
  close_code_ = kCloseGoingAway;
  close_reason_ = "the server is stopping";
  if (!std::exchange(writer_runs_, true)) Post(&WebSocketSession::WriteNext);
}

void WebSocketSession::Break() { Post(&WebSocketSession::BreakNow); }

// --- In the strand: reading.

void WebSocketSession::Accept() {
  moved_ = Clock::now();
  ArmPing();
  stream_->async_accept(request_, Bind(&WebSocketSession::OnAccepted));
}

void WebSocketSession::OnAccepted(Error error) {
  if (error) return Fail();
  ReadOn();
  WriteNext();
}

void WebSocketSession::ReadOn() {
  if (closing_ || failed_) return;
  reading_ = true;
  stream_->async_read_some(buffer_, kRead, Bind(&WebSocketSession::OnRead));
}

void WebSocketSession::OnRead(Error error, std::size_t) {
  reading_ = false;
  NotePeersEnd(error);
  // Be it the peer's close: Beast has answered it. Or the last message before a failure.
  if (error || failed_) return Fail();
  pinged_ = false;
  if (!stream_->is_message_done()) return ReadOn();
  {
    const Lock lock(mutex_);
    held_ = true;
  }
  DeliverHeld();
}

void WebSocketSession::DeliverHeld() {
  MessageSink* sink = nullptr;
  {
    const Lock lock(mutex_);
    const bool unwanted = lost_ || ended_;
    if (!held_ || (sink_ == nullptr && !unwanted)) return;
    held_ = false;
    sink = std::exchange(sink_, nullptr);
  }
  if (sink != nullptr) {
    const auto data = buffer_.data();
    sink->OnMessage({static_cast<const char*>(data.data()), data.size()}, stream_->got_binary());
  }
  buffer_.consume(buffer_.size());
  if (buffer_.capacity() > kKeepBuffer) buffer_.shrink_to_fit();
  ReadOn();
}

// --- In the strand: writing.

void WebSocketSession::WriteNext() {
  bool close = false;
  {
    const Lock lock(mutex_);
    if (queue_.empty()) {
      writer_runs_ = false;
      close = close_wanted_;
    } else {
      writing_ = std::move(queue_.front());
      queue_.pop_front();
      queued_ -= writing_.text.size();
      unsent_ += writing_.text.size();
      socket().Cork(!queue_.empty());
    }
    if (!writer_runs_ && !close) return;
  }
  if (failed_ || closing_ || !stream_->is_open()) return;  // or the peer has closed
  if (close) return StartClosing();
  stream_->binary(writing_.binary);
  stream_->async_write(boost::asio::buffer(writing_.text), Bind(&WebSocketSession::OnWritten));
}

void WebSocketSession::OnWritten(Error error, std::size_t) {
  if (error) return;  // whoever reads hears why
  if (socket().unsent() > connection_.limits().write_high_water) {
    waits_for_kernel_ = true;
  } else {
    WriteNext();
  }
}

void WebSocketSession::OnSent() {
  if (over_) return;
  if (socket().failed()) return Fail();
  const std::size_t unsent = socket().unsent();
  const std::size_t low = connection_.limits().write_low_water;
  Done writable;
  {
    const Lock lock(mutex_);
    unsent_ = unsent;
    if (queued_ + unsent_ <= low) writable = std::exchange(writable_, {});
  }
  if (writable.function != nullptr) writable(true);
  if (unsent <= low && std::exchange(waits_for_kernel_, false)) WriteNext();
}

// --- In the strand: keeping alive.

void WebSocketSession::ArmTimer(std::chrono::milliseconds time) {
  timer_.expires_after(time);
  timer_.async_wait(Bind(&WebSocketSession::OnTimer));
}

void WebSocketSession::ArmPing() {
  ArmTimer(ping_interval_.count() > 0 ? ping_interval_ : connection_.limits().write_timeout);
}

void WebSocketSession::OnTimer(Error error) {
  if (error) return;  // it has been set anew
  if (closing_ || lingering_) return socket().ShutdownNow();
  if (!IsAlive()) return Fail();
  if (ping_interval_.count() > 0 && stream_->is_open() && reading_ && !pinging_ &&
      socket().unsent() == 0) {
    pinged_ = pinging_ = true;
    stream_->async_ping({}, Bind(&WebSocketSession::OnPinged));
  }
  ArmPing();
}

bool WebSocketSession::IsAlive() {
  const Clock::time_point now = Clock::now();
  if (socket().unsent() == 0 || socket().sent() != sent_) moved_ = now;
  sent_ = socket().sent();
  if (now - moved_ > connection_.limits().write_timeout) return false;
  if (reading_ && !socket().crowded()) return !pinged_;
  // Where nobody reads, for a message is held or the peer does not read either, pongs wait: the
  // kernel is asked.
  pinged_ = false;
  return !connection_.PeerGone();
}

void WebSocketSession::OnPinged(Error) { pinging_ = false; }

// --- In the strand: ending.

void WebSocketSession::TellUpperLayer() {
  MessageSink* sink = nullptr;
  Done writable;
  {
    const Lock lock(mutex_);
    if (std::exchange(lost_, true)) return;
    queue_.clear();
    queued_ = 0;
    sink = std::exchange(sink_, nullptr);
    writable = std::exchange(writable_, {});
  }
  exchange_.LosePeer(true);
  if (sink != nullptr) sink->OnNoMessage();
  if (writable.function != nullptr) writable(false);
}

void WebSocketSession::StartClosing() {
  websocket::close_reason reason;
  {
    const Lock lock(mutex_);
    reason.code = static_cast<std::uint16_t>(close_code_);
    reason.reason = beast::string_view(close_reason_.data(), close_reason_.size());
  }
  closing_ = true;
  socket().Cork(false);
  ArmTimer(kCloseTime);
  stream_->async_close(reason, Bind(&WebSocketSession::OnClosed));
  TellUpperLayer();
}

// Of what has read: whether there is nothing more to be read.
void WebSocketSession::NotePeersEnd(const Error& error) {
  const auto& kind = error.category();
  peer_ended_ |= error && (kind == boost::asio::error::get_misc_category() ||
                           kind == boost::asio::error::get_system_category());
}

void WebSocketSession::OnClosed(Error error) {
  closing_ = false;
  NotePeersEnd(error);
  Fail();
}

// Whatever ends the stream, be it well or badly, comes here.
void WebSocketSession::Fail() {
  failed_ = true;
  TellUpperLayer();
  if (!stream_) return Finish();  // it was never begun
  if (reading_) {
    socket().ShutdownNow();  // and the read ends here again
  } else if (!closing_) {
    Linger();
  }
}

void WebSocketSession::BreakNow() {
  if (stream_) socket().ShutdownNow();
  Fail();
}

void WebSocketSession::Linger() {
  if (socket().failed()) socket().ShutdownNow();
  if (peer_ended_ || socket().failed()) return Finish();  // nothing comes that could be dropped
  if (std::exchange(lingering_, true)) return;
  ArmTimer(kCloseTime);
  socket().ShutdownWhenSent();
  socket().async_read_some(boost::asio::buffer(dropped_), Bind(&WebSocketSession::OnDropped));
}

void WebSocketSession::OnDropped(Error error, std::size_t) {
  if (error) return Finish();
  socket().async_read_some(boost::asio::buffer(dropped_), Bind(&WebSocketSession::OnDropped));
}

// From here on the connection may be gone: what still ends in the strand must not touch it.
void WebSocketSession::Finish() {
  timer_.cancel();
  if (over_) return;
  const ConnectionPtr keep(&connection_);
  over_.store(true, std::memory_order_release);
  keep->Signal(Connection::kWake);
}

}  // namespace protorest::http
