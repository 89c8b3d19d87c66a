"""A mail server of the tests' own: it takes mails, refuses some, hangs up on others."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage


@dataclass
class PostOffice:
    """What the server got, and how it answers."""

    port: int = 0
    received: list[tuple[str, bytes]] = field(default_factory=list)
    """Each mail taken: to whom, and as it came."""
    of_address: dict[str, str] = field(default_factory=dict)
    """The reply to an address, instead of taking it."""
    to_data: str = ""
    """The reply to a mail once it is whole, instead of taking it."""
    to_sender: str = ""
    drops: int = 0
    """How many mails it takes without a word, its connection closed."""
    connections: int = 0

    @property
    def messages(self) -> list[EmailMessage]:
        """Read the mails taken."""
        return [message_from_bytes(raw, policy=policy.default) for _to, raw in self.received]  # type: ignore[misc]


@contextmanager
def post_office() -> Iterator[PostOffice]:
    """Serve mails on a free port of this machine."""
    office = PostOffice()

    class Counter(socketserver.StreamRequestHandler):
        """One conversation."""

        def handle(self) -> None:
            office.connections += 1
            self.say("220 ready")
            self.to = ""
            while line := self.rfile.readline():
                verb, _, rest = line.decode().strip().partition(" ")
                if not self.answer(verb.upper(), rest):
                    return

        def answer(self, verb: str, rest: str) -> bool:
            """Answer a command; false ends the conversation."""
            if verb == "MAIL":
                self.say(office.to_sender or "250 ok")
            elif verb == "RCPT":
                self.to = rest.partition("<")[2].partition(">")[0]
                self.say(office.of_address.get(self.to, "250 ok"))
            elif verb == "DATA":
                return self.take()
            elif verb == "QUIT":
                self.say("221 bye")
                return False
            else:
                self.say("250 ok")
            return True

        def take(self) -> bool:
            """Take the lines of a mail."""
            self.say("354 go on")
            lines = []
            while (line := self.rfile.readline()) not in {b".\r\n", b""}:
                lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
            if not office.to_data:
                office.received.append((self.to, b"".join(lines)))
            if office.drops:
                office.drops -= 1
                return False
            self.say(office.to_data or "250 taken")
            return True

        def say(self, reply: str) -> None:
            """Send a reply."""
            self.wfile.write(f"{reply}\r\n".encode())

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Counter) as server:
        server.daemon_threads = True
        office.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield office
        finally:
            server.shutdown()
            thread.join()
