"""gunicorn with the settings of deploy/, for the application or for the bare one."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"
APPLICATION, BARE = "deploy.wsgi:app", "benchmarks.bare_wsgi:app"
PATIENCE_SECONDS = 30


def free_port() -> int:
    """Find a port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True, slots=True)
class Served:
    """A server at work."""

    port: int
    pid: int
    """Of the process that watches over those that serve."""

    def workers(self) -> list[int]:
        """List the processes that serve."""
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text(encoding="ascii")
        return sorted(map(int, children.split()))


@contextmanager
def serving(target: str, **settings: str) -> Iterator[int]:
    """Serve an application and yield its port."""
    with running(target, **settings) as served:
        yield served.port


@contextmanager
def running(target: str, **settings: str) -> Iterator[Served]:
    """Serve an application and yield its port and its process."""
    port = free_port()
    environment = os.environ | settings | {"HOST": HOST, "PORT": str(port)}
    environment |= {"GUNICORN_LOG_LEVEL": "error"}
    command = [sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn.conf.py", target]
    with tempfile.TemporaryFile() as log:  # As in service, a line is written for each request.
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=log)
        try:
            wait_until_ready(process, port)
            yield Served(port, process.pid)
        finally:
            process.terminate()
            process.wait(30)


def wait_until_ready(process: subprocess.Popen[bytes], port: int) -> None:
    """Wait until the server answers."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError("the server stopped at once")
        try:
            connection = http.client.HTTPConnection(HOST, port, timeout=2)
            connection.request("GET", "/healthz")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the server does not answer")
