"""Peers that mean ill, over raw sockets: whatever they send or leave out, the server goes on serving others, and
ends well when it is told to (in a sanitizer's build: without a leak or a read astray)."""
import socket
import struct
import threading
import unittest

from harness import HTTP_VERSIONS, TIMEOUT, curl, raise_file_limit, serve_streams
from websocket import TEXT, WebSocket

HEAD = b"Host: h\r\n"


class Hostile:
    backend = ""  # set by the classes below

    def setUp(self):
        self.server = serve_streams(self, self.backend)

    def connect(self, text=b""):
        connection = self.server.connect()
        self.addCleanup(connection.close)
        connection.sendall(text)
        return connection

    def all_of(self, connection):
        """What the server says until it closes."""
        said = b""
        try:
            while piece := connection.recv(65536):
                said += piece
        except ConnectionResetError:
            pass
        return said

    def flood(self, connection, data):
        """Sends until all is sent or the server has had enough."""
        try:
            connection.sendall(data)
        except (BrokenPipeError, ConnectionResetError):
            pass

    def reset(self, connection):
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.close()

    def assert_well(self, **counters):
        """Others are served; no call is left over but those that are said to be."""
        for version in HTTP_VERSIONS:
            self.assertEqual(curl(self.server.url("/v1/ticks?count=2"), version=version).json(),
                             [{"number": "1"}, {"number": "2"}])
        query = "&".join(f"{name}={value}" for name, value in counters.items())
        self.assertEqual(int(curl(self.server.url(f"/v1/counters?{query}")).json().get("open", 0)), 0)


