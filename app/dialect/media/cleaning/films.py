"""Keep of an MP4 the boxes that play it; all others are emptied where they stand.

Nothing moves, since a film names its pictures by their place in the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from app.dialect.media.cleaning.refusals import Reason, Refused

BRANDS = frozenset({
    b"isom", b"iso2", b"iso3", b"iso4", b"iso5", b"iso6", b"iso7", b"iso8", b"iso9", b"mp41",
    b"mp42", b"avc1", b"M4V ", b"M4A ", b"dash", b"MSNV", b"cmfc", b"f4v ",
})  # fmt: skip
HOLDERS = frozenset({
    b"moov", b"trak", b"mdia", b"minf", b"stbl", b"edts", b"dinf", b"mvex", b"moof", b"traf",
})  # fmt: skip
PLAYED = frozenset({
    b"ftyp", b"styp", b"sidx", b"mdat", b"mvhd", b"tkhd", b"mdhd", b"hdlr", b"vmhd", b"smhd",
    b"nmhd", b"elst", b"stsd", b"stts", b"stss", b"ctts", b"stsc", b"stsz", b"stz2", b"stco",
    b"co64", b"sgpd", b"sbgp", b"sdtp", b"cslg", b"dref", b"mehd", b"trex", b"mfhd", b"tfhd",
    b"tfdt", b"trun", b"tref", b"subs", b"mfra",
})  # fmt: skip
OWN_DATA = b"\x00\x00\x00\x01"
"""Says of a track that its pictures are in this file; an address would follow otherwise."""
DEEPEST, MOST_BOXES = 8, 20_000
NAME_OF_HANDLER = 24


class Box(NamedTuple):
    """A box of a film: its kind, where it begins, where what it holds does, where it ends."""

    kind: bytes
    start: int
    inside: int
    end: int


class FilmCleaner:
    """Empties what is not played of one film."""

    def __init__(self, data: bytes) -> None:
        self.data = bytearray(data)
        self.kinds: set[bytes] = set()
        self.count = 0

    def clean(self) -> bytes:
        """Give the film; raise `Refused` for one that no player could read."""
        if bytes(self.data[8:12]) not in BRANDS:
            raise Refused(Reason.UNKNOWN)
        self.go_through(0, len(self.data), 0)
        if not {b"ftyp", b"moov", b"trak", b"stsd"} <= self.kinds or b"mdat" not in self.kinds:
            raise Refused(Reason.DAMAGED)
        return bytes(self.data)

    def go_through(self, start: int, end: int, depth: int) -> None:
        """Look at each box between two places."""
        if depth > DEEPEST:
            raise Refused(Reason.DAMAGED)
        for box in self.boxes(start, end):
            if box.kind in HOLDERS:
                self.kinds.add(box.kind)
                self.go_through(box.inside, box.end, depth + 1)
            elif box.kind in PLAYED:
                self.kinds.add(box.kind)
                self.check_played(box)
            else:
                self.empty(box)

    def boxes(self, start: int, end: int) -> Iterator[Box]:
        """List the boxes that fill the bytes between two places."""
        while start < end:
            self.count += 1
            if self.count > MOST_BOXES or end - start < 8:
                raise Refused(Reason.DAMAGED)
            size, inside = int.from_bytes(self.data[start : start + 4], "big"), start + 8
            if size == 1:
                size, inside = int.from_bytes(self.data[inside : inside + 8], "big"), start + 16
            elif size == 0 and end == len(self.data):
                size = end - start
            if size < inside - start or size > end - start:
                raise Refused(Reason.DAMAGED)
            yield Box(bytes(self.data[start + 4 : start + 8]), start, inside, start + size)
            start += size

    def check_played(self, box: Box) -> None:
        """Clear the words of a box that has some; refuse a film whose pictures are elsewhere."""
        if box.kind == b"hdlr" and box.end - box.inside > NAME_OF_HANDLER:
            self.clear(box.inside + NAME_OF_HANDLER, box.end)
        if box.kind == b"dref":
            places = list(self.boxes(box.inside + 8, box.end))
            if not places or not all(self.is_own(place) for place in places):
                raise Refused(Reason.DAMAGED)

    def is_own(self, place: Box) -> bool:
        """Tell whether the place of a track's pictures is this file."""
        held = bytes(self.data[place.inside : place.end])
        return place.kind == b"url " and held.rstrip(b"\x00") == OWN_DATA

    def empty(self, box: Box) -> None:
        """Make of a box free room."""
        self.data[box.start + 4 : box.start + 8] = b"free"
        self.clear(box.inside, box.end)

    def clear(self, start: int, end: int) -> None:
        """Write zeros between two places."""
        self.data[start:end] = bytes(end - start)


def clean_mp4(data: bytes) -> bytes:
    """Give a film cleared of what does not play it; raise `Refused`."""
    return FilmCleaner(data).clean()
