"""The types of file that a module may hold: by name, then by the first bytes."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import PurePosixPath
from typing import NamedTuple


class MediaKind(StrEnum):
    """What a file is for a reader."""

    PICTURE = "picture"
    DIAGRAM = "diagram"
    SOUND = "sound"
    FILM = "film"
    CAPTIONS = "captions"
    TRANSCRIPT = "transcript"


class MediaType(NamedTuple):
    """A type of file: what it is for, how it is served, how its bytes begin."""

    kind: MediaKind
    content_type: str
    beginning: re.Pattern[bytes]


def media_type(kind: MediaKind, content_type: str, beginning: bytes) -> MediaType:
    """Describe a type of file."""
    return MediaType(kind, content_type, re.compile(beginning, re.DOTALL))


JPEG = media_type(MediaKind.PICTURE, "image/jpeg", rb"\xff\xd8\xff")
TYPES = {
    ".png": media_type(MediaKind.PICTURE, "image/png", rb"\x89PNG\r\n\x1a\n"),
    ".jpg": JPEG,
    ".jpeg": JPEG,
    ".webp": media_type(MediaKind.PICTURE, "image/webp", rb"RIFF....WEBPVP8[ LX]"),
    ".svg": media_type(
        MediaKind.DIAGRAM, "image/svg+xml; charset=utf-8", rb"(?:\xef\xbb\xbf)?\s*<[?s!]"
    ),
    # A tag of titles, or the mark of a frame: MPEG 1, 2 or 2.5, layer III.
    ".mp3": media_type(MediaKind.SOUND, "audio/mpeg", rb"ID3|\xff[\xe2\xe3\xf2\xf3\xfa\xfb]"),
    ".mp4": media_type(MediaKind.FILM, "video/mp4", rb"....ftyp"),
    ".webm": media_type(MediaKind.FILM, "video/webm", rb"\x1a\x45\xdf\xa3.{0,60}?webm"),
    ".vtt": media_type(
        MediaKind.CAPTIONS, "text/vtt; charset=utf-8", rb"(?:\xef\xbb\xbf)?WEBVTT(?=[ \t\r\n]|$)"
    ),
}
TRANSCRIPT = media_type(MediaKind.TRANSCRIPT, "text/plain; charset=utf-8", rb"")
TRANSCRIPT_NAME = re.compile(r".+\.transcription(?:\.[a-z]{2})?\.md")
SHOWN = frozenset({MediaKind.PICTURE, MediaKind.DIAGRAM})
PLAYED = frozenset({MediaKind.SOUND, MediaKind.FILM})
TEXTS = frozenset({MediaKind.DIAGRAM, MediaKind.CAPTIONS, MediaKind.TRANSCRIPT})
HEAD = 64 * 1024


def type_of(name: str) -> MediaType | None:
    """Give the type that a name says; None for one that no page shows."""
    if TRANSCRIPT_NAME.fullmatch(name):
        return TRANSCRIPT
    return TYPES.get(PurePosixPath(name).suffix.lower())


def kind_of(name: str) -> MediaKind | None:
    """Give what a name says that a file is for."""
    found = type_of(name)
    return found.kind if found else None


def content_type(name: str) -> str | None:
    """Give the type under which a file is served, by its name; None for one that is not."""
    found = type_of(name)
    return found.content_type if found else None


def bytes_needed(name: str, largest_text: int) -> int:
    """Count the first bytes of a file that a reading looks into: of a text, all that it may be."""
    return largest_text + 1 if kind_of(name) in TEXTS else HEAD
