"""The HTTP mapping over real sockets, with curl and Python's http.client."""
import base64
import http.client
import json
import socket
import tempfile
import unittest

from harness import TIMEOUT, Server, curl


class Mapping(unittest.TestCase):

    @classmethod
    def setUpClass(cls):
        cls.server = cls.enterClassContext(Server("MAPPING_SERVER"))

    def curl(self, path, *flags, **more):
        return curl(self.server.url(path), *flags, **more)

    def request(self, method, path, body=None, headers=None):
        """With http.client, which sends the body as it is: the response and its bytes."""
        connection = http.client.HTTPConnection(self.server.rest, timeout=TIMEOUT)
        self.addCleanup(connection.close)
        connection.request(method, path, body, headers or {})
        response = connection.getresponse()
        return response, response.read()

    def test_the_status_of_success_is_the_methods(self):
        for version in ("HTTP/1.1", "HTTP/2"):
            created = self.curl("/items", data={"id": "a"}, version=version)
            self.assertEqual((created.status, created.json()), (201, {"id": "a"}))
            self.assertEqual(created.headers["location"], "/items/a")
            deleted = self.curl("/items/a", "-X", "DELETE", version=version)
            self.assertEqual((deleted.status, deleted.body), (204, b""))

    def test_a_body_that_breaks_off_is_told(self):
        head = b"POST /items HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
        for chunk, ends in ((b"zz\r\n{}\r\n", False), (b"9\r\n{", True)):
            with self.server.connect() as connection:
                connection.sendall(head + chunk)
                if ends:
                    connection.shutdown(socket.SHUT_WR)
                answer = connection.makefile("rb").read()
            self.assertTrue(answer.startswith(b"HTTP/1.1 400 "), answer)
            self.assertIn(b'"message":"the request body broke off"', answer)

    def test_an_answer_before_the_body_is_whole_arrives(self):
        """A client that is still sending must not lose it: curl with HTTP/2 does, where the stream is reset at once."""
        large = "x" * 6_000_000
        for version in ("HTTP/1.1", "HTTP/2"):
            for path, media, status in (("/items", "application/json", 413), ("/items", "text/plain", 415),
                                        ("/nowhere", "text/plain", 404), ("/items:watch", "text/plain", 405)):
                answer = self.curl(path, "-H", f"Content-Type: {media}", "-H", "Expect:", data=large, version=version,
                                   check=False)
                self.assertEqual(answer.status, status, (version, path))
                self.assertIn("code", answer.json())

    def test_a_connection_goes_on_after_a_response_without_a_body(self):
        connection = http.client.HTTPConnection(self.server.rest, timeout=TIMEOUT)
        self.addCleanup(connection.close)
        for _ in range(2):
            connection.request("DELETE", "/items/a")
            response = connection.getresponse()
            self.assertEqual((response.status, response.read()), (204, b""))

    def test_a_file_goes_up_and_comes_down(self):
        data = bytes(range(256)) * 5000
        with tempfile.NamedTemporaryFile() as file:
            file.write(data)
            file.flush()
            for version in ("HTTP/1.1", "HTTP/2"):
                echo = self.curl("/files", "-T", file.name, "-X", "POST", "-H",
                                 "Content-Type: image/x-test", version=version)
                self.assertEqual(echo.status, 200)
                self.assertEqual(echo.headers["content-type"], "image/x-test")
                self.assertEqual(echo.body, data)

    def test_chunks_go_through_as_they_come(self):
        """Each chunk comes back before the next one is sent: nothing waits for the whole."""
        with self.server.connect() as connection:
            connection.sendall(b"POST /pipe HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\n"
                               b"Transfer-Encoding: chunked\r\n\r\n")
            answer = connection.makefile("rb")
            for chunk in (b"one", b"two", b"three"):
                connection.sendall(b"%x\r\n%s\r\n" % (len(chunk), chunk))
                while answer.readline() != chunk + b"\r\n":
                    pass
            connection.sendall(b"0\r\n\r\n")

    def test_an_upload_larger_than_any_limit_on_a_message(self):
        chunk = b"x" * 65536
        count = 160  # 10 MiB; a message may have 4
        response, body = self.request("POST", "/uploads/big", (chunk for _ in range(count)),
                                      {"Content-Type": "text/plain"})
        self.assertEqual(response.status, 200)
        uploaded = json.loads(body)
        self.assertEqual(len(base64.b64decode(uploaded["data"])), count * len(chunk))

    def test_protobuf_both_ways(self):
        item = b"\x0a\x01a\x18\x07"  # id: "a" number: 7
        response, body = self.request("POST", "/items", item, {
            "Content-Type": "application/x-protobuf", "Accept": "application/x-protobuf"})
        self.assertEqual((response.status, body), (201, item))
        self.assertEqual(response.headers["Content-Type"], "application/x-protobuf")
        response, body = self.request("POST", "/items", b"\xff", {
            "Content-Type": "application/x-protobuf", "Accept": "application/x-protobuf"})
        self.assertEqual((response.status, body[:2]), (400, b"\x08\x03"))  # a google.rpc.Status

    def test_curls_forms(self):
        form = self.curl("/forms", "-d", "text=a b", "-d", "tags=x", "-d", "tags=y")
        self.assertEqual(form.json(), {"text": "a b", "tags": ["x", "y"]})
        with tempfile.NamedTemporaryFile(suffix=".html") as file:
            file.write(b"<p>")
            file.flush()
            parts = self.curl("/forms", "-F", "text=a", "-F", f"file=@{file.name};type=text/html",
                              "-F", 'nested={"number":7};type=application/json')
            self.assertEqual(parts.json(), {
                "text": "a", "nested": {"number": 7},
                "file": {"contentType": "text/html", "data": base64.b64encode(b"<p>").decode()}})
            stream = self.curl("/uploads/a", "-F", f"f=@{file.name};type=text/html")
            self.assertEqual(stream.json()["data"], base64.b64encode(b"<p>").decode())
        told = self.curl("/forms", "-d", '{"text":"a"}')
        self.assertIn("Content-Type: application/json", told.json()["message"])

    def test_a_patch_gets_its_mask_from_its_body(self):
        patched = self.curl("/patch/1", "-X", "PATCH",
                            data={"text": "t", "nested": {"number": 1, "tags": []}})
        self.assertEqual(patched.json()["updateMask"], "nested.number,nested.tags,text")

    def test_what_the_client_has_is_not_sent_again(self):
        first = self.curl("/tagged/a")
        tag = first.headers["etag"]
        for version in ("HTTP/1.1", "HTTP/2"):
            again = self.curl("/tagged/a", "-H", f"If-None-Match: {tag}", version=version)
            self.assertEqual((again.status, again.body, again.headers["etag"]), (304, b"", tag))
        connection = http.client.HTTPConnection(self.server.rest, timeout=TIMEOUT)
        self.addCleanup(connection.close)
        for path, status in (("/tagged/a", 304), ("/tagged/b", 200)):  # one connection
            connection.request("GET", path, headers={"If-None-Match": tag})
            response = connection.getresponse()
            self.assertEqual((response.status, bool(response.read())), (status, status == 200))

    def test_pages_of_a_listed_origin(self):
        with Server("MAPPING_SERVER", "cors") as server:
            origin = "https://app.example.com"
            preflight = curl(server.url("/items/a"), "-X", "OPTIONS", "-H", f"Origin: {origin}", "-H",
                             "Access-Control-Request-Method: DELETE")
            self.assertEqual(preflight.status, 204)
            self.assertEqual(preflight.headers["access-control-allow-origin"], origin)
            self.assertEqual(preflight.headers["access-control-allow-methods"], "DELETE")
            for path in ("/as_server/a", "/items:watch", "/openapi.json", "/nowhere"):
                for version in ("HTTP/1.1", "HTTP/2"):
                    answer = curl(server.url(path), "-H", f"Origin: {origin}", version=version)
                    self.assertEqual(answer.headers["access-control-allow-origin"], origin, path)
            told = curl(server.url("/as_server/a"), "-H", f"Origin: {origin}").headers
            self.assertEqual(told["access-control-expose-headers"], "*")
            self.assertNotIn("access-control-allow-origin",
                             curl(server.url("/as_server/a"), "-H", "Origin: https://x").headers)

    def test_problems(self):
        with Server("MAPPING_SERVER", "problem") as server:
            missing = curl(server.url("/nowhere"))
            self.assertEqual((missing.status, missing.headers["content-type"]),
                             (404, "application/problem+json"))
            self.assertEqual(missing.json(), {"title": "Not Found", "status": 404,
                                              "detail": "no such path", "code": "NOT_FOUND"})
            responses = curl(server.url("/openapi.json")).json()["components"]["responses"]
            self.assertEqual(list(responses["Error"]["content"]), ["application/problem+json"])

    def test_e14_lists_of_header_fields(self):
        fields = ("-H", "X-Tenant: a", "-H", "X-Secret-Key: b", "-H", "Tenant: c")
        with Server("MAPPING_SERVER", "headers") as server:
            for version in ("HTTP/1.1", "HTTP/2"):
                told = curl(server.url("/as_server/a"), *fields, version=version).headers
                self.assertEqual(told["x-seen-keys"], "x-tenant")
                self.assertNotIn("x-internal-cost", told)
        told = self.curl("/as_server/a", *fields).headers
        self.assertEqual(told["x-seen-keys"], "x-tenant x-secret-key x-forwarded-for x-forwarded-host")
        self.assertEqual(told["x-internal-cost"], "7")

    def test_e15_what_proxies_say_of_the_client(self):
        fields = ("-H", "X-Forwarded-For: 6.6.6.6, 203.0.113.7, 10.1.2.3", "-H", "X-Forwarded-Host: api.example.com")
        with Server("MAPPING_SERVER", "proxies") as server:
            for version in ("HTTP/1.1", "HTTP/2"):
                told = curl(server.url("/as_server/a"), *fields, version=version).headers
                self.assertEqual((told["x-seen-client"], told["x-seen-host"]), ("203.0.113.7", "api.example.com"))
                told = curl(server.url("/as_server/a"), version=version).headers
                self.assertEqual((told["x-seen-client"], told["x-seen-host"]), ("127.0.0.1", server.rest))
        # Who is not trusted is not believed.
        told = self.curl("/as_server/a", *fields).headers
        self.assertEqual((told["x-seen-client"], told["x-seen-host"]), ("127.0.0.1", self.server.rest))

    def test_leniency_of_a_method(self):
        self.assertEqual(self.curl("/lenient/a?nope=1").status, 200)
        self.assertEqual(self.curl("/strict/a?nope=1").status, 400)


if __name__ == "__main__":
    unittest.main()
