// Puts the layers together: threads, transcoder, listener, OpenAPI and docs pages; starts and
// drains them.
#include "protorest/server.h"

#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <chrono>
#include <condition_variable>
#include <csignal>
#include <future>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "http/listener.h"
#include "openapi/merge.h"
#include "openapi/settle.h"
#include "openapi/yaml.h"
#include "rpc/log.h"
#include "server/docs.h"
#include "server/limits.h"
#include "server/pages.h"
#include "server/schemas.h"
#include "server/threads.h"
#include "transcode/answer.h"
#include "transcode/transcoder.h"

namespace protorest {
namespace {

// What a cancelled call has, after the grace, to answer before its connection is closed.
constexpr auto kLastWords = std::chrono::milliseconds(500);

int ThreadCount(int threads) {
  return threads > 0 ? threads : std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

ServerOptions WithSafeHook(ServerOptions options) {
  options.errors = transcode::WithSafeHook(std::move(options.errors), options.log);
  return options;
}

transcode::Options TranscodeOptions(const ServerOptions& options) {
  return {.max_request_bytes = options.max_request_bytes,
          .json = options.json,
          .lenient = options.lenient,
          .reserved_parameters = options.reserved_parameters,
          .empty_as_no_content = options.empty_as_no_content,
          .sse_heartbeat = detail::WithinReason(options.sse_heartbeat),
          .websocket_ping = std::chrono::duration_cast<std::chrono::milliseconds>(
              detail::WithinReason(options.websocket_ping)),
          .websocket_origins = options.websocket_origins,
          .errors = options.errors,
          .request_headers = options.request_headers,
          .response_headers = options.response_headers,
          .trusted_proxies = options.trusted_proxies,
          .cors = options.cors,
          .log = options.log};
}

// A flag that is set once and can be waited for.
class Event {
 public:
  void Set() {
    const std::lock_guard lock(mutex_);
    set_ = true;
    changed_.notify_all();
  }
  void Wait() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return set_; });
  }
  bool WaitFor(std::chrono::milliseconds time) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, detail::WithinReason(time), [this] { return set_; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool set_ = false;
};

}  // namespace

class Server::Impl {
 public:
  explicit Impl(ServerOptions options)
      : options_(WithSafeHook(std::move(options))),
        threads_(io_, ThreadCount(options_.threads), options_.max_threads),
        transcoder_(TranscodeOptions(options_), threads_),
        listener_(io_, transcoder_, options_.http) {}

  void Add(std::shared_ptr<Handler> handler);
  void AddPage(server::Page page);
  Status Start();
  Status Run(const std::function<void()>& on_started);
  void Shutdown(std::chrono::milliseconds grace);
  int port() const { return listener_.port(); }
  std::uint64_t skipped_headers() const { return transcoder_.skipped_headers(); }
  std::chrono::milliseconds drain_timeout() const { return options_.drain_timeout; }

 private:
  bool started() {
    const std::lock_guard lock(mutex_);
    return started_;
  }
  Status PrepareOnce();
  Status Prepare();
  void RefuseLate(const std::string& what);
  Status AddOpenApi();

  const ServerOptions options_;
  boost::asio::io_context io_;
  server::Threads threads_;
  std::vector<std::shared_ptr<Handler>> handlers_;
  server::Pages pages_{options_.errors};
  transcode::Transcoder transcoder_;
  http::Listener listener_;
  std::mutex mutex_;        // held by Start and by Shutdown: a second Shutdown waits for the first
  std::mutex setup_mutex_;  // guards prepared_, and what is added until there is one
  std::optional<Status> prepared_;  // what Prepare returned; later, what came too late
  bool started_ = false;
  bool shut_down_ = false;
  Event drained_;
  boost::asio::io_context running_;  // Run waits in it for signals; Shutdown stops it
};

void Server::Impl::Add(std::shared_ptr<Handler> handler) {
  {
    const std::lock_guard lock(setup_mutex_);
    if (!prepared_) return handlers_.push_back(std::move(handler));
  }
  RefuseLate(std::string(handler->service().full_name));
}

void Server::Impl::AddPage(server::Page page) {
  {
    const std::lock_guard lock(setup_mutex_);
    if (!prepared_) return pages_.Add(std::move(page));
  }
  RefuseLate("the page " + page.path);
}

void Server::Impl::RefuseLate(const std::string& what) {
  const std::string text = what + " is not served: it was added after Start";
  WriteLog(options_.log, text);
  const std::lock_guard lock(setup_mutex_);
  if (prepared_->ok()) prepared_ = Status::FailedPrecondition(text);
}

