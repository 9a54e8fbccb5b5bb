// One input of a fuzz target of the JSON mapping: what it means, and what must hold of it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include "tests/support/json/oracle.h"

namespace protorest::json::fuzz {

// Ends the program where a property does not hold.
void Expect(bool holds, std::string_view what);

// The first byte chooses the options; the rest is read as text and as binary.
struct Input {
  Input(const std::uint8_t* data, std::size_t size);

  Options options;
  unsigned choice = 0;  // for the target's own use: 0 or 1
  std::string_view content;
};

// Checks the content as both. Returns the message that the text is; null if it is refused.
std::unique_ptr<google::protobuf::Message> Check(const Input& input, const Side& one,
                                                 const Side& other);

}  // namespace protorest::json::fuzz
