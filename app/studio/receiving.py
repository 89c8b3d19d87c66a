"""Have a file that somebody sent cleaned in a process of its own: the server looks into none."""

from __future__ import annotations

import contextlib
import hashlib
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass

import structlog

from app.dialect.media.cleaning.refusals import LARGEST, Reason, Refused
from app.dialect.sandbox.frames import CLEANED, MIB, BadFrameError, CleanedHead, Limits, encode
from app.dialect.sandbox.frames import frame as framed
from app.studio.sandbox import GRACE_SECONDS, LostError, end_process, receive, send, start_process
from app.studio.slots import UPLOADS, a_slot

log = structlog.get_logger()
LIMITS = Limits(cpu=10.0, wall=20.0, memory=768 * MIB)
"""Of one file: the largest WebP that is taken, of 25 million pixels, needs the most."""
PATIENCE_SECONDS = 8.0
"""How long a request waits for its turn."""
TIMES_UP = {signal.SIGALRM, signal.SIGPROF, signal.SIGXCPU}
TURN = threading.Lock()
"""One file at a time in each process too: the system counts the places of processes."""


@dataclass(frozen=True, slots=True)
class Received:
    """What is kept of a file."""

    ending: str
    content: bytes
    width: int = 0
    height: int = 0
    """Of a picture."""

    @property
    def sha256(self) -> str:
        """Give the digest by which it is kept."""
        return hashlib.sha256(self.content).hexdigest()


def receive_file(data: bytes) -> Received:
    """Give what is kept of a file; raise `Refused`."""
    if not data:
        raise Refused(Reason.EMPTY)
    if len(data) > LARGEST:
        raise Refused(Reason.SIZE)
    with a_turn():
        head, content = clean_apart(data)
    if head.refusal:
        log.warning("upload_refused", reason=head.refusal, bytes=len(data), peak=head.peak)
        raise Refused(Reason(head.refusal), head.line)
    log.info("upload_cleaned", ending=head.ending, bytes=len(data), peak=head.peak)
    return Received(head.ending, content, head.width, head.height)


@contextlib.contextmanager
def a_turn() -> Iterator[None]:
    """Hold the one place of the server; raise `Refused` where it does not come in time."""
    until = time.monotonic() + PATIENCE_SECONDS
    if not TURN.acquire(timeout=PATIENCE_SECONDS):
        raise Refused(Reason.BUSY)
    try:
        with a_slot(lambda: time.monotonic() > until, UPLOADS) as is_held:
            if not is_held:
                raise Refused(Reason.BUSY)
            yield
    finally:
        TURN.release()


def clean_apart(data: bytes) -> tuple[CleanedHead, bytes]:
    """Have a file cleaned; what the process cannot tell itself is a refusal too."""
    process = start_process("cleaning")
    deadline = time.monotonic() + LIMITS.wall + GRACE_SECONDS
    try:
        send(process, framed(encode(LIMITS)), deadline)
        send(process, framed(data), deadline)
        head = CLEANED.decode(receive(process, deadline))
        return head, receive(process, deadline)
    except TimeoutError:
        return CleanedHead(refusal=Reason.TIME), b""
    except (LostError, BadFrameError, ValueError):
        return CleanedHead(refusal=lost_reason(process)), b""
    finally:
        end_process(process)


def lost_reason(process: subprocess.Popen[bytes]) -> Reason:
    """Tell why a process ended without a word: its time was up, or the file broke it."""
    try:
        status = process.wait(GRACE_SECONDS)
    except subprocess.TimeoutExpired:
        return Reason.DAMAGED
    return Reason.TIME if -status in TIMES_UP else Reason.DAMAGED
