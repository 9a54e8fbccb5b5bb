"""A server that is told to stop: what it has taken it answers, and it ends with 0."""
import http.client
import os
import signal
import sqlite3
import subprocess
import threading
import unittest

from harness import HTTP_VERSIONS, Server, TIMEOUT, curl


class Drain(unittest.TestCase):

    def test_both_signals_end_an_idle_server(self):
        for program, arguments in (("USERS_SERVER", ("--rest-address=127.0.0.1:0", "--grpc-address=127.0.0.1:0")),
                                   ("NOTES_SERVER", ("--rest-address=127.0.0.1:0",))):
            for sig in (signal.SIGINT, signal.SIGTERM):
                server = Server(program, *arguments)
                self.assertEqual(server.stop(sig), 0, (program, sig, server.errors))

    def test_calls_in_flight_are_answered(self):
        for version in HTTP_VERSIONS:
            for backend in ("async", "plain", "proxy"):
                with self.subTest(version=version, backend=backend):
                    server = Server("STREAM_SERVER", backend)
                    call = subprocess.Popen(
                        ["curl", "-s", HTTP_VERSIONS[version], server.url("/v1/slow?delay_ms=500")],
                        stdout=subprocess.PIPE)
                    curl(server.url("/v1/counters?open=1"))
                    server.process.send_signal(signal.SIGTERM)
                    self.assertEqual(call.communicate(timeout=TIMEOUT)[0], b'{"number":"500"}')
                    self.assertEqual(server.wait(), 0)

    def test_under_load_no_answered_request_is_lost(self):
        """Clients create users until the server is gone; each answer is a row, and each row an answer."""
        database = os.path.join(os.environ["WORK_DIR"], "drain_test.db")
        for suffix in ("", "-journal"):
            if os.path.exists(database + suffix):
                os.remove(database + suffix)
        server = Server("USERS_SERVER", f"--db={database}", "--rest-address=127.0.0.1:0",
                        "--grpc-address=127.0.0.1:0")
        answered = []
        warm = threading.Semaphore(0)

        def create(client):
            connection = http.client.HTTPConnection(server.rest, timeout=TIMEOUT)
            for number in range(10**6):
                email = f"{client}-{number}@example.com"
                try:
                    connection.request("POST", "/v1/users", f'{{"email":"{email}"}}')
                    response = connection.getresponse()
                    body = response.read()
                except (OSError, http.client.RemoteDisconnected):
                    return  # no answer: then no row either
                if response.status == 200 and body:
                    answered.append(email)
                warm.release()
                if response.getheader("connection") == "close":
                    connection.close()

        clients = [threading.Thread(target=create, args=(client,)) for client in range(16)]
        for client in clients:
            client.start()
        for _ in range(200):
            warm.acquire(timeout=TIMEOUT)
        self.assertEqual(server.stop(signal.SIGTERM), 0, server.errors)
        for client in clients:
            client.join(TIMEOUT)
        with sqlite3.connect(database) as rows:
            stored = [row[0] for row in rows.execute("SELECT email FROM users")]
        self.assertGreaterEqual(len(answered), 200)
        self.assertEqual(sorted(answered), sorted(stored))


if __name__ == "__main__":
    unittest.main()
