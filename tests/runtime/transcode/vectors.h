// Reads a file of test vectors; null where the folder is not there, and the test then skips.
#pragma once

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

namespace protorest::testing {

inline nlohmann::ordered_json ReadVectors(const std::string& name) {
  const std::string folder = PROTOREST_VECTORS;
  if (folder.empty() || folder.ends_with("NOTFOUND")) return nullptr;
  std::ifstream file(folder + "/" + name);
  return file ? nlohmann::ordered_json::parse(file) : nlohmann::ordered_json();
}

// True if `text` is an id in the list of exceptions.
template <class Exceptions>
bool IsException(const Exceptions& exceptions, const std::string& text) {
  for (const auto& [id, rule] : exceptions) {
    if (text == id) return true;
  }
  return false;
}

}  // namespace protorest::testing

// Skips the test where `vectors` is null.
#define PROTOREST_NEED_VECTORS(vectors) \
  if ((vectors).is_null()) GTEST_SKIP() << "the folder of test vectors is not beside the checkout"
