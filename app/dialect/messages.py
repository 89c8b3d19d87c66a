"""What a check says: a code, a place, and a sentence in the reader's language."""

from __future__ import annotations

import msgspec

from app.dialect.sayings import SAYINGS
from app.dialect.source import Source, Span


class Edit(msgspec.Struct, frozen=True):
    """Text to put in place of a span."""

    line: int
    column: int
    end_line: int
    end_column: int
    text: str

    @property
    def span(self) -> Span:
        """Give the place that the text takes."""
        return Span(self.line, self.column, self.end_line, self.end_column)


class Fix(msgspec.Struct, frozen=True):
    """What would put things right: a sentence, and the edits when they are safe."""

    title: str
    edits: tuple[Edit, ...] = ()


class Message(msgspec.Struct, frozen=True):
    """One finding of the check."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    severity: str
    code: str
    message: str
    fix: Fix | None = None

    def __str__(self) -> str:
        """Write ``path:line:col: CODE severity  message  -> fix``."""
        start = f"{self.path}:{self.line}:{self.column}: {self.code} {self.severity}"
        return f"{start}  {self.message}" + (f"  -> {self.fix.title}" if self.fix else "")

    @property
    def is_error(self) -> bool:
        """Tell whether it stops a publication."""
        return self.severity == "error"


WHOLE_FILE = Span(1, 1, 1, 1)


class Report:
    """Collects the messages about one file."""

    def __init__(self, source: Source, language: str) -> None:
        self.source = source
        self.language = language
        self.messages: list[Message] = []
        self.unreadable = False
        """Whether nothing was read in the file."""

    def add(self, key: str, span: Span, /, edits: tuple[Edit, ...] = (), **values: object) -> None:
        """Say ``key`` (a code, or a code and a case) about a place."""
        saying = SAYINGS[key]
        french = self.language != "en"
        advice = (saying.fix_fr if french else saying.fix_en).format(**values)
        text = saying.fr if french else saying.en
        place = self.source.place(span)
        written = tuple(Edit(*self.source.place(one.span), one.text) for one in edits)
        self.messages.append(
            Message(
                path=self.source.path,
                line=place.line,
                column=place.column,
                end_line=place.end_line,
                end_column=place.end_column,
                severity=saying.severity,
                code=key.partition("-")[0],
                message=text.format(**values),
                fix=Fix(advice, written) if advice else None,
            )
        )

    @property
    def has_errors(self) -> bool:
        """Tell whether one of the messages is an error."""
        return any(message.is_error for message in self.messages)

    def add_alone(
        self, key: str, span: Span, /, edits: tuple[Edit, ...] = (), **values: object
    ) -> None:
        """Say ``key`` unless something was said of the line already: it explains the rest."""
        if not any(message.line == span.line for message in self.messages):
            self.add(key, span, edits, **values)

    def has_error_at(self, span: Span) -> bool:
        """Tell whether an error is told at the start of a place."""
        place = self.source.place(span)
        return any(
            message.is_error and (message.line, message.column) == (place.line, place.column)
            for message in self.messages
        )


def in_order(messages: list[Message]) -> tuple[Message, ...]:
    """Sort messages by place, one of each."""
    unique = dict.fromkeys(messages)
    return tuple(sorted(unique, key=lambda m: (m.path, m.line, m.column, m.code)))


def to_json(messages: tuple[Message, ...]) -> str:
    """Write messages as the array shared by the editor, the command line and CI."""
    return msgspec.json.encode(messages).decode()
