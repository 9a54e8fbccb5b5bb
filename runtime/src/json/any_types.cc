#include "json/any_types.h"

namespace protorest::json::detail {

const char* AnyTypes::Find(Reader& reader) {
  reader.Peek();
  const char* const start = reader.position();
  if (passed_ != nullptr && start < passed_) {
    const auto found = types_.find(start);
    return found == types_.end() ? nullptr : found->second;
  }
  const char* type = nullptr;
  for (Entries members(reader, true); type == nullptr && members.Next();) {
    if (members.key() != kTypeMember) {
      Pass(reader);
      continue;
    }
    reader.Peek();
    type = reader.position();
    reader.Leave();
  }
  if (reader.failed()) return nullptr;
  passed_ = reader.position();
  reader.Rewind(start);
  return type;
}

// Consumes a value and keeps the types in it. Recursion is bounded by Enter.
void AnyTypes::Pass(Reader& reader) {
  const char c = reader.Peek();
  const char* const start = reader.position();
  if (c == '{') {
    for (Entries members(reader, true); members.Next(); Pass(reader)) {
      if (members.key() == kTypeMember)
        types_.try_emplace(start, (reader.Peek(), reader.position()));
    }
  } else if (c == '[') {
    for (Array elements(reader, true); elements.Next();) Pass(reader);
  } else {
    reader.SkipValue();
  }
}

}  // namespace protorest::json::detail
