"""What campaigns say of themselves, in the reader's language."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from app.campaigns.rules import Term
from app.campaigns.services import Enrolled
from app.i18n import gettext as _
from app.i18n import ngettext, show_date
from app.people.names import corps_name


def say_term(term: Term) -> str:
    """Say by when."""
    if term.due_on is not None:
        return _("Au plus tard le %(day)s", day=show_date(term.due_on))
    return ngettext(
        "%(num)s jour après l’ouverture ou l’arrivée dans le service",
        "%(num)s jours après l’ouverture ou l’arrivée dans le service",
        term.delay_days or 0,
    )


def say_audience(corps: Sequence[str], grades: Sequence[str]) -> str:
    """Say which corps and grades are concerned."""
    kept = ", ".join(corps_name(one) for one in corps) or _("tous les corps")
    return _("%(corps)s ; %(grades)s", corps=kept, grades=", ".join(grades) or _("tous les grades"))


def say_state(state: str) -> str:
    """Say whether a campaign is open."""
    return {"open": _("Ouverte"), "coming": _("À venir"), "closed": _("Close")}[state]


def say_enrolled(enrolled: Enrolled, *, opens_on: date, today: date) -> str:
    """Say what one run changed."""
    if today < opens_on:
        return _(
            "Personne n’est encore inscrit : la campagne ouvre le %(day)s.", day=show_date(opens_on)
        )
    if enrolled == Enrolled():
        return _("Toutes les personnes concernées étaient déjà inscrites.")
    added = ngettext(
        "%(num)s inscription ajoutée.", "%(num)s inscriptions ajoutées.", enrolled.added
    )
    if not enrolled.dated:
        return added
    dated = ngettext(
        "%(num)s inscription déjà prise a reçu une échéance.",
        "%(num)s inscriptions déjà prises ont reçu une échéance.",
        enrolled.dated,
    )
    return f"{added} {dated}"
