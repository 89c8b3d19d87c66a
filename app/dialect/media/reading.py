"""Read the media of a module: what each is, what is wrong with it, and the transcripts."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from app.dialect.checks.links import Targets
from app.dialect.checks.texts import check_text
from app.dialect.context import Context
from app.dialect.decoding import decode
from app.dialect.draft import Outline
from app.dialect.media.inspection import inspect
from app.dialect.media.kinds import MediaKind, kind_of
from app.dialect.media.sizes import Pixels
from app.dialect.messages import Message, Report
from app.dialect.scanner import scan
from app.dialect.source import Source, read_source


@dataclass(slots=True)
class MediaRead:
    """What reading the media of a module gives."""

    sizes: dict[str, Pixels] = field(default_factory=dict)
    """Of the pictures, by path."""
    transcripts: dict[str, str] = field(default_factory=dict)
    """Texts by path."""
    reports: dict[str, Report] = field(default_factory=dict)

    @property
    def messages(self) -> list[Message]:
        """List what there is to say about all of them."""
        return [message for report in self.reports.values() for message in report.messages]


@dataclass(frozen=True, slots=True)
class MediaReader:
    """Reads media; ``whole`` gives the full size of those of which only the first bytes came."""

    context: Context
    language: str = "fr"
    """Of the messages."""
    under: str = ""
    diagrams: bool = False
    whole: Mapping[str, int] = field(default_factory=dict)

    def read(self, media: Mapping[str, bytes]) -> MediaRead:
        """Read each file."""
        read = MediaRead()
        for name, data in media.items():
            if kind_of(name) is MediaKind.TRANSCRIPT:
                self.read_transcript(name, data, media, read)
            else:
                self.read_file(name, data, read)
        return read

    def read_file(self, name: str, data: bytes, read: MediaRead) -> None:
        """Inspect a file; the messages about a drawing say where in its text."""
        seen = inspect(name, data, self.context, size=self.whole.get(name), diagrams=self.diagrams)
        text = data.decode("utf-8", errors="replace") if kind_of(name) is MediaKind.DIAGRAM else ""
        report = self.report(name, read_source(self.path(name), text), read)
        for key, span, values in seen.problems:
            report.add(key, span, **values)
        if seen.pixels is not None:
            read.sizes[name] = seen.pixels

    def read_transcript(
        self, name: str, data: bytes, media: Collection[str], read: MediaRead
    ) -> None:
        """Read and check a text as those of the module are."""
        source, problems = decode(data, self.path(name), self.context)
        report = self.report(name, source, read)
        for key, span, values in problems:
            report.add(key, span, **values)
        targets = Targets(media, ids=(), scene_lines=(), folder=name.rpartition("/")[0])
        outline = Outline(scanned=scan(source.lines))
        check_text(outline, targets, self.context, report)
        read.transcripts[name] = source.text

    def report(self, name: str, source: Source, read: MediaRead) -> Report:
        """Begin the report about a file."""
        report = read.reports[name] = Report(source, self.language)
        return report

    def path(self, name: str) -> str:
        """Give the path that messages name."""
        return f"{self.under.rstrip('/')}/{name}" if self.under else name
