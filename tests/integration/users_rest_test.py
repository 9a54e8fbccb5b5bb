"""Every RPC of the users example with curl, over HTTP/1.1 and over HTTP/2."""
import json
import time
import unittest

from harness import CurlStream, Server, curl


class UsersRest:
    version = ""  # of HTTP, set by the classes below

    def setUp(self):
        self.server = self.enterContext(Server("USERS_SERVER", "--rest-address=127.0.0.1:0",
                                               "--grpc-address=127.0.0.1:0"))

    def curl(self, path, *flags, **more):
        return curl(self.server.url(path), *flags, version=self.version, **more)

    def create(self, email, **fields):
        return self.curl("/v1/users", data={"name": "Ada", "email": email, "age": 36, **fields})

    def violations(self, response):
        return {violation["field"]
                for detail in response.json()["details"]
                for violation in detail.get("fieldViolations", [])}

    def test_a_created_user_can_be_read(self):
        before = int(time.time())
        created = self.create("ada@example.com")
        self.assertEqual(created.version, self.version.removeprefix("HTTP/"))
        self.assertEqual(created.status, 200)
        self.assertEqual(created.headers["content-type"], "application/json")
        self.assertEqual(int(created.headers["content-length"]), len(created.body))  # E22
        user = created.json()
        self.assertEqual((user["name"], user["age"]), ("Ada", 36))
        self.assertIn(int(user["createdAt"]), range(before, int(time.time()) + 1))
        read = self.curl(f"/v1/users/{user['id']}")
        self.assertEqual((read.status, read.json()), (200, user))

    def test_a_get_of_an_unknown_user_is_404(self):
        response = self.curl("/v1/users/999")
        self.assertEqual(response.status, 404)
        self.assertEqual(response.json()["code"], 5)
        self.assertIn("999", response.json()["message"])

    def test_a_taken_email_is_409(self):
        self.create("ada@example.com")
        response = self.create("ada@example.com")
        self.assertEqual((response.status, response.json()["code"]), (409, 6))

    def test_an_invalid_email_is_400_with_its_field(self):
        response = self.create("nobody")
        self.assertEqual((response.status, response.json()["code"]), (400, 3))
        detail = response.json()["details"][0]
        self.assertEqual(detail["@type"], "type.googleapis.com/google.rpc.BadRequest")
        self.assertEqual(self.violations(response), {"email"})

    def test_what_is_no_json_or_no_field_is_400(self):
        url = "/v1/users"
        self.assertEqual(self.curl(url, data='{"name":').status, 400)
        unknown = self.curl(url, data={"nmae": "Ada"})
        self.assertEqual((unknown.status, self.violations(unknown)), (400, {"nmae"}))
        query = self.curl(url + "?page_sise=2")
        self.assertEqual((query.status, self.violations(query)), (400, {"page_sise"}))

    def test_unknown_paths_and_verbs(self):
        self.assertEqual(self.curl("/v2/users").status, 404)
        wrong = self.curl("/v1/users/1", "-X", "DELETE")
        self.assertEqual(wrong.status, 405)
        self.assertEqual(set(wrong.headers["allow"].split(", ")) - {"OPTIONS"}, {"GET", "HEAD"})
        head = self.curl("/v1/users/999", "-I")
        self.assertEqual((head.status, head.body.count(b"message")), (404, 0))

    def test_a_list_is_an_array_or_ndjson(self):
        for i in range(3):
            self.create(f"{i}@example.com", name=f"user {i}")
        url = "/v1/users"
        array = self.curl(url)
        self.assertEqual(array.headers["content-type"], "application/json")
        self.assertEqual([user["name"] for user in array.json()], ["user 0", "user 1", "user 2"])
        for accept in ("application/x-ndjson", "application/jsonl"):
            lines = self.curl(url, "-H", f"Accept: {accept}")
            self.assertEqual(lines.headers["content-type"], accept)
            self.assertEqual(lines.lines(), array.json())
        self.assertEqual(self.curl(url, "-H", "Accept: text/html").status, 406)

    def test_a_list_of_nobody_is_an_empty_array(self):
        self.assertEqual(self.curl("/v1/users").body, b"[]")

    def test_pages_lead_through_all_users(self):
        for i in range(5):
            self.create(f"{i}@example.com")
        seen, token, pages = [], "", 0
        while True:
            page = self.curl(f"/v1/users?pageSize=2&page_token={token}")
            self.assertEqual(page.status, 200)
            seen += [user["email"] for user in page.json()]
            pages += 1
            token = page.headers.get("x-next-page-token")
            if token is None:
                break
        self.assertEqual((seen, pages), ([f"{i}@example.com" for i in range(5)], 3))

    def test_a_token_that_no_page_gave_is_400(self):
        response = self.curl("/v1/users?page_token=abc", "-H", "Accept: application/x-ndjson")
        self.assertEqual((response.status, self.violations(response)), (400, {"pageToken"}))

    def test_bulk_create_takes_ndjson_and_arrays(self):
        url = "/v1/users:bulkCreate"
        users = [{"name": "n", "email": f"{i}@example.com"} for i in range(3)]
        lines = "\n".join(json.dumps(user) for user in users)
        response = self.curl(url, "-H", "Content-Type: application/x-ndjson", data=lines)
        self.assertEqual(response.status, 200, response.body)
        self.assertEqual(response.json()["createdCount"], 3)
        for user, user_id in zip(users, response.json()["userIds"], strict=True):
            read = self.curl(f"/v1/users/{user_id}").json()
            self.assertEqual(read["email"], user["email"])
        array = [{"name": "n", "email": f"{i}@array.example.com"} for i in range(2)]
        response = self.curl(url, "-H", "Content-Type: application/json", data=array)
        self.assertEqual(response.json()["createdCount"], 2)

    def test_bulk_create_says_what_is_wrong(self):
        url = "/v1/users:bulkCreate"
        refused = self.curl(url, "-H", "Content-Type: application/x-ndjson", data='{"email":"nobody"}')
        self.assertEqual((refused.status, self.violations(refused)), (400, {"email"}))
        broken = self.curl(url, "-H", "Content-Type: application/x-ndjson", data='{"name":')
        self.assertEqual(broken.status, 400)

    def test_chat_is_full_duplex(self):
        texts = ["hello", "are you there?", "bye"]
        messages = [{"userId": "1", "text": text} for text in texts]
        chat = CurlStream(self.server.url("/v1/chat"), messages[0], self.version)
        for number, text in enumerate(texts):
            answer = chat.receive()  # before the request has ended
            self.assertEqual((answer["userId"], answer["text"]), ("1", text))
            self.assertLess(abs(int(answer["serverTimeMs"]) - time.time() * 1000), 60_000)
            if number + 1 < len(messages):
                chat.send(messages[number + 1])
        self.assertEqual(chat.finish(), 0)

    def test_the_openapi_document_is_served(self):
        document = self.curl("/openapi.json")
        self.assertEqual(document.headers["content-type"], "application/json")
        self.assertTrue(document.json()["openapi"].startswith("3.1"))
        self.assertEqual(set(document.json()["paths"]),
                         {"/v1/users", "/v1/users/{user_id}", "/v1/users:bulkCreate", "/v1/chat"})
        yaml = self.curl("/openapi.yaml")
        self.assertEqual(yaml.status, 200)
        self.assertRegex(yaml.body.decode(), r"(?m)^openapi: .?3\.1")


class UsersOverHttp1(UsersRest, unittest.TestCase):
    version = "HTTP/1.1"


class UsersOverHttp2(UsersRest, unittest.TestCase):
    version = "HTTP/2"


if __name__ == "__main__":
    unittest.main()
