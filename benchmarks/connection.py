"""A client's connection: HTTP written and read by hand, so that the client is not the limit."""

from __future__ import annotations

import json
import re
import socket
from dataclasses import dataclass

from benchmarks.servers import HOST

STATUS = re.compile(rb"HTTP/1\.1 (\d{3})")
LENGTH = re.compile(rb"\r\nContent-Length: (\d+)", re.IGNORECASE)
LOCATION = re.compile(rb"\r\nLocation: ([^\r]+)", re.IGNORECASE)


class UnexpectedAnswer(Exception):
    """A status that the measure does not expect: the figure would be of something else."""


@dataclass(frozen=True, slots=True)
class Reply:
    """A response, as far as a measure needs it."""

    status: int
    head: bytes
    body: bytes

    @property
    def location(self) -> str:
        """Give the path of a redirect."""
        found = LOCATION.search(self.head)
        assert found is not None, self.head
        return found[1].decode()


class Connection:
    """One kept-alive connection to a server, with the headers of its agent."""

    def __init__(self, port: int, headers: dict[str, str]) -> None:
        self.port = port
        self.fixed = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        self.socket: socket.socket | None = None

    def open(self) -> socket.socket:
        """Connect, or return the connection that is open."""
        if self.socket is None:
            self.socket = socket.create_connection((HOST, self.port), timeout=30)
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return self.socket

    def close(self) -> None:
        """Close the connection."""
        if self.socket is not None:
            self.socket.close()
            self.socket = None

    def get(self, path: str) -> Reply:
        """Get a page."""
        return self.send("GET", path, b"", "")

    def post_form(self, path: str, body: str) -> Reply:
        """Post a form that is encoded already."""
        return self.send("POST", path, body.encode(), "application/x-www-form-urlencoded")

    def put_json(self, path: str, value: object) -> Reply:
        """Put a value as JSON."""
        return self.send("PUT", path, json.dumps(value).encode(), "application/json")

    def post_json(self, path: str, value: object) -> Reply:
        """Post a value as JSON."""
        return self.send("POST", path, json.dumps(value).encode(), "application/json")

    def send(self, method: str, path: str, body: bytes, kind: str) -> Reply:
        """Send a request and read the whole response; anything but 2xx or 3xx is an error."""
        reply = self.exchange(method, path, body, kind)
        if not 200 <= reply.status < 400:
            raise UnexpectedAnswer(f"{method} {path}: {reply.status} {reply.body[:300]!r}")
        return reply

    def exchange(self, method: str, path: str, body: bytes = b"", kind: str = "") -> Reply:
        """Send a request and read the whole response, whatever its status."""
        head = f"{method} {path} HTTP/1.1\r\nHost: {HOST}:{self.port}\r\n{self.fixed}"
        if kind:
            head += f"Content-Type: {kind}\r\nContent-Length: {len(body)}\r\n"
        stream = self.open()
        stream.sendall(head.encode() + b"\r\n" + body)
        return self.read(stream)

    def read(self, stream: socket.socket) -> Reply:
        """Read one response."""
        data = b""
        while (end := data.find(b"\r\n\r\n")) < 0:
            data += self.receive(stream)
        head = data[:end]
        status, length = STATUS.match(head), LENGTH.search(head)
        assert status is not None, head
        missing = (int(length[1]) if length else 0) - (len(data) - end - 4)
        while missing > 0:
            more = self.receive(stream)
            data += more
            missing -= len(more)
        return Reply(int(status[1]), head, data[end + 4 :])

    def receive(self, stream: socket.socket) -> bytes:
        """Receive what there is; a closed connection is an error."""
        more = stream.recv(65536)
        if not more:
            raise ConnectionError("the server closed the connection")
        return more
