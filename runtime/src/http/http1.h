// Http1: serves HTTP/1.0 and HTTP/1.1 on a connection, one request after the other.
#pragma once

#include <cstdint>

#include "http/connection.h"
#include "http/http1_exchange.h"
#include "http/http1_parser.h"
#include "http/protocol.h"

namespace protorest::http {

class Http1 final : public Protocol {
 public:
  explicit Http1(Connection& connection);

  bool Advance() override;
  void OnPeerLost(bool broken) override;
  void OnDeadline() override;
  std::size_t WantsRead() const override;
  void OnInputMoved() override;
  std::uint32_t deadline() const override;
  bool finished() const override;
  bool idle() const override;

 private:
  enum class State {
    kHead,      // between requests, or in a head
    kExchange,  // a request is being answered, or what is left of its body dropped
    kUpgrade,   // what earlier requests were answered is on its way, then the socket changes hands
    kUpgraded,  // the session has it
    kLinger,    // the last response is out: drops what still comes, so that no reset destroys it
    kFinished,
  };

  // False: no whole head has come.
  bool TakeRequest();
  // False: the socket cannot be handed over yet, or has been.
  bool HandOver();
  // False: the rest of its body has yet to come.
  bool EndExchange();
  bool Run();
  void WatchBody();
  void OnBodyDeadline();
  void Reject(int status, const char* message);
  void Linger();
  std::uint32_t In(std::chrono::seconds time) const;

  Connection& connection_;
  Http1Parser parser_;
  Http1Exchange exchange_;
  State state_ = State::kHead;
  bool mid_head_ = false;
  std::uint64_t discarded_ = 0;  // of the body that nobody read
  // What WatchBody saw last.
  Http1Exchange::BodyWait body_wait_ = Http1Exchange::BodyWait::kNothing;
  std::uint64_t body_come_ = 0;   // bytes of the body that had come
  std::uint32_t body_late_ = 0;   // when more of them are due
  std::uint32_t body_since_ = 0;  // when it began to wait in this way
  std::uint32_t deadline_ = 0;    // of what the state waits for
};

}  // namespace protorest::http
