// Runs handlers of both flavours and turns what they throw into a Status (rule E26).
#include "protorest/handler.h"

#include <string>

#include "rpc/detached.h"
#include "rpc/log.h"

namespace protorest {
namespace {

// Called where an exception is being handled.
Status FromException(Context& context) {
  context.LogLine(std::string(context.method()) + ": the handler threw: " + CurrentExceptionText());
  return Status::Internal("internal error");
}

template <class Start>
Detached RunTask(Start start, Context& context, Finish finish) {
  Status status;
  try {
    status = co_await start();
  } catch (...) {
    status = FromException(context);
  }
  finish(status);
}

}  // namespace

void PlainHandler::Invoke(std::size_t method, Call& call, Finish finish) {
  Status status;
  try {
    status = Dispatch(method, call);
  } catch (...) {
    status = FromException(call.context());
  }
  finish(status);
}

void AsyncHandler::Invoke(std::size_t method, Call& call, Finish finish) {
  RunTask([this, method, &call] { return Dispatch(method, call); }, call.context(), finish);
}

Status Unimplemented(std::string_view method) {
  return Status::Unimplemented(std::string(method) + " is not implemented");
}

Task<Status> UnimplementedAsync(std::string_view method) { co_return Unimplemented(method); }

}  // namespace protorest
