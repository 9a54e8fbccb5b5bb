// Server: serves handlers as REST and JSON over HTTP/1.1 and HTTP/2.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "protorest/context.h"
#include "protorest/errors.h"
#include "protorest/handler.h"
#include "protorest/headers.h"
#include "protorest/http_limits.h"
#include "protorest/json.h"
#include "protorest/status.h"

namespace protorest {

struct ServerOptions {
  // Where to listen: "host:port", "[::]:8080", ":8080" for all interfaces, "unix:/path". Port 0
  // takes a free one; Server::port tells which.
  std::string address = "0.0.0.0:8080";

  // Threads that run the event loop and the handlers; 0 means one for each CPU, which is best for
  // handlers that do not block.
  int threads = 0;

  // How far the threads may grow while plain handlers block. Past it new calls are refused with 503
  // and Retry-After. A blocked thread costs its stack, some 20 KiB of memory: 256 is cheap, and
  // more than most databases take connections. One thread is always kept for the connections: less
  // than threads + 1 is taken as that.
  int max_threads = 256;

  // Larger request bodies are answered 413; of a client stream, each message counts by itself. The
  // same 4 MiB as gRPC's default, so that a message that one takes the other takes too.
  std::size_t max_request_bytes = 4 << 20;

  // What connections may ask of the server: their number, the size of request heads, the times in
  // which something has to come or be taken.
  HttpLimits http = {};

  // How long a stopping server waits for calls in flight before it cancels them. Below the 30 s
  // that Kubernetes and systemd leave before they kill. milliseconds::max() waits for ever.
  std::chrono::milliseconds drain_timeout = std::chrono::seconds(20);

  // How JSON is written and read. A request may ask for more: docs/server.md.
  json::Options json = {};

  // Unknown query parameters, query parameters that belong to the body, and bodies where the rule
  // takes none are errors by default, because they are mistakes of the client; true ignores them.
  bool lenient = false;

  // Names of query parameters that are never unknown, though no field has them: "access_token",
  // "utm_source". So are always alt, $alt, key, fields and prettyPrint.
  std::vector<std::string> reserved_parameters = {};

  // An Empty response is 200 with `{}`; true makes it 204 without a body.
  bool empty_as_no_content = false;

  // How often a stream of Server-Sent Events carries a comment, so that no proxy takes it for dead
  // while the handler has nothing to say, and a client that is gone is noticed. The specification's
  // advice; 0: never.
  std::chrono::milliseconds sse_heartbeat = std::chrono::seconds(15);

  // The form of error bodies, of which the OpenAPI document tells too; a hook to write one's own.
  ErrorOptions errors = {};

  // How often a WebSocket is pinged; a client that has not answered by the next one is gone.
  // Proxies cut idle connections after a minute or so; 0: never.
  std::chrono::milliseconds websocket_ping = std::chrono::seconds(30);

  // Whose pages may open WebSockets here, beside the server's own: "https://example.com"; "*" for
  // everybody's. Browsers send the user's cookies with a WebSocket from any page, and leave it to
  // the server to look whose it is; clients that are no browsers are not asked.
  std::vector<std::string> websocket_origins = {};

  // Which request headers handlers see as metadata, which ones of a handler's go out, and under
  // which names. Headers of the connection and of this HTTP message pass in neither direction,
  // whatever is said here.
  HeaderRules request_headers = {};
  HeaderRules response_headers = {};

  // Whose X-Forwarded-For and X-Forwarded-Host are believed, for context.client_address() and
  // host(): "10.0.0.0/8", "::1", "unix:" for all who come over a Unix socket. Nobody's by default:
  // anybody can send the headers.
  std::vector<std::string> trusted_proxies = {};

  // Which pages of other sites browsers let call this server. None by default.
  CorsOptions cors = {};

  // Serves the OpenAPI document at /openapi.json and /openapi.yaml.
  bool openapi = true;

  // Serves a page that shows that document and calls what it describes, streams included, at
  // `docs_path` and its files below. Off where the document is off. Where an API is not for
  // everybody's eyes, switch both off or put them behind what guards it: they are answered without
  // asking any handler.
  bool docs = true;
  std::string docs_path = "/docs";

  // Gets what no client may see: one line at a time, from any thread; what it throws is dropped.
  // Standard error if empty. Start tells it which schema of which services is served.
  Log log = {};
};

// One listening server. Add handlers, then Run, or Start and later Shutdown.
//
//   protorest::Server server({.address = "0.0.0.0:8080"});
//   server.Add(std::make_shared<Users>());
//   protorest::Status status = server.Run();  // until SIGINT or SIGTERM
//
// Threads: Shutdown and port may be called from any thread, but not from a handler; the rest from
// one thread. The destructor shuts down with `drain_timeout`.
class Server {
 public:
  explicit Server(ServerOptions options = {});
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // Serves all methods of `handler`. Several services may be added, before Start: later ones are
  // not served, of which the log is told, and a Start that is tried again fails
  // (FAILED_PRECONDITION).
  void Add(std::shared_ptr<Handler> handler);

  // The same for a handler given by value: server.Add(users::v1::UserServiceProxy(channel)).
  template <class H>
  requires std::is_base_of_v<Handler, std::remove_cvref_t<H>>
  void Add(H&& handler) { Add(std::make_shared<std::remove_cvref_t<H>>(std::forward<H>(handler))); }

  // Serves a fixed document beside the routes, to GET and HEAD of exactly this path. With an entity
  // tag, and compressed for those who take gzip. For the page of an API, not for a web site. Before
  // Start, like Add.
  void AddPage(std::string path, std::string content_type, std::string content);

  // Listens and serves on threads of its own. Fails, naming both, when two methods have the same
  // route (rule P16); and, naming the file and what to run, when generated code comes from another
  // version of a .proto than the .pb.cc that is linked. UNAVAILABLE when the address or the threads
  // cannot be had: then nothing runs, and Start may be tried again.
  Status Start();

  // The TCP port, once Start has succeeded.
  int port() const;

  // How many request header fields proxies could not pass on so far, because gRPC's metadata cannot
  // hold them: a value that is not ASCII, a name with "!" in it. Any thread.
  std::uint64_t skipped_headers() const;

  // Start, unless that was done; then wait for SIGINT or SIGTERM or Shutdown, and drain. Returns
  // why Start failed, or OK. `on_started`, if any, is called in between: a good place to say that
  // the server is ready, for from then on both signals drain it. What it throws comes out of Run,
  // and the server goes on until its destructor. Once the drain has begun the signals have their
  // default action again: a second one ends the process, even if a handler never returns.
  Status Run(const std::function<void()>& on_started = {});

  // Stops accepting, waits for the calls in flight, cancels those that outlast `grace`, closes the
  // connections, and returns when all threads have ended. A server does not start again.
  void Shutdown(std::chrono::milliseconds grace);
  void Shutdown();  // with drain_timeout

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace protorest
