// Http2Stream: one exchange on an HTTP/2 connection. Made anew from a pool of its connection.
#pragma once

#include <nghttp2/nghttp2.h>

#include <cstddef>
#include <cstdint>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "http/connection.h"
#include "http/exchange.h"

namespace protorest::http {

class Http2;

// Header fields copied into one text, so that views of them can be had once it grows no more.
class FieldBlock {
 public:
  void Clear();
  void Add(std::string_view name, std::string_view value);
  std::size_t size() const { return fields_.size(); }
  Header field(std::size_t i) const;

 private:
  struct Field {
    std::size_t at, name_size, value_size;
  };
  std::string text_;
  std::vector<Field> fields_;
};

class Http2Stream final : public Exchange {
 public:
  Http2Stream(Http2& http2, Connection& connection) : http2_(http2), connection_(connection) {}

  // --- Exchange: from any thread.
  const RequestHead& request() const override { return head_; }
  std::string_view peer() const override { return connection_.peer(); }
  void ReadBody(BodySink& sink) override;
  void WatchPeer(Done gone) override;
  bool PeerGone() const override;
  void Respond(const ResponseHead& head, std::string_view body) override;
  void StartResponse(const ResponseHead& head) override;
  bool SendBody(std::string_view piece) override;
  void WhenWritable(Done ready) override;
  void Finish(std::span<const Header> trailers) override;
  void Abort() override;
  WebSocket* Upgrade(const WebSocketOptions&) override { return nullptr; }  // HTTP/1.1 alone

  // --- The connection's side, in its turn.
  void Begin(std::int32_t id);
  void AddField(std::string_view name, std::string_view value);
  void EndHead();
  void AddBody(std::string_view piece) {
    received_.append(piece);
    received_count_ += piece.size();
  }
  void EndBody() { remote_ended_ = true; }
  // nghttp2 has closed the stream, or the connection broke.
  void Close() { closed_ = true; }
  // Deals with whatever has changed. True: the stream is over, and may go back into the pool.
  bool Settle(nghttp2_session* session);
  // The peer sends nothing more on the whole connection.
  void LosePeer(bool broken);
  // The response has gone out whole, and the request has not come whole.
  void AnsweredEarly();
  // Every second while it is live: resets it if the peer takes none of its response, or goes on
  // with a request that is answered, and tells the reader of a body that is late.
  void Watch(nghttp2_session* session, std::uint32_t now);

  std::int32_t id() const { return id_; }
  bool live() const { return id_ != 0; }
  bool head_done() const { return head_done_; }
  bool remote_ended() const { return remote_ended_; }
  void Release();

 private:
  friend class Http2;
  struct Calls {
    Done watch;
    Done writable;
    BodySink* sink = nullptr;
    void operator()(bool ok) const;
  };
  using Lock = std::unique_lock<std::mutex>;

  static ssize_t ReadResponse(nghttp2_session* session, std::int32_t id, std::uint8_t* buffer,
                              std::size_t length, std::uint32_t* flags, nghttp2_data_source* source,
                              void*);
  bool ended() const;
  void JoinCookies();
  void Dispatch();
  void Refuse(int status, std::string_view message);
  void DeliverBody(nghttp2_session* session);
  void TellToContinue(nghttp2_session* session);
  bool BodyReady() const;
  void Submit(nghttp2_session* session);
  void TellWritable();
  void CopyHead(const ResponseHead& head, std::optional<std::uint64_t> length);
  void CopyBody(std::string_view piece);
  void MarkDirty();
  void End(Lock& lock);

  Http2& http2_;
  Connection& connection_;

  // In the turn.
  std::int32_t id_ = 0;  // 0: in the pool
  RequestHead head_;
  FieldBlock fields_;
  std::vector<Header> headers_;
  std::string cookie_;  // of several fields
  std::size_t head_bytes_ = 0;
  std::string received_;              // body not yet asked for
  std::string delivered_;             // what the sink has before it
  std::string sending_;               // response body that nghttp2 takes from
  std::size_t sent_ = 0;              // of sending_
  std::uint64_t received_count_ = 0;  // bytes of body
  std::uint64_t sent_count_ = 0;      // bytes of body that nghttp2 took
  // What Watch saw last, and since when it has been so.
  std::uint64_t watched_received_ = 0;
  std::uint64_t watched_sent_ = 0;
  std::uint32_t receives_since_ = 0;
  std::uint32_t wanted_since_ = 0;  // as a whole
  std::uint32_t sends_since_ = 0;
  std::uint32_t answered_early_at_ = 0;
  bool head_done_ = false;
  bool dispatched_ = false;
  bool remote_ended_ = false;
  bool closed_ = false;
  bool delivering_ = false;
  bool submitted_ = false;
  bool deferred_ = false;
  bool reset_ = false;
  bool too_large_ = false;
  bool answered_early_ = false;
  bool takes_trailers_ = false;
  bool expects_continue_ = false;  // and has not been told

  // Under the connection's mutex.
  BodySink* sink_ = nullptr;
  Done watch_;
  Done writable_;
  FieldBlock response_;  // with :status
  FieldBlock trailers_;
  std::string queue_;       // response body
  std::size_t queued_ = 0;  // with what is in sending_
  std::uint64_t length_left_ = 0;
  bool limited_ = false;
  bool no_body_ = false;
  bool responded_ = false;  // response_ is complete
  bool peer_gone_ = false;
  bool broken_ = false;  // nothing can be sent
  bool aborted_ = false;
  bool ended_ = false;
  bool dirty_ = false;  // listed for Settle
};

}  // namespace protorest::http
