// Detached: a coroutine that nobody awaits; it starts at once and frees itself at its end.
#pragma once

#include <coroutine>
#include <exception>

namespace protorest {

struct Detached {
  struct promise_type {
    Detached get_return_object() { return {}; }
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() noexcept { std::terminate(); }  // there is nobody to hand it to
  };
};

}  // namespace protorest
