#include "json/time.h"

#include "json/number.h"

namespace protorest::json::detail {
namespace {

constexpr std::int64_t kMinTimestamp = -62135596800;  // 0001-01-01T00:00:00Z
constexpr std::int64_t kMaxTimestamp = 253402300799;  // 9999-12-31T23:59:59Z
constexpr std::int64_t kMaxDuration = 315576000000;
constexpr std::int32_t kSecond = 1000000000;  // in nanoseconds
constexpr std::int64_t kDay = 86400;

// Takes a text apart from its front; each step is false where it does not fit.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  bool Take(char c) {
    if (text_.empty() || text_.front() != c) return false;
    text_.remove_prefix(1);
    return true;
  }
  // Exactly `count` digits.
  bool Take(std::size_t count, std::int64_t* value) {
    if (text_.size() < count) return false;
    *value = 0;
    for (std::size_t i = 0; i < count; ++i) {
      if (!Digit(i)) return false;
      *value = *value * 10 + (text_[i] - '0');
    }
    text_.remove_prefix(count);
    return true;
  }
  std::size_t Digits() const {
    std::size_t count = 0;
    while (count < text_.size() && Digit(count)) ++count;
    return count;
  }
  // Nothing, or a point and one to nine digits, as nanoseconds.
  bool Fraction(std::int32_t* nanos) {
    *nanos = 0;
    if (!Take('.')) return true;
    const std::size_t digits = Digits();
    std::int64_t value = 0;
    if (digits < 1 || digits > 9 || !Take(digits, &value)) return false;
    for (std::size_t i = digits; i < 9; ++i) value *= 10;
    *nanos = static_cast<std::int32_t>(value);
    return true;
  }
  bool empty() const { return text_.empty(); }

 private:
  bool Digit(std::size_t i) const { return text_[i] >= '0' && text_[i] <= '9'; }

  std::string_view text_;
};

// The algorithms of Howard Hinnant's chrono-Compatible Low-Level Date Algorithms: eras of 400 years
// that begin in March, so that the leap day comes last.
std::int64_t DaysFromDate(std::int64_t year, std::int64_t month, std::int64_t day) {
  year -= month <= 2 ? 1 : 0;
  const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
  const std::int64_t year_of_era = year - era * 400;
  const std::int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  const std::int64_t day_of_era =
      year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + day_of_era - 719468;
}

struct Date {
  std::int64_t year, month, day;
};

Date DateFromDays(std::int64_t days) {
  days += 719468;
  const std::int64_t era = (days >= 0 ? days : days - 146096) / 146097;
  const std::int64_t day_of_era = days - era * 146097;
  const std::int64_t year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const std::int64_t day_of_year =
      day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t shifted = (5 * day_of_year + 2) / 153;
  const std::int64_t month = shifted < 10 ? shifted + 3 : shifted - 9;
  return {year_of_era + era * 400 + (month <= 2 ? 1 : 0), month,
          day_of_year - (153 * shifted + 2) / 5 + 1};
}

std::int64_t DaysInMonth(std::int64_t year, std::int64_t month) {
  if (month == 2) return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28;
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

// "Z", or an offset to be taken off the time.
bool TakeZone(Scanner& text, std::int64_t* offset) {
  *offset = 0;
  if (text.Take('Z')) return true;
  const bool behind = text.Take('-');
  if (!behind && !text.Take('+')) return false;
  std::int64_t hours = 0, minutes = 0;
  if (!text.Take(2, &hours) || !text.Take(':') || !text.Take(2, &minutes)) return false;
  if (hours > 23 || minutes > 59) return false;
  *offset = (hours * 60 + minutes) * (behind ? -60 : 60);
  return true;
}

char* WriteDigits(std::int64_t value, int count, char* p) {
  for (int i = count - 1; i >= 0; --i, value /= 10) p[i] = static_cast<char>('0' + value % 10);
  return p + count;
}

// Nothing, or 3, 6 or 9 digits.
char* WriteFraction(std::int32_t nanos, char* p) {
  if (nanos == 0) return p;
  *p++ = '.';
  if (nanos % 1000000 == 0) return WriteDigits(nanos / 1000000, 3, p);
  if (nanos % 1000 == 0) return WriteDigits(nanos / 1000, 6, p);
  return WriteDigits(nanos, 9, p);
}

}  // namespace

bool ParseTimestamp(std::string_view input, Time* time) {
  Scanner text(input);
  std::int64_t year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, offset = 0;
  if (!text.Take(4, &year) || !text.Take('-') || !text.Take(2, &month) || !text.Take('-') ||
      !text.Take(2, &day) || !text.Take('T') || !text.Take(2, &hour) || !text.Take(':') ||
      !text.Take(2, &minute) || !text.Take(':') || !text.Take(2, &second) ||
      !text.Fraction(&time->nanos) || !TakeZone(text, &offset) || !text.empty()) {
    return false;
  }
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > DaysInMonth(year, month) ||
      hour > 23 || minute > 59 || second > 59) {
    return false;
  }
  time->seconds =
      DaysFromDate(year, month, day) * kDay + hour * 3600 + minute * 60 + second - offset;
  return time->seconds >= kMinTimestamp && time->seconds <= kMaxTimestamp;
}

bool ParseDuration(std::string_view input, Time* time) {
  Scanner text(input);
  const bool negative = text.Take('-');
  const std::size_t digits = text.Digits();
  if (digits < 1 || digits > 12) return false;  // 12: those of the largest
  if (!text.Take(digits, &time->seconds) || !text.Fraction(&time->nanos) || !text.Take('s') ||
      !text.empty()) {
    return false;
  }
  if (time->seconds > kMaxDuration) return false;
  if (negative) {
    time->seconds = -time->seconds;
    time->nanos = -time->nanos;
  }
  return true;
}

char* WriteTimestamp(const Time& time, char* p) {
  if (time.seconds < kMinTimestamp || time.seconds > kMaxTimestamp || time.nanos < 0 ||
      time.nanos >= kSecond) {
    return nullptr;
  }
  const std::int64_t since_first = time.seconds - kMinTimestamp;
  const Date date = DateFromDays(since_first / kDay + kMinTimestamp / kDay);
  const std::int64_t second = since_first % kDay;
  p = WriteDigits(date.year, 4, p);
  *p++ = '-';
  p = WriteDigits(date.month, 2, p);
  *p++ = '-';
  p = WriteDigits(date.day, 2, p);
  *p++ = 'T';
  p = WriteDigits(second / 3600, 2, p);
  *p++ = ':';
  p = WriteDigits(second / 60 % 60, 2, p);
  *p++ = ':';
  p = WriteDigits(second % 60, 2, p);
  p = WriteFraction(time.nanos, p);
  *p++ = 'Z';
  return p;
}

char* WriteDuration(const Time& time, char* p) {
  if (time.seconds < -kMaxDuration || time.seconds > kMaxDuration || time.nanos <= -kSecond ||
      time.nanos >= kSecond) {
    return nullptr;
  }
  if ((time.seconds < 0 && time.nanos > 0) || (time.seconds > 0 && time.nanos < 0)) return nullptr;
  if (time.seconds < 0 || time.nanos < 0) *p++ = '-';
  const std::int64_t seconds = time.seconds < 0 ? -time.seconds : time.seconds;
  p = WriteUnsigned(static_cast<std::uint64_t>(seconds), p);
  p = WriteFraction(time.nanos < 0 ? -time.nanos : time.nanos, p);
  *p++ = 's';
  return p;
}

}  // namespace protorest::json::detail
