"""Server-Sent Events over real sockets, read by curl and by Python's http.client.

Each class runs the same cases against another backend: coroutines, blocking code, a proxy over gRPC
in the same process, and a gateway to a gRPC server in another one.
"""
import http.client
import json
import unittest

from harness import HTTP_VERSIONS, TIMEOUT, curl, serve_streams

ACCEPT = "text/event-stream"


def parse(block):
    """The fields of one event; a comment is the field ""."""
    return dict(line.split(": ", 1) if ": " in line else (line.rstrip(":"), "")
                for line in block.split("\n"))


def events(text):
    """All events of a whole response, without the comments."""
    assert text == "" or text.endswith("\n\n"), text[-100:]
    return [event for event in map(parse, text.split("\n\n")[:-1]) if "data" in event]


class EventSource:
    """What a script does that reads events as they come."""

    def __init__(self, server, path, **headers):
        self.connection = http.client.HTTPConnection(server.rest, timeout=TIMEOUT)
        self.connection.request("GET", path, headers={"Accept": ACCEPT, **headers})
        self.response = self.connection.getresponse()

    def next(self):
        lines = []
        while (line := self.response.readline().decode()) not in ("\n", ""):
            lines.append(line.rstrip("\n"))
        return parse("\n".join(lines))

    def next_event(self):
        while "data" not in (event := self.next()):
            pass
        return event

    def close(self):
        # What is not read makes the close a reset, as when a program ends.
        self.connection.close()
        self.response.close()


class Events:
    backend = ""  # set by the classes below

    def setUp(self):
        self.server = serve_streams(self, self.backend)

    def serve_with_heartbeat(self):
        self.server = serve_streams(self, self.backend, "heartbeat")

    def source(self, path, **headers):
        source = EventSource(self.server, path, **headers)
        self.addCleanup(source.close)
        return source

    def test_an_event_for_each_message(self):  # E24
        for version in HTTP_VERSIONS:
            response = curl(self.server.url("/v1/ticks?count=2000"), "-H", f"Accept: {ACCEPT}",
                            version=version)
            self.assertEqual(events(response.body.decode()),
                             [{"id": str(i), "data": json.dumps({"number": str(i)}).replace(" ", "")}
                              for i in range(1, 2001)], version)

    def test_the_head_says_what_it_is(self):  # E20, E24
        head = self.source("/v1/ticks?count=1").response
        self.assertEqual((head.status, head.getheader("content-type"), head.getheader("cache-control"),
                          head.getheader("x-accel-buffering")), (200, ACCEPT, "no-store", "no"))

    def test_an_idle_stream_is_open_and_kept_so(self):  # E24
        self.serve_with_heartbeat()
        idle = self.source("/v1/ticks?count=1&await_started=2")
        self.assertEqual(idle.response.status, 200)
        self.assertEqual([idle.next(), idle.next()], [{"": ""}, {"": ""}])
        self.source("/v1/ticks?count=1")  # what the first waits for
        self.assertEqual(idle.next_event(), {"id": "1", "data": '{"number":"1"}'})

    def test_who_comes_back_gets_what_follows(self):  # E24
        first = self.source("/v1/ticks")
        self.assertEqual([first.next_event()["id"] for _ in range(3)], ["1", "2", "3"])
        first.close()
        again = self.source("/v1/ticks", **{"Last-Event-ID": "3"})
        self.assertEqual(again.next_event(), {"id": "4", "data": '{"number":"4"}'})

    def test_who_comes_back_at_the_end_is_told_to_stay(self):  # E24
        self.assertEqual(self.source("/v1/ticks?count=3", **{"Last-Event-ID": "3"}).response.status, 204)

    def test_a_reader_that_leaves_cancels_its_call(self):  # E12
        source = self.source("/v1/ticks")
        source.next_event()
        source.close()
        counters = curl(self.server.url("/v1/counters?cancelled=1")).json()
        self.assertEqual(counters["cancelled"], 1)

    def test_a_reader_of_an_idle_stream_that_leaves_cancels_its_call(self):  # E12
        self.serve_with_heartbeat()
        source = self.source("/v1/ticks?await_started=1000")
        source.next()
        source.close()
        counters = curl(self.server.url("/v1/counters?cancelled=1")).json()
        self.assertEqual(counters["cancelled"], 1)

    def test_an_error_before_the_first_message_is_an_ordinary_error(self):  # E9
        for version in HTTP_VERSIONS:
            response = curl(self.server.url("/v1/break"), "-H", f"Accept: {ACCEPT}", version=version)
            self.assertEqual((response.status, response.json()["code"]), (400, 9), version)

    def test_an_error_after_it_is_an_event_of_its_own(self):  # E10
        for version in HTTP_VERSIONS:
            response = curl(self.server.url("/v1/break?number=1"), "-H", f"Accept: {ACCEPT}",
                            version=version)
            last = events(response.body.decode())[-1]
            self.assertEqual(last["event"], "error", version)
            self.assertEqual(json.loads(last["data"]), {"code": 9, "message": "broken on purpose"})


class AsyncEvents(Events, unittest.TestCase):
    backend = "async"


class PlainEvents(Events, unittest.TestCase):
    backend = "plain"


class ProxiedEvents(Events, unittest.TestCase):
    backend = "proxy"


class GatewayEvents(Events, unittest.TestCase):
    backend = "gateway"

    def test_a_backend_that_dies_ends_the_stream_with_an_error(self):  # E10
        source = self.source("/v1/ticks?await_started=1")
        source.next_event()
        self.server.backend.kill()
        while (event := source.next_event()).get("event") != "error":
            pass
        self.assertEqual(json.loads(event["data"])["code"], 14)
        self.assertEqual(self.source("/v1/ticks").response.status, 503)


if __name__ == "__main__":
    unittest.main()
