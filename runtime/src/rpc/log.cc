#include "rpc/log.h"

#include <cstdio>
#include <exception>

#include "protorest/detail/one_line.h"

namespace protorest {

void WriteLog(const Log& log, std::string_view line) noexcept {
  try {
    std::string text(line);
    detail::ReplaceControls(text);
    if (log) {
      log(text);
    } else {
      std::fprintf(stderr, "%s\n", text.c_str());
    }
  } catch (...) {  // there is nobody left to tell
  }
}

std::string CurrentExceptionText() {
  try {
    throw;
  } catch (const std::exception& error) {
    return error.what();
  } catch (...) {
    return "unknown exception";
  }
}

}  // namespace protorest
