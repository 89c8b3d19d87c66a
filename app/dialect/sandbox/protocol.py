"""What a server and its sandbox say to each other about a module: a job, and what became of it."""

from __future__ import annotations

import msgspec

from app.dialect.context import Context
from app.dialect.doubts import Doubt
from app.dialect.messages import Message
from app.dialect.story import Story
from app.dialect.stretches import Stretch


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


# Made while the module is imported: see `app.dialect.compiled`.
JOBS = msgspec.json.Decoder(Job)
ANSWERS = msgspec.json.Decoder(Answer)
FOUND = msgspec.json.Decoder(Found)
