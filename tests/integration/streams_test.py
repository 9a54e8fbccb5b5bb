"""Streams over real sockets: many at once, cut off half-way, and broken by an error.

Each class runs the same cases against another backend: coroutines, blocking code, a proxy over gRPC
in the same process, and a gateway to a gRPC server in another one.
"""
import json
import shutil
import socket
import subprocess
import unittest

from harness import CurlStream, HTTP_VERSIONS, TIMEOUT, curl, raise_file_limit, serve_streams

NDJSON = ("-H", "Accept: application/x-ndjson")


class Streams:
    backend = ""  # set by the classes below

    def setUp(self):
        self.server = serve_streams(self, self.backend)

    def counters(self, **at_least):
        """The counters, once they have reached `at_least`; the server waits, not the test."""
        query = "&".join(f"{name}={value}" for name, value in at_least.items())
        got = curl(self.server.url(f"/v1/counters?{query}")).json()
        counters = {name: got.get(name, 0) for name in ("open", "cancelled", "finished")}
        for name, value in at_least.items():
            self.assertGreaterEqual(counters[name], value, name)
        return counters

    def test_a_long_stream_arrives_whole_and_in_order(self):
        for version in HTTP_VERSIONS:
            response = curl(self.server.url("/v1/ticks?count=20000"), *NDJSON, version=version)
            numbers = [int(line["number"]) for line in response.lines()]
            self.assertEqual(numbers, list(range(1, 20001)), version)
            array = curl(self.server.url("/v1/ticks?count=1000"), version=version).json()
            self.assertEqual(len(array), 1000, version)

    def test_a_client_stream_is_read_to_its_end(self):
        lines = "\n".join(json.dumps({"number": i}) for i in range(5000))
        for version in HTTP_VERSIONS:
            response = curl(self.server.url("/v1/sum"), "-H", "Content-Type: application/x-ndjson",
                            version=version, data=lines)
            self.assertEqual(int(response.json()["number"]), sum(range(5000)), version)

    def test_half_a_client_stream_is_no_stream(self):  # B13
        for path, answer in (("/v1/sum", b"HTTP/1.1 400 "), ("/v1/echo", b"HTTP/1.1 200 ")):
            with self.server.connect() as connection:
                connection.sendall(f"POST {path} HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n"
                                   "Accept: application/x-ndjson, application/json;q=0.5\r\n\r\n".encode())
                connection.sendall(b'd\r\n{"number":1}\n\r\n')
                received = connection.recv(1) if path == "/v1/echo" else b""  # it has begun
                connection.sendall(b"no chunk\r\n")
                received += connection.makefile("rb").read()
            self.assertTrue(received.startswith(answer), received)
            self.assertIn(b'"code":3,"message":"the request body broke off"', received)

    def test_a_client_that_stops_sending_and_listens_hears_of_it(self):  # B13, E12
        """The connection half-closed within the body: whoever sees it first, the reader or the watch over the client."""
        count = 0
        for body in (b"", b'd\r\n{"num', b'd\r\n{"number":1}\n\r\n') * 5:
            for path in ("/v1/sum", "/v1/echo"):
                with self.server.connect() as connection:
                    connection.sendall(f"POST {path} HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n"
                                       "Accept: application/x-ndjson, application/json;q=0.5\r\n\r\n".encode() + body)
                    connection.shutdown(socket.SHUT_WR)
                    received = connection.makefile("rb").read()
                begun = path == "/v1/echo" and received.startswith(b"HTTP/1.1 200 ")  # the error is the last line then
                self.assertTrue(begun or received.startswith(b"HTTP/1.1 400 "), received)
                self.assertIn(b'"code":3,"message":"the request body broke off"', received)
                count += 1
        # Behind a proxy a call may be cancelled before it gets there.
        counters = self.counters(cancelled=count if self.backend in ("async", "plain") else 1)
        self.assertEqual(counters["finished"], 0)

    def test_a_client_that_goes_away_cancels_its_call(self):  # E12
        for count, version in enumerate(HTTP_VERSIONS, start=1):
            client = subprocess.Popen(
                ["curl", "-sN", HTTP_VERSIONS[version], *NDJSON, self.server.url("/v1/ticks")],
                stdout=subprocess.PIPE)
            self.assertEqual(json.loads(client.stdout.readline()), {"number": "1"})
            client.kill()
            client.wait(TIMEOUT)
            client.stdout.close()
            self.assertEqual(self.counters(cancelled=count)["open"], 0, version)

    def test_a_client_that_goes_away_while_nothing_is_sent_cancels_its_call(self):  # E12
        for count, version in enumerate(HTTP_VERSIONS, start=1):
            echo = CurlStream(self.server.url("/v1/echo"), {"number": "7"}, version)
            self.assertEqual(echo.receive(), {"number": "7"})
            echo.kill()
            self.assertEqual(self.counters(cancelled=count)["open"], 0, version)

    def test_an_unary_call_is_cancelled_with_its_client(self):  # E12
        for count, version in enumerate(HTTP_VERSIONS, start=1):
            client = subprocess.Popen(
                ["curl", "-s", HTTP_VERSIONS[version], self.server.url("/v1/slow?delay_ms=60000")])
            self.counters(open=1)
            client.kill()
            client.wait(TIMEOUT)
            self.assertEqual(self.counters(cancelled=count)["open"], 0, version)

    def test_a_deadline_ends_the_call(self):  # E11
        for count, version in enumerate(HTTP_VERSIONS, start=1):
            response = curl(self.server.url("/v1/slow?delay_ms=60000"), "-H", "Grpc-Timeout: 50m",
                            version=version)
            self.assertEqual((response.status, response.json()["code"]), (504, 4), version)
            self.counters(cancelled=count)

    def test_an_error_before_the_first_message_is_an_ordinary_error(self):  # E9
        for version in HTTP_VERSIONS:
            for accept in ("application/json", "application/x-ndjson"):
                response = curl(self.server.url("/v1/break"), "-H", f"Accept: {accept}", version=version)
                self.assertEqual((response.status, response.json()["code"]), (400, 9))

    def test_an_error_after_it_is_no_data(self):  # E10
        for version in HTTP_VERSIONS:
            lines = curl(self.server.url("/v1/break?number=2"), *NDJSON, version=version).lines()
            self.assertEqual(lines[:2], [{"number": "1"}, {"number": "2"}])
            self.assertEqual(lines[2]["error"]["code"], 9)
            array = curl(self.server.url("/v1/break?number=2"), version=version, check=False)
            self.assertNotEqual(array.curl_exit, 0, version)
            with self.assertRaises(ValueError):
                array.json()


