"""gRPC clients, Python's and C++'s, against the server that serves REST at the same time."""
import os
import subprocess
import unittest

import grpc

from harness import Server, TIMEOUT, curl, grpc_stubs

users, users_grpc = grpc_stubs("users.proto")
streams, streams_grpc = grpc_stubs("streams.proto")


class UsersOverGrpc(unittest.TestCase):

    def setUp(self):
        self.server = self.enterContext(Server("USERS_SERVER", "--rest-address=127.0.0.1:0",
                                               "--grpc-address=127.0.0.1:0"))
        channel = self.enterContext(grpc.insecure_channel(self.server.grpc))
        self.stub = users_grpc.UserServiceStub(channel)

    def create(self, email):
        return self.stub.CreateUser(users.CreateUserRequest(name="Ada", email=email, age=36))

    def assert_fails(self, code, call, request):
        with self.assertRaises(grpc.RpcError) as raised:
            call(request)
        self.assertEqual(raised.exception.code(), code)
        return raised.exception

    def test_rest_and_gRPC_see_the_same_users(self):
        by_grpc = self.create("grpc@example.com")
        read = curl(self.server.url(f"/v1/users/{by_grpc.id}")).json()
        self.assertEqual((read["email"], int(read["createdAt"])), (by_grpc.email, by_grpc.created_at))
        by_rest = curl(self.server.url("/v1/users"), data={"email": "rest@example.com"}).json()
        self.assertEqual(self.stub.GetUser(users.GetUserRequest(user_id=by_rest["id"])).email,
                         "rest@example.com")

    def test_errors_have_their_codes_and_details(self):
        self.create("ada@example.com")
        self.assert_fails(grpc.StatusCode.NOT_FOUND, self.stub.GetUser,
                          users.GetUserRequest(user_id="999"))
        self.assert_fails(grpc.StatusCode.ALREADY_EXISTS, self.create, "ada@example.com")
        error = self.assert_fails(grpc.StatusCode.INVALID_ARGUMENT, self.create, "nobody")
        trailers = dict(error.trailing_metadata())
        self.assertIn(b"type.googleapis.com/google.rpc.BadRequest", trailers["grpc-status-details-bin"])
        self.assertIn(b"email", trailers["grpc-status-details-bin"])

    def test_pages_are_streamed_with_the_next_token_in_the_initial_metadata(self):
        for i in range(3):
            self.create(f"{i}@example.com")
        first = self.stub.ListUsers(users.ListUsersRequest(page_size=2))
        self.assertEqual([user.email for user in first], ["0@example.com", "1@example.com"])
        token = dict(first.initial_metadata())["x-next-page-token"]
        second = self.stub.ListUsers(users.ListUsersRequest(page_size=2, page_token=token))
        self.assertEqual([user.email for user in second], ["2@example.com"])
        self.assertNotIn("x-next-page-token", dict(second.initial_metadata()))

    def test_bulk_create_and_chat(self):
        requests = (users.CreateUserRequest(email=f"{i}@example.com") for i in range(5))
        self.assertEqual(self.stub.BulkCreateUsers(requests).created_count, 5)
        chat = self.stub.Chat(users.ChatMessage(text=text) for text in ("a", "b"))
        self.assertEqual([message.text for message in chat], ["a", "b"])

    def test_the_cpp_client(self):
        client = subprocess.run([os.environ["GRPC_CLIENT_TEST"], self.server.grpc], text=True,
                                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=TIMEOUT,
                                check=False)
        self.assertEqual(client.returncode, 0, client.stdout)


class StreamsOverGrpc:
    backend = ""  # set by the classes below

    def setUp(self):
        self.server = self.enterContext(Server("STREAM_SERVER", self.backend))
        channel = self.enterContext(grpc.insecure_channel(self.server.grpc))
        self.stub = streams_grpc.StreamServiceStub(channel)

    def test_a_cancelled_call_cancels_the_handler(self):
        call = self.stub.Ticks(streams.TicksRequest())
        self.assertEqual(next(call).number, 1)
        call.cancel()
        counters = self.stub.AwaitCounters(streams.Counters(cancelled=1))
        self.assertEqual((counters.open, counters.cancelled), (0, 1))

    def test_a_deadline_cancels_the_handler(self):
        with self.assertRaises(grpc.RpcError) as raised:
            self.stub.Slow(streams.SlowRequest(delay_ms=60000), timeout=0.05)
        self.assertEqual(raised.exception.code(), grpc.StatusCode.DEADLINE_EXCEEDED)
        self.assertEqual(self.stub.AwaitCounters(streams.Counters(cancelled=1)).cancelled, 1)


class AsyncStreamsOverGrpc(StreamsOverGrpc, unittest.TestCase):
    backend = "async"


class PlainStreamsOverGrpc(StreamsOverGrpc, unittest.TestCase):
    backend = "plain"


if __name__ == "__main__":
    unittest.main()
