// What the runtime does with a Log, whatever the user's function does.
#pragma once

#include <string>
#include <string_view>

#include "protorest/context.h"

namespace protorest {

// One line: control characters become spaces. To standard error where `log` is empty. What `log`
// throws is dropped. Any thread.
void WriteLog(const Log& log, std::string_view line) noexcept;

// What the exception says that is being handled where this is called.
std::string CurrentExceptionText();

}  // namespace protorest
