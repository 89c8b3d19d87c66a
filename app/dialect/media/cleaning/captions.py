"""Write captions anew: their times and their words; styles, regions and notes go."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from app.dialect.media.cleaning.refusals import Reason, Refused

LARGEST_TEXT = 200_000
"""Bytes that a text of a module may have."""
LONGEST_LINE = 1_000
TIME = r"(?:(\d{2,3}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
TIMES = re.compile(rf"[ \t]*{TIME}[ \t]+-->[ \t]+{TIME}((?:[ \t]+\S+)*)[ \t]*")
SETTING = re.compile(
    r"(?:line:-?\d{1,3}%?|position:\d{1,3}%|size:\d{1,3}%|align:(?:start|center|end|left|right)"
    r"|vertical:(?:rl|lr))"
)
MARK = re.compile(r"</?(?:b|i|u)>|<v(?:[ \t]+[^<>&\n]{1,80})>|</v>")
"""What a player shows otherwise than as words: emphasis, and who speaks."""


def clean_captions(data: bytes) -> bytes:
    """Give captions made anew; raise `Refused` with the line that cannot be read."""
    if len(data) > LARGEST_TEXT:
        raise Refused(Reason.CAPTIONS)
    try:
        text = data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError:
        raise Refused(Reason.CAPTIONS) from None
    if "\x00" in text:
        raise Refused(Reason.CAPTIONS)
    cues = list(read_cues(text.replace("\r\n", "\n").replace("\r", "\n").split("\n")))
    if not cues:
        raise Refused(Reason.CAPTIONS)
    written = "WEBVTT\n\n" + "\n\n".join(cues) + "\n"
    if len(written.encode()) > LARGEST_TEXT:
        raise Refused(Reason.CAPTIONS)
    return written.encode()


def read_cues(lines: list[str]) -> Iterator[str]:
    """Go through the blocks that are shown."""
    rank = 1
    while rank < len(lines):
        block: list[str] = []
        first = rank
        while rank < len(lines) and lines[rank].strip():
            block.append(lines[rank])
            rank += 1
        cue = write_cue(block, first + 1)
        if cue:
            yield cue
        rank += 1


def write_cue(block: list[str], line: int) -> str:
    """Write a cue anew; empty for a block that shows nothing."""
    at = next((rank for rank, text in enumerate(block[:2]) if "-->" in text), None)
    if at is None:
        return ""
    found = TIMES.fullmatch(block[at][:LONGEST_LINE])
    if found is None:
        raise Refused(Reason.CAPTIONS, line + at)
    begin, end = read_time(*found.groups()[:4]), read_time(*found.groups()[4:8])
    if end <= begin:
        raise Refused(Reason.CAPTIONS, line + at)
    settings = [one for one in (found[9] or "").split() if SETTING.fullmatch(one)]
    words = [write_words(text[:LONGEST_LINE]) for text in block[at + 1 :]]
    head = " ".join([f"{write_time(begin)} --> {write_time(end)}", *settings])
    return "\n".join([head, *words]) if words else ""


def write_words(text: str) -> str:
    """Write a line of words: what is not one of our marks is shown as it is written."""
    parts: list[str] = []
    place = 0
    for mark in MARK.finditer(text):
        parts += [escape(text[place : mark.start()]), mark[0]]
        place = mark.end()
    return "".join([*parts, escape(text[place:])]).replace("-->", "--&gt;")


def escape(text: str) -> str:
    """Write words so that no mark is read in them, whatever they were written as."""
    return html.escape(html.unescape(text), quote=False).replace("\n", " ")


def read_time(hours: str | None, minutes: str, seconds: str, thousandths: str) -> int:
    """Read a moment in thousandths of a second."""
    whole = (int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)
    return whole * 1000 + int(thousandths)


def write_time(moment: int) -> str:
    """Write a moment."""
    seconds, thousandths = divmod(moment, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}.{thousandths:03}"
