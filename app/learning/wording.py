"""What learning says, in the reader's language."""

from __future__ import annotations

from fractions import Fraction

from app.i18n import gettext as _
from app.i18n import ngettext, show_number
from app.learning.queries.corrections import Effect


def say_points(points: Fraction | int) -> str:
    """Write points exactly: « 7,5 » where two decimals are enough, else « 6 + 1/3 »."""
    points = Fraction(points)
    if 100 % points.denominator == 0:
        return show_number(float(points), digits=2)
    whole, rest = divmod(points, 1)
    return f"{show_number(whole)} + {rest}" if whole else str(rest)


def say_about(points: Fraction | int) -> str:
    """Write points with two decimals at most, « ≈ 6,66 » where more are needed.

    Rounded down: a score below the threshold never reads as one that reaches it.
    """
    cents = Fraction(points) * 100
    sign = "" if cents.denominator == 1 else "≈ "
    return sign + show_number(int(cents) / 100, digits=2)


def say_problem(reason: str, count: int = 0) -> str:
    """Say why an answer could not be kept, and what to do; ``count`` is how many rows it has."""
    words = {
        "": "",
        "choose": _("Répondez avant de valider."),
        "places": _(
            "Donnez à chaque ligne une place différente, de 1 à %(count)s.", count=count or ""
        ),
        "number": _("Écrivez un nombre, par exemple 48 ou 3,5."),
        "thousands": _(
            "Ce nombre peut se lire de deux façons. "
            "Écrivez les milliers sans point ni virgule : 1500."
        ),
        "text": _("Ce texte est trop long pour être gardé."),
    }
    return words.get(reason) or _("Cette réponse n’a pas pu être lue. Répondez de nouveau.")


def say_opinion(opinion: str | None) -> str:
    """Say what a choice of a dilemma is worth."""
    names = {
        "exemplaire": _("Conduite exemplaire"),
        "defendable": _("Défendable"),
        "discutable": _("Discutable"),
        "a-eviter": _("À éviter"),
    }
    return names.get(opinion or "", "")


def say_effect(effect: Effect) -> list[str]:
    """Say what an erratum changes, count by count."""
    return [
        ngettext(
            "%(num)s tentative a posé une question corrigée.",
            "%(num)s tentatives ont posé une question corrigée.",
            effect.attempts,
        ),
        ngettext(
            "%(num)s tentative sous le seuil devient réussie.",
            "%(num)s tentatives sous le seuil deviennent réussies.",
            effect.raised,
        ),
        ngettext(
            "%(num)s tentative passerait sous le seuil : sa réussite reste acquise.",
            "%(num)s tentatives passeraient sous le seuil : leur réussite reste acquise.",
            effect.lowered,
        ),
        ngettext(
            "%(num)s tentative garde son issue.",
            "%(num)s tentatives gardent leur issue.",
            effect.unchanged,
        ),
        ngettext(
            "%(num)s agent voit une tentative réussir.",
            "%(num)s agents voient une tentative réussir.",
            effect.agents,
        ),
        ngettext(
            "%(num)s attestation est délivrée à qui n’avait pas terminé le module.",
            "%(num)s attestations sont délivrées à qui n’avait pas terminé le module.",
            effect.certificates,
        ),
    ]
