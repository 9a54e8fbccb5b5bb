// What other JSON libraries do with the benchmark's messages, their fields set and written by hand.
// Base64 and timestamps, which they do not have, go through protorest's own functions.
#pragma once

#include <string>
#include <string_view>

#include "shapes.pb.h"

namespace protorest::bench {

// Bytes that must be readable after a text for simdjson.
inline constexpr std::size_t kPadding = 64;

// The message is cleared; false where the text is not as expected.
bool SimdjsonRead(const std::string& text, User& message);
bool SimdjsonRead(const std::string& text, Mixed& message);
bool SimdjsonRead(const std::string& text, ProfileList& message);
bool SimdjsonRead(const std::string& text, Texts& message);
// Version, and the kernel that it has chosen for this machine.
std::string SimdjsonBuild();

bool RapidjsonRead(const std::string& text, User& message);
bool RapidjsonRead(const std::string& text, Mixed& message);
bool RapidjsonRead(const std::string& text, ProfileList& message);
bool RapidjsonRead(const std::string& text, Texts& message);
std::string RapidjsonBuild();

// Into a buffer that the next call takes again.
std::string_view RapidjsonWrite(const User& message);
std::string_view RapidjsonWrite(const Mixed& message);
std::string_view RapidjsonWrite(const ProfileList& message);
std::string_view RapidjsonWrite(const Texts& message);

}  // namespace protorest::bench
