"""What campaigns say of themselves, in the reader's language."""

from __future__ import annotations

from datetime import date

from app.campaigns.forms.recurrence import write_day
from app.campaigns.queries import Preview
from app.campaigns.rules import Audience, Recurring, Term
from app.campaigns.services import MOST_AT_ONCE, Enrolled
from app.i18n import gettext as _
from app.i18n import ngettext, show_date
from app.people.mail_states import MailState
from app.people.names import category_name, corps_name, role_name


def say_term(term: Term) -> str:
    """Say by when."""
    if term.window is not None:
        return _("Le dernier jour de la période, ou le délai d’arrivée s’il finit après")
    if term.due_on is not None:
        return _("Au plus tard le %(day)s", day=show_date(term.due_on))
    return ngettext(
        "%(num)s jour après l’ouverture ou l’arrivée dans le service",
        "%(num)s jours après l’ouverture ou l’arrivée dans le service",
        term.delay_days or 0,
    )


def say_audience(audience: Audience) -> str:
    """Say what narrows an audience besides its unit."""
    parts = [
        ", ".join(corps_name(one) for one in sorted(audience.corps)) or _("tous les corps"),
        ", ".join(sorted(audience.grades)) or _("tous les grades"),
    ]
    if audience.categories:
        parts.append(", ".join(category_name(one) for one in sorted(audience.categories)))
    if audience.roles:
        parts.append(", ".join(role_name(one) for one in sorted(audience.roles)))
    if audience.arrived_since is not None:
        parts.append(_("arrivées depuis le %(day)s", day=show_date(audience.arrived_since)))
    return _(" ; ").join(parts)


def say_recurrence(term: Term, months: int | None) -> str:
    """Say how often a duty comes back, and how early it may be renewed."""
    if term.kind is Recurring.ONCE:
        return _("Une seule fois")
    if term.window is not None:
        said = ngettext(
            "Chaque année, du %(first)s au %(last)s",
            "Tous les %(num)s ans, du %(first)s au %(last)s",
            term.window.years,
            first=write_day(term.window.starts),
            last=write_day(term.window.ends),
        )
    elif months:
        said = ngettext("%(num)s mois après la réussite", "%(num)s mois après la réussite", months)
    else:
        said = _("À la fin de la validité")
    if not term.early_days:
        return said
    early = ngettext(
        "au plus tôt %(num)s jour avant", "au plus tôt %(num)s jours avant", term.early_days
    )
    return f"{said}, {early}"


def say_state(state: str) -> str:
    """Say whether a campaign is open."""
    return {"open": _("Ouverte"), "coming": _("À venir"), "closed": _("Close")}[state]


def say_launched(preview: Preview, enrolled: Enrolled, *, term: Term, today: date) -> str:
    """Say what launching did, or that the night does it for a large audience."""
    if preview.agents > MOST_AT_ONCE and term.asks_on(today):
        return _("La campagne est lancée. Elle est grande : les inscriptions se font cette nuit.")
    return say_enrolled(enrolled, term=term, today=today)


def say_enrolled(enrolled: Enrolled, *, term: Term, today: date) -> str:
    """Say what one run changed."""
    if today < term.opens_on:
        return _(
            "Personne n’est encore inscrit : la campagne ouvre le %(day)s.",
            day=show_date(term.opens_on),
        )
    if between_windows(term, today) and enrolled == Enrolled():
        return say_closed_window()
    if enrolled == Enrolled():
        return _("Toutes les personnes concernées étaient déjà inscrites.")
    said = [
        ngettext("%(num)s inscription ajoutée.", "%(num)s inscriptions ajoutées.", enrolled.added)
    ]
    if enrolled.dated:
        said.append(
            ngettext(
                "%(num)s inscription déjà prise a reçu une échéance.",
                "%(num)s inscriptions déjà prises ont reçu une échéance.",
                enrolled.dated,
            )
        )
    if enrolled.restored:
        said.append(
            ngettext(
                "%(num)s inscription est de nouveau demandée.",
                "%(num)s inscriptions sont de nouveau demandées.",
                enrolled.restored,
            )
        )
    if enrolled.released:
        said.append(
            ngettext(
                "%(num)s inscription n’est plus demandée.",
                "%(num)s inscriptions ne sont plus demandées.",
                enrolled.released,
            )
        )
    return " ".join(said)


def between_windows(term: Term, today: date) -> bool:
    """Tell whether a campaign is open, outside of the days of the year on which it asks."""
    return term.opens_on <= today and not term.asks_on(today)


def say_closed_window() -> str:
    """Say why a campaign enrols nobody between two periods of the year."""
    return _("Entre deux périodes, personne de plus n’est inscrit : les inscriptions se font"
             " pendant la prochaine.")  # fmt: skip


def say_told(state: str) -> str:
    """Say whether a reminder left."""
    return {
        MailState.WAITING: _("en attente d’envoi"),
        MailState.FAILED: _("en attente d’un nouvel essai"),
        MailState.SENT: _("parti"),
        MailState.GIVEN_UP: _("pas parti"),
    }[MailState(state)]
