"""Pictures made to harm: bombs, lies, polyglots, things that move, things that tell too much."""

from __future__ import annotations

import gzip
import struct
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any, NamedTuple

from PIL import Image, PngImagePlugin

from tests.pictures import chunk, jpeg, segment, webp

PAYLOADS = {
    "html": b"<html><body onload=alert('canari-html')>canari</body></html>",
    "js": b"/*canari-js*/alert(document.cookie)//",
    "zip": b"PK\x03\x04\x14\x00canari-zip" + b"\x00" * 30 + b"PK\x05\x06" + b"\x00" * 18,
    "pdf": b"%PDF-1.7\n1 0 obj<</S/JavaScript/JS(canari-pdf)>>endobj\n%%EOF",
    "php": b"<?php system($_GET['canari-php']); ?>",
}
SCRIPTED = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert("canari-svg")</script></svg>'


class Hostile(NamedTuple):
    """A file made to harm: what is wrong, its name, its bytes, what may not be left of it."""

    what: str
    name: str
    data: bytes
    may_pass: bool = False
    """Whether it may be kept, once harmless."""
    payload: bytes = b"canari"


def picture(form: str = "PNG", size: tuple[int, int] = (40, 30), **options: Any) -> bytes:
    """Draw a picture of several colours."""
    drawn = Image.linear_gradient("L").resize(size).convert(options.pop("mode", "RGB"))
    written = BytesIO()
    drawn.save(written, form, **options)
    return written.getvalue()


SOUND = {"png": picture("PNG"), "jpg": picture("JPEG"), "webp": picture("WEBP")}


def with_chunk(kind: bytes, content: bytes, form: bytes = SOUND["png"]) -> bytes:
    """Put a chunk after the head of a PNG."""
    return form[:33] + chunk(kind, content) + form[33:]


def with_segment(mark: int, content: bytes) -> bytes:
    """Put a segment after the beginning of a JPEG."""
    return SOUND["jpg"][:2] + segment(mark, content) + SOUND["jpg"][2:]


def head(width: int, height: int, idat: bytes = b"") -> bytes:
    """Write a PNG that says its size."""
    ihdr = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    parts = [chunk(b"IHDR", ihdr), chunk(b"IDAT", idat or zlib.compress(b"\x00" * 100))]
    return b"\x89PNG\r\n\x1a\n" + b"".join([*parts, chunk(b"IEND", b"")])


def zeros(megabytes: int) -> bytes:
    """Compress zeros, without holding them all."""
    packer = zlib.compressobj(1)
    return b"".join([packer.compress(bytes(1_000_000)) for _ in range(megabytes)]) + packer.flush()


def all_pictures() -> Iterator[Hostile]:
    """Go through all of them."""
    yield from bombs()
    yield from cut()
    yield from polyglots()
    yield from talkative()
    yield from drawings()
    yield from moving()


def bombs() -> Iterator[Hostile]:
    """Small files that would fill the memory."""
    for width, height in [(30_000, 30_000), (65_535, 65_535), (2**31 - 1, 1), (5_001, 5_000)]:
        yield Hostile(f"png {width}×{height}", "a.png", head(width, height))
    yield Hostile("png 0×0", "a.png", head(0, 0))
    yield Hostile("jpeg 65535×65535", "a.jpg", jpeg(65_535, 65_535))
    yield Hostile("jpeg 9000×9000, sideways", "a.jpg", jpeg(9_000, 9_000, orientation=6))
    yield Hostile("webp 16383×16383", "a.webp", webp(16_383, 16_383, b"VP8 "))
    yield Hostile("webp 16384×16384", "a.webp", webp(16_384, 16_384, b"VP8L"))
    yield Hostile("webp 2^24", "a.webp", webp(2**24, 2**24))
    big = zeros(200)
    yield Hostile("200 MB under a small head", "a.png", head(4, 3, big), may_pass=True)
    large = picture("PNG", (5_000, 5_000), mode="RGBA")
    yield Hostile("the largest that is read", "a.png", large, may_pass=True)
    yield Hostile("the largest WebP", "a.webp", picture("WEBP", (5_000, 5_000)), may_pass=True)
    yield Hostile("zTXt", "a.png", with_chunk(b"zTXt", b"t\x00\x00" + big), may_pass=True)
    text = b"t\x00\x01\x00\x00\x00" + big
    yield Hostile("iTXt", "a.png", with_chunk(b"iTXt", text), may_pass=True)
    yield Hostile("iCCP", "a.png", with_chunk(b"iCCP", b"icc\x00\x00" + big), may_pass=True)
    icc = b"".join(
        segment(0xE2, b"ICC_PROFILE\x00" + bytes([rank, 200]) + b"\xff" * 30_000)
        for rank in range(1, 200)
    )
    whole = SOUND["jpg"][:2] + icc + SOUND["jpg"][2:]
    yield Hostile("ICC of 6 MB in a JPEG", "a.jpg", whole, may_pass=True)
    yield Hostile("8 MB and one byte", "a.png", SOUND["png"] + b"\x00" * 8_000_001)
    many = b"".join(chunk(b"tEXt", b"k\x00v") for _ in range(100_000))
    yield Hostile("100,000 texts", "a.png", SOUND["png"][:33] + many + SOUND["png"][33:], True)


