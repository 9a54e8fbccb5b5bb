// A program that uses the runtime without gRPC; what it came to be linked with is looked at by a
// test.
#include "protorest/status.h"

int main() { return protorest::Status().ok() ? 0 : 1; }
