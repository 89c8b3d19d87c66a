"""Damage texts at random, always in the same way for the same seed."""

from __future__ import annotations

import random
from collections.abc import Callable

TOKENS = (
    "\n", "\n\n", "---\n", "- [x] a) ", "- [ ] ", "> ", "> [!NOTE]\n", "### ", "#### ", "## ",
    "```\n", "~~~\n", "{#x}", "{corps=pn}", "{", "}", "[[", "]]", "**Explication :** ", "**", "*",
    "`", "->", "| a |\n| - |\n", "![](media/x)", "[a](b)", "<b>", "\t", "    ", "\u00a0", "\ufeff",
    "e\u0301", "\r\n", "\r", "\x00", "\ue000", "\u2028", "🙂", "1. ", "12345678901234567890. ",
    "[^1]", "[^1]: x\n", "± ", "~", "%", ":", "\\", "&#0;", "CSI R. 434-9", "# ", "Tirage : ",
    "avis=", "=", '"', "points=99999999999999", "\ud800",
)  # fmt: skip


def delete_lines(text: str, rng: random.Random) -> str:
    """Take a few lines out."""
    lines = text.split("\n")
    place = rng.randrange(len(lines))
    del lines[place : place + rng.randint(1, 4)]
    return "\n".join(lines)


def repeat_lines(text: str, rng: random.Random) -> str:
    """Write a few lines again."""
    lines = text.split("\n")
    place = rng.randrange(len(lines))
    lines[place:place] = lines[place : place + rng.randint(1, 4)] * rng.randint(1, 3)
    return "\n".join(lines)


def swap_lines(text: str, rng: random.Random) -> str:
    """Put two lines in each other's place."""
    lines = text.split("\n")
    one, other = rng.randrange(len(lines)), rng.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return "\n".join(lines)


def indent_line(text: str, rng: random.Random) -> str:
    """Indent a line, or quote it."""
    lines = text.split("\n")
    place = rng.randrange(len(lines))
    lines[place] = rng.choice([" ", "  ", "    ", "\t", "> "]) + lines[place]
    return "\n".join(lines)


def delete_piece(text: str, rng: random.Random) -> str:
    """Take a few characters out."""
    start = rng.randrange(len(text) + 1)
    return text[:start] + text[start + rng.randint(1, 12) :]


def insert_token(text: str, rng: random.Random) -> str:
    """Put in something that means a lot, once or thirty times."""
    start = rng.randrange(len(text) + 1)
    return text[:start] + rng.choice(TOKENS) * rng.choice([1, 1, 1, 2, 30]) + text[start:]


def change_character(text: str, rng: random.Random) -> str:
    """Put another character in the place of one."""
    start = rng.randrange(len(text) + 1)
    code = rng.choice([rng.randrange(32, 127), rng.randrange(1, 0x2FF)])
    return text[:start] + chr(code) + text[start + 1 :]


def cut_end(text: str, rng: random.Random) -> str:
    """Take the end out."""
    return text[: rng.randrange(len(text) + 1)]


def copy_piece(text: str, rng: random.Random) -> str:
    """Write a piece again somewhere else."""
    start, place = rng.randrange(len(text) + 1), rng.randrange(len(text) + 1)
    return text[:place] + text[start : start + rng.randint(5, 80)] + text[place:]


WAYS: tuple[Callable[[str, random.Random], str], ...] = (
    delete_lines, repeat_lines, swap_lines, indent_line, delete_piece, insert_token,
    change_character, copy_piece, insert_token, cut_end,
)  # fmt: skip


def damage(text: str, rng: random.Random) -> str:
    """Damage a text in one to eight places; its end is seldom lost."""
    for _ in range(rng.randint(1, 8)):
        way = rng.choice(WAYS if rng.random() < 0.1 else WAYS[:-1])
        text = way(text, rng) or "#"
    return text
