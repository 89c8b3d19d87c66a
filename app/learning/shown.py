"""What a page shows of items: plain values, with HTML marked as safe."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class ShownChoice:
    """A choice, a row or a side on a page, under the letter that answers for it."""

    letter: str
    html: Markup


@dataclass(frozen=True, slots=True)
class ShownItem:
    """An item on a page before it is answered."""

    id: str
    type: str
    title: str
    stem: Markup
    points: int
    multiple: bool
    hints: tuple[Markup, ...]
    is_behind: bool = False
    """Whether it translates an item of the reference that has changed since."""
    fields: tuple[str, ...] = ()
    """The form's fields, one for each value; none where the values are ticked under one name."""
    choices: tuple[ShownChoice, ...] = ()
    rows: tuple[ShownChoice, ...] = ()
    options: tuple[ShownChoice, ...] = ()
    pieces: tuple[Markup, ...] = ()
    gaps: tuple[tuple[str, ...], ...] = ()
    """For each gap what its menu offers; nothing where it is typed."""
    unit: str = ""

    def placed(self, chosen: tuple[str, ...]) -> list[PlacedRow]:
        """List the rows of an ordering by the place each was given; as shown before an answer."""
        known = [str(number) for number in range(1, len(self.rows) + 1)]
        places = chosen if any(chosen) else known
        rows = [PlacedRow(*one) for one in zip(places, self.rows, self.fields, strict=True)]
        # What is no place, of an answer that was refused, comes last.
        return sorted(
            rows, key=lambda row: known.index(row.place) if row.place in known else len(known)
        )


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """A row of an ordering at the place that it was given."""

    place: str
    row: ShownChoice
    field: str


@dataclass(frozen=True, slots=True)
class ToldRow:
    """One line of an answer beside what was expected."""

    html: Markup
    given: Markup
    expected: Markup
    why: Markup
    is_right: bool


@dataclass(frozen=True, slots=True)
class Told:
    """What a page says after an answer."""

    outcome: str
    """``right``, ``partly``, ``other`` or ``noted``."""
    why: tuple[tuple[str, Markup], ...]
    """Feedback beside its letter: on what was chosen and on what was expected."""
    expected: tuple[str, ...]
    rows: tuple[ToldRow, ...]
    explanation: Markup
    references: Markup


@dataclass(frozen=True, slots=True)
class ShownTerm:
    """A term of the glossary where it stands in a text, with what it means."""

    id: str
    word: Markup
    """As the text writes it."""
    definition: Markup
    before: Markup
    """What touches it, as « l’ »: a button alone may begin or end a line, whatever joins it."""
    after: Markup


@dataclass(frozen=True, slots=True)
class Text:
    """A run of prose, cut around its terms."""

    pieces: tuple[Markup | ShownTerm, ...]
    is_behind: bool = False
    """Whether it translates a text of the reference that has changed since."""
    kind: str = "text"


@dataclass(frozen=True, slots=True)
class Refused:
    """What was sent about an item and could not be kept: it is shown again as it was typed."""

    item_id: str
    values: tuple[str, ...] = ()
    reason: str = "choose"


@dataclass(frozen=True, slots=True)
class Exercise:
    """A question in the flow, with what was last answered."""

    item: ShownItem
    chosen: tuple[str, ...] = ()
    """The values of the form's fields, or the letters ticked."""
    told: Told | None = None
    kept: int = 0
    """How many answers are kept."""
    problem: str = ""
    kind: str = "choice"


@dataclass(frozen=True, slots=True)
class Thought:
    """A reflection, with the agent's own text."""

    item: ShownItem
    text: str = ""
    saved_at: datetime | None = None
    problem: str = ""
    kind: str = "reflection"


@dataclass(frozen=True, slots=True)
class ShownScene:
    """A scene of a dilemma."""

    id: str
    html: Markup
    choices: tuple[tuple[int, Markup], ...]
    """(position, text) of each way on."""
    chosen: int | None = None


@dataclass(frozen=True, slots=True)
class ShownDebrief:
    """What is said at the end of a walk."""

    opinions: tuple[str, ...]
    """What each choice of the walk is worth; empty where the author does not say."""
    texts: tuple[Markup, ...]
    references: Markup


@dataclass(frozen=True, slots=True)
class Story:
    """A dilemma: the scenes walked, the one where it stands, the debrief at the end."""

    item: ShownItem
    scenes: tuple[ShownScene, ...]
    """From the opening to where the walk stands; the last one is open, or an ending."""
    walks: int = 0
    """How many walks were begun."""
    has_ended: bool = False
    """Whether some walk reached an ending."""
    debrief: ShownDebrief | None = None
    problem: str = ""
    kind: str = "dilemma"


Shown = Text | Exercise | Thought | Story
