"""When each campaign runs, in days from today: some are over, some under way, one is late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from app.demo.duties import Term


@dataclass(frozen=True, slots=True)
class Spell:
    """When a campaign opens, asks and closes, in days from today, and what is done by now."""

    opens: int
    due: int | None = None
    delay: int | None = None
    closes: int | None = None
    done: tuple[float, float] = (0.88, 1.0)
    """Least and greatest share of a unit's people."""
    is_recent: bool = False

    def around(self, today: date) -> Term:
        """Give its days around today."""
        due, closes = (
            None if offset is None else today + timedelta(days=offset)
            for offset in (self.due, self.closes)
        )
        return Term(today + timedelta(days=self.opens), due, self.delay, closes)


COMMON = Spell(-724, delay=90)
PATHS = {
    "gn": Spell(-505, due=-380, closes=-340),
    "pm": Spell(-450, delay=120),
    "pn": Spell(-440, due=-290, closes=-250),
    "sp": Spell(-430, due=-280, closes=-240),
    "pref": Spell(-410, due=-300, closes=-270),
}
FOCUSED = {
    "gn": Spell(-345, due=-210, closes=-160),
    "pm": Spell(-290, delay=90),
    "pref": Spell(-225, due=-95, closes=-65),
    "sp": Spell(-140, due=-16, done=(0.45, 0.82), is_recent=True),
    "pn": Spell(-75, due=9, done=(0.42, 0.84), is_recent=True),
}
LEADERS = Spell(-118, due=20, done=(0.74, 0.88))
NEXT = {
    "gn": Spell(-112, due=24, done=(0.60, 0.94), is_recent=True),
    "pm": Spell(-98, due=-7, done=(0.58, 0.92), is_recent=True),
    "pref": Spell(-84, due=41, done=(0.58, 0.93), is_recent=True),
}
