// How often a program has asked for memory. A program that links this counts all its allocations.
#pragma once

namespace protorest::test {

// Since the program began, by all threads that are counted.
long Allocations();

// Whether the calling thread's allocations are counted; they are, until it says otherwise.
void CountThisThread(bool count);

}  // namespace protorest::test
