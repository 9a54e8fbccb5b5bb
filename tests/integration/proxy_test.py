"""REST in front of an untouched gRPC service: in the same process, and as a gateway to a remote one."""
import socket
import unittest

from harness import CurlStream, Server, curl


class Notes:
    version = ""  # of HTTP, set by the classes below

    def curl(self, path, *flags, **more):
        return curl(self.server.url(path), *flags, version=self.version, **more)

    def add(self, *texts):
        lines = "\n".join('{"text":"%s"}' % text for text in texts)
        return self.curl("/v1/notes:add", "-H", "Content-Type: application/x-ndjson", data=lines)

    def test_all_four_kinds(self):
        self.assertEqual(self.add("buy milk", "call Ada").json(), {"ids": [1, 2]})
        self.assertEqual(self.curl("/v1/notes/2").json(), {"id": 2, "text": "call Ada"})
        self.assertEqual(self.curl("/v1/notes?contains=milk").json(), [{"id": 1, "text": "buy milk"}])
        look_up = CurlStream(self.server.url("/v1/notes:lookUp"), {"id": 2}, self.version)
        self.assertEqual(look_up.receive(), {"id": 2, "text": "call Ada"})
        look_up.send({"id": 1})
        self.assertEqual(look_up.receive(), {"id": 1, "text": "buy milk"})
        self.assertEqual(look_up.finish(), 0)

    def test_errors_keep_their_code(self):
        missing = self.curl("/v1/notes/9")
        self.assertEqual(missing.status, 404)
        self.assertEqual(missing.json(), {"code": 5, "message": "no note has the id 9"})
        self.assertEqual(self.add("").status, 400)

    def test_requests_that_rest_refuses_never_reach_the_backend(self):
        self.assertEqual(self.curl("/v1/notes/x").status, 400)
        self.assertEqual(self.curl("/v1/notes?content=milk").status, 400)


class InProcess(Notes):

    def setUp(self):
        self.server = self.enterContext(Server("NOTES_SERVER", "--rest-address=127.0.0.1:0"))


class Gateway(Notes):

    def setUp(self):
        backend = self.enterContext(Server("NOTES_SERVER", "--rest-address=127.0.0.1:0",
                                           "--grpc-address=127.0.0.1:0"))
        self.server = self.enterContext(Server("NOTES_SERVER", "--rest-address=127.0.0.1:0",
                                               f"--backend={backend.grpc}"))


class InProcessOverHttp1(InProcess, unittest.TestCase):
    version = "HTTP/1.1"


class InProcessOverHttp2(InProcess, unittest.TestCase):
    version = "HTTP/2"


class GatewayOverHttp1(Gateway, unittest.TestCase):
    version = "HTTP/1.1"


class GatewayOverHttp2(Gateway, unittest.TestCase):
    version = "HTTP/2"


class NoBackend(unittest.TestCase):

    def test_a_backend_that_is_not_there_is_503(self):
        with socket.socket() as taken:  # bound and not listening: nobody else gets the port
            taken.bind(("127.0.0.1", 0))
            address = "127.0.0.1:%d" % taken.getsockname()[1]
            server = self.enterContext(Server("NOTES_SERVER", "--rest-address=127.0.0.1:0",
                                              f"--backend={address}"))
            response = curl(server.url("/v1/notes/1"))
            self.assertEqual((response.status, response.json()["code"]), (503, 14))


if __name__ == "__main__":
    unittest.main()
