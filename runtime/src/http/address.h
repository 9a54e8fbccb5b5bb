// Listening addresses: from text to a listening socket, and a peer's address to text.
#pragma once

#include <sys/socket.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <system_error>

namespace protorest::http {

// Opens a listening, non-blocking socket on "host:port", ":port" or "unix:/path". A socket file
// that nobody listens on any more is replaced.
int OpenListening(std::string_view address, std::error_code& error);

// The TCP port a socket is bound to; 0 if it is not a TCP socket.
std::uint16_t BoundPort(int fd);

// "ipv4:127.0.0.1:54321", "ipv6:[::1]:54321", "unix:".
std::string PeerText(const sockaddr_storage& address);

}  // namespace protorest::http
