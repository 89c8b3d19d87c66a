"""What learning says, in the reader's language."""

from __future__ import annotations

from fractions import Fraction

from app.i18n import gettext as _
from app.i18n import show_number


def say_points(points: Fraction | int) -> str:
    """Write points exactly: « 7,5 » where two decimals are enough, else « 6 + 1/3 »."""
    points = Fraction(points)
    if 100 % points.denominator == 0:
        return show_number(float(points), digits=2)
    whole, rest = divmod(points, 1)
    return f"{show_number(whole)} + {rest}" if whole else str(rest)


def say_opinion(opinion: str | None) -> str:
    """Say what a choice of a dilemma is worth."""
    names = {
        "exemplaire": _("Conduite exemplaire"),
        "defendable": _("Défendable"),
        "discutable": _("Discutable"),
        "a-eviter": _("À éviter"),
    }
    return names.get(opinion or "", "")
