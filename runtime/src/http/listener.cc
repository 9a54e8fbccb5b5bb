#include "http/listener.h"

#include <sys/socket.h>
#include <unistd.h>

#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <cerrno>
#include <mutex>
#include <utility>
#include <vector>

#include "http/address.h"
#include "http/connection.h"
#include "http/hub.h"

namespace protorest::http {
namespace {

// Connections accepted in one go, before those that are open get their turn.
constexpr int kBurst = 64;

}  // namespace

class Listener::Impl : public std::enable_shared_from_this<Listener::Impl> {
 public:
  Impl(boost::asio::io_context& io, Service& service, const HttpLimits& limits)
      : hub_(std::make_shared<Hub>(io, service, limits)) {}

  void Start() {
    hub_->Start([weak = weak_from_this()] {
      if (const auto self = weak.lock()) self->Resume();
    });
  }

  std::error_code Listen(std::string_view address) {
    std::error_code error;
    const int fd = OpenListening(address, error);
    if (fd < 0) return error;
    const std::lock_guard lock(mutex_);
    if (port_ == 0) port_ = BoundPort(fd);
    auto socket = std::make_shared<ListeningSocket>(hub_->io, fd);
    sockets_.push_back(socket);
    Wait(std::move(socket));
    return {};
  }

  std::uint16_t port() const {
    const std::lock_guard lock(mutex_);
    return port_;
  }

  void StopAccepting() {
    const std::lock_guard lock(mutex_);
    for (const auto& socket : sockets_) {
      const std::lock_guard socket_lock(socket->mutex);
      boost::system::error_code ignored;
      socket->descriptor.close(ignored);
    }
    sockets_.clear();
  }

  Hub& hub() { return *hub_; }

 private:
  struct ListeningSocket {
    ListeningSocket(boost::asio::io_context& io, int fd) : descriptor(io, fd) {}
    std::mutex mutex;  // closing against accepting
    boost::asio::posix::stream_descriptor descriptor;
    bool paused = false;  // until the next second: no room, or no descriptors
  };
  using SocketPtr = std::shared_ptr<ListeningSocket>;

  void Wait(SocketPtr socket) {
    ListeningSocket& target = *socket;
    target.descriptor.async_wait(
        boost::asio::posix::stream_descriptor::wait_read,
        [weak = weak_from_this(), socket = std::move(socket)](boost::system::error_code error) {
          const auto self = weak.lock();
          if (!error && self != nullptr) self->Accept(socket);
        });
  }

  void Accept(const SocketPtr& socket) {
    for (int i = 0; i < kBurst; ++i) {
      sockaddr_storage address{};
      int fd = -1;
      {
        const std::lock_guard lock(socket->mutex);
        if (!socket->descriptor.is_open()) return;
        socket->paused = hub_->size() >= hub_->limits.max_connections;
        if (socket->paused) return;
        socklen_t size = sizeof address;
        fd = ::accept4(socket->descriptor.native_handle(), reinterpret_cast<sockaddr*>(&address),
                       &size, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (fd < 0 && errno != ECONNABORTED && errno != EINTR) {
          // Out of descriptors or memory: the backlog keeps them until there are some again.
          socket->paused = errno != EAGAIN && errno != EWOULDBLOCK;
          if (!socket->paused) Wait(socket);
          return;
        }
      }
      if (fd >= 0) Serve(fd, address);
    }
    const std::lock_guard lock(socket->mutex);
    if (socket->descriptor.is_open()) Wait(socket);
  }

  void Serve(int fd, const sockaddr_storage& address) {
    Connection::Socket socket(hub_->io.get_executor());
    boost::system::error_code error;
    socket.assign({address.ss_family, 0}, fd, error);
    if (error) {
      ::close(fd);
      return;
    }
    const ConnectionPtr connection(new Connection(hub_, std::move(socket), PeerText(address)));
    connection->Start();
  }

  void Resume() {
    const std::lock_guard lock(mutex_);
    for (const SocketPtr& socket : sockets_) {
      const std::lock_guard socket_lock(socket->mutex);
      if (std::exchange(socket->paused, false)) Wait(socket);
    }
  }

  const std::shared_ptr<Hub> hub_;
  mutable std::mutex mutex_;
  std::vector<SocketPtr> sockets_;
  std::uint16_t port_ = 0;
};

Listener::Listener(boost::asio::io_context& io, Service& service, const HttpLimits& limits)
    : impl_(std::make_shared<Impl>(io, service, limits)) {
  impl_->Start();
}

Listener::~Listener() {
  impl_->StopAccepting();
  impl_->hub().Stop();
  impl_->hub().CloseAll();
  impl_->hub().Abandon();
}

std::error_code Listener::Listen(std::string_view address) { return impl_->Listen(address); }

std::uint16_t Listener::port() const { return impl_->port(); }

void Listener::StopAccepting() { impl_->StopAccepting(); }

void Listener::Drain(Done closed) {
  impl_->StopAccepting();
  impl_->hub().Drain(closed);
}

void Listener::CloseAll() { impl_->hub().CloseAll(); }

std::size_t Listener::connections() const { return impl_->hub().size(); }

}  // namespace protorest::http
