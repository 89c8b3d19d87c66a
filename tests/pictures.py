"""Small media whose bytes are sound, made here."""

from __future__ import annotations

import struct
import zlib


def png(width: int = 4, height: int = 3) -> bytes:
    """Draw a grey PNG of one colour."""
    rows = b"".join(b"\x00" + b"\x80" * width for _ in range(height))
    return b"".join([
        b"\x89PNG\r\n\x1a\n",
        chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)),
        chunk(b"IDAT", zlib.compress(rows)),
        chunk(b"IEND", b""),
    ])  # fmt: skip


def chunk(kind: bytes, content: bytes) -> bytes:
    """Make a chunk of a PNG."""
    checked = kind + content
    return struct.pack(">I", len(content)) + checked + struct.pack(">I", zlib.crc32(checked))


def jpeg(width: int, height: int, *, orientation: int | None = None, padding: int = 0) -> bytes:
    """Write the head of a JPEG; with an orientation, it has EXIF data."""
    parts = [b"\xff\xd8"]
    if orientation is not None:
        entry = struct.pack(">HHIHH", 0x0112, 3, 1, orientation, 0)
        tiff = b"MM\x00\x2a" + struct.pack(">IH", 8, 1) + entry + b"\x00" * 4
        parts.append(segment(0xE1, b"Exif\x00\x00" + tiff))
    parts += [segment(0xE2, b"\x00" * min(60_000, padding))] if padding else []
    parts.append(segment(0xC0, struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\x00"))
    return b"".join([*parts, segment(0xDA, b"\x00" * 6), b"\x00\xff\xd9"])


def segment(mark: int, content: bytes) -> bytes:
    """Make a segment of a JPEG."""
    return bytes([0xFF, mark]) + struct.pack(">H", len(content) + 2) + content


def webp(width: int, height: int, form: bytes = b"VP8X") -> bytes:
    """Write the head of a WebP."""
    if form == b"VP8X":
        sides = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
        body = b"\x00" * 4 + sides
    elif form == b"VP8L":
        body = b"\x2f" + struct.pack("<I", (width - 1) | (height - 1) << 14)
    else:
        body = b"\x00" * 3 + b"\x9d\x01\x2a" + struct.pack("<HH", width, height)
    inner = b"WEBP" + form + struct.pack("<I", len(body)) + body
    return b"RIFF" + struct.pack("<I", len(inner)) + inner


def mp3(seconds: float = 1.0) -> bytes:
    """Make a silence: frames of MPEG 1 layer III, 64 kbit/s, 44.1 kHz, one channel."""
    frame = b"\xff\xfb\x50\xc0" + b"\x00" * 204
    return frame * round(seconds * 44_100 / 1152)


MP4 = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom"
WEBM = b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\xf7\x81\x01\x42\x82\x84webm\x42\x87\x81\x04"
VTT = b"WEBVTT\n\n00:00.000 --> 00:01.000\nBonjour.\n"
SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 120" role="img">'
    b'<rect x="1" y="1" width="100" height="40" fill="none" stroke="#1f3d7a"/></svg>'
)
