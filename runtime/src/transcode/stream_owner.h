// StreamOwner: what the two sides of a stream ask of the call that they are parts of.
#pragma once

#include "http/exchange.h"
#include "transcode/active_call.h"
#include "transcode/gate.h"

namespace protorest::transcode {

class StreamOwner : public ActiveCall {
 public:
  using ActiveCall::ActiveCall;

  // Bracket every use of the exchange; the call stays alive in between. False: it is not to be used
  // any more. The last one out of a closed gate ends the exchange.
  bool EnterExchange() {
    if (!gate_.Enter()) return false;
    Ref();
    return true;
  }
  void LeaveExchange() {
    if (gate_.Leave()) EndExchange();
    Unref();
  }
  http::Exchange& exchange() { return ActiveCall::exchange(); }

 protected:
  // Ends the exchange as soon as nobody uses it. Once.
  void CloseExchange() {
    if (gate_.Close()) EndExchange();
  }
  virtual void EndExchange() = 0;

 private:
  Gate gate_;
};

}  // namespace protorest::transcode
