"""The campaigns of the year: one for each corps, each with dates of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

from app.demo.organisation import UnitPlan
from app.demo.workforce import Person

MODULE = "probite-conflits"


@dataclass(frozen=True, slots=True)
class Duty:
    """A campaign: who owes the module, from when, by when, and how many have done it."""

    corps: str
    unit_code: str
    title: str
    reason: str
    opens_on: date
    due_on: date | None
    delay_days: int | None
    closed_on: date | None
    """Since when it enrols nobody any more."""
    done: tuple[float, float]
    """Least and greatest share of a unit's people who have completed."""

    def concerns(self, person: Person) -> bool:
        """Tell whether a person is, or was in time, in the audience."""
        if person.corps != self.corps:
            return False
        return self.closed_on is None or person.arrived_on < self.closed_on

    def since(self, person: Person) -> date:
        """Give the day from which a person is in the audience."""
        return max(self.opens_on, person.arrived_on)

    def due_for(self, person: Person) -> date:
        """Give the day by which a person has to be done."""
        if self.due_on is not None:
            return self.due_on
        return self.since(person) + timedelta(days=self.delay_days or 0)


def list_duties(today: date) -> tuple[Duty, ...]:
    """List the campaigns around a day: three are over, one is late, one is under way."""

    def day(offset: int) -> date:
        return today + timedelta(days=offset)

    reason = "L’inspection propose une heure par an sur la probité, au plus près du métier."
    return (
        Duty("gn", "GN", "Probité : gendarmerie", reason,
             day(-345), day(-210), None, day(-160), (0.72, 0.95)),
        Duty("pm", "PM", "Probité : polices municipales",
             "Les trois communes demandent à chaque agent de suivre ce module à son arrivée.",
             day(-290), None, 90, None, (0.60, 0.95)),
        Duty("pref", "PREF", "Probité : préfecture", reason,
             day(-225), day(-95), None, day(-65), (0.66, 0.95)),
        Duty("sp", "SP", "Probité : incendie et secours", reason,
             day(-140), day(-16), None, None, (0.42, 0.80)),
        Duty("pn", "PN", "Probité : police nationale", reason,
             day(-75), day(9), None, None, (0.40, 0.82)),
    )  # fmt: skip


def quota(unit: UnitPlan, people: int, share: float) -> int:
    """Tell how many of a unit's people are done, keeping a little to do in all but tiny ones."""
    done = ceil(people * share)
    return min(done, people - 1) if unit.staff >= 5 else done
