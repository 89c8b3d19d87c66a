"""A real server for tests: gunicorn with the settings of deploy/, on a port of its own."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import time
from pathlib import Path

from tests.databases import QUIET
from tests.seed import Master, planted

ROOT = Path(__file__).parent.parent
HOST = "127.0.0.1"
PATIENCE = 60.0
"""Seconds given to a start: the machine may be busy with other tests."""


def free_port() -> int:
    """Find a port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


class Server:
    """A gunicorn that can be killed and started again at the same address."""

    def __init__(self, database_url: str, folder: Path, **settings: str) -> None:
        self.port = free_port()
        self.url = f"http://{HOST}:{self.port}"
        self.log = folder / f"server-{self.port}.log"
        self.master: Master | None = None
        self.environment = os.environ | {
            "DATABASE_URL": database_url,
            "SECRET_KEY": str(QUIET["SECRET_KEY"]),
            "PUBLIC_URL": self.url,
            "HOST": HOST,
            "PORT": str(self.port),
            "WORKERS": "2",
            "LOG_LEVEL": "ERROR",
            "GUNICORN_LOG_LEVEL": "error",
            "RATE_LIMITS": "false",
            "MAIL_FILE_PATH": str(folder / "mail"),
            "PREVIEW_WALL_SECONDS": str(QUIET["PREVIEW_WALL_SECONDS"]),
        }
        self.environment |= settings

    def __enter__(self) -> Server:
        self.start()
        return self

    def __exit__(self, *failure: object) -> None:
        self.stop()

    def start(self) -> None:
        """Start the processes; wait until all are there, and answer."""
        self.master = planted().grow(self.environment, self.log)
        deadline = time.monotonic() + PATIENCE
        while len(self.workers()) < int(self.environment["WORKERS"]) or not self.answers():
            if self.master.has_ended() or time.monotonic() > deadline:
                raise RuntimeError(f"the server did not start: {self.log.read_text()[-2000:]}")
            time.sleep(0.05)

    def answers(self) -> bool:
        """Tell whether a process answers."""
        connection = http.client.HTTPConnection(HOST, self.port, timeout=5)
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def workers(self) -> list[int]:
        """List the processes that serve, oldest first."""
        assert self.master is not None
        pid = self.master.pid
        try:
            children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        except FileNotFoundError:
            return []
        return sorted(map(int, children))

    def kill(self) -> None:
        """Kill every process at once, as a machine that loses its power."""
        assert self.master is not None
        os.killpg(self.master.pid, signal.SIGKILL)
        self.master.has_ended(patience=None)

    def stop(self) -> None:
        """Ask the processes to finish, and kill what does not."""
        if self.master is None or self.master.has_ended():
            return
        self.master.terminate()
        if not self.master.has_ended(patience=10):
            self.kill()


def kill_process(pid: int) -> bool:
    """Kill one process; tell whether it was there."""
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True
