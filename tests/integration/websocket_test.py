"""WebSockets over real sockets: the four kinds of methods, errors, cancellation, draining.

Each class runs the same cases against another backend: coroutines, blocking code, a proxy over gRPC
in the same process, and a gateway to a gRPC server in another one.
"""
import signal
import time
import unittest

from harness import curl, serve_streams
from websocket import WebSocket


class WebSockets:
    backend = ""  # set by the classes below

    def setUp(self):
        self.server = serve_streams(self, self.backend)

    def open(self, path, *subprotocols, **headers):
        socket = WebSocket(self.server, path, *subprotocols, **headers)
        self.addCleanup(socket.drop)
        return socket

    def counters(self, **at_least):
        """The counters, once they have reached `at_least`; the server waits, not the test."""
        query = "&".join(f"{name}={value}" for name, value in at_least.items())
        got = curl(self.server.url(f"/v1/counters?{query}")).json()
        return {name: got.get(name, 0) for name in ("open", "cancelled", "finished")}

    def test_both_directions(self):  # E25
        echo = self.open("/v1/echo")
        self.assertEqual(echo.status, 101)
        for number in range(1, 101):
            echo.send({"number": number})
            self.assertEqual(echo.receive_json(), {"number": str(number)})
        echo.half_close()
        self.assertEqual(echo.receive(), ("close", 1000, ""))
        self.assertEqual(self.counters(finished=1)["cancelled"], 0)

    def test_a_server_stream(self):  # E25
        ticks = self.open("/v1/ticks?count=3000")
        self.assertEqual([int(ticks.receive_json()["number"]) for _ in range(3000)],
                         list(range(1, 3001)))
        self.assertEqual(ticks.receive(), ("close", 1000, ""))

    def test_a_client_stream(self):  # E25
        total = self.open("/v1/sum")
        for number in range(1, 1001):
            total.send({"number": number})
        total.half_close()
        self.assertEqual(total.receive_json(), {"number": "500500"})
        self.assertEqual(total.receive(), ("close", 1000, ""))

    def test_binary_messages(self):  # E25
        echo = self.open("/v1/echo", "protorest.proto")
        self.assertEqual(echo.headers["sec-websocket-protocol"], "protorest.proto")
        echo.send(b"\x08\x2a")  # number: 42
        self.assertEqual(echo.receive(), ("binary", b"\x08\x2a"))
        echo.half_close()
        self.assertEqual(echo.receive(), ("close", 1000, ""))

    def test_an_unary_method_is_none(self):  # E25
        slow = self.open("/v1/slow")
        self.assertEqual(slow.status, 400)

    def test_an_error_is_a_close_code(self):  # E10
        for number in (0, 2):
            socket = self.open(f"/v1/break?number={number}")
            for i in range(1, number + 1):
                self.assertEqual(socket.receive_json(), {"number": str(i)})
            self.assertEqual(socket.receive(), ("close", 4009, "broken on purpose"))

    def test_an_invalid_message_is_one_too(self):  # E25
        echo = self.open("/v1/echo")
        echo.send('{"number": "x"}')
        kind, code, reason = echo.receive()
        self.assertEqual((kind, code), ("close", 4003))
        self.assertEqual(reason, "number: expected an integer from -9223372036854775808 to 9223372036854775807, got \"x\"")
        self.counters(finished=1)

    def test_a_client_that_goes_away_cancels_its_call(self):  # E12
        for count, leave in enumerate((WebSocket.drop, WebSocket.close), start=1):
            echo = self.open("/v1/echo")
            echo.send({"number": 1})
            echo.receive()
            leave(echo)
            self.assertEqual(self.counters(cancelled=count)["open"], 0, leave)

    def test_a_client_that_does_not_read_pushes_back_and_cancels(self):  # E12
        ticks = self.open("/v1/ticks")
        self.assertEqual(ticks.receive_json(), {"number": "1"})
        ticks.drop()
        self.assertEqual(self.counters(cancelled=1)["open"], 0)

    def test_a_deadline_closes_it(self):  # E11
        echo = self.open("/v1/echo", **{"Grpc-Timeout": "50m"})
        self.assertEqual(echo.receive()[:2], ("close", 4004))

    def test_an_origin_that_is_not_listed(self):  # E25
        self.assertEqual(self.open("/v1/ticks?count=1", Origin="https://evil.example").status, 403)
        own = f"http://{self.server.rest}"
        self.assertEqual(self.open("/v1/ticks?count=1", Origin=own).status, 101)

    def test_a_server_that_stops_says_so(self):  # E25
        echo = self.open("/v1/echo")
        echo.send({"number": 1})
        echo.receive()
        self.server.process.send_signal(signal.SIGTERM)
        self.assertEqual(echo.receive()[:2], ("close", 1001))
        echo.close(1001)
        echo.drop()
        self.assertEqual(self.server.wait(), 0)

    def test_clients_that_have_gone_hold_up_no_stop(self):  # E12
        for leave in (WebSocket.drop, lambda ticks: (ticks.close(), ticks.drop())):
            for messages in range(3):
                for _ in range(10):
                    ticks = self.open("/v1/ticks")
                    for number in range(messages):
                        ticks.send({"number": number})
                    leave(ticks)
        start = time.monotonic()
        self.assertEqual(self.server.stop(), 0)
        self.assertLess(time.monotonic() - start, 4)  # a close handshake may take 5 s, a drain 20


class AsyncWebSockets(WebSockets, unittest.TestCase):
    backend = "async"


class PlainWebSockets(WebSockets, unittest.TestCase):
    backend = "plain"


class ProxiedWebSockets(WebSockets, unittest.TestCase):
    backend = "proxy"


class GatewayWebSockets(WebSockets, unittest.TestCase):
    backend = "gateway"

    def test_a_backend_that_dies_closes_it(self):  # E10
        echo = self.open("/v1/echo")
        echo.send({"number": 1})
        self.assertEqual(echo.receive_json(), {"number": "1"})
        self.server.backend.kill()
        self.assertEqual(echo.receive()[:2], ("close", 4014))


if __name__ == "__main__":
    unittest.main()
