"""What may reach a page: an item without its key before the answer, and what is said after it."""

from __future__ import annotations

from fractions import Fraction

from app.dialect.compiled import Frozen


class PublicChoice(Frozen, frozen=True, kw_only=True):
    """A choice as it is shown; its letter is its stable key, not its rank on the page."""

    letter: str
    html: str


class PublicSceneChoice(Frozen, frozen=True, kw_only=True):
    """A choice of a scene; its position (from 1) is its key."""

    position: int
    html: str


class PublicScene(Frozen, frozen=True, kw_only=True):
    """A scene before a choice is made; the opening has the empty id."""

    id: str
    html: str = ""
    choices: tuple[PublicSceneChoice, ...] = ()

    @property
    def is_ending(self) -> bool:
        """Tell whether the story stops here."""
        return not self.choices


class PublicGap(Frozen, frozen=True, kw_only=True):
    """A hole before it is filled; without options it is typed."""

    options: tuple[str, ...] = ()
    """In alphabetical order, so that their order tells nothing."""


class PublicItem(Frozen, frozen=True, kw_only=True):
    """An item before it is answered: it has no field for a key, a credit or a feedback."""

    id: str
    type: str
    title: str
    stem: str = ""
    points: int = 1
    multiple: bool = False
    """Whether several choices may be ticked."""
    scored: bool = True
    is_behind: bool = False
    """Whether it translates an item of the reference that has changed since."""
    hints: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    """The form's fields, one for each value; none where the values are ticked under one name."""
    choices: tuple[PublicChoice, ...] = ()
    rows: tuple[PublicChoice, ...] = ()
    """The rows of an ordering as shown, or the left sides of a matching."""
    options: tuple[PublicChoice, ...] = ()
    """The right sides of a matching, as shown."""
    pieces: tuple[str, ...] = ()
    gaps: tuple[PublicGap, ...] = ()
    unit: str = ""
    opening: PublicScene | None = None
    """The first scene of a dilemma; the next ones come from `dilemma.public_scene`."""


class ChoiceFeedback(Frozen, frozen=True, kw_only=True):
    """A choice after the answer: what was chosen, what was right, and why."""

    letter: str
    html: str
    feedback: str = ""
    chosen: bool = False
    is_right: bool = False


class RowFeedback(Frozen, frozen=True, kw_only=True):
    """One line of an answer beside what was expected: a row, a left side, a gap, a text."""

    html: str = ""
    """What the line is about; empty where the item has only one."""
    given: str = ""
    """HTML; empty where nothing was given."""
    expected: str = ""
    feedback: str = ""
    is_right: bool = False


class WalkedChoice(Frozen, frozen=True, kw_only=True):
    """One choice made along a dilemma."""

    scene: str
    position: int
    html: str
    opinion: str | None = None


class DilemmaDebrief(Frozen, frozen=True, kw_only=True):
    """A dilemma once it is walked: the path, then the debriefs met and the general one."""

    path: tuple[WalkedChoice, ...] = ()
    debriefs: tuple[str, ...] = ()
    """HTML of the debriefs: those of the scenes met, in order, then the dilemma's own."""
    ended: bool = False
    explanation: str = ""
    references: str = ""


class Feedback(Frozen, frozen=True, kw_only=True):
    """What is said after an answer; the credit is an exact fraction between 0 and 1."""

    numerator: int
    denominator: int = 1
    right: bool = False
    """Whether the item earned all its points."""
    scored: bool = True
    choices: tuple[ChoiceFeedback, ...] = ()
    """In the source's order; the page puts them back in the order shown."""
    rows: tuple[RowFeedback, ...] = ()
    explanation: str = ""
    references: str = ""
    debrief: DilemmaDebrief | None = None

    @property
    def credit(self) -> Fraction:
        """Give the share of the item's points that was earned."""
        return Fraction(self.numerator, self.denominator)
