"""The campaigns of two years: a common ground, a path for each corps, modules, those who lead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from app.catalogue.path_file import PathDraft
from app.demo.curriculum import Curriculum
from app.demo.duties import Duty
from app.demo.grades import GRADES, HEADS
from app.demo.organisation import ROOT
from app.demo.spells import COMMON, FOCUSED, LEADERS, NEXT, PATHS, Spell

FOCUS = "probite-conflits"
"""The module that each corps asks for in a campaign of its own."""
CORPS = {
    "pn": "police nationale", "gn": "gendarmerie", "pm": "polices municipales",
    "sp": "incendie et secours", "pref": "préfecture",
}  # fmt: skip


def list_duties(today: date, curriculum: Curriculum) -> tuple[Duty, ...]:
    """List the campaigns, the oldest first: some are over, some under way, one is late.

    One that would ask for nothing, for want of its module or path, is not made.
    """
    duties = [
        *ask_common(today, curriculum),
        *ask_paths(today, curriculum),
        *ask_focus(today, curriculum),
        *ask_leaders(today, curriculum),
    ]
    duties += ask_next(today, curriculum, duties)
    return tuple(sorted((duty for duty in duties if duty.slugs), key=lambda d: d.term.opens_on))


def ask_common(today: date, curriculum: Curriculum) -> Iterator[Duty]:
    """Ask everyone for the common ground, and newcomers as they arrive."""
    if curriculum.common is not None:
        yield ask_path(
            curriculum, curriculum.common, tuple(CORPS), COMMON, today,
            title="Tronc commun : toutes les forces du Valdoré",
            reason="Les mêmes mots et les mêmes repères, quel que soit l’uniforme ou le guichet.",
        )  # fmt: skip


def ask_paths(today: date, curriculum: Curriculum) -> Iterator[Duty]:
    """Ask each corps for what its path held when the campaign was made."""
    for corps, spell in PATHS.items():
        path = curriculum.path_of(corps)
        if path is not None:
            yield ask_path(
                curriculum, path, (corps,), spell, today, title=f"Parcours : {CORPS[corps]}",
                reason="Le parcours du corps, un module après l’autre, au plus près du métier.",
            )  # fmt: skip


def ask_leaders(today: date, curriculum: Curriculum) -> Iterator[Duty]:
    """Ask those who lead for the whole of their path."""
    for path in curriculum.leading_paths():
        yield ask_path(
            curriculum, path, tuple(path.audience), LEADERS, today, title=path.titles["fr"],
            reason="L’équité se voit d’abord dans l’équipe : les encadrants commencent.",
            grades=leading_grades(path.audience),
        )  # fmt: skip


def ask_path(
    curriculum: Curriculum,
    path: PathDraft,
    corps: tuple[str, ...],
    spell: Spell,
    today: date,
    *,
    title: str,
    reason: str,
    grades: frozenset[str] = frozenset(),
) -> Duty:
    """Ask these corps for what a path holds for all of them when the campaign opens."""
    term = spell.around(today)
    return Duty(
        title, reason, unit_of(corps), corps, curriculum.taught(path, term.opens_on, corps), term,
        spell.done, spell.is_recent, grades, path.slug, path.validity_months,
    )  # fmt: skip


def ask_focus(today: date, curriculum: Curriculum) -> Iterator[Duty]:
    """Ask each corps, each at a time of its own, for the same module."""
    reasons = {
        "pm": "Les trois communes demandent à chaque agent de suivre ce module à son arrivée.",
    }
    usual = "L’inspection demande ce module à chaque agent, au plus près de son métier."
    for corps, spell in FOCUSED.items():
        reason = reasons.get(corps, usual)
        yield ask_module(curriculum, FOCUS, corps, spell, today, title="Probité", reason=reason)


def ask_next(today: date, curriculum: Curriculum, duties: Iterable[Duty]) -> Iterator[Duty]:
    """Ask some corps for the next module of their path that all of them were not asked yet."""
    for corps, spell in NEXT.items():
        asked = {
            slug for duty in duties if corps in duty.corps and not duty.grades
            for slug in duty.slugs
        }  # fmt: skip
        taught = curriculum.taught(
            curriculum.path_of(corps), spell.around(today).opens_on, (corps,)
        )
        following = next((slug for slug in taught if slug not in asked), None)
        if following is not None:
            yield ask_module(
                curriculum, following, corps, spell, today,
                title=curriculum.subjects[following].title,
                reason="La suite du parcours, choisie avec les référents déontologues.",
            )  # fmt: skip


def ask_module(
    curriculum: Curriculum,
    slug: str,
    corps: str,
    spell: Spell,
    today: date,
    *,
    title: str,
    reason: str,
) -> Duty:
    """Ask a corps for one module, if there is such a module for it by then."""
    term = spell.around(today)
    slugs = curriculum.offered((slug,), term.opens_on, (corps,))
    return Duty(
        f"{title} : {CORPS[corps]}", reason, unit_of((corps,)), (corps,), slugs, term,
        spell.done, spell.is_recent,
    )  # fmt: skip


def leading_grades(audience: Iterable[str]) -> frozenset[str]:
    """List the grades that lead units in these corps, and all officers."""
    officers = (
        grade.name for corps in audience for grade in GRADES[corps]
        if grade.category == "officiers"
    )  # fmt: skip
    return frozenset((*officers, *(grade for corps in audience for grade in HEADS[corps])))


def unit_of(corps: tuple[str, ...]) -> str:
    """Give the code of the unit above everyone in these corps."""
    return corps[0].upper() if len(corps) == 1 else ROOT