Status Server::Impl::Start() {
  const std::lock_guard lock(mutex_);
  if (started_ || shut_down_)
    return Status::FailedPrecondition("the server has been started before");
  if (Status status = PrepareOnce(); !status.ok()) return status;
  if (!threads_.Start()) return Status::Unavailable("the system has no thread left");
  if (const std::error_code error = listener_.Listen(options_.address)) {
    threads_.Stop();
    return Status::Unavailable("cannot listen on " + options_.address + ": " + error.message());
  }
  started_ = true;
  for (const auto& handler : handlers_)
    WriteLog(options_.log, server::DescribeSchema(handler->service()));
  return {};
}

Status Server::Impl::PrepareOnce() {
  const std::lock_guard lock(setup_mutex_);
  if (!prepared_) prepared_ = Prepare();
  return *prepared_;
}

// All that fails the same way however often it is tried.
Status Server::Impl::Prepare() {
  if (Status status = server::CheckLimits(options_.http); !status.ok()) return status;
  if (Status status = transcoder_.CheckOptions(); !status.ok()) return status;
  if (Status status = server::CheckSchemas(handlers_); !status.ok()) return status;
  for (const auto& handler : handlers_) {
    if (Status status = transcoder_.Add(handler); !status.ok()) return status;
  }
  if (options_.docs) {
    if (Status status = server::CheckDocsPath(options_.docs_path); !status.ok()) return status;
  }
  if (options_.openapi) {
    if (Status status = AddOpenApi(); !status.ok()) return status;
  }
  transcoder_.SetFallback(pages_);
  return {};
}

Status Server::Impl::AddOpenApi() {
  std::vector<std::string_view> documents;
  for (const auto& handler : handlers_) {
    const auto document = handler->service().openapi_json;
    if (document != nullptr) documents.push_back(document());
  }
  if (documents.empty()) return {};
  std::string error;
  std::optional<std::string> merged = openapi::MergeDocuments(documents, &error);
  if (!merged) return Status::InvalidArgument("OpenAPI: " + error);
  merged = openapi::Settle(*merged, {.errors = options_.errors.format,
                                     .json = {.proto_names = options_.json.proto_field_names,
                                              .enum_numbers = options_.json.enums_as_numbers,
                                              .int64_numbers = options_.json.int64_as_numbers}});
  pages_.Add({.path = std::string(server::kOpenApiYaml),
              .content_type = "application/yaml",
              .text = openapi::ToYaml(*merged)});
  if (options_.docs) server::AddDocs(options_.docs_path, *merged, pages_);
  pages_.Add({.path = std::string(server::kOpenApiJson),
              .content_type = "application/json",
              .text = *std::move(merged)});
  return {};
}

Status Server::Impl::Run(const std::function<void()>& on_started) {
  // Before it starts: a signal that comes right after that is not missed.
  boost::asio::signal_set signals(running_, SIGINT, SIGTERM);
  signals.async_wait([](const boost::system::error_code&, int) {});
  if (!started()) {
    if (Status status = Start(); !status.ok()) return status;
  }
  if (on_started) on_started();
  running_.run();
  signals.clear();  // a second one ends the process, however long the drain may take
  Shutdown(options_.drain_timeout);
  return {};
}

void Server::Impl::Shutdown(std::chrono::milliseconds grace) {
  const std::lock_guard lock(mutex_);
  running_.stop();
  if (std::exchange(shut_down_, true) || !started_) return;
  listener_.Drain({[](void* target, bool) { static_cast<Event*>(target)->Set(); }, &drained_});
  if (!drained_.WaitFor(grace)) {
    transcoder_.CancelAll();
    if (!drained_.WaitFor(kLastWords)) {
      listener_.CloseAll();
      drained_.Wait();
    }
  }
  // Handlers whose clients have had their answer (a deadline had passed) may still run.
  while (transcoder_.calls() > 0) {
    transcoder_.CancelAll();
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  threads_.Stop();
}

Server::Server(ServerOptions options) : impl_(std::make_unique<Impl>(std::move(options))) {}

Server::~Server() { Shutdown(); }

void Server::Add(std::shared_ptr<Handler> handler) { impl_->Add(std::move(handler)); }

void Server::AddPage(std::string path, std::string content_type, std::string content) {
  impl_->AddPage({.path = std::move(path),
                  .content_type = std::move(content_type),
                  .text = std::move(content)});
}

Status Server::Start() { return impl_->Start(); }

int Server::port() const { return impl_->port(); }

std::uint64_t Server::skipped_headers() const { return impl_->skipped_headers(); }

Status Server::Run(const std::function<void()>& on_started) { return impl_->Run(on_started); }

void Server::Shutdown() { Shutdown(impl_->drain_timeout()); }

void Server::Shutdown(std::chrono::milliseconds grace) { impl_->Shutdown(grace); }

}  // namespace protorest
