// Rules of buf.validate as keywords of JSON Schema, and as sentences where those have no word.
#pragma once

#include <string>

#include "plugin/emit/openapi/document.h"
#include "plugin/model/model.h"

namespace protorest::plugin::openapi {

struct RuleWords {
  Json keywords = Json::object();  // for AddKeywords()
  std::string note;                // what no keyword says

  // Adds a sentence.
  void Note(const std::string& sentence);
};

// Of all rules; that a member must be there is the message's to say.
RuleWords WordsOfRules(const Field& field);

// Of a field that is set: where it knows no presence, that it is not zero.
Json KeywordsOfSet(const Field& field);

// What must hold of the message as a whole; openapi/oneof.h has its rules `oneof`.
std::string NoteOfRules(const Message& message);

}  // namespace protorest::plugin::openapi
