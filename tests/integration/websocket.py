"""A WebSocket client for the tests, of the standard library alone: it sends what it is told to."""
import base64
import json
import os
import struct

TEXT, BINARY, CLOSE, PING, PONG = 1, 2, 8, 9, 10
KINDS = {TEXT: "text", BINARY: "binary", CLOSE: "close", PING: "ping", PONG: "pong"}


class WebSocket:
    """Open on `path` once made, unless `status` says something else than 101."""

    def __init__(self, server, path, *subprotocols, **headers):
        self.socket = server.connect()
        self.buffer = b""
        fields = {"Host": server.rest, "Connection": "Upgrade", "Upgrade": "websocket",
                  "Sec-WebSocket-Version": "13",
                  "Sec-WebSocket-Key": base64.b64encode(os.urandom(16)).decode(), **headers}
        if subprotocols:
            fields["Sec-WebSocket-Protocol"] = ", ".join(subprotocols)
        head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
        self.socket.sendall(f"GET {path} HTTP/1.1\r\n{head}\r\n".encode())
        while b"\r\n\r\n" not in self.buffer:
            if not self._fill():
                break
        head, _, self.buffer = self.buffer.partition(b"\r\n\r\n")
        lines = head.decode().split("\r\n")
        self.status = int(lines[0].split()[1])
        self.headers = {name.lower(): value for name, value in
                        (line.split(": ", 1) for line in lines[1:])}

    def send(self, message):
        """A dict as JSON, a str as it is, bytes as a binary message."""
        if isinstance(message, dict):
            message = json.dumps(message)
        self.frame(BINARY if isinstance(message, bytes) else TEXT,
                   message if isinstance(message, bytes) else message.encode())

    def half_close(self):
        self.send("")

    def frame(self, opcode, payload=b"", final=True):
        mask = os.urandom(4)
        size = len(payload)
        length = bytes([0x80 | size]) if size < 126 else (
            b"\xfe" + struct.pack(">H", size) if size < 65536 else b"\xff" + struct.pack(">Q", size))
        masked = bytes(byte ^ mask[i % 4] for i, byte in enumerate(payload))
        self.socket.sendall(bytes([opcode | (0x80 if final else 0)]) + length + mask + masked)

    def receive(self):
        """("text", str), ("binary", bytes), ("close", code, reason); pings are answered; None at the end."""
        while True:
            header = self._take(2)
            if header is None:
                return None
            size = header[1] & 0x7f
            if size == 126:
                size = struct.unpack(">H", self._take(2))[0]
            elif size == 127:
                size = struct.unpack(">Q", self._take(8))[0]
            payload = self._take(size)
            opcode = header[0] & 15
            if opcode == PING:
                self.frame(PONG, payload)
            elif opcode == CLOSE:
                return "close", struct.unpack(">H", payload[:2])[0], payload[2:].decode()
            elif opcode != PONG:
                return KINDS[opcode], payload.decode() if opcode == TEXT else payload

    def receive_json(self):
        kind, text = self.receive()
        assert kind == "text", kind
        return json.loads(text)

    def close(self, code=1000):
        self.frame(CLOSE, struct.pack(">H", code))

    def drop(self):
        """Goes away without a word."""
        self.socket.close()

    def _fill(self):
        piece = self.socket.recv(65536)
        self.buffer += piece
        return piece

    def _take(self, size):
        while len(self.buffer) < size:
            if not self._fill():
                return None
        taken, self.buffer = self.buffer[:size], self.buffer[size:]
        return taken
