// Page tokens: where a list goes on, in a form that clients pass back and do not build themselves.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace users {

// The token for the page that starts after the row `last_id`.
std::string EncodePageToken(std::int64_t last_id);

// The row that the token's page starts after; nothing if the token is none of ours. The check finds
// mistakes, not attacks: a token gives access to nothing that the list without it would not.
std::optional<std::int64_t> DecodePageToken(std::string_view token);

}  // namespace users
