"""How a server and its sandbox speak: lengths, then JSON, over pipes; never pickle.

A request is two frames, the limits and the job; an answer is one. The sandbox reads the limits
itself, and hands the job unread to the process that it makes for it. Nothing of the dialect is
loaded here: a process that cleans a file is made for each, and needs none of it.
"""

from __future__ import annotations

from collections.abc import Callable

import msgspec

HEADER = 4
MIB = 2**20
LONGEST_FRAME = 64 * MIB
"""Bytes that a frame may hold: more is no frame of ours."""


class Limits(msgspec.Struct, frozen=True):
    """What one job may take."""

    cpu: float = 1.0
    """Seconds of work."""
    wall: float = 3.0
    """Seconds from the beginning to the end."""
    memory: int = 256 * MIB
    """Bytes of addresses, the interpreter's own (38 MiB when ready) among them."""
    answer: int = 2 * MIB
    """Bytes of the longest answer."""


class CleanedHead(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a file that was sent; what is kept of it follows in a frame of its own."""

    refusal: str = ""
    """Empty, or a `app.dialect.media.cleaning.refusals.Reason`."""
    line: int = 0
    """Where in a text, for a refusal that is about one."""
    ending: str = ""
    width: int = 0
    height: int = 0
    """Of a picture."""
    peak: int = 0
    """Bytes of memory held at most."""


class BadFrameError(Exception):
    """What came is not a frame of ours: the process at the other end is lost."""


# Made while the module is imported: see `app.dialect.compiled`.
LIMITS = msgspec.json.Decoder(Limits)
CLEANED = msgspec.json.Decoder(CleanedHead)

encode = msgspec.json.encode


def frame(content: bytes) -> bytes:
    """Put its length before some JSON."""
    return len(content).to_bytes(HEADER, "big") + content


def length_of(header: bytes) -> int:
    """Read the length of a frame; raise `BadFrameError` past what a frame may hold."""
    length = int.from_bytes(header, "big")
    if length > LONGEST_FRAME:
        raise BadFrameError(length)
    return length


def read_frame(read: Callable[[int], bytes]) -> bytes | None:
    """Read one frame through a function that reads at most so many bytes; None at the end."""
    header = read_exactly(read, HEADER)
    return None if header is None else read_exactly(read, length_of(header))


def read_exactly(read: Callable[[int], bytes], size: int) -> bytes | None:
    """Read so many bytes, or None where the other end is gone."""
    pieces = bytearray()
    while len(pieces) < size:
        more = read(min(size - len(pieces), MIB))
        if not more:
            return None
        pieces += more
    return bytes(pieces)
