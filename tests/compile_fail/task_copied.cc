// A coroutine with two owners.
#include <utility>

#include "users.rest.pb.h"

protorest::Task<protorest::Status> Use(protorest::Task<protorest::Status>& task) {
#ifdef MISTAKE
  return task;
#else
  return std::move(task);
#endif
}
