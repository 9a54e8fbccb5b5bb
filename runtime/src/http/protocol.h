// Protocol: what a connection speaks, once its first bytes have told. Called in the connection's
// turn.
#pragma once

#include <cstddef>
#include <cstdint>

namespace protorest::http {

class Protocol {
 public:
  virtual ~Protocol() = default;

  // Does all that can be done now: takes input, dispatches requests, queues output. True: there is
  // more to do as soon as the output has been sent.
  virtual bool Advance() = 0;
  // No further bytes will come; `broken`: none can be sent either. May be called several times.
  virtual void OnPeerLost(bool broken) = 0;
  // deadline() has passed.
  virtual void OnDeadline() = 0;

  // How many bytes it would like to read now; 0: none.
  virtual std::size_t WantsRead() const = 0;
  // The input buffer has been moved.
  virtual void OnInputMoved() {}
  // When OnDeadline is due, by the hub's clock; 0: never.
  virtual std::uint32_t deadline() const = 0;
  // Nothing is left to do but to close the connection, once the output is sent.
  virtual bool finished() const = 0;
  // No exchange is open: the connection may be destroyed.
  virtual bool idle() const = 0;
};

}  // namespace protorest::http
