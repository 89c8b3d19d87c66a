"""What pages and exports say of figures, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from app.i18n import gettext as _
from app.i18n import ngettext, show_date, show_moment, show_number, show_percent
from app.people.names import corps_name
from app.statistics.asking import View
from app.statistics.figures import Counts, DatedCounts, Taken
from app.statistics.selecting_names import EXPIRED, EXPIRING
from app.statistics.situation import Situation
from app.statistics.standing import Standing


def say_title(taken: Taken, other: Taken | None = None) -> str:
    """Title the situation with its day, and with the one it is compared with."""
    day = show_date(taken.as_of)
    if other is None:
        return _("Situation au %(day)s", day=day)
    return _("Situation au %(day)s, comparée au %(other)s", day=day, other=show_date(other.as_of))


def say_whole(situation: Situation) -> str:
    """Say the share of those up to date, and what it is a part of."""
    counts = situation.total
    shares = say_share(situation)
    return f"{show_percent(counts.up_to_date, counts.asked)} {shares}" if counts.asked else shares


def say_share(situation: Situation) -> str:
    """Say what the percentage is a part of, and who is not counted in it."""
    counts, modules = situation.total, situation.asked.module_ids
    if not counts.population:
        return _("aucun agent dans ce périmètre")
    if not counts.asked:
        return ngettext(
            "rien n’est demandé au seul agent de ce périmètre",
            "rien n’est demandé aux %(shown)s agents de ce périmètre",
            counts.population,
            shown=show_number(counts.population),
        )
    figures = {"part": show_number(counts.up_to_date), "whole": show_number(counts.asked)}
    if modules is not None and len(modules) > 1:
        people = ngettext(
            "%(shown)s agent dans ce périmètre", "%(shown)s agents dans ce périmètre",
            counts.population, shown=show_number(counts.population),
        )  # fmt: skip
        return ngettext(
            "à jour : %(part)s sur %(whole)s demande, une par agent pour chaque module qui lui est"
            " demandé, parmi %(modules)s ; %(people)s",
            "à jour : %(part)s sur %(whole)s demandes, une par agent pour chaque module qui lui est"
            " demandé, parmi %(modules)s ; %(people)s",
            counts.asked, modules=len(modules), people=people, **figures,
        )  # fmt: skip
    share = (
        _("à jour : %(part)s sur %(whole)s à qui un module est demandé", **figures)
        if modules is None
        else _("à jour : %(part)s sur %(whole)s à qui ce module est demandé", **figures)
    )
    if not counts.not_asked:
        return share
    rest = ngettext(
        "%(shown)s agent sans demande n’est pas compté",
        "%(shown)s agents sans demande ne sont pas comptés",
        counts.not_asked,
        shown=show_number(counts.not_asked),
    )
    return _("%(share)s ; %(rest)s", share=share, rest=rest)


def say_other(other: Situation) -> str:
    """Say the same share on the day compared with."""
    day = show_date(other.taken.as_of) if other.taken else ""
    return _("Au %(day)s : %(share)s", day=day, share=say_whole(other))


def say_structure(situation: Situation) -> str:
    """Say whose units the figures are shown under, and who counts where."""
    where = _("chaque agent compte dans le service qui était le sien ce jour-là")
    if not situation.moved:
        return _("Services d’aujourd’hui : aucun n’a changé de place depuis ce relevé ; %(where)s.",
                 where=where)  # fmt: skip
    return ngettext(
        "Services d’aujourd’hui : %(shown)s service rattaché ailleurs ou fusionné depuis ce relevé"
        " est compté là où il est maintenant ; %(where)s.",
        "Services d’aujourd’hui : %(shown)s services rattachés ailleurs ou fusionnés depuis ce"
        " relevé sont comptés là où ils sont maintenant ; %(where)s.",
        situation.moved, shown=show_number(situation.moved), where=where,
    )  # fmt: skip


def say_late(counts: Counts) -> str:
    """Say how many are late, of how many."""
    if not counts.late:
        return _("Personne n’est en retard.")
    return _(
        "En retard : %(late)s sur %(asked)s.",
        late=show_number(counts.late),
        asked=show_number(counts.asked),
    )


def say_figure(situation: Situation) -> str:
    """Say all that goes with the figure that matters first."""
    share, counts = say_share(situation), situation.total
    return f"{share}. {say_late(counts)}" if counts.asked else share


def say_caption(situation: Situation, title: str | None) -> str:
    """Say what the table holds: module, corps, and when it was counted."""
    asked, taken = situation.asked, situation.taken
    what = _("« %(title)s »", title=title) if title else _("Tous les modules demandés")
    corps = corps_name(asked.corps) if asked.corps else _("tous corps")
    moment = show_moment(taken.taken_at) if taken else ""
    if asked.view is View.TREND:
        return _("%(what)s, %(corps)s, relevé par relevé", what=what, corps=corps)
    return _("%(what)s, %(corps)s, relevé du %(moment)s", what=what, corps=corps, moment=moment)


def say_campaign(title: str) -> str:
    """Say that the modules of a campaign are counted whoever asks them, and not by it alone."""
    return _("Les modules de la campagne « %(title)s » sont comptés pour tout le périmètre,"
             " demandés par elle ou autrement : ce n’est pas son propre avancement.",
             title=title)  # fmt: skip


def say_view(view: View) -> str:
    """Name a way to cut the figures."""
    return {
        View.UNITS: _("Par service"),
        View.MODULES: _("Par module"),
        View.CORPS: _("Par corps"),
        View.BANDS: _("Par grades"),
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
        Standing.EXPIRING: _("Bientôt à renouveler"),
        Standing.DONE: _("Terminé"),
        Standing.NOT_ASKED: _("Rien de demandé"),
    }[standing]


def say_names(today: date, *, units: Iterable[str], module: str | None, state: str) -> str:
    """Say whose names a list holds: state, day, units and module."""
    day = show_date(today)
    what = {
        "late": _("En retard au %(day)s", day=day),
        "not_started": _("Non commencés au %(day)s", day=day),
        EXPIRED: _("Certificats expirés au %(day)s", day=day),
        **{
            key: _("Certificats qui expirent dans les %(days)s jours, au %(day)s",
                   days=days, day=day)
            for key, days in EXPIRING.items()
        },
    }.get(state, _("Non commencés et en retard au %(day)s", day=day))  # fmt: skip
    modules = _("« %(title)s »", title=module) if module else _("tous les modules demandés")
    return _("%(what)s, %(modules)s, agents de : %(units)s",
             what=what, modules=modules, units=", ".join(units))  # fmt: skip


def say_count(count: int, *, whole: bool) -> str:
    """Say how long the list is, or the page where it goes on."""
    shown = show_number(count)
    if whole:
        return ngettext(
            "%(count)s ligne, par personne et par module",
            "%(count)s lignes, une par personne et par module",
            count, count=shown,
        )  # fmt: skip
    return ngettext(
        "%(count)s ligne sur cette page, par personne et par module",
        "%(count)s lignes sur cette page, une par personne et par module",
        count, count=shown,
    )  # fmt: skip
