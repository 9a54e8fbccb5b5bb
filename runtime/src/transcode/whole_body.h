// WholeBody: collects a request body that has to be there as a whole.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "http/exchange.h"
#include "transcode/body_pump.h"

namespace protorest::transcode {

class WholeBody : private http::BodySink {
 public:
  enum class Failure { kTooLarge, kPeerGone };

  // Exactly one of OnWholeBody and OnBodyFailed follows, perhaps from within. `owner`, which this
  // is a part of, is kept alive until then by its own reference.
  void Read(ActiveCall& owner, http::Exchange& exchange, std::size_t limit);

 protected:
  ~WholeBody() = default;

  // `body` is valid until this returns; a body that came in one piece was not copied.
  virtual void OnWholeBody(std::string_view body) = 0;
  virtual void OnBodyFailed(Failure failure) = 0;

 private:
  void OnBody(std::string_view piece, bool last) override;
  void OnBodyError() override;

  ActiveCall* owner_ = nullptr;
  http::Exchange* exchange_ = nullptr;
  std::size_t limit_ = 0;
  std::string text_;
  BodyPump pump_;
};

}  // namespace protorest::transcode
