"""The parts of a workbook, unzipped as a stream and never beyond reason."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO
from xml.parsers import expat

from app.people.directory.limits import FREE_BYTES, MOST_PARTS, MOST_SWELLING, MOST_UNZIPPED
from app.people.directory.problems import Problem, UnreadableFileError

CHUNK = 1 << 16
ZIP, OLD = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
"""How a workbook begins; how an old or a protected one does."""
Attributes = dict[str, str]


def open_archive(file: BinaryIO) -> zipfile.ZipFile:
    """Open the archive of a workbook."""
    file.seek(0)
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise UnreadableFileError(Problem.WORKBOOK_BROKEN) from error
    if len(archive.infolist()) > MOST_PARTS:
        raise UnreadableFileError(Problem.WORKBOOK_SWELLS)
    if any(part.flag_bits & 1 for part in archive.infolist()):
        raise UnreadableFileError(Problem.WORKBOOK_LOCKED)
    return archive


def unzip(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """Unzip a part piece by piece; what it says of its size is not believed."""
    try:
        packed = archive.getinfo(name).compress_size
        most = min(MOST_UNZIPPED, FREE_BYTES + packed * MOST_SWELLING)
        given = 0
        with archive.open(name) as part:
            while chunk := part.read(CHUNK):
                given += len(chunk)
                if given > most:
                    raise UnreadableFileError(Problem.WORKBOOK_SWELLS)
                yield chunk
    except (KeyError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise UnreadableFileError(Problem.WORKBOOK_BROKEN) from error


class Reading:
    """Reads a part as XML: names without their namespaces, events in the order of the text."""

    def __init__(
        self,
        start: Callable[[str, Attributes], None],
        end: Callable[[str], None],
        text: Callable[[str], None] | None = None,
    ) -> None:
        self.names: dict[str, str] = {}
        self.start, self.end = start, end
        self.parser = expat.ParserCreate(namespace_separator="}")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.start_element
        self.parser.EndElementHandler = self.end_element
        self.parser.CharacterDataHandler = text
        self.parser.StartDoctypeDeclHandler = refuse

    def start_element(self, name: str, attributes: Attributes) -> None:
        """Tell of an element, by its bare name and those of its attributes."""
        bare = self.names.get(name) or self.names.setdefault(name, name.rpartition("}")[2])
        self.start(bare, attributes)

    def end_element(self, name: str) -> None:
        """Tell that an element ends."""
        self.end(self.names[name])

    def feed(self, chunks: Iterator[bytes]) -> Iterator[None]:
        """Read the pieces; the caller may take what each one gave."""
        try:
            for chunk in chunks:
                self.parser.Parse(chunk)
                yield
            self.parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise UnreadableFileError(Problem.WORKBOOK_BROKEN) from error
        yield

    def read(self, chunks: Iterator[bytes]) -> None:
        """Read it all."""
        for _ in self.feed(chunks):
            pass


def refuse(*_declared: Any) -> None:
    """Refuse a document type: it could define texts that swell."""
    raise UnreadableFileError(Problem.WORKBOOK_BROKEN)


def bare_attributes(attributes: Attributes) -> Attributes:
    """Take the namespaces off the names of attributes."""
    return {name.rpartition("}")[2]: value for name, value in attributes.items()}
