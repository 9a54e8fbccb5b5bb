"""The HTTP mapping over real sockets, with curl and Python's http.client."""
import http.client
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

    def test_a_connection_goes_on_after_a_response_without_a_body(self):
        connection = http.client.HTTPConnection(self.server.rest, timeout=TIMEOUT)
        self.addCleanup(connection.close)
        for _ in range(2):
            connection.request("DELETE", "/items/a")
            response = connection.getresponse()
            self.assertEqual((response.status, response.read()), (204, b""))

    def test_leniency_of_a_method(self):
        self.assertEqual(self.curl("/lenient/a?nope=1").status, 200)
        self.assertEqual(self.curl("/strict/a?nope=1").status, 400)


if __name__ == "__main__":
    unittest.main()
