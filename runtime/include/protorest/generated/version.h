// What generated files check of the headers they are compiled with.
#pragma once

// The version of what generated code expects of the runtime; raised when old generated code no
// longer compiles or works. What the plugin writes into its files is kApiVersion of
// plugin/version.h.
#define PROTOREST_API_VERSION 3

#define PROTOREST_CHECK_API_VERSION(version)                                                    \
  static_assert((version) == PROTOREST_API_VERSION,                                             \
                "this file and the protorest headers are of different versions: regenerate it " \
                "with the protoc-gen-rest of this protorest")
