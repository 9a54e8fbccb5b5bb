// Text helpers of the HTTP grammar: names without case, tokens, lists, and the Date header.
#pragma once

#include <string>
#include <string_view>

namespace protorest::http {

bool EqualsIgnoreCase(std::string_view a, std::string_view b);

// Whether a comma-separated list such as the value of TE or Connection has `token` (in lower case);
// parameters after ';' are ignored.
bool ListHas(std::string_view list, std::string_view token);

// Whether a header may be sent as it stands: a name in lower case, a value without control
// characters. What fails would let the value of a header end it and begin another one (response
// splitting).
bool IsSendable(std::string_view name, std::string_view value);

// Fields that frame messages or concern the connection: the http layer's own, never taken from
// above.
bool IsConnectionField(std::string_view name);

// "Sun, 06 Nov 1994 08:49:37 GMT", made once a second for each thread.
std::string_view HttpDate();

void AppendNumber(std::string& out, unsigned long long number);

}  // namespace protorest::http
