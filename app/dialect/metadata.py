"""What the front matter may say: its values, and the domain of each."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection
from dataclasses import dataclass, field

from app.dialect.compiled import CORPS
from app.dialect.labels import nearest, only_near
from app.dialect.messages import Edit, Report
from app.dialect.source import Span

STATUSES = ("verifie", "a-verifier", "mixte")
EXAMPLES = {
    "duree": "duree: 15",
    "seuil": "seuil: 80",
    "public": "public: [pn, gn]",
    "competences": "competences: [discernement, probite]",
    "prerequis": "prerequis: [probite-conflits]",
    "revu_le": "revu_le: 2026-11-25",
    "a_revoir_le": "a_revoir_le: 2027-11-25",
    "statut_source": "statut_source: a-verifier",
    "langue": "langue: fr",
}
DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(slots=True)
class Value:
    """One text of the front matter and its place."""

    text: str
    span: Span


@dataclass(slots=True)
class FrontMatter:
    """The values by key; every value is a list, of one text where one is due."""

    values: dict[str, list[Value]] = field(default_factory=dict)
    end: int = 0
    """How many lines it takes in the file."""

    def text(self, key: str) -> str:
        """Give the text of a key, empty when absent."""
        return ", ".join(value.text for value in self.values.get(key, []))

    def texts(self, key: str) -> tuple[str, ...]:
        """Give the texts of a list."""
        return tuple(value.text for value in self.values.get(key, []))

    @property
    def audience(self) -> tuple[str, ...]:
        """List the corps that the module is for, in the usual order."""
        listed = self.texts("public")
        return tuple(c for c in CORPS if c in listed) if set(listed) & set(CORPS) else CORPS


@dataclass(frozen=True, slots=True)
class Domain:
    """What the values may name."""

    competences: Collection[str] | None = None
    modules: Collection[str] | None = None
    today: dt.date = dt.date(1970, 1, 1)


def check_values(front: FrontMatter, domain: Domain, report: Report) -> None:
    """Compare every value with what its key takes."""
    for key, values in front.values.items():
        for value in values:
            check_value(key, value, domain, report)
    review = front.values.get("a_revoir_le")
    day = as_date(review[0].text) if review else None
    if review and day is not None and day < domain.today:
        report.add("M201", review[0].span, date=review[0].text)


def check_value(key: str, value: Value, domain: Domain, report: Report) -> None:
    """Compare one value with what its key takes."""
    text = value.text
    if key == "public":
        if not text:
            refuse(key, value, report)
        elif text != "tous" and text not in CORPS:
            report.add("Q111", value.span, corps=text)
        return
    names = known_names(key, domain)
    if names is not None and text not in names:
        near, only = nearest(text, names), only_near(text, names)
        # A status is one of a closed list; which skill was meant is for the author to say.
        edits = (Edit(*value.span, only),) if only and key == "statut_source" else ()
        if not near:
            refuse(key, value, report)
        else:
            report.add("M104-near", value.span, edits=edits, key=key, value=text, near=near)
    elif not text or not in_domain(key, text):
        refuse(key, value, report)


def refuse(key: str, value: Value, report: Report) -> None:
    """Report a value, with one that its key takes."""
    report.add(
        "M104", value.span, key=key, value=value.text, example=EXAMPLES.get(key, f"{key}: …")
    )


def known_names(key: str, domain: Domain) -> Collection[str] | None:
    """List what the values of a key may name; None when that is not known."""
    if key == "competences":
        return domain.competences
    if key == "prerequis":
        return domain.modules
    return STATUSES if key == "statut_source" else None


def in_domain(key: str, text: str) -> bool:
    """Tell whether a text is a good value for a key."""
    if key in ("duree", "seuil"):
        highest = 100 if key == "seuil" else 600
        return text.isascii() and text.isdigit() and len(text) < 4 and 1 <= int(text) <= highest
    if key in ("revu_le", "a_revoir_le"):
        return as_date(text) is not None
    return key != "langue" or text in ("fr", "en")


def as_date(text: str) -> dt.date | None:
    """Read an ISO date."""
    if not DATE.fullmatch(text):
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
