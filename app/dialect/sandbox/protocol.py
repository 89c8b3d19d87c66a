"""What a server and its sandbox say to each other: lengths, then JSON, over pipes; never pickle.

A request is two frames, the limits and the job; an answer is one. The sandbox reads the limits
itself, and hands the job unread to the process that it makes for it.
"""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from app.dialect.context import Context
from app.dialect.doubts import Doubt
from app.dialect.messages import Message
from app.dialect.story import Story
from app.dialect.stretches import Stretch

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


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """A module to read."""

    slug: str
    files: dict[str, bytes]
    """By path; of a media only what its header says, see `digests`."""
    digests: dict[str, str]
    """SHA-256 of each media, by path."""
    sizes: dict[str, int] = {}
    """Bytes of each media, by path."""
    diagrams: bool = False
    """Whether drawings in SVG are accepted: never what somebody sends."""
    context: Context
    language: str
    """Of the messages."""
    under: str = ""
    """Put before the paths in messages."""
    media_base: str = "/media/"
    """Put before the digest of a media to make its address."""
    unsure: frozenset[str] | None = None
    """Keys of the articles to verify; None where what is to be verified is not asked for."""
    one_page: bool = False
    """Whether it is read for the page beside the text."""


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """What reading a module gave."""

    modules: dict[str, msgspec.Raw]
    """By language, as `app.dialect.compiled.to_json` writes them."""
    messages: tuple[Message, ...]
    """The first ones: a hostile text may earn more than a page can show."""
    errors: int
    warnings: int
    """All of them."""
    sources: dict[str, str]
    digests: dict[str, str]
    refused_media: tuple[str, ...]
    """Those that an error is about."""
    sha256: str
    doubts: tuple[Doubt, ...] = ()
    """The first ones."""
    doubtful: int = 0
    """All of them."""
    stories: dict[str, tuple[Story, ...]] = {}
    """The dilemmas by language, where the module is read for one page."""
    stretches: dict[str, tuple[Stretch, ...]] = {}
    """What is translated at once, by path; of one language only, or of very many, nothing."""


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a job: what was found, or why nothing was."""

    refusal: str = ""
    """Empty, or why: a limit (``cpu``, ``wall``, ``memory``, ``files``, ``answer``), ``failed``,
    ``crash``."""
    detail: str = ""
    """Where our code failed, for the log: no text of the module."""
    seconds: float = 0.0
    """Of work."""
    peak: int = 0
    """Bytes of memory held at most."""
    found: msgspec.Raw = msgspec.Raw(b"null")


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
JOBS = msgspec.json.Decoder(Job)
LIMITS = msgspec.json.Decoder(Limits)
ANSWERS = msgspec.json.Decoder(Answer)
FOUND = msgspec.json.Decoder(Found)
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
