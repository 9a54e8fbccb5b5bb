// Task<T>: the coroutine type of asynchronous handlers.
#pragma once

#include <coroutine>
#include <exception>
#include <optional>
#include <utility>

namespace protorest {

template <class T>
class Task;

namespace detail {

template <class T>
struct TaskResult {
  std::optional<T> value;

  void return_value(T result) { value.emplace(std::move(result)); }
  T Take() { return std::move(*value); }
};

template <>
struct TaskResult<void> {
  void return_void() noexcept {}
  void Take() noexcept {}
};

template <class T>
struct TaskPromise : TaskResult<T> {
  std::exception_ptr exception;
  std::coroutine_handle<> continuation = std::noop_coroutine();

  Task<T> get_return_object();
  std::suspend_always initial_suspend() noexcept { return {}; }
  auto final_suspend() noexcept {
    struct Resume {
      bool await_ready() noexcept { return false; }
      std::coroutine_handle<> await_suspend(std::coroutine_handle<TaskPromise> self) noexcept {
        return self.promise().continuation;
      }
      void await_resume() noexcept {}
    };
    return Resume{};
  }
  void unhandled_exception() noexcept { exception = std::current_exception(); }
};

}  // namespace detail

// A coroutine that yields one T, or nothing (Task<void>). It starts when it is awaited, once, and
// resumes its awaiter when it ends; an exception that leaves it is rethrown there. Move-only; it
// owns its frame, and one that was moved from has none to await. Parameters that are references
// must outlive it, as those that a handler gets do.
template <class T>
class [[nodiscard]] Task {
 public:
  using promise_type = detail::TaskPromise<T>;

  explicit Task(std::coroutine_handle<promise_type> frame) : frame_(frame) {}
  Task(Task&& other) noexcept : frame_(std::exchange(other.frame_, nullptr)) {}
  Task& operator=(Task&& other) noexcept {
    std::swap(frame_, other.frame_);
    return *this;
  }
  ~Task() {
    if (frame_) frame_.destroy();
  }

  bool await_ready() const noexcept { return false; }
  std::coroutine_handle<> await_suspend(std::coroutine_handle<> awaiter) noexcept {
    frame_.promise().continuation = awaiter;
    return frame_;
  }
  T await_resume() {
    promise_type& promise = frame_.promise();
    if (promise.exception) std::rethrow_exception(promise.exception);
    return promise.Take();
  }

 private:
  std::coroutine_handle<promise_type> frame_;
};

template <class T>
Task<T> detail::TaskPromise<T>::get_return_object() {
  return Task<T>(std::coroutine_handle<TaskPromise>::from_promise(*this));
}

}  // namespace protorest
