"""What changed between two versions, in sentences."""

from __future__ import annotations

from collections.abc import Callable

from app.catalogue.differences import Change, Difference
from app.catalogue.wording import say_corps
from app.i18n import gettext as _

Sentences = dict[Change, Callable[[], str]]


def say_difference(difference: Difference) -> str:
    """Say what changed, in a sentence that names the step or the question."""
    title = difference.title
    first, second = (*difference.detail, "", "")[:2]
    if difference.change is Change.AUDIENCE:
        return say_audience(title, first, second)
    sentences = (
        of_module(title, first, second)
        | of_items(title, first, second)
        | of_choices(title, ", ".join(difference.detail))
    )
    return sentences[difference.change]()


def of_module(title: str, first: str, second: str) -> Sentences:
    """Say what may happen to a module and its steps."""
    return {
        Change.TITLE: lambda: _(
            "Le titre du module change : « %(first)s » devient « %(second)s ».",
            first=first, second=second,
        ),
        Change.SUMMARY: lambda: _("La présentation du module au catalogue change."),
        Change.PASS_MARK: lambda: _(
            "Le seuil de réussite change : %(first)s devient %(second)s.",
            first=say_mark(first), second=say_mark(second),
        ),
        Change.STEP_ADDED: lambda: _("Étape ajoutée : « %(title)s ».", title=title),
        Change.STEP_REMOVED: lambda: _("Étape retirée : « %(title)s ».", title=title),
        Change.STEP_TITLE: lambda: _(
            "Une étape change de titre : « %(first)s » devient « %(second)s ».",
            first=first, second=second,
        ),
        Change.STEP_TEXT: lambda: _("Texte modifié : étape « %(title)s ».", title=title),
        Change.STEPS_MOVED: lambda: _("L’ordre des étapes change."),
        Change.SHEET: lambda: _("Texte modifié : « %(title)s ».", title=title),
    }  # fmt: skip


def of_items(title: str, first: str, second: str) -> Sentences:
    """Say what may happen to a question."""
    return {
        Change.ITEM_ADDED: lambda: _("Question ajoutée : « %(title)s ».", title=title),
        Change.ITEM_REMOVED: lambda: _("Question retirée : « %(title)s ».", title=title),
        Change.TYPE: lambda: _("« %(title)s » change de type de question.", title=title),
        Change.STATEMENT: lambda: _("« %(title)s » : l’énoncé change.", title=title),
        Change.KEY: lambda: _(
            "« %(title)s » : la bonne réponse change (%(first)s devient %(second)s).",
            title=title, first=first or "–", second=second or "–",
        ),
        Change.FEEDBACK: lambda: _(
            "« %(title)s » : un retour, un indice ou une explication change.", title=title
        ),
        Change.BRANCH: lambda: _("« %(title)s » : les embranchements changent.", title=title),
        Change.SCENE_TEXT: lambda: _("« %(title)s » : le texte d’une scène change.", title=title),
        Change.POINTS: lambda: _(
            "« %(title)s » : le nombre de points change (%(first)s devient %(second)s).",
            title=title, first=first, second=second,
        ),
        Change.DRAW: lambda: _(
            "« %(title)s » : le tirage change (%(first)s devient %(second)s).",
            title=title, first=first, second=second,
        ),
    }  # fmt: skip


def of_choices(title: str, letters: str) -> Sentences:
    """Say what may happen to the choices of a question."""
    return {
        Change.CHOICE_ADDED: lambda: _(
            "« %(title)s » : réponse ajoutée (%(letters)s).", title=title, letters=letters
        ),
        Change.CHOICE_REMOVED: lambda: _(
            "« %(title)s » : réponse retirée (%(letters)s).", title=title, letters=letters
        ),
        Change.CHOICE_TEXT: lambda: _(
            "« %(title)s » : le texte d’une réponse change (%(letters)s).",
            title=title, letters=letters,
        ),
    }  # fmt: skip


def say_audience(title: str, before: str, after: str) -> str:
    """Say for whom something was written, and for whom it now is."""
    first, second = say_several(before), say_several(after)
    if title:
        return _(
            "« %(title)s » s’adresse à d’autres corps : %(first)s devient %(second)s.",
            title=title, first=first, second=second,
        )  # fmt: skip
    return _(
        "Le public du module change : %(first)s devient %(second)s.", first=first, second=second
    )


def say_several(corps: str) -> str:
    """Name several corps; none listed stands for all."""
    return ", ".join(say_corps(one) for one in corps.split()) or _("tous")


def say_mark(mark: str) -> str:
    """Say a pass mark in percent, or that the platform's own holds."""
    return _("%(mark)s %%", mark=mark) if mark else _("celui de la plateforme")