def cut() -> Iterator[Hostile]:
    """Pictures of which a part is missing, or was written over."""
    for ending, data in SOUND.items():
        for tenth in range(1, 9):
            yield Hostile(
                f"{ending}, {tenth} tenths", f"a.{ending}", data[: len(data) * tenth // 10]
            )
    for ending, data in SOUND.items():
        noise = bytes((place * 197 + 31) % 256 for place in range(len(data) // 2))
        yield Hostile(f"{ending}, noise", f"a.{ending}", data[: len(data) // 2] + noise, True)


def polyglots() -> Iterator[Hostile]:
    """Pictures that are something else too."""
    for ending, data in SOUND.items():
        for kind, payload in PAYLOADS.items():
            name = f"a.{kind}.{ending}"
            yield Hostile(f"{ending} then {kind}", name, data + payload, True, payload)
    for kind, payload in PAYLOADS.items():
        yield Hostile(f"{kind} then png", f"a.{kind}", payload + SOUND["png"])


def talkative() -> Iterator[Hostile]:
    """Pictures that say where they were taken, or carry a text."""
    exif = Image.Exif()
    exif[0x010E], exif[0x8825] = "canari <script>", {1: "N", 2: (48.0, 51.0, 24.0)}
    for form, name in [("JPEG", "a.jpg"), ("PNG", "a.png"), ("WEBP", "a.webp")]:
        yield Hostile(f"GPS in {form}", name, picture(form, exif=exif), True, b"canari <script>")
    html = PAYLOADS["html"]
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", html.decode())
    info.add_itxt("XML:com.adobe.xmp", html.decode(), zip=True)
    yield Hostile("texts in a PNG", "a.png", picture("PNG", pnginfo=info), True, html)
    yield Hostile("eXIf of noise", "a.png", with_chunk(b"eXIf", html * 50), True, html)
    palette = chunk(b"PLTE", html + b"\x00" * (3 - len(html) % 3))
    yield Hostile("a palette of HTML", "a.png", paletted(palette), True, html)
    yield Hostile("a comment in a JPEG", "a.jpg", with_segment(0xFE, html), True, html)
    yield Hostile("APP1 of noise", "a.jpg", with_segment(0xE1, b"Exif\x00\x00" + html), True, html)
    yield Hostile("APP13 of Photoshop", "a.jpg", with_segment(0xED, html), True, html)
    yield Hostile("ICC of HTML", "a.jpg", picture("JPEG", icc_profile=html), True, html)
    yield Hostile("ICC of HTML in WebP", "a.webp", picture("WEBP", icc_profile=html), True, html)
    yield Hostile("XMP in WebP", "a.webp", picture("WEBP", xmp=html), True, html)


def paletted(palette: bytes) -> bytes:
    """Draw a PNG with a palette of bytes that mean something else."""
    ihdr = struct.pack(">IIBBBBB", 3, 1, 8, 3, 0, 0, 0)
    parts = [chunk(b"IHDR", ihdr), palette, chunk(b"IDAT", zlib.compress(b"\x00\x00\x01\x02"))]
    return b"\x89PNG\r\n\x1a\n" + b"".join([*parts, chunk(b"IEND", b"")])


def drawings() -> Iterator[Hostile]:
    """Drawings in SVG, under any name."""
    for ending in ("svg", "png", "jpg", "webp", "mp4", "vtt", "html"):
        yield Hostile(f"SVG as {ending}", f"a.{ending}", SCRIPTED)
    yield Hostile("SVG with a mark", "a.png", b"\xef\xbb\xbf<?xml version='1.0'?>" + SCRIPTED)
    yield Hostile("SVG in UTF-16", "a.svg", SCRIPTED.decode().encode("utf-16"))
    yield Hostile("SVGZ", "a.svgz", gzip.compress(SCRIPTED))


def moving() -> Iterator[Hostile]:
    """Pictures that move."""
    views = [Image.new("RGB", (9, 9), colour) for colour in ("red", "blue")]
    for form, name in [("PNG", "a.png"), ("WEBP", "a.webp"), ("GIF", "a.gif")]:
        written = BytesIO()
        views[0].save(written, form, save_all=True, append_images=views[1:])
        yield Hostile(f"{form} that moves", name, written.getvalue())
    late = BytesIO()
    views[0].save(late, "PNG", save_all=True, append_images=views[1:])
    filled = with_chunk(b"tEXt", b"k\x00" + b"v" * 9_000, late.getvalue())
    yield Hostile("PNG that says late that it moves", "a.png", filled)