class AsyncStreams(Streams, unittest.TestCase):
    backend = "async"
    STREAMS = 1000

    def echo(self, connection, number):
        """Sends one message of a chunked request and reads its echo, the headers before it too."""
        line = b'{"number":"%d"}\n' % number
        connection.sendall(b"%x\r\n%s\r\n" % (len(line), line))
        received = b""
        while line not in received:
            piece = connection.recv(4096)
            self.assertNotEqual(piece, b"", received)
            received += piece

    def test_a_thousand_streams_over_as_many_connections(self):
        raise_file_limit()
        connections = [self.enterContext(self.server.connect()) for _ in range(self.STREAMS)]
        for connection in connections:
            connection.sendall(b"POST /v1/echo HTTP/1.1\r\nHost: h\r\nAccept: application/x-ndjson\r\n"
                               b"Content-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n")
        for message in range(3):
            for number, connection in enumerate(connections):
                self.echo(connection, 10 * number + message + 1)
            self.assertEqual(self.counters()["open"], self.STREAMS)
        for connection in connections:
            connection.sendall(b"0\r\n\r\n")
        self.assertEqual(self.counters(finished=self.STREAMS)["open"], 0)

    def test_a_thousand_streams_over_ten_http2_connections(self):
        if shutil.which("h2load") is None:
            self.skipTest("h2load (nghttp2-client) is missing")
        # No stream sends a message before all of them are open: all are served, or none.
        url = self.server.url(f"/v1/ticks?count=3&await_started={self.STREAMS}")
        load = subprocess.run(["h2load", f"-n{self.STREAMS}", "-c10", "-m100", url], text=True,
                              stdout=subprocess.PIPE, check=True, timeout=TIMEOUT)
        self.assertIn(f"{self.STREAMS} succeeded, 0 failed, 0 errored", load.stdout)
        self.assertEqual(self.counters(finished=self.STREAMS)["open"], 0)


class PlainStreams(Streams, unittest.TestCase):
    backend = "plain"

    def test_blocked_calls_do_not_starve_the_others(self):
        slow = [subprocess.Popen(["curl", "-s", self.server.url("/v1/slow?delay_ms=60000")])
                for _ in range(20)]
        self.counters(open=len(slow))
        response = curl(self.server.url("/v1/slow"))
        self.assertEqual(response.status, 200)
        for client in slow:
            client.kill()
            client.wait(TIMEOUT)
        self.counters(cancelled=len(slow))


class ProxiedStreams(Streams, unittest.TestCase):
    backend = "proxy"


class GatewayStreams(Streams, unittest.TestCase):
    backend = "gateway"

    def test_a_backend_that_dies_ends_the_calls(self):  # E10
        url = self.server.url("/v1/ticks")
        lines = subprocess.Popen(["curl", "-sN", *NDJSON, url], stdout=subprocess.PIPE)
        array = subprocess.Popen(["curl", "-sN", url], stdout=subprocess.PIPE)
        self.assertEqual(json.loads(lines.stdout.readline()), {"number": "1"})
        self.assertEqual(array.stdout.read(1), b"[")
        self.server.backend.kill()
        last = lines.communicate(timeout=TIMEOUT)[0].splitlines()[-1]
        self.assertEqual(json.loads(last)["error"]["code"], 14)
        self.assertFalse(array.communicate(timeout=TIMEOUT)[0].endswith(b"]"))
        self.assertNotEqual(array.returncode, 0)


if __name__ == "__main__":
    unittest.main()
