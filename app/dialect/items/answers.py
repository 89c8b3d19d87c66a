"""Read the answer lines of the types that are ticked: ``- [x] a) text`` and ``> feedback``."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from app.dialect.draft import ChoiceDraft, ItemDraft, RowDraft
from app.dialect.items.body import PASTED, TICK, BodyReader, Part
from app.dialect.messages import Edit, Report
from app.dialect.scanner import Kind, Scanned
from app.dialect.source import Line, trim

ANSWER = re.compile(r"[ ]{0,3}[-*+]([ \t]+)\[([^\]]*)\](?![(\[:])")
LETTER = re.compile(r"\s*([A-Za-z])\)[ \t]*")
PERCENT = re.compile(r"\s*(\d{1,3})\s*%\s*")
QUOTE = re.compile(r"\s*>[ ]?")
"""A feedback; a keyboard may have put an unbreakable space before it."""
LIST = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]")
BROKEN = re.compile(
    rf"\s*(?:>\s*)?(?=[-*+\[\]xX{PASTED}]|\d{{1,9}}[.)])(?:[-*+{PASTED}]|\d{{1,9}}[.)])?\s*(?:[-*+]\s*)?"
    r"\[{0,2}\s*(?:[xX]{1,2}|\d{1,3}\s*%)?\s*\]{0,2}\s*[A-Za-z]\)(?:\s|$)"
)
BROKEN_BRACKETS = re.compile(
    rf"\s*(?:[-*+{PASTED}]\s*)?(?:\[\s?[xX]?\s?\]|\[\s?[xX]?\s(?![^\[\]]*\])|\s*[xX]?\]\s)(?![(\[:])"
)

MENDABLE = re.compile(
    rf"([ ]{{0,3}})([-*+]?|[-*+]\u00a0+|[{PASTED}][ \t\u00a0]*)"
    r"(?=\[(?:[ xX]|\d{1,3}%)\][ \t]+[A-Za-z]\)[ \t])"
)
"""An answer whose list mark is missing, glued to the bracket or not a hyphen."""


@dataclass(slots=True)
class Open:
    """The choice or row being read, and where its next lines may go."""

    draft: ChoiceDraft | RowDraft
    offset: int
    """The column under which a forge sees the rest of the choice."""
    settled: int
    """The same column, once the choice stands where it should."""
    after_blank: bool = False


class LinesReader(BodyReader):
    """Reads an item whose answers are lines, each with what stands under it."""

    def __init__(self, draft: ItemDraft, parts: Collection[str], report: Report) -> None:
        super().__init__(draft, parts, report)
        self.open: Open | None = None
        self.first_offset: int | None = None
        self.first_indent = 0

    def begin_part(self, part: Part, line: Line) -> None:
        """Begin a part, which ends the choice being read."""
        self.open = None
        super().begin_part(part, line)

    def take(self, scanned: Scanned) -> None:
        """Put a fence under the choice that it stands in; the rest as usual."""
        if scanned.kind is Kind.FENCE and self.open is not None:
            self.continue_choice(scanned.line, self.open)
        else:
            super().take(scanned)

    def begin_line(self, draft: ChoiceDraft | RowDraft, spaces: str, mark: int = 1) -> None:
        """Begin an answer line; ``spaces`` follow its list mark, which takes ``mark`` columns."""
        line = draft.line
        if self.first_offset is not None and line.indent >= self.first_offset:
            edits = indent_by(line, self.first_indent)
            self.report.add("Q206-answer", line.visible(), edits=edits)
            indent = self.first_indent
        else:
            indent = line.indent
        width = len(spaces.expandtabs(4))
        inside = mark + (width if 0 < width <= 4 else 1)
        if self.first_offset is None:
            self.first_offset, self.first_indent = line.indent + inside, line.indent
        self.open = Open(draft, line.indent + inside, indent + inside)
        self.sink = None

    def put(self, line: Line) -> None:
        """Note a blank line under a choice; the rest as usual."""
        if self.open is None:
            super().put(line)
        elif line.is_blank:
            self.open.after_blank = True
            if self.open.draft.feedback:
                self.open.draft.feedback.append(line.cut(len(line.text)))

    def continue_choice(self, line: Line, choice: Open) -> None:
        """Add a line to the text or to the feedback of a choice."""
        draft = choice.draft
        quote = QUOTE.match(line.text)
        unindented = line.indent == 0
        if quote and not (unindented and line.text.startswith("> [!")):
            if not choice.offset <= line.indent < choice.offset + 4:
                edits = indent_by(line, choice.settled)
                self.report.add("Q206", line.visible(), edits=edits)
            draft.feedback.append(line.cut(quote.end()))
            choice.after_blank = False
        elif unindented or choice.after_blank or LIST.match(line.text):
            self.report.add("Q114-answer", line.visible())
        elif draft.feedback:
            draft.feedback.append(line.stripped())
        else:
            draft.text = (*draft.text, line.stripped())


class AnswersReader(LinesReader):
    """Reads an item whose answers are ticked lines."""

    def take_answer(self, line: Line) -> bool:
        """Read an answer line, or a line that goes with the last one."""
        if not any(mark in line.text for mark in "[])"):
            return self.take_more(line)
        match = ANSWER.match(line.text)
        if match and self.is_answer(match[2]):
            self.begin_choice(line, match)
            return True
        if TICK.match(line.text):
            edits = mend(line)
            self.report.add("S106-mark", line.visible(), edits=edits)
            return True
        if BROKEN.match(line.text) or BROKEN_BRACKETS.match(line.text):
            self.report.add("Q109-broken", line.visible(), edits=mend(line))
            return True
        return self.take_more(line)

    def take_more(self, line: Line) -> bool:
        """Add a line to the choice being read, if there is one."""
        if self.open is None:
            return False
        self.continue_choice(line, self.open)
        return True

    def is_answer(self, mark: str) -> bool:
        """Tell an answer from a list item of the stem that happens to begin with a bracket."""
        tick = len(mark.strip()) <= 2 or PERCENT.fullmatch(mark) is not None
        return tick or bool(self.draft.choices)

    def begin_choice(self, line: Line, match: re.Match[str]) -> None:
        """Begin a choice."""
        rest = line.cut(match.end())
        letter = LETTER.match(rest.text)
        text = rest.cut(letter.end() if letter else 0).stripped()
        span = line.span(match.start(2) - 1, match.end(2) + 1)
        choice = ChoiceDraft(
            line,
            match[2],
            letter[1].lower() if letter else "",
            (text,) if text.text else (),
            span,
            has_letter=letter is not None,
        )
        self.read_mark(choice)
        self.begin_line(choice, match[1])
        self.draft.choices.append(choice)
        if text.text.startswith(("]", ")")):
            self.report.add("Q109-broken", line.visible())

    def read_mark(self, choice: ChoiceDraft) -> None:
        """Turn what stands between the brackets into a credit."""
        percent = PERCENT.fullmatch(choice.mark)
        if choice.mark in ("x", "X"):
            choice.credit = 100
        elif percent and int(percent[1]) > 100:
            self.report.add("Q108", choice.mark_span, option="%", value=choice.mark)
        elif percent:
            choice.credit = int(percent[1])
        elif choice.mark.strip() or not choice.mark:
            allowed = "[ ], [x]" + (", [50%]" if self.draft.type in ("single", "short") else "")
            ticked = choice.mark.strip() in ("x", "X")
            edits = (Edit(*choice.mark_span, "[x]"),) if ticked else ()
            self.report.add(
                "Q109", choice.mark_span, edits=edits, mark=choice.mark, allowed=allowed
            )


def indent_by(line: Line, width: int) -> tuple[Edit, ...]:
    """Give the edit that indents a line by so many spaces, if it is not already."""
    blanks = len(line.text) - len(line.text.lstrip())
    wanted = " " * width
    return (Edit(*line.span(0, blanks), wanted),) if line.text[:blanks] != wanted else ()


def mend(line: Line) -> tuple[Edit, ...]:
    """Give the edit that mends an answer line whose brackets and letter are whole."""
    match = MENDABLE.match(line.text)
    if match is None:
        return ()
    return (Edit(*line.span(match.start(2), match.end(2)), "- "),)


def read_answers(draft: ItemDraft, parts: Collection[str], report: Report) -> None:
    """Read the stem, the answers and the parts of an item."""
    AnswersReader(draft, parts, report).read()
    give_letters(draft)
    for choice in draft.choices:
        choice.feedback = list(trim(choice.feedback))


def give_letters(draft: ItemDraft) -> None:
    """Give the choices without a letter the first ones that are free."""
    taken = {choice.letter for choice in draft.choices}
    free = (letter for letter in "abcdefghijklmnopqrstuvwxyz" if letter not in taken)
    for choice in draft.choices:
        if not choice.letter:
            choice.letter = next(free, "")
