"""The width and height of a picture, read from its first bytes."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple


class Pixels(NamedTuple):
    """The size at which a picture is shown."""

    width: int
    height: int


FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""The marks of a JPEG after which its size stands."""
ALONE = frozenset({0x01, *range(0xD0, 0xD8)})
"""The marks that nothing follows."""
ORIENTATION, SIDEWAYS = 0x0112, (5, 6, 7, 8)


def picture_size(data: bytes) -> Pixels | None:
    """Read the size of a PNG, a JPEG or a WebP; None where its bytes do not say it."""
    try:
        if data.startswith(b"\x89PNG"):
            size = png_size(data)
        elif data.startswith(b"\xff\xd8"):
            size = jpeg_size(data)
        else:
            size = webp_size(data)
    except (struct.error, IndexError):
        return None
    return size if size and size.width and size.height else None


def png_size(data: bytes) -> Pixels | None:
    """Read the size of a PNG: it stands in its first chunk."""
    if data[12:16] != b"IHDR":
        return None
    return Pixels(*struct.unpack(">II", data[16:24]))


def webp_size(data: bytes) -> Pixels | None:
    """Read the size of a WebP: lossy, lossless or extended."""
    form, rest = data[12:16], data[20:]
    if form == b"VP8 " and rest[3:6] == b"\x9d\x01\x2a":
        width, height = struct.unpack("<HH", rest[6:10])
        return Pixels(width & 0x3FFF, height & 0x3FFF)
    if form == b"VP8L" and rest[:1] == b"\x2f":
        (bits,) = struct.unpack("<I", rest[1:5])
        return Pixels((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
    if form == b"VP8X":
        width, height = rest[4:7], rest[7:10]
        if len(height) == 3:
            return Pixels(int.from_bytes(width, "little") + 1, int.from_bytes(height, "little") + 1)
    return None


def jpeg_size(data: bytes) -> Pixels | None:
    """Read the size of a JPEG as it is shown: a camera held upright says so in the EXIF."""
    sideways = False
    for mark, segment in segments(data):
        if mark == 0xE1 and segment.startswith(b"Exif\x00\x00"):
            sideways = orientation(segment[6:]) in SIDEWAYS
        elif mark in FRAMES:
            height, width = struct.unpack(">HH", segment[1:5])
            return Pixels(height, width) if sideways else Pixels(width, height)
    return None


def segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Go through the segments of a JPEG up to its pixels."""
    place = 2
    while place + 4 <= len(data) and data[place] == 0xFF:
        mark = data[place + 1]
        if mark == 0xDA:
            return
        if mark == 0xFF or mark in ALONE:
            place += 1 if mark == 0xFF else 2
            continue
        (length,) = struct.unpack(">H", data[place + 2 : place + 4])
        yield mark, data[place + 4 : place + 2 + length]
        place += 2 + max(length, 2)


def orientation(tiff: bytes) -> int:
    """Read how a camera was held; 1 where the EXIF does not say."""
    order = "<" if tiff.startswith(b"II") else ">"
    try:
        (directory,) = struct.unpack(f"{order}I", tiff[4:8])
        (count,) = struct.unpack(f"{order}H", tiff[directory : directory + 2])
        for rank in range(min(count, 100)):
            place = directory + 2 + 12 * rank
            tag, _, _, value = struct.unpack(f"{order}HHIH", tiff[place : place + 10])
            if tag == ORIENTATION:
                return int(value)
    except struct.error:
        pass
    return 1


def has_exif(data: bytes) -> bool:
    """Tell whether a JPEG says when, where or with what it was taken."""
    return data.startswith(b"\xff\xd8") and any(
        mark == 0xE1 and segment.startswith(b"Exif") for mark, segment in segments(data)
    )
