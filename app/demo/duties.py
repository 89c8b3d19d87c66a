"""A campaign of the fictional territory: whom it concerns, from when and by when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

from app.demo.organisation import UnitPlan
from app.demo.workforce import Person, Posting


@dataclass(frozen=True, slots=True)
class Term:
    """When a campaign opens, by when it asks, and since when it enrols nobody any more."""

    opens_on: date
    due_on: date | None = None
    delay_days: int | None = None
    """Days after the opening or the arrival, whichever is later, where there is no date."""
    closed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Duty:
    """A campaign: who owes which modules, and how many have done them."""

    title: str
    reason: str
    unit_code: str
    corps: tuple[str, ...]
    slugs: tuple[str, ...]
    """Modules, in the order in which they are taken."""
    term: Term
    done: tuple[float, float]
    """Least and greatest share of a unit's people who have completed it."""
    is_recent: bool = False
    """Whether every unit but the smallest still has something to do."""
    grades: frozenset[str] = frozenset()
    """Grades; empty for all."""
    path_slug: str = ""
    validity_months: int | None = None

    def keeps(self, posting: Posting) -> bool:
        """Tell whether someone is in the audience by a posting, at or after the opening."""
        is_over = posting.ends_on is not None and posting.ends_on <= self.term.opens_on
        return not is_over and (not self.grades or posting.grade.name in self.grades)

    def since(self, person: Person) -> date | None:
        """Give the day from which a person is in the audience; None for who never was in time."""
        if person.corps not in self.corps:
            return None
        first = next((posting for posting in person.postings if self.keeps(posting)), None)
        if first is None:
            return None
        day, closed_on = max(self.term.opens_on, first.starts_on), self.term.closed_on
        return day if closed_on is None or day < closed_on else None

    def due_for(self, since: date) -> date:
        """Give the day by which someone in the audience since a day has to be done."""
        return self.term.due_on or since + timedelta(days=self.term.delay_days or 0)


def quota(unit: UnitPlan, people: int, share: float, *, keeps_one: bool) -> int:
    """Tell how many of a unit's people are done; all but one where every unit keeps one."""
    done = ceil(people * share)
    return min(done, people - 1) if keeps_one and unit.staff >= 5 else done
