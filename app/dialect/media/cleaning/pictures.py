"""Make a picture anew from its pixels: of the file that was sent, no other byte is kept.

What a camera or an editor wrote beside them (EXIF with the place, ICC, XMP, comments) goes.
"""

from __future__ import annotations

import warnings
from io import BytesIO
from typing import Any

from PIL import Image, MpoImagePlugin, TiffImagePlugin, WebPImagePlugin

from app.dialect.media.cleaning.refusals import MOST_PIXELS, Reason, Refused
from app.dialect.media.sizes import SIDEWAYS, Pixels, picture_size

LONGEST_SIDE = 2400
"""Pixels of the longest side that is kept: three times the widest text of a page."""
FORMATS = {b"\x89PN": "PNG", b"\xff\xd8\xff": "JPEG", b"RIF": "WEBP"}
ORIENTATION = 0x0112
TURNS = {
    2: (Image.Transpose.FLIP_LEFT_RIGHT,),
    3: (Image.Transpose.ROTATE_180,),
    4: (Image.Transpose.FLIP_TOP_BOTTOM,),
    5: (Image.Transpose.TRANSPOSE,),
    6: (Image.Transpose.ROTATE_270,),
    7: (Image.Transpose.TRANSVERSE,),
    8: (Image.Transpose.ROTATE_90,),
}
READ_FIRST = (MpoImagePlugin, TiffImagePlugin, WebPImagePlugin)
"""What Pillow would import once a picture came, be it for its EXIF."""


def clean_picture(data: bytes) -> bytes:
    """Give a picture made anew, upright, in the same type; raise `Refused`."""
    check_header(data)
    form = FORMATS[data[:3]]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # A bomb is one.
            picture = decode(data, form)
            return encode(picture, form, is_exact=data[12:16] == b"VP8L")
    except MemoryError:
        raise Refused(Reason.MEMORY) from None
    except (OSError, ValueError, SyntaxError, KeyError, IndexError, TypeError, OverflowError,
            ArithmeticError, Warning, Image.DecompressionBombError):  # fmt: skip
        raise Refused(Reason.DAMAGED) from None


def warm_up() -> None:
    """Make a small picture of each type anew: a confined process opens no file, be it to import."""
    for form in FORMATS.values():
        written, exif = BytesIO(), Image.Exif()
        exif[ORIENTATION] = 6
        Image.new("RGB", (2, 3)).save(written, form, exif=exif)
        clean_picture(written.getvalue())


def check_header(data: bytes) -> None:
    """Refuse what the first bytes tell to be too large, moving or damaged: nothing is decoded."""
    size = picture_size(data)
    if size is None:
        raise Refused(Reason.DAMAGED)
    check_size(size)
    moves = b"acTL" in data[:4096] if data.startswith(b"\x89PNG") else is_moving_webp(data)
    if moves:
        raise Refused(Reason.ANIMATED)


def check_size(size: Pixels) -> None:
    """Refuse more pixels than a picture may have."""
    if size.width * size.height > MOST_PIXELS:
        raise Refused(Reason.PIXELS)


def is_moving_webp(data: bytes) -> bool:
    """Tell whether an extended WebP says that it moves."""
    return data[12:16] == b"VP8X" and len(data) > 20 and bool(data[20] & 0x02)


def decode(data: bytes, form: str) -> Image.Image:
    """Read the pixels, made smaller and upright."""
    picture: Any = Image.open(BytesIO(data), formats=[form])
    check_size(Pixels(*picture.size))  # The header that counts is the one that Pillow read.
    if form != "JPEG" and getattr(picture, "n_frames", 1) > 1:
        raise Refused(Reason.ANIMATED)
    held = read_orientation(picture)
    if form == "JPEG":  # It decodes no more than what is kept.
        picture.draft(None, (LONGEST_SIDE, LONGEST_SIDE))
    picture.load()
    plain = in_plain_mode(picture)
    plain.info.clear()
    plain.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    plain = plain.copy()  # Nothing of what read the file, which may know more than its pixels.
    for turn in TURNS.get(held, ()):
        plain = plain.transpose(turn)
    return plain


def read_orientation(picture: Image.Image) -> int:
    """Read how a camera was held; 1 where the EXIF cannot be read."""
    try:
        held = picture.getexif().get(ORIENTATION, 1)
    except Exception:  # noqa: BLE001 - whatever the EXIF holds, the pixels are what is asked for.
        return 1
    return held if isinstance(held, int) and (held in TURNS or held in SIDEWAYS) else 1


def in_plain_mode(picture: Image.Image) -> Image.Image:
    """Give the same picture in grey or in colours, with its transparency, and without a palette."""
    if picture.mode.startswith("I"):  # 16 bits of grey.
        return picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    mode = "L" if picture.mode in ("1", "L") else "RGB"
    if picture.mode in ("LA", "La", "PA", "RGBA", "RGBa") or "transparency" in picture.info:
        mode = "RGBA"
    return picture if picture.mode == mode else picture.convert(mode)


def encode(picture: Image.Image, form: str, *, is_exact: bool) -> bytes:
    """Write the pixels, and nothing else."""
    options: dict[str, dict[str, object]] = {
        "PNG": {},
        "JPEG": {"quality": 85, "optimize": True, "progressive": True},
        "WEBP": {"lossless": True} if is_exact else {"quality": 85},
    }
    written = BytesIO()
    picture.save(written, form, **options[form])
    return written.getvalue()
