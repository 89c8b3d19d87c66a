"""Look into a media: whether it is what its name says, and how large it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from app.dialect.context import Context
from app.dialect.media.diagrams import check_diagram
from app.dialect.media.kinds import MediaKind, type_of
from app.dialect.media.sizes import Pixels, has_exif, picture_size
from app.dialect.messages import WHOLE_FILE
from app.dialect.source import Span

Problem = tuple[str, Span, dict[str, Any]]
MEGA = 1_000_000


@dataclass(slots=True)
class Inspected:
    """What was seen of a media."""

    pixels: Pixels | None = None
    problems: list[Problem] = field(default_factory=list)

    def tell(self, key: str, **values: object) -> None:
        """Note a problem of the whole file."""
        self.problems.append((key, WHOLE_FILE, values))


def inspect(
    name: str, data: bytes, context: Context, *, size: int | None = None, diagrams: bool = False
) -> Inspected:
    """Inspect a media from its bytes, or from the first of the ``size`` that it has.

    An SVG is only looked at where ``diagrams`` are accepted.
    """
    seen = Inspected()
    known = type_of(name)
    if known is None or (known.kind is MediaKind.DIAGRAM and not diagrams):
        seen.tell("L104" if known is None else "L104-diagram", name=name)
        return seen
    size = len(data) if size is None else size
    most = most_bytes(known.kind, context)
    if size > most:
        seen.tell("L106", size=f"{size / MEGA:.1f}", limit=f"{most / MEGA:g}")
        return seen
    if not known.beginning.match(data):
        seen.tell("L105", type=known.content_type.partition(";")[0])
    elif known.kind is MediaKind.PICTURE:
        inspect_picture(seen, data, context, size)
    elif known.kind is MediaKind.DIAGRAM:
        seen.pixels, found = check_diagram(data)
        seen.problems += found
    elif known.kind is MediaKind.CAPTIONS and not is_utf8(data):
        seen.tell("L105", type="text/vtt")
    return seen


def inspect_picture(seen: Inspected, data: bytes, context: Context, size: int) -> None:
    """Read the size of a picture, and what it weighs."""
    seen.pixels = picture_size(data)
    if seen.pixels is None:
        if size == len(data):
            seen.tell("L105-size")
    elif seen.pixels.width * seen.pixels.height > context.most_pixels:
        count = seen.pixels.width * seen.pixels.height / MEGA
        seen.tell("L106-pixels", count=f"{count:.0f}", limit=f"{context.most_pixels / MEGA:g}")
    elif size > context.heavy_picture:
        seen.tell("L201", size=f"{size // 1000}", limit=f"{context.heavy_picture // 1000}")
    if has_exif(data):
        seen.tell("L202")


def most_bytes(kind: MediaKind, context: Context) -> int:
    """Give the limit for a kind of file."""
    if kind is MediaKind.PICTURE:
        return context.largest_picture
    if kind in (MediaKind.SOUND, MediaKind.FILM):
        return context.largest_film
    return context.largest_file


def is_utf8(data: bytes) -> bool:
    """Tell whether bytes are text."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
