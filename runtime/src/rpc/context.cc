// Context: resetting, cancelling, response metadata.
#include "protorest/context.h"

#include <algorithm>

#include "rpc/log.h"

namespace protorest {
namespace {

// RFC 9110, 5.6.2: the characters of a header name.
bool IsTokenChar(char c) {
  constexpr std::string_view kSigns = "!#$%&'*+-.^_`|~";
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         kSigns.find(c) != std::string_view::npos;
}

bool IsValueChar(char c) {
  return (static_cast<unsigned char>(c) >= ' ' && c != '\x7f') || c == '\t';
}

char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

// White space at the ends is no part of a field's value (RFC 9110, 5.5).
std::string_view Trimmed(std::string_view value) {
  constexpr std::string_view kWhite = " \t";
  value.remove_prefix(std::min(value.find_first_not_of(kWhite), value.size()));
  return value.substr(0, value.find_last_not_of(kWhite) + 1);
}

bool Add(const HeaderRules* rules, std::string_view key, std::string_view value,
         Context::Pairs& pairs) {
  const bool binary = key.ends_with("-bin");  // any bytes: the protocol encodes them
  if (key.empty() || !std::all_of(key.begin(), key.end(), IsTokenChar) ||
      (!binary && !std::all_of(value.begin(), value.end(), IsValueChar))) {
    return false;
  }
  auto& pair = pairs.emplace_back(key, binary ? value : Trimmed(value));
  std::transform(pair.first.begin(), pair.first.end(), pair.first.begin(), Lower);
  if (rules == nullptr || rules->Passes(pair.first)) return true;
  pairs.pop_back();
  return false;
}

}  // namespace

std::stop_token Context::stop_token() {
  const std::lock_guard lock(mutex_);
  if (!stop_) {
    stop_.emplace();
    if (cancelled()) stop_->request_stop();
  }
  return stop_->get_token();
}

bool Context::AddHeader(std::string_view key, std::string_view value) {
  const std::lock_guard lock(mutex_);
  return !headers_sealed_ && Add(header_rules_, key, value, headers_);
}

const Context::Pairs& Context::SealHeaders() {
  const std::lock_guard lock(mutex_);
  headers_sealed_ = true;
  return headers_;
}

bool Context::AddTrailer(std::string_view key, std::string_view value) {
  return Add(header_rules_, key, value, trailers_);
}

bool Context::SetEventId(std::string_view id) {
  if (id.find_first_of(std::string_view("\r\n\0", 3)) != id.npos) return false;
  event_id_ = id;
  return true;
}

bool Context::set_http_status(int status) {
  if (status < 200 || status > 599) return false;
  http_status_.store(status, std::memory_order_relaxed);
  return true;
}

void Context::LogLine(std::string_view line) const {
  if (log_) return WriteLog(*log_, line);
  WriteLog({}, line);
}

void Context::Reset(const Init& init) {
  method_ = init.method;
  peer_ = init.peer;
  metadata_ = init.metadata;
  timers_ = init.timers;
  log_ = init.log;
  header_rules_ = init.response_headers;
  deadline_ = init.deadline;
  http_status_.store(0, std::memory_order_relaxed);
  headers_.clear();
  headers_sealed_ = false;
  trailers_.clear();
  event_id_.reset();
  cancelled_.store(false, std::memory_order_relaxed);
  stop_.reset();
}

void Context::Cancel() {
  std::optional<std::stop_source> stop;
  {
    const std::lock_guard lock(mutex_);
    if (cancelled_.exchange(true, std::memory_order_acq_rel)) return;
    stop = stop_;
  }
  // Outside the lock: a stop callback may ask this context for its token.
  if (stop) stop->request_stop();
}

}  // namespace protorest
