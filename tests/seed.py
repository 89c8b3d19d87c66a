"""A process that has imported everything, whose copies become servers.

A server of the tests would spend seconds of processor on importing what the one before imported.
What each does afterwards is what `python -m gunicorn` does: its master reads the settings of
deploy/, and its workers make the application.
"""

from __future__ import annotations

import atexit
import contextlib
import gc
import json
import os
import select
import signal
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
SETTINGS = "deploy/gunicorn.conf.py"


class Master:
    """The first process of a server: a copy of the seed, thus nobody's child here."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.handle: int | None = None
        with contextlib.suppress(ProcessLookupError):  # It may have ended by now.
            self.handle = os.pidfd_open(pid)

    def has_ended(self, patience: float | None = 0) -> bool:
        """Tell whether the process has ended, once it has or patience is at its end."""
        if self.handle is None:
            return True
        poll = select.poll()
        poll.register(self.handle, select.POLLIN)
        if not poll.poll(None if patience is None else patience * 1000):
            return False
        os.close(self.handle)
        self.handle = None
        return True

    def terminate(self) -> None:
        """Ask the process to finish."""
        if self.handle is not None:
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self.handle, signal.SIGTERM)


class Seed:
    """The process that is copied."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.seed"], cwd=ROOT, text=True, bufsize=1,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip
        atexit.register(self.close)

    def grow(self, environment: dict[str, str], log: Path) -> Master:
        """Make a server of a copy, in a session of its own."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps({"environment": environment, "log": str(log)}) + "\n")
        self.process.stdin.flush()
        return Master(int(self.process.stdout.readline()))

    def close(self) -> None:
        """Let the process end."""
        for pipe in (self.process.stdin, self.process.stdout):
            assert pipe is not None
            pipe.close()
        self.process.wait()


@cache
def planted() -> Seed:
    """Give the seed of this process, started when the first server is asked for."""
    return Seed()


def wait_for_orders() -> None:
    """Import everything, then make a copy for each line that comes."""
    import gunicorn.app.wsgiapp  # noqa: F401

    import app.features  # noqa: F401 - `app` alone leaves them for the first application.
    import deploy.fair_worker  # noqa: F401

    gc.collect()
    gc.freeze()  # The copies share what is here.
    signal.signal(signal.SIGCHLD, reap)
    for line in sys.stdin:
        if os.fork() == 0:
            serve(json.loads(line))


def reap(*_: object) -> None:
    """Leave no zombie of the servers that ended."""
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def serve(order: dict[str, Any]) -> None:
    """Be the server that is asked for."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.setsid()
    os.environ.clear()
    os.environ.update(order["environment"])
    os.write(1, f"{os.getpid()}\n".encode())
    nothing = os.open(os.devnull, os.O_RDONLY)
    log = os.open(order["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for ours, theirs in ((nothing, 0), (log, 1), (log, 2)):
        os.dup2(ours, theirs)
    os.closerange(3, max(nothing, log) + 1)
    sys.argv = ["gunicorn", "-c", SETTINGS]
    from gunicorn.app.wsgiapp import run

    run()


if __name__ == "__main__":
    wait_for_orders()
