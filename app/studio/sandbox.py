"""The process apart that reads unpublished files, as the server holds it: one job at a time.

It is started, spoken to and replaced by one thread that lives as long as the server does: Linux
ends it with that *thread*, and a web server ends threads as it likes.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import structlog

from app.dialect.sandbox import start
from app.dialect.sandbox.frames import (
    LONGEST_FRAME,
    BadFrameError,
    Limits,
    encode,
    frame,
    read_frame,
)
from app.dialect.sandbox.protocol import ANSWERS, Answer

log = structlog.get_logger()
START_SECONDS = 10.0
"""Patience with a start: a third of a second on an idle machine."""
GRACE_SECONDS = 1.0
"""What the sandbox has to tell of a job that it stopped, before it is ended itself."""


class LostError(Exception):
    """The process ended, or does not answer in time."""


class Sandbox:
    """A sandbox, started when it is first needed and again when it is lost."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[bytes] | None = None
        self.is_closed = False

    def run(self, limits: Limits, job: bytes) -> Answer:
        """Have a job done; raise `LostError` where no process can be started."""
        if len(job) > LONGEST_FRAME:
            return Answer(refusal="files")
        process = self.ready()
        deadline = time.monotonic() + limits.wall + GRACE_SECONDS
        try:
            send(process, frame(encode(limits)) + frame(job), deadline)
            return ANSWERS.decode(receive(process, deadline))
        except TimeoutError:
            self.end("wall")
            return Answer(refusal="wall")
        except (LostError, BadFrameError, ValueError):
            self.end("crash")
            return Answer(refusal="crash")

    def ready(self) -> subprocess.Popen[bytes]:
        """Return a process that waits for a job; raise `LostError` where none starts."""
        if self.process is not None and is_gone(self.process):
            self.end("gone")
        if self.process is None:
            if self.is_closed:
                raise LostError
            self.process = start_process()
            try:
                receive(self.process, time.monotonic() + START_SECONDS)
            except (LostError, BadFrameError, TimeoutError):
                self.end("no start")
                raise LostError from None
        return self.process

    def end(self, reason: str) -> None:
        """End the process and all it made, and say so in the log."""
        process, self.process = self.process, None
        if process is not None:
            log.warning("sandbox_ended", reason=reason, process=process.pid)
            end_process(process)

    def close(self) -> None:
        """End the process for good; safe from another thread than the one that runs jobs."""
        self.is_closed = True
        process, self.process = self.process, None
        if process is not None:
            end_process(process)


def start_process(task: str = "serving") -> subprocess.Popen[bytes]:
    """Start a sandbox in a group of its own, with nothing of the server's secrets.

    ``task`` names what it does: read modules as long as the server lives, or clean one file.
    """
    search_path = json.dumps([path or str(Path.cwd()) for path in sys.path])
    process = subprocess.Popen(  # noqa: S603 - our own interpreter and our own file.
        [sys.executable, "-I", "-S", start.__file__, search_path, str(os.getpid()), task],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={},
        bufsize=0,
        process_group=0,
    )
    for pipe in (process.stdin, process.stdout):
        assert pipe is not None
        os.set_blocking(pipe.fileno(), False)
    return process


def is_gone(process: subprocess.Popen[bytes]) -> bool:
    """Tell whether a process that waits for a job has ended: it has nothing to say otherwise."""
    assert process.stdout is not None
    poll = select.poll()
    poll.register(process.stdout.fileno(), select.POLLIN)
    return bool(poll.poll(0))


def end_process(process: subprocess.Popen[bytes]) -> None:
    """Kill a process and its group, and leave nothing of it: no zombie, no descriptor."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            pipe.close()
    process.wait()


def send(process: subprocess.Popen[bytes], content: bytes, deadline: float) -> None:
    """Write it all before the deadline, in monotonic seconds."""
    assert process.stdin is not None
    target, rest = process.stdin.fileno(), memoryview(content)
    while rest:
        wait_for(target, select.POLLOUT, deadline)
        try:
            rest = rest[os.write(target, rest) :]
        except BlockingIOError:
            continue
        except BrokenPipeError:
            raise LostError from None


def receive(process: subprocess.Popen[bytes], deadline: float) -> bytes:
    """Read a frame before the deadline, in monotonic seconds."""
    assert process.stdout is not None
    told = read_frame(partial(read_some, process.stdout.fileno(), deadline))
    if told is None:
        raise LostError
    return told


def read_some(source: int, deadline: float, most: int) -> bytes:
    """Wait for some bytes; none where the other end is closed."""
    while True:
        wait_for(source, select.POLLIN, deadline)
        try:
            return os.read(source, most)
        except BlockingIOError:
            continue


def wait_for(descriptor: int, event: int, deadline: float) -> None:
    """Wait until a pipe can be used; raise `TimeoutError` at the deadline."""
    poll = select.poll()
    poll.register(descriptor, event)
    left = deadline - time.monotonic()
    if left <= 0 or not poll.poll(left * 1000):
        raise TimeoutError
