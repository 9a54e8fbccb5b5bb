// How often a program has asked for memory. A program that links this counts all its allocations.
#pragma once

#include <algorithm>
#include <limits>

namespace protorest::test {

// Since the program began, by all threads that are counted.
long Allocations();
// And how many bytes they were.
long AllocatedBytes();

// Whether the calling thread's allocations are counted; they are, until it says otherwise.
void CountThisThread(bool count);

// Those that one run of `act` makes, once it has run before and buffers and pools are full: the
// least of several rounds. On a machine under load a handler may lose its CPU, and the watchdog
// then starts a thread; what belongs together may come in pieces; and each second has a timer of
// its own.
template <class Act>
long AllocationsIn(Act act) {
  act();
  long least = std::numeric_limits<long>::max();
  for (int round = 0; round < 5 && least > 0; ++round) {
    const long before = Allocations();
    act();
    least = std::min(least, Allocations() - before);
  }
  return least;
}

}  // namespace protorest::test
