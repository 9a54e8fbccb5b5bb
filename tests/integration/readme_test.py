"""The console blocks of the READMEs: every command is run, every answer compared.

A line that starts with "$ " is a command, what follows up to the next one is its output. Times differ
from run to run: the digits of createdAt and serverTimeMs are compared as N.
"""
import os
import re
import subprocess
import unittest

from harness import Server, TIMEOUT

EXAMPLES = os.environ["EXAMPLES_DIR"]
TIMES = re.compile(r'("(?:createdAt|serverTimeMs)":"|created_at: |date: )[^",\n]+', re.I)


def commands(readme):
    """(command, expected output) of each command in the ```console blocks."""
    with open(readme, encoding="utf-8") as text:
        blocks = re.findall(r"^```console\n(.*?)^```", text.read(), re.S | re.M)
    for block in blocks:
        for entry in re.split(r"^\$ ", block, flags=re.M)[1:]:
            lines = entry.split("\n")
            end = next(i for i, line in enumerate(lines) if not line.endswith("\\"))
            yield "\n".join(lines[:end + 1]), "\n".join(lines[end + 1:]).strip()


class Readmes(unittest.TestCase):

    def check(self, folder, server, replacements, least=4):
        found = 0
        for command, expected in commands(os.path.join(EXAMPLES, folder, "README.md")):
            run = command
            for text, actual in replacements.items():
                run = run.replace(text, actual)
            done = subprocess.run(["bash", "-c", run], text=True, stdout=subprocess.PIPE,
                                  stderr=subprocess.STDOUT, timeout=TIMEOUT, check=False)
            actual = "\n".join(line.rstrip() for line in done.stdout.strip().splitlines())
            with self.subTest(command):
                self.assertEqual(TIMES.sub(r"\1N", actual), TIMES.sub(r"\1N", expected))
            found += 1
        self.assertGreaterEqual(found, least)
        self.assertEqual(server.stop(), 0)

    def test_users(self):
        server = Server("USERS_SERVER", "--rest-address=127.0.0.1:0", "--grpc-address=127.0.0.1:0")
        self.check("users", server, {
            "localhost:8080": server.rest, "localhost:9090": server.grpc,
            "users_client": os.environ["USERS_CLIENT"]})

    def test_the_readme(self):
        server = Server("USERS_SERVER", "--rest-address=127.0.0.1:0", "--grpc-address=127.0.0.1:0")
        self.check("..", server, {"localhost:8080": server.rest})

    def test_chat(self):
        server = Server("CHAT_SERVER", "127.0.0.1:0")
        self.check("chat", server, {"localhost:8080": server.rest}, least=2)

    def test_existing_grpc(self):
        server = Server("NOTES_SERVER", "--rest-address=127.0.0.1:0", "--grpc-address=127.0.0.1:0")
        gateway = self.enterContext(Server("NOTES_SERVER", "--rest-address=127.0.0.1:0",
                                           f"--backend={server.grpc}"))
        self.check("existing_grpc", server,
                   {"localhost:8080": server.rest, "localhost:8081": gateway.rest})


if __name__ == "__main__":
    unittest.main()
