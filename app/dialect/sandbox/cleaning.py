"""Clean one file that somebody sent, in a process made for it, which ends with it."""

from __future__ import annotations

import gc
import os
import re
from functools import partial

import msgspec

from app.dialect.media.cleaning.cleaned import Cleaned, clean
from app.dialect.media.cleaning.pictures import warm_up
from app.dialect.media.cleaning.refusals import Reason, Refused
from app.dialect.media.sizes import picture_size
from app.dialect.sandbox.confinement import confine, die_with, step_aside
from app.dialect.sandbox.frames import LIMITS, CleanedHead, frame, read_frame

REQUESTS, ANSWERED = 0, 1
STATUS = "/proc/self/status"


def serve(parent: int) -> None:
    """Read the limits, hold to them, then read a file and answer with what is kept of it."""
    die_with(parent)
    step_aside()
    warm_up()
    receive = partial(os.read, REQUESTS)
    limits = read_frame(receive)
    if limits is None:
        return
    gc.collect()
    status = os.open(STATUS, os.O_RDONLY) if os.path.exists(STATUS) else None  # noqa: PTH110
    confine(LIMITS.decode(limits))
    data = read_frame(receive)
    head, content = do(data or b"")
    head = msgspec.structs.replace(head, peak=read_peak(status))
    send(frame(msgspec.json.encode(head)) + frame(content))


def do(data: bytes) -> tuple[CleanedHead, bytes]:
    """Clean a file; say why not, where it is not kept."""
    try:
        cleaned = clean(data)
    except Refused as refused:
        return CleanedHead(refusal=refused.reason, line=refused.line), b""
    except MemoryError:
        return CleanedHead(refusal=Reason.MEMORY), b""
    except Exception:  # noqa: BLE001 - whatever a file does to a reader of ours, it is not kept.
        return CleanedHead(refusal=Reason.DAMAGED), b""
    return head_of(cleaned), cleaned.content


def head_of(cleaned: Cleaned) -> CleanedHead:
    """Say what a cleaned file is."""
    size = picture_size(cleaned.content) if cleaned.ending in (".png", ".jpg", ".webp") else None
    return CleanedHead(
        ending=cleaned.ending, width=size.width if size else 0, height=size.height if size else 0
    )  # fmt: skip


def read_peak(status: int | None) -> int:
    """Read the bytes of memory held at most, from a file that was opened before none could be.

    What `getrusage` tells begins with what the server held when it made this process.
    """
    told = os.pread(status, 4096, 0) if status is not None else b""
    found = re.search(rb"VmHWM:\s+(\d+) kB", told)
    return int(found[1]) * 1024 if found else 0


def send(content: bytes) -> None:
    """Write it all."""
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(ANSWERED, rest) :]
