#include "plugin/cpp_text.h"

#include <algorithm>

namespace protorest::plugin {
namespace {

// Keywords of C++20, and macros that the standard headers of our platforms define. Sorted.
constexpr std::string_view kReserved[] = {
    "BIG_ENDIAN",
    "BUFSIZ",
    "BYTE_ORDER",
    "EDOM",
    "EINTR",
    "EINVAL",
    "ENOENT",
    "ENOMEM",
    "EOF",
    "EPERM",
    "ERANGE",
    "EXIT_FAILURE",
    "EXIT_SUCCESS",
    "FALSE",
    "HUGE_VAL",
    "INFINITY",
    "INT_MAX",
    "INT_MIN",
    "LITTLE_ENDIAN",
    "LONG_MAX",
    "LONG_MIN",
    "NAN",
    "NULL",
    "OVERFLOW",
    "PDP_ENDIAN",
    "RAND_MAX",
    "SEEK_CUR",
    "SEEK_END",
    "SEEK_SET",
    "SIGABRT",
    "SIGFPE",
    "SIGHUP",
    "SIGILL",
    "SIGINT",
    "SIGKILL",
    "SIGPIPE",
    "SIGSEGV",
    "SIGTERM",
    "SIG_DFL",
    "SIG_ERR",
    "SIG_IGN",
    "TRUE",
    "UINT_MAX",
    "UNDERFLOW",
    "alignas",
    "alignof",
    "and",
    "and_eq",
    "asm",
    "assert",
    "auto",
    "bitand",
    "bitor",
    "bool",
    "break",
    "case",
    "catch",
    "char",
    "char16_t",
    "char32_t",
    "char8_t",
    "class",
    "co_await",
    "co_return",
    "co_yield",
    "compl",
    "concept",
    "const",
    "const_cast",
    "consteval",
    "constexpr",
    "constinit",
    "continue",
    "decltype",
    "default",
    "delete",
    "do",
    "double",
    "dynamic_cast",
    "else",
    "enum",
    "errno",
    "explicit",
    "export",
    "extern",
    "false",
    "float",
    "for",
    "friend",
    "goto",
    "if",
    "inline",
    "int",
    "linux",
    "long",
    "major",
    "makedev",
    "minor",
    "mutable",
    "namespace",
    "new",
    "noexcept",
    "not",
    "not_eq",
    "nullptr",
    "operator",
    "or",
    "or_eq",
    "private",
    "protected",
    "public",
    "register",
    "reinterpret_cast",
    "requires",
    "return",
    "short",
    "signed",
    "sizeof",
    "static",
    "static_assert",
    "static_cast",
    "stderr",
    "stdin",
    "stdout",
    "struct",
    "switch",
    "template",
    "this",
    "thread_local",
    "throw",
    "true",
    "try",
    "typedef",
    "typeid",
    "typename",
    "union",
    "unix",
    "unsigned",
    "using",
    "virtual",
    "void",
    "volatile",
    "wchar_t",
    "while",
    "xor",
    "xor_eq",
};
static_assert(std::ranges::is_sorted(kReserved));

}  // namespace

std::string CppIdentifier(std::string_view name) {
  std::string identifier(name);
  if (std::ranges::binary_search(kReserved, name)) identifier += '_';
  return identifier;
}

std::string CppEscape(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      escaped += {'\\', c};
    } else if (c == '\n') {
      escaped += "\\n";
    } else if (c == '?' && escaped.ends_with('?')) {
      escaped += "\\?";  // no trigraph
    } else if (byte < 0x20 || byte == 0x7f) {
      // Three octal digits end by themselves; hex escapes would swallow what follows.
      escaped += {'\\', static_cast<char>('0' + (byte >> 6)),
                  static_cast<char>('0' + ((byte >> 3) & 7)), static_cast<char>('0' + (byte & 7))};
    } else {
      escaped += c;
    }
  }
  return escaped;
}

}  // namespace protorest::plugin
