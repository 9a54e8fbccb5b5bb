#include "http/address.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <memory>

namespace protorest::http {
namespace {

// The kernel's own limit (net.core.somaxconn) cuts it down.
constexpr int kBacklog = 4096;
constexpr std::string_view kUnix = "unix:";

std::error_code LastError() { return {errno, std::system_category()}; }

int Fail(int fd, std::error_code& error) {
  error = LastError();
  if (fd >= 0) ::close(fd);
  return -1;
}

void Set(int fd, int level, int option) {
  const int on = 1;
  ::setsockopt(fd, level, option, &on, sizeof on);
}

int OpenTcp(const addrinfo& info, std::error_code& error) {
  const int fd = ::socket(info.ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd < 0) return Fail(fd, error);
  Set(fd, SOL_SOCKET, SO_REUSEADDR);
  // Connections inherit these two: no system call for each of them.
  Set(fd, SOL_SOCKET, SO_KEEPALIVE);
  Set(fd, IPPROTO_TCP, TCP_NODELAY);
  if (::bind(fd, info.ai_addr, info.ai_addrlen) != 0) return Fail(fd, error);
  if (::listen(fd, kBacklog) != 0) return Fail(fd, error);
  return fd;
}

int OpenUnix(std::string_view path, std::error_code& error) {
  sockaddr_un name{};
  name.sun_family = AF_UNIX;
  if (path.empty() || path.size() >= sizeof name.sun_path) {
    error = std::make_error_code(std::errc::invalid_argument);
    return -1;
  }
  path.copy(name.sun_path, path.size());
  const auto* address = reinterpret_cast<const sockaddr*>(&name);
  const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd < 0) return Fail(fd, error);
  int bound = ::bind(fd, address, sizeof name);
  if (bound != 0 && errno == EADDRINUSE) {
    struct stat file;
    const int probe = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const bool left_over = ::stat(name.sun_path, &file) == 0 && S_ISSOCK(file.st_mode) &&
                           ::connect(probe, address, sizeof name) != 0 && errno == ECONNREFUSED;
    ::close(probe);
    if (left_over) {
      ::unlink(name.sun_path);
      bound = ::bind(fd, address, sizeof name);
    } else {
      errno = EADDRINUSE;
    }
  }
  if (bound != 0 || ::listen(fd, kBacklog) != 0) return Fail(fd, error);
  return fd;
}

}  // namespace

int OpenListening(std::string_view address, std::error_code& error) {
  error.clear();
  if (address.starts_with(kUnix)) return OpenUnix(address.substr(kUnix.size()), error);

  const std::size_t colon = address.rfind(':');
  if (colon == std::string_view::npos || colon + 1 == address.size()) {
    error = std::make_error_code(std::errc::invalid_argument);
    return -1;
  }
  std::string host(address.substr(0, colon));
  const std::string port(address.substr(colon + 1));
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);

  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
  addrinfo* found = nullptr;
  if (::getaddrinfo(host.empty() ? nullptr : host.c_str(), port.c_str(), &hints, &found) != 0) {
    error = std::make_error_code(std::errc::address_not_available);
    return -1;
  }
  const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> all(found, freeaddrinfo);
  int fd = -1;
  for (const addrinfo* each = found; each != nullptr && fd < 0; each = each->ai_next) {
    error.clear();
    fd = OpenTcp(*each, error);
  }
  return fd;
}

std::uint16_t BoundPort(int fd) {
  sockaddr_storage address{};
  socklen_t size = sizeof address;
  if (::getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size) != 0) return 0;
  if (address.ss_family == AF_INET) {
    return ntohs(reinterpret_cast<const sockaddr_in&>(address).sin_port);
  }
  if (address.ss_family == AF_INET6) {
    return ntohs(reinterpret_cast<const sockaddr_in6&>(address).sin6_port);
  }
  return 0;
}

std::string PeerText(const sockaddr_storage& address) {
  char host[INET6_ADDRSTRLEN] = "";
  if (address.ss_family == AF_INET) {
    const auto& v4 = reinterpret_cast<const sockaddr_in&>(address);
    ::inet_ntop(AF_INET, &v4.sin_addr, host, sizeof host);
    return std::string("ipv4:") + host + ":" + std::to_string(ntohs(v4.sin_port));
  }
  if (address.ss_family == AF_INET6) {
    const auto& v6 = reinterpret_cast<const sockaddr_in6&>(address);
    ::inet_ntop(AF_INET6, &v6.sin6_addr, host, sizeof host);
    return std::string("ipv6:[") + host + "]:" + std::to_string(ntohs(v6.sin6_port));
  }
  return "unix:";
}

}  // namespace protorest::http