class HostileOverHttp1(Hostile):

    def test_heads_that_never_end(self):
        for text in (b"", b"G", b"GET /v1/ticks?count=1 HTTP/1.1\r\n", b"GET / HTTP/1.1\r\nHost: h\r\nA: ", b"\r\n\r"):
            for _ in range(40):
                self.connect(text)
        self.assert_well()

    def test_half_closed_at_every_byte(self):
        request = b"POST /v1/sum HTTP/1.1\r\n" + HEAD + b"Content-Length: 14\r\n\r\n" + b'{"number":"1"}'
        for end in range(len(request) + 1):
            connection = self.connect(request[:end])
            connection.shutdown(socket.SHUT_WR)
            said = self.all_of(connection)
            self.assertTrue(said == b"" or said.startswith(b"HTTP/1.1 "), said)
            if end < len(request):
                self.assertNotIn(b"200 OK", said)
        self.assert_well()

    def test_reset_in_the_middle(self):
        before = 0
        for path in ("/v1/ticks", "/v1/ticks?await_started=1000", "/v1/slow?delay_ms=60000"):
            connection = self.connect(f"GET {path} HTTP/1.1\r\n".encode() + HEAD + b"\r\n")
            before += 1
            curl(self.server.url(f"/v1/counters?open=1&cancelled={before - 1}"))
            self.reset(connection)
            curl(self.server.url(f"/v1/counters?cancelled={before}"))
        connection = self.connect(b"POST /v1/echo HTTP/1.1\r\n" + HEAD +
                                  b'Transfer-Encoding: chunked\r\n\r\n10\r\n{"number":"1"}')
        curl(self.server.url("/v1/counters?open=1"))
        self.reset(connection)
        self.assert_well(cancelled=before + 1)

    def test_pipelined_requests_mixed_with_errors_are_answered_in_order(self):
        kinds = ((b"GET /v1/slow", 200), (b"GET /nowhere", 404), (b"PUT /v1/slow", 405),
                 (b"GET /v1/slow?x=1", 400), (b"GET /v1/%zz", 400), (b"GET /v1/break", 400),
                 (b"HEAD /v1/slow", 200), (b"OPTIONS /v1/slow", 204))
        wanted = [kinds[i % len(kinds)] for i in range(400)]
        connection = self.connect(b"".join(line + b" HTTP/1.1\r\n" + HEAD + b"\r\n" for line, _ in wanted) +
                                  b"GET /v1/slow HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
        said = self.all_of(connection)
        statuses = [int(part[:3]) for part in said.split(b"HTTP/1.1 ")[1:]]
        self.assertEqual(statuses, [status for _, status in wanted] + [200])
        self.assert_well()

    def test_pipelined_requests_whose_answers_nobody_reads(self):
        connection = self.connect()
        connection.settimeout(1)
        request = b"GET /v1/ticks?count=1000 HTTP/1.1\r\n" + HEAD + b"\r\n"
        with self.assertRaises(TimeoutError):
            for _ in range(10000):
                connection.sendall(request * 100)
        self.reset(connection)
        self.assert_well()

    def test_chunks_that_are_none(self):
        for chunks in (b"-1\r\nx\r\n0\r\n\r\n", b"0x2\r\n{}\r\n0\r\n\r\n", b"FFFFFFFFFFFFFFFFF\r\n{}\r\n",
                       b"FFFFFFFFFFFFFFFF\r\n{}\r\n0\r\n\r\n", b"g\r\n", b"2{}\r\n0\r\n\r\n", b"2\r\n{}0\r\n\r\n",
                       b"2\n{}\n0\n\n", b" 2\r\n{}\r\n0\r\n\r\n", b"\r\n2\r\n{}\r\n0\r\n\r\n", b"2\r\n{}\r\n-0\r\n\r\n",
                       b"2\r\n{}\r\n" + b"0" * 9000, b"2;" + b"x" * 100000 + b"\r\n{}\r\n0\r\n\r\n",
                       b"2\r\n{}\r\n0\r\n" + b"T: v\r\n" * 20000 + b"\r\n"):
            connection = self.connect(b"POST /v1/sum HTTP/1.1\r\n" + HEAD + b"Transfer-Encoding: chunked\r\n\r\n")
            self.flood(connection, chunks)
            connection.shutdown(socket.SHUT_WR)
            self.assertNotIn(b"200 OK", self.all_of(connection), chunks[:40])
        self.assert_well()

    def test_a_body_that_is_announced_too_large_is_refused_unasked(self):
        for size in (5 << 20, 1 << 40, (1 << 63) - 1):
            connection = self.connect(b"GET /v1/slow HTTP/1.1\r\n" + HEAD +
                                      b"Content-Length: %d\r\nExpect: 100-continue\r\n\r\n" % size)
            said = self.all_of(connection)
            self.assertTrue(said.startswith(b"HTTP/1.1 413 "), said)
        self.assert_well()

    def test_long_things_cost_no_more_than_their_length(self):
        """Each is at the limit of a head; thirty of each would take a minute if anything were quadratic."""
        for path, fields in (("/" + "a/" * 30000, b""), ("/v1/ticks" + ":a" * 30000, b""), ("/" + "%2F" * 20000, b""),
                             ("/v1/ticks?count=1" + "&" * 60000, b""), ("/v1/ticks?" + "u&" * 30000, b""),
                             ("/v1/ticks?" + "count=1&" * 7500, b""), ("/v1/ticks?" + "a[" * 30000, b""),
                             ("/v1/ticks?" + "." * 60000, b""), ("/v1/ticks?count=" + "9" * 60000, b""),
                             ("/v1/ticks?count=1", b"Accept: " + b"," * 60000 + b"\r\n"),
                             ("/v1/ticks?count=1", b"Accept: " + b"a/b;q=0.1," * 6000 + b"\r\n"),
                             ("/v1/ticks?count=1", b"Accept: " + b'"' * 60001 + b"\r\n"),
                             ("/v1/ticks?count=1", b"Connection: " + b"a," * 30000 + b"\r\n"),
                             ("/v1/ticks?count=1", b"X-Forwarded-For: " + b"1," * 30000 + b"\r\n"),
                             ("/v1/ticks?count=1", b"A-Bin: " + b"," * 60000 + b"\r\n"),
                             ("/v1/ticks?count=1", b"If-None-Match: " + b'"' * 60000 + b"\r\n"),
                             ("/v1/ticks?count=1", b"TE: " + b"," * 60000 + b"\r\n"),
                             ("/v1/ticks?count=1", b"".join(b"a%d: b\r\n" % i for i in range(126)))):
            request = b"GET " + path.encode() + b" HTTP/1.1\r\n" + HEAD + fields + b"\r\n"
            connection = self.connect()
            sender = threading.Thread(target=self.flood, args=(connection, request * 30))
            sender.start()
            received = b""
            while received.count(b"HTTP/1.1 ") < 30 and (piece := connection.recv(1 << 20)):
                received += piece
            sender.join(TIMEOUT)
            self.assertEqual(received.count(b"HTTP/1.1 "), 30, (path[:40], fields[:40]))
        self.assert_well()

    def test_names_and_values_that_are_empty_or_strange(self):
        for target in ("/v1/ticks?=", "/v1/ticks?=&=&&", "/v1/ticks?count=%00", "/v1/ticks?%00", "/%00",
                       "/v1/ticks%00", "/v1/ticks?count", "/v1/ticks?count[]=1", "/v1/ticks?count[=1", "/v1/ticks?%", "/%",
                       "/v1/ticks?%FF=%FF", "/v1/ticks?count=1#", "//", "///", "/v1//ticks", "/:", "/v1/ticks:", "/?", "*"):
            connection = self.connect(f"GET {target} HTTP/1.1\r\n".encode() + HEAD +
                                      b"Accept:\r\nContent-Type:\r\nTE:\r\nConnection: close\r\nA-Bin:\r\nX:\r\n\r\n")
            said = self.all_of(connection)
            self.assertIn(said[:12], (b"HTTP/1.1 400", b"HTTP/1.1 404"), target)
        self.assert_well()


def frame(kind, flags, stream, payload=b""):
    return struct.pack(">I", len(payload))[1:] + bytes([kind, flags]) + struct.pack(">I", stream) + payload


def head_block(path):
    """GET, http, the path, an authority; no Huffman, nothing indexed."""
    return b"\x82\x86\x04\x7f" + varint(len(path) - 127) + path.encode() + b"\x01\x01h" if len(path) >= 127 else \
        b"\x82\x86\x04" + bytes([len(path)]) + path.encode() + b"\x01\x01h"


def varint(number):
    out = b""
    while number >= 128:
        out += bytes([number % 128 | 128])
        number //= 128
    return out + bytes([number])


class HostileOverHttp2(Hostile):
    DATA, HEADERS, PRIORITY, RST_STREAM, SETTINGS, PUSH_PROMISE, PING, GOAWAY, WINDOW_UPDATE, CONTINUATION = range(10)
    PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"

    def open(self, settings=b""):
        return self.connect(self.PREFACE + frame(self.SETTINGS, 0, 0, settings))

    def assert_closed(self, connection):
        """The server hangs up by itself."""
        self.all_of(connection)

    def test_rapid_reset(self):
        connection = self.open()
        self.flood(connection, b"".join(
            frame(self.HEADERS, 5, stream, head_block("/v1/slow?delay_ms=60000")) +
            frame(self.RST_STREAM, 0, stream, struct.pack(">I", 8)) for stream in range(1, 40001, 2)))
        self.assert_closed(connection)
        self.assert_well()

    def test_floods_of_frames_that_cost_nothing_to_send(self):
        for flood in (frame(self.SETTINGS, 0, 0, b"\0\3\0\0\0\5"), frame(self.PING, 0, 0, b"12345678"),
                      frame(self.PRIORITY, 0, 1, b"\0\0\0\0\5")):
            connection = self.open()
            self.flood(connection, flood * 200000)
            self.assert_closed(connection)
        connection = self.open()
        self.flood(connection, frame(self.HEADERS, 4, 1, head_block("/v1/echo").replace(b"\x82", b"\x83")) +
                   frame(self.DATA, 0, 1) * 200000)
        self.assert_closed(connection)
        self.assert_well()

    def test_a_head_that_goes_on_and_on(self):
        connection = self.open()
        self.flood(connection, frame(self.HEADERS, 1, 1, head_block("/v1/slow")) +
                   frame(self.CONTINUATION, 0, 1, b"\x00\x01a\x01b" * 100) * 20000)
        self.assert_closed(connection)
        self.assert_well()

    def test_header_bombs(self):
        """One long field, indexed, then named again and again: a byte for each time."""
        long_field = b"\x40\x01a" + b"\x7f" + varint(3900 - 127) + b"x" * 3900
        connection = self.open()
        connection.sendall(frame(self.HEADERS, 1, 1, head_block("/v1/slow") + long_field + b"\xbe" * 8000) +
                           frame(self.CONTINUATION, 4, 1, b"\xbe" * 16000))
        said = b""
        while b"\x00\x00\x00\x01" not in said and (piece := connection.recv(65536)):
            said += piece  # 431, or a reset
        self.assert_well()

    def test_windows_that_stay_shut(self):
        connection = self.open(b"\0\4\0\0\0\0")  # SETTINGS_INITIAL_WINDOW_SIZE 0
        for stream in range(1, 101, 2):
            connection.sendall(frame(self.HEADERS, 5, stream, head_block("/v1/ticks")))
        curl(self.server.url("/v1/counters?open=50"))
        self.reset(connection)
        self.assert_well(cancelled=50)

    def test_frames_that_are_wrong(self):
        head = frame(self.HEADERS, 5, 1, head_block("/v1/slow"))
        for wrong in (frame(self.DATA, 0, 0, b"x"), frame(self.DATA, 0, 1, b"x"), frame(self.HEADERS, 5, 0, b"\x82"),
                      frame(self.HEADERS, 5, 2, head_block("/")), frame(self.HEADERS, 0xd, 1, b"\xff\x82"),
                      frame(self.HEADERS, 5, 1, b"\xff" * 20), frame(self.CONTINUATION, 4, 1, b"\x82"),
                      frame(self.WINDOW_UPDATE, 0, 0, b"\0\0\0\0"), frame(self.WINDOW_UPDATE, 0, 0, b"\x7f\xff\xff\xff"),
                      frame(self.PUSH_PROMISE, 4, 1, b"\0\0\0\2\x82"), frame(self.SETTINGS, 0, 1), frame(self.PING, 0, 0, b"1"),
                      frame(self.RST_STREAM, 0, 9, b"\0\0\0\0"), frame(self.SETTINGS, 0, 0, b"\0\4\xff\xff\xff\xff"),
                      b"\xff\xff\xff\x00\x00\x00\x00\x00\x01" + b"x" * 20000, b"GET / HTTP/1.1\r\n\r\n",
                      head + head):
            connection = self.open()
            self.flood(connection, wrong)
            connection.shutdown(socket.SHUT_WR)
            self.all_of(connection)
        self.assert_well()

    def test_cut_off_at_every_byte(self):
        bytes_ = self.PREFACE + frame(self.SETTINGS, 0, 0) + frame(self.HEADERS, 5, 1, head_block("/v1/ticks?count=3"))
        for end in range(len(bytes_)):
            connection = self.connect(bytes_[:end])
            connection.shutdown(socket.SHUT_WR)
            self.all_of(connection)
        self.assert_well()


class HostileOverWebSockets(Hostile):

    def open(self, path="/v1/echo"):
        websocket = WebSocket(self.server, path)
        self.addCleanup(websocket.drop)
        self.assertEqual(websocket.status, 101)
        return websocket

    def test_messages_that_are_too_large_or_too_deep(self):
        large = self.open()
        self.flood(large.socket, b"\x81\xff" + struct.pack(">Q", 5 << 20) + b"\0\0\0\0" + b" " * (5 << 20))
        self.assertEqual(large.receive()[:2], ("close", 1009))
        deep = self.open()
        deep.send('{"number":' * 100000)
        self.assertEqual(deep.receive()[:2], ("close", 4003))
        self.assert_well()

    def test_closed_in_the_middle_of_a_message(self):
        for cut in range(1, 12):
            websocket = self.open()
            websocket.socket.sendall((b"\x81\x8e\0\0\0\0" + b'{"number":"1"}')[:cut])
            websocket.socket.shutdown(socket.SHUT_WR)
            while websocket.receive() is not None:
                pass
        self.assert_well()

    def test_a_close_between_the_fragments(self):
        websocket = self.open()
        websocket.frame(TEXT, b'{"number":', final=False)
        websocket.close()
        self.assertEqual(websocket.receive()[:2], ("close", 1000))
        self.assert_well()

    def test_many_that_say_nothing(self):
        raise_file_limit()
        sockets = [self.open() for _ in range(200)]
        self.assertEqual(int(curl(self.server.url("/v1/counters?open=200")).json()["open"]), 200)
        for websocket in sockets:
            websocket.drop()
        self.assert_well(cancelled=200)


class AsyncHttp1(HostileOverHttp1, unittest.TestCase):
    backend = "async"


class PlainHttp1(HostileOverHttp1, unittest.TestCase):
    backend = "plain"


class ProxiedHttp1(HostileOverHttp1, unittest.TestCase):
    backend = "proxy"


class AsyncHttp2(HostileOverHttp2, unittest.TestCase):
    backend = "async"


class PlainHttp2(HostileOverHttp2, unittest.TestCase):
    backend = "plain"


class AsyncWebSockets(HostileOverWebSockets, unittest.TestCase):
    backend = "async"


class PlainWebSockets(HostileOverWebSockets, unittest.TestCase):
    backend = "plain"


if __name__ == "__main__":
    unittest.main()
