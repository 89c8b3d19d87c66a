"""Keep the frames of an MP3, one after another: titles, covers and what lies between go."""

from __future__ import annotations

from app.dialect.media.cleaning.refusals import Reason, Refused

FEWEST = 4
"""Frames of the shortest sound."""
MOST_JUNK = 65_536
"""Bytes after the titles in which the first frame has to begin."""
BITRATES = {
    1: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    2: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
"""In kbit/s, of layer III, by version: 1, or 2 and 2.5."""
RATES = {3: (44_100, 48_000, 32_000), 2: (22_050, 24_000, 16_000), 0: (11_025, 12_000, 8_000)}
"""In Hz, by the two bits of the version."""


def clean_sound(data: bytes) -> bytes:
    """Give the frames of a sound; raise `Refused` where they do not follow one another."""
    place = first_frame(data, after_titles(data))
    kept: list[bytes] = []
    while length := frame_length(data, place):
        if place + length > len(data):
            break  # The last one is often cut.
        kept.append(data[place : place + length])
        place += length
    rest = len(data) - place
    if len(kept) < FEWEST or rest > MOST_JUNK:
        raise Refused(Reason.DAMAGED)
    return b"".join(kept)


def after_titles(data: bytes) -> int:
    """Count the bytes of the titles at the beginning (ID3)."""
    if not data.startswith(b"ID3") or len(data) < 10:
        return 0
    size = 0
    for part in data[6:10]:
        size = size << 7 | part & 0x7F
    return 10 + size


def first_frame(data: bytes, start: int) -> int:
    """Find the first frame that another one follows."""
    for place in range(start, min(len(data), start + MOST_JUNK)):
        if data[place] != 0xFF:
            continue
        length = frame_length(data, place)
        if length and frame_length(data, place + length):
            return place
    raise Refused(Reason.DAMAGED)


def frame_length(data: bytes, place: int) -> int:
    """Count the bytes of the frame that begins here; 0 where none does."""
    if place + 4 > len(data) or data[place] != 0xFF or data[place + 1] & 0xE6 != 0xE2:
        return 0
    version = data[place + 1] >> 3 & 3
    rate, speed = data[place + 2] >> 2 & 3, data[place + 2] >> 4
    if version == 1 or rate == 3 or speed in (0, 15):
        return 0
    bits = BITRATES[1 if version == 3 else 2][speed] * 1000
    samples = 144 if version == 3 else 72
    return samples * bits // RATES[version][rate] + (data[place + 2] >> 1 & 1)
