"""Read CSV as a stream, whatever its encoding and separator."""

from __future__ import annotations

import codecs
import contextlib
import csv
import io
import re
from collections.abc import Iterator
from typing import BinaryIO

from app.people.directory.limits import LONGEST_CELL, LONGEST_ROW
from app.people.directory.problems import Problem, UnreadableFileError
from app.people.directory.table import Line, Table, make_table

SEPARATORS = ";,\t|"
NAMED = re.compile(r"sep=[;,\t|]")
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
CHUNK = 1 << 20


def open_csv(file: BinaryIO) -> Table:
    """Detect how a CSV is written, and read its headings."""
    encoding = find_encoding(file)
    separator = find_separator(file, encoding)
    return make_table(read_lines(file, encoding, separator), encoding=encoding, separator=separator)


def find_encoding(file: BinaryIO) -> str:
    """Tell the encoding: marked, else UTF-8 where all of it is, else Windows' Western European."""
    file.seek(0)
    start = file.read(4)
    marked = next((name for mark, name in MARKS if start.startswith(mark)), "")
    # Without a mark, half of the bytes of a UTF-16 text in our alphabet are NUL.
    bare = "utf-16-le" if start[1:2] == b"\0" else "utf-16-be" if start[:1] == b"\0" else ""
    for encoding in (marked,) if marked else (bare,) if bare else ("utf-8", "cp1252"):
        if decodes(file, encoding):
            return encoding
    raise UnreadableFileError(Problem.ENCODING)


def decodes(file: BinaryIO, encoding: str) -> bool:
    """Tell whether a whole file is text of this encoding, without keeping it."""
    file.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        while chunk := file.read(CHUNK):
            if "\0" in decoder.decode(chunk):
                return False
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def find_separator(file: BinaryIO, encoding: str) -> str:
    """Choose the separator that the file names, else the one most common in its headings."""
    heading = next((line for line in text_lines(file, encoding) if line.strip("\r\n;,\t| ")), "")
    if NAMED.fullmatch(heading.strip("\r\n")):
        return heading[4]
    bare = "".join(heading.split('"')[::2])
    return max(SEPARATORS, key=bare.count)


def read_lines(file: BinaryIO, encoding: str, separator: str) -> Iterator[Line]:
    """Read the rows; each has the number that a spreadsheet would show."""
    csv.field_size_limit(max(LONGEST_CELL + 1, 131_072))
    reader = csv.reader(text_lines(file, encoding), delimiter=separator, strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, 1):
            if number > 1 or not is_naming(cells):
                yield Line(number, [cell.strip() for cell in cells])
    except csv.Error as error:
        problem = Problem.HUGE_CELL if "field larger" in str(error) else Problem.CSV_BROKEN
        detail = str(LONGEST_CELL) if problem is Problem.HUGE_CELL else ""
        raise UnreadableFileError(problem, detail, number + 1) from error


def is_naming(cells: list[str]) -> bool:
    """Tell the line by which some spreadsheets name the separator: ``sep=;``."""
    return cells[:1] == ["sep="] and not any(cells[1:])


def text_lines(file: BinaryIO, encoding: str) -> Iterator[str]:
    """Give the lines of a text; one without an end is not waited for."""
    file.seek(0)
    text = io.TextIOWrapper(file, encoding=encoding, newline="")
    number = 0
    try:
        while line := text.readline(LONGEST_ROW):
            number += 1
            if len(line) >= LONGEST_ROW:
                raise UnreadableFileError(Problem.HUGE_CELL, str(LONGEST_CELL), number)
            yield line
    finally:
        # The file is not ours to close; it may be closed already.
        with contextlib.suppress(ValueError):
            text.detach()
