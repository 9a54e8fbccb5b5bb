// Changes of .proto files, and the rules that they break: what breaking_test.cc goes through.
#pragma once

#include <span>

namespace protorest::plugin::test {

// The declarations of a file before and after a change.
struct Change {
  const char* what;
  const char* was;
  const char* is;
  const char* rules;  // their names, with a blank between; "" where nothing breaks
};

std::span<const Change> MessageChanges();     // proto3: messages, fields, enums
std::span<const Change> Proto2Changes();      // what proto3 does not have
std::span<const Change> ServiceChanges();     // methods and routes
std::span<const Change> ValidationChanges();  // field_behavior, buf.validate

}  // namespace protorest::plugin::test
