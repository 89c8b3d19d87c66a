"""Tell what a file is by its bytes, never by its name, and make of it what is kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from app.dialect.media.cleaning.captions import clean_captions
from app.dialect.media.cleaning.films import clean_mp4
from app.dialect.media.cleaning.pictures import clean_picture
from app.dialect.media.cleaning.refusals import LARGEST, Reason, Refused
from app.dialect.media.cleaning.sounds import clean_sound
from app.dialect.media.cleaning.webm import clean_webm
from app.dialect.media.kinds import TYPES

CLEANERS: dict[str, Callable[[bytes], bytes]] = {
    ".png": clean_picture,
    ".jpg": clean_picture,
    ".webp": clean_picture,
    ".mp3": clean_sound,
    ".mp4": clean_mp4,
    ".webm": clean_webm,
    ".vtt": clean_captions,
}
OTHER_PICTURES = (b"GIF8", b"BM", b"II*\x00", b"MM\x00*", b"\x00\x00\x01\x00")
OTHER_BRANDS = (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif", b"avis")


class Cleaned(NamedTuple):
    """What is kept of a file, and the ending that its name has to have."""

    ending: str
    content: bytes


def clean(data: bytes) -> Cleaned:
    """Make of a file what is kept; raise `Refused`."""
    if not data:
        raise Refused(Reason.EMPTY)
    if len(data) > LARGEST:
        raise Refused(Reason.SIZE)
    ending = ending_of(data)
    content = CLEANERS[ending](data)
    if len(content) > LARGEST:
        raise Refused(Reason.HEAVY)
    return Cleaned(ending, content)


def ending_of(data: bytes) -> str:
    """Give the ending of what a file is; raise `Refused` where no module may hold it."""
    if data.startswith(OTHER_PICTURES) or (data[4:8] == b"ftyp" and data[8:12] in OTHER_BRANDS):
        raise Refused(Reason.OTHER_PICTURE)
    for ending in CLEANERS:
        if TYPES[ending].beginning.match(data):
            return ending
    if b"<svg" in data[:4096].lower():
        raise Refused(Reason.DIAGRAM)
    raise Refused(Reason.UNKNOWN)
