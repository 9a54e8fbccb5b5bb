#include "http/text.h"

#include <algorithm>
#include <charconv>
#include <ctime>

namespace protorest::http {
namespace {

constexpr char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

std::string_view Trim(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

bool IsLowerToken(char c) {
  if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) return true;
  return std::string_view("-_.!#$%&'*+^`|~").find(c) != std::string_view::npos;
}

}  // namespace

bool EqualsIgnoreCase(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  return std::equal(a.begin(), a.end(), b.begin(),
                    [](char x, char y) { return Lower(x) == Lower(y); });
}

bool ListHas(std::string_view list, std::string_view token) {
  while (!list.empty()) {
    const std::size_t comma = std::min(list.find(','), list.size());
    std::string_view item = list.substr(0, comma);
    item = Trim(item.substr(0, item.find(';')));
    if (EqualsIgnoreCase(item, token)) return true;
    list.remove_prefix(std::min(comma + 1, list.size()));
  }
  return false;
}

bool IsSendable(std::string_view name, std::string_view value) {
  if (name.empty() || !std::all_of(name.begin(), name.end(), IsLowerToken)) return false;
  if (Trim(value) != value) return false;  // malformed in HTTP/2
  return std::all_of(value.begin(), value.end(), [](char c) {
    return c == '\t' || (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f);
  });
}

bool IsConnectionField(std::string_view name) {
  switch (name.size()) {
    case 4:
      return name == "date";
    case 7:
      return name == "upgrade" || name == "trailer";
    case 10:
      return name == "connection" || name == "keep-alive";
    case 14:
      return name == "content-length";
    case 16:
      return name == "proxy-connection";
    case 17:
      return name == "transfer-encoding";
    default:
      return false;
  }
}

std::string_view HttpDate() {
  thread_local std::time_t made_at = -1;
  thread_local char text[32];
  thread_local std::size_t size = 0;
  const std::time_t now = std::time(nullptr);
  if (now != made_at) {
    std::tm parts;
    gmtime_r(&now, &parts);
    // strftime's names depend on the locale, the header's do not.
    static constexpr const char* kDays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                              "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    std::string date = kDays[parts.tm_wday];
    date += ", dd Mon yyyy hh:mm:ss GMT";
    const auto two_digits = [&date](std::size_t at, int number) {
      date[at] = static_cast<char>('0' + number / 10 % 10);
      date[at + 1] = static_cast<char>('0' + number % 10);
    };
    two_digits(5, parts.tm_mday);
    date.replace(8, 3, kMonths[parts.tm_mon]);
    two_digits(12, (parts.tm_year + 1900) / 100);
    two_digits(14, parts.tm_year % 100);
    two_digits(17, parts.tm_hour);
    two_digits(20, parts.tm_min);
    two_digits(23, parts.tm_sec);
    size = date.copy(text, sizeof text);
    made_at = now;
  }
  return {text, size};
}

void AppendNumber(std::string& out, unsigned long long number) {
  char digits[20];
  const auto [end, error] = std::to_chars(digits, digits + sizeof digits, number);
  out.append(digits, static_cast<std::size_t>(end - digits));
}

}  // namespace protorest::http
