// Runner: what calls need of the threads that run them. The server implements it, tests fake it.
#pragma once

#include "protorest/context.h"

namespace protorest::transcode {

class Runner {
 public:
  // A call whose plain handler holds its thread.
  class Holder {
   public:
    // Called now and then by a watchdog, on a thread of its own, while the handler goes on and on.
    // Must be short: Leave waits for it.
    virtual void OnHeldLong() = 0;

   protected:
    ~Holder() = default;
  };

  // Calls function(target) soon on a thread of the loop, never from within.
  virtual void Post(void (*function)(void*), void* target) = 0;

  // Brackets a plain handler: it may block, and the runner sees to it that the loop goes on. False:
  // so many threads are held already that this handler must not run; Leave is not to be called
  // then. On a thread of the loop; not nested.
  virtual bool Enter(Holder& holder) = 0;
  virtual void Leave() = 0;

  virtual Timers& timers() = 0;

 protected:
  ~Runner() = default;
};

}  // namespace protorest::transcode
