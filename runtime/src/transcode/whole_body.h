// WholeBody: collects a request body that has to be there as a whole.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "http/exchange.h"
#include "protorest/status.h"
#include "transcode/body_pump.h"

namespace protorest::transcode {

class WholeBody : private http::BodySink {
 public:
  // Exactly one of OnWholeBody and OnBodyRefused follows, perhaps from within. `owner`, which this
  // is a part of, is kept alive until then by its own reference. The body has to be there by
  // `deadline`.
  void Read(ActiveCall& owner, http::Exchange& exchange, std::size_t limit,
            Clock::time_point deadline);

 protected:
  ~WholeBody() = default;

  // `body` is valid until this returns; a body that came in one piece was not copied.
  virtual void OnWholeBody(std::string_view body) = 0;
  // It is too large (413, rule B14), has not come in time (408; 504 at the deadline, rule E11), or
  // broke off (400, if there is still somebody): what to answer. `http_status`: 0 for the status's
  // own.
  virtual void OnBodyRefused(const Status& status, int http_status) = 0;

 private:
  void OnBody(std::string_view piece, bool last) override;
  void OnBodyError() override;
  std::optional<Clock::time_point> wanted_by() const override { return wanted_by_; }
  void OnBodyLate() override;

  ActiveCall* owner_ = nullptr;
  http::Exchange* exchange_ = nullptr;
  std::size_t limit_ = 0;
  Clock::time_point wanted_by_;  // the call's deadline
  std::string text_;
  BodyPump pump_;
};

}  // namespace protorest::transcode
