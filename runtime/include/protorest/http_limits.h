// HttpLimits: what one connection may ask of a server. Each has a default and its reason.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace protorest {

// All are positive (max_discarded_body and min_body_rate may be 0), times a year at most,
// write_low_water no more than write_high_water, stream_window less than 2 GiB: else Server::Start
// says which is not. Times are kept by one sweep a second over all connections, so that no request
// pays for a timer; they are exact to about a second.
struct HttpLimits {
  // Connections open at once; past it the kernel's backlog holds newcomers. Bounds memory: an idle
  // connection costs about 6 KiB.
  std::size_t max_connections = 65536;

  // Request line and header fields together, else 431. Twice what browsers with fat cookies send.
  std::size_t max_header_bytes = std::size_t{64} * 1024;
  // Header fields of a request, else 431. Bounds what each look-up of a header costs.
  std::size_t max_headers = 128;

  // From the first byte of a request head to its last, else 408: against heads fed byte by byte.
  std::chrono::seconds head_timeout{10};
  // A connection without a request is closed after this; longer than common proxies keep theirs.
  std::chrono::seconds idle_timeout{60};
  // A body of announced length, and one that is wanted as a whole, must bring some bytes within
  // this. Others are streams, which may be silent: their calls have deadlines.
  std::chrono::seconds body_timeout{60};
  // Bytes a second that a body which is wanted as a whole must bring on average, once it has been
  // waited for longer than the grace, else 408: a byte now and then would hold the connection for
  // years. 240 is what 2400 baud bring; 0: as slow as it likes. Streams of messages need not.
  std::uint32_t min_body_rate = 240;
  std::chrono::seconds body_rate_grace{5};
  // A peer that takes none of its response within this is cut off; over HTTP/2, where it may take
  // those of other calls meanwhile, the stream is reset.
  std::chrono::seconds write_timeout{60};

  // Bytes of responses that wait for the peer: above the first a stream's Write waits, until no
  // more than the second are left. One socket buffer's worth: enough to keep the wire busy, little
  // enough for thousands of streams.
  std::size_t write_high_water = std::size_t{64} * 1024;
  std::size_t write_low_water = std::size_t{16} * 1024;

  // What is left of an unread request body is read and dropped up to this much, to keep the
  // connection; past it, closing is cheaper.
  std::size_t max_discarded_body = std::size_t{256} * 1024;

  // HTTP/2: calls at once on one connection (browsers and proxies open about 100).
  std::uint32_t max_concurrent_streams = 256;
  // HTTP/2: body bytes a stream may send unread. Memory: times max_concurrent_streams at worst.
  std::uint32_t stream_window = 256 * 1024;
  // HTTP/2: streams that the peer may reset in a second before the connection is closed (rapid
  // reset). Of pings, settings and the like ten times as many may come.
  std::uint32_t max_resets_per_second = 1000;
};

}  // namespace protorest
