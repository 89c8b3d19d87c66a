"""Keep of a WebM the elements that play it; files attached, tags and chapters are emptied."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from app.dialect.media.cleaning.refusals import Reason, Refused

EBML, SEGMENT, DOC_TYPE, VOID = 0x1A45DFA3, 0x18538067, 0x4282, 0xEC
INFO, TRACKS, CLUSTER = 0x1549A966, 0x1654AE6B, 0x1F43B675
PLAYED = frozenset({0x114D9B74, INFO, TRACKS, 0x1C53BB6B, CLUSTER})
"""Of a segment: the table of contents, what the film is, its tracks, its index, its pictures."""
OF_INFO = frozenset({0x2AD7B1, 0x4489, 0x4461, 0x4D80, 0x5741})
"""Scale of the times, duration, date, and the programs that wrote it."""
OF_CLUSTER = frozenset({0xE7, 0xA7, 0xAB, 0xA3, 0xA0})
UNKNOWN_SIZE = -1
MOST_ELEMENTS = 100_000
PROGRAMS = frozenset({0x4D80, 0x5741})


class Element(NamedTuple):
    """An element: its number, where it begins, where what it holds does, where it ends."""

    number: int
    start: int
    inside: int
    end: int


class WebmCleaner:
    """Empties what is not played of one film."""

    def __init__(self, data: bytes) -> None:
        self.data = bytearray(data)
        self.count = 0

    def clean(self) -> bytes:
        """Give the film; raise `Refused` for one that no player could read."""
        head = self.read(0, len(self.data))
        names = [self.held(one) for one in self.elements(head) if one.number == DOC_TYPE]
        if head.number != EBML or [name.rstrip(b"\x00") for name in names] != [b"webm"]:
            raise Refused(Reason.DAMAGED)
        segment = self.read(head.end, len(self.data))
        if segment.number != SEGMENT:
            raise Refused(Reason.DAMAGED)
        seen = {one.number for one in self.clean_segment(segment)}
        if not {INFO, TRACKS, CLUSTER} <= seen:
            raise Refused(Reason.DAMAGED)
        return bytes(self.data[: segment.end])  # Nothing follows a film.

    def clean_segment(self, segment: Element) -> Iterator[Element]:
        """Clean each part of a film, and give it."""
        for one in self.elements(segment):
            if one.number in PLAYED:
                yield one
                self.clean_part(one)
            else:
                self.empty(one)

    def clean_part(self, part: Element) -> None:
        """Empty what is in a part and does not play."""
        if part.number not in (INFO, CLUSTER):
            return
        kept = OF_INFO if part.number == INFO else OF_CLUSTER
        for one in list(self.elements(part)):
            if one.number in PROGRAMS:
                self.data[one.inside : one.end] = b" " * (one.end - one.inside)
            elif one.number not in kept:
                self.empty(one)

    def elements(self, holder: Element) -> Iterator[Element]:
        """List the elements that fill another one."""
        place = holder.inside
        while place < holder.end:
            one = self.read(place, holder.end)
            yield one
            place = one.end

    def read(self, place: int, end: int) -> Element:
        """Read the head of an element."""
        self.count += 1
        number, size_at = self.read_number(place, end, keep_mark=True)
        size, inside = self.read_number(size_at, end, keep_mark=False)
        if self.count > MOST_ELEMENTS:
            raise Refused(Reason.DAMAGED)
        if size == UNKNOWN_SIZE:
            size = self.find_end(number, inside, end) - inside
        if inside + size > end:
            raise Refused(Reason.DAMAGED)
        return Element(number, place, inside, inside + size)

    def read_number(self, place: int, end: int, *, keep_mark: bool) -> tuple[int, int]:
        """Read a number of one to eight bytes, and where it ends; all ones mean an unknown size."""
        first = self.data[place] if place < end else 0
        length = 9 - first.bit_length()
        if first == 0 or length > (4 if keep_mark else 8) or place + length > end:
            raise Refused(Reason.DAMAGED)
        value = int.from_bytes(self.data[place : place + length], "big")
        if not keep_mark:
            value -= 1 << 7 * length
            value = UNKNOWN_SIZE if value == (1 << 7 * length) - 1 else value
        return value, place + length

    def find_end(self, number: int, inside: int, end: int) -> int:
        """Find where an element of unknown size ends: a film recorded as it went has some."""
        if number == SEGMENT:
            return end
        if number != CLUSTER:
            raise Refused(Reason.DAMAGED)
        place = inside
        while place < end:
            if self.read_number(place, end, keep_mark=True)[0] in PLAYED:
                break
            place = self.read(place, end).end
        return place

    def held(self, element: Element) -> bytes:
        """Give what an element holds."""
        return bytes(self.data[element.inside : element.end])

    def empty(self, element: Element) -> None:
        """Make of an element free room of the same length."""
        length = element.end - element.start
        head = bytes([VOID, 0x80 | (length - 2)])
        if length > 100:
            head = bytes([VOID]) + (1 << 56 | (length - 9)).to_bytes(8, "big")
        self.data[element.start : element.end] = head + bytes(length - len(head))


def clean_webm(data: bytes) -> bytes:
    """Give a film cleared of what does not play it; raise `Refused`."""
    return WebmCleaner(data).clean()
