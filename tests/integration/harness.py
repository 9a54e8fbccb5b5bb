"""Runs servers and clients for the integration tests. Standard library only; gRPC where a test asks.

The programs under test come from the environment, set by CMake: USERS_SERVER, MAPPING_SERVER,
NOTES_SERVER, STREAM_SERVER, GRPC_CLIENT_TEST, PROTOC, GRPC_PYTHON_PLUGIN, PROTO_DIRS, WORK_DIR.
"""
import importlib
import json
import os
import resource
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading

TIMEOUT = int(os.environ.get("STEP_TIMEOUT", "60"))  # seconds until a step that hangs fails its test; generous for sanitizer builds

HTTP_VERSIONS = {"HTTP/1.1": "--http1.1", "HTTP/2": "--http2-prior-knowledge"}


def raise_file_limit():
    """1,000 connections need more files than most shells allow."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


class Server:
    """A server program from its start until `with` ends; `rest` and `grpc` are its addresses."""

    def __init__(self, program, *arguments):
        command = [os.environ[program], *arguments]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                        text=True, preexec_fn=raise_file_limit)
        self.rest = self.grpc = None
        self.errors = ""
        # What the server says on standard error, taken as it comes so that the pipe never fills.
        self._drain = threading.Thread(target=self._read_errors, daemon=True)
        self._drain.start()
        for line in self.process.stdout:
            kind, _, address = line.strip().partition(" on ")
            if kind == "gRPC":
                self.grpc = address
            elif kind == "REST":
                self.rest = address
            if self.rest:  # the last line: the server hears signals from now on
                return
        self.process.wait(TIMEOUT)
        raise RuntimeError(f"{command} did not start: {self.errors}")

    def _read_errors(self):
        for line in self.process.stderr:
            self.errors += line

    def url(self, path):
        return f"http://{self.rest}{path}"

    def connect(self):
        """A TCP connection to the REST port."""
        host, port = self.rest.rsplit(":", 1)
        return socket.create_connection((host, int(port)), timeout=TIMEOUT)

    def stop(self, sig=signal.SIGTERM):
        """Sends the signal; returns the exit code."""
        self.process.send_signal(sig)
        return self.wait()

    def kill(self):
        """Ends it as a crash would."""
        self.process.kill()
        self.wait()

    def wait(self):
        """The exit code of a server that has been told to stop."""
        code = self.process.wait(TIMEOUT)
        self._drain.join(TIMEOUT)
        self.process.stdout.close()
        self.process.stderr.close()
        return code

    def __enter__(self):
        return self

    def __exit__(self, exception, *_):
        if self.process.returncode is not None:
            return
        code = self.stop()
        if exception is None and code != 0:
            raise RuntimeError(f"the server ended with {code}: {self.errors}")


def serve_streams(test, kind, *arguments):
    """A STREAM_SERVER until the test ends: "async", "plain", "proxy", or a "gateway" to another process."""
    backend = None
    if kind == "gateway":
        backend = test.enterContext(Server("STREAM_SERVER", "async"))
        kind = f"gateway={backend.grpc}"
    server = test.enterContext(Server("STREAM_SERVER", kind, *arguments))
    server.backend = backend
    return server


class Response:
    """What curl got: `status`, `headers` (lower-case keys), `body` (bytes), `version` ("1.1", "2")."""

    def __init__(self, head, body):
        blocks = [block for block in head.replace("\r", "").split("\n\n") if block.strip()]
        lines = blocks[-1].split("\n")  # after any 100 Continue
        protocol, status = lines[0].split(" ")[:2]
        self.version = protocol.removeprefix("HTTP/")
        self.status = int(status)
        pairs = (line.split(":", 1) for line in lines[1:] if ":" in line)
        self.headers = {key.lower(): value.strip() for key, value in pairs}
        self.body = body

    def json(self):
        return json.loads(self.body)

    def lines(self):
        """NDJSON."""
        return [json.loads(line) for line in self.body.splitlines()]


def curl(url, *flags, version="HTTP/1.1", data=None, check=True):
    """One request with curl. `data` (text, or an object for JSON) makes it a POST."""
    command = ["curl", "-sS", "--max-time", str(TIMEOUT), HTTP_VERSIONS[version], *flags]
    if data is not None:
        text = data if isinstance(data, str) else json.dumps(data)
        command += ["--data-binary", "@-"]
        if not any(flag.startswith("Content-Type:") for flag in flags):
            command += ["-H", "Content-Type: application/json"]
    else:
        text = ""
    with tempfile.NamedTemporaryFile("r") as head:
        done = subprocess.run([*command, "-D", head.name, url], input=text.encode(), check=False,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        if check and done.returncode != 0:
            raise RuntimeError(f"curl {url}: exit {done.returncode}: {done.stderr.decode()}")
        response = Response(head.read() or "HTTP/0 0", done.stdout)
        response.curl_exit = done.returncode
        return response


class CurlStream:
    """A curl that sends what `send` gives it while it reads: both directions at the same time.

    Two bugs of curl 7.88's -T . are kept out of the way: where it finds nothing to read at once it sends
    nothing later either, so the first message waits for it; with --max-time it forgets to receive.
    """

    def __init__(self, url, first, version="HTTP/1.1"):
        source, self.sink = os.pipe()
        self.send(first)
        self.process = subprocess.Popen(
            ["curl", "-sSN", HTTP_VERSIONS[version], "-T", ".", "-X", "POST",
             "-H", "Content-Type: application/x-ndjson", "-H", "Accept: application/x-ndjson",
             "-H", "Expect:", url],
            stdin=source, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0)
        os.close(source)

    def send(self, message):
        os.write(self.sink, json.dumps(message).encode() + b"\n")

    def receive(self):
        """The next message; None at the end."""
        ready, _, _ = select.select([self.process.stdout], [], [], TIMEOUT)
        if not ready:
            raise TimeoutError("no answer on the stream")
        line = self.process.stdout.readline()
        return json.loads(line) if line else None

    def finish(self):
        """Half-closes, reads the rest, returns curl's exit code."""
        os.close(self.sink)
        self.process.stdout.read()
        self.process.stdout.close()
        return self.process.wait(TIMEOUT)

    def kill(self):
        self.process.kill()
        self.process.wait(TIMEOUT)
        os.close(self.sink)
        self.process.stdout.close()


def grpc_stubs(proto):
    """Generates Python's gRPC code of a .proto and imports it: (messages, services)."""
    out = os.path.join(os.environ["WORK_DIR"], "python")
    os.makedirs(out, exist_ok=True)
    imports = [f"-I{folder}" for folder in os.environ["PROTO_DIRS"].split(":")]
    subprocess.run(
        [os.environ["PROTOC"], f"--plugin=protoc-gen-grpc={os.environ['GRPC_PYTHON_PLUGIN']}",
         f"--python_out={out}", f"--grpc_out={out}", *imports, proto,
         "google/api/annotations.proto", "google/api/http.proto"], check=True)
    if out not in sys.path:
        sys.path.insert(0, out)
    # google is a package of Debian's protobuf: its google/api is the one just generated.
    import google
    google.__path__.append(os.path.join(out, "google"))
    base = proto.removesuffix(".proto")
    return importlib.import_module(f"{base}_pb2"), importlib.import_module(f"{base}_pb2_grpc")
