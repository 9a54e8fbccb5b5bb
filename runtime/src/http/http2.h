// Http2: serves HTTP/2 on a connection: an nghttp2 session and its streams.
#pragma once

#include <nghttp2/nghttp2.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "http/connection.h"
#include "http/http2_memory.h"
#include "http/http2_stream.h"
#include "http/protocol.h"

namespace protorest::http {

class Http2 final : public Protocol {
 public:
  explicit Http2(Connection& connection);
  ~Http2() override;

  bool Advance() override;
  void OnPeerLost(bool broken) override;
  void OnDeadline() override;
  std::size_t WantsRead() const override;
  std::uint32_t deadline() const override;
  bool finished() const override;
  bool idle() const override { return live_ == 0; }

  // --- For its streams.
  nghttp2_session* session() { return session_; }
  // Under the connection's mutex: streams to be settled.
  std::vector<Http2Stream*>& dirty() { return dirty_; }
  // In the turn.
  std::vector<nghttp2_nv>& scratch() { return scratch_; }

 private:
  struct Callbacks;

  void Receive();
  bool Settle();
  bool Produce();
  void Open(std::int32_t id);
  void MarkDirty(Http2Stream& stream);
  // Counts a frame that costs us more than the peer; closes the connection when there are too many.
  void Count(std::uint32_t& frames, std::uint64_t most);
  void BeginDrain();
  void SendGoaway(std::uint32_t error);
  void WatchStreams();
  void Die();
  std::uint32_t In(std::chrono::seconds time) const;

  Connection& connection_;
  Http2Memory memory_;
  nghttp2_session* session_ = nullptr;
  std::vector<std::unique_ptr<Http2Stream>> streams_;
  std::vector<Http2Stream*> pool_;
  std::vector<Http2Stream*> dirty_;  // under the connection's mutex
  std::vector<Http2Stream*> settling_;
  std::vector<nghttp2_nv> scratch_;
  std::string staged_;    // frames on their way to the connection's output
  std::size_t live_ = 0;  // streams not in the pool
  std::uint32_t idle_deadline_ = 0;
  std::uint32_t head_deadline_ = 0;  // a header block is incomplete
  std::uint32_t drain_deadline_ = 0;
  std::uint32_t watch_at_ = 0;  // when the streams are looked at
  std::uint32_t second_ = 0;    // of the counts below
  std::uint32_t resets_ = 0;
  std::uint32_t control_frames_ = 0;
  bool draining_ = false;
  bool goaway_sent_ = false;  // no stream will be accepted any more
  bool dead_ = false;         // the session cannot go on
};

}  // namespace protorest::http
