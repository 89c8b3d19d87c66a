"""What pages and exports say of figures, in the reader's language."""

from __future__ import annotations

from app.i18n import gettext as _
from app.i18n import ngettext, show_date, show_moment, show_number, show_percent
from app.people.names import corps_name
from app.statistics.figures import Counts, DatedCounts, Taken
from app.statistics.names import MOST_COUNTED
from app.statistics.situation import Situation, View
from app.statistics.standing import Standing


def say_title(taken: Taken) -> str:
    """Title the situation with its day."""
    return _("Situation au %(day)s", day=show_date(taken.as_of))


def say_share(counts: Counts, *, of_module: bool) -> str:
    """Say what the percentage is a part of, and who is not counted in it."""
    figures = {
        "up_to_date": show_number(counts.up_to_date),
        "asked": show_number(counts.asked),
        "rest": show_number(counts.not_asked),
    }
    if not counts.asked:
        return _(
            "Rien n’est demandé aux agents de ce périmètre : %(rest)s agents, aucun compté.",
            rest=figures["rest"],
        )
    if of_module:
        return _(
            "à jour — %(up_to_date)s agents sur %(asked)s à qui ce module est demandé ; "
            "%(rest)s à qui il ne l’est pas ne sont pas comptés",
            **figures,
        )
    return _(
        "à jour — %(up_to_date)s agents sur %(asked)s à qui un module est demandé ; "
        "%(rest)s sans demande ne sont pas comptés",
        **figures,
    )


def say_late(counts: Counts) -> str:
    """Say how many are late, of how many."""
    return _(
        "En retard : %(late)s agents sur %(asked)s.",
        late=show_number(counts.late),
        asked=show_number(counts.asked),
    )


def say_caption(situation: Situation, title: str | None) -> str:
    """Say what the table holds: module, corps, and when it was counted."""
    asked, taken = situation.asked, situation.taken
    what = f"« {title} »" if title else _("Tous les modules demandés")
    corps = corps_name(asked.corps) if asked.corps else _("tous corps")
    moment = show_moment(taken.taken_at) if taken else ""
    if asked.view is View.TREND:
        return _("%(what)s, %(corps)s, relevé par relevé", what=what, corps=corps)
    return _("%(what)s, %(corps)s, relevé du %(moment)s", what=what, corps=corps, moment=moment)


def say_view(view: View) -> str:
    """Name a way to cut the figures."""
    return {
        View.UNITS: _("Par service"),
        View.MODULES: _("Par module"),
        View.CORPS: _("Par corps"),
        View.TREND: _("Évolution"),
    }[view]


def say_trend(trend: list[DatedCounts]) -> str:
    """Say where the share went, from the first day to the last."""
    first, last = (
        (show_percent(one.counts.up_to_date, one.counts.asked), show_date(one.as_of))
        for one in (trend[0], trend[-1])
    )
    if len(trend) == 1:
        return _("%(share)s le %(day)s.", share=last[0], day=last[1])
    return _(
        "De %(before)s le %(first)s à %(after)s le %(last)s.",
        before=first[0], first=first[1], after=last[0], last=last[1],
    )  # fmt: skip


def say_standing(standing: Standing) -> str:
    """Say where someone stands on a module."""
    return {
        Standing.LATE: _("En retard, commencé"),
        Standing.LATE_NOT_STARTED: _("En retard, pas commencé"),
        Standing.NOT_STARTED: _("Pas commencé"),
        Standing.UNDER_WAY: _("En cours"),
        Standing.EXPIRED: _("À renouveler"),
        Standing.DONE: _("Terminé"),
        Standing.NOT_ASKED: _("Rien de demandé"),
    }[standing]


def say_count(count: int) -> str:
    """Say how long the list is."""
    if count > MOST_COUNTED:
        return _("Plus de %(count)s lignes", count=show_number(MOST_COUNTED))
    return ngettext("%(count)s ligne", "%(count)s lignes", count, count=show_number(count))
