"""What the catalogue says to those who publish, in the reader's language."""

from __future__ import annotations

from app.access import Corps
from app.catalogue.differences import Kind
from app.catalogue.identities import IdentityLost
from app.catalogue.notice import read_day
from app.catalogue.path_file import BadFileError
from app.catalogue.publishing import (
    HasErrors,
    KeyChanged,
    NewerStudioWork,
    NoGradedQuiz,
    NotAnErratum,
    PublicationError,
    Retired,
)
from app.catalogue.rows import Reference
from app.catalogue.services_pages import UnknownModulesError
from app.dialect.doubts import Priority
from app.dialect.identity import Breach
from app.i18n import gettext as _
from app.i18n import ngettext, show_date, show_month
from app.people.names import corps_name


def say_refusal(error: PublicationError) -> str:
    """Say why a module was not published, and what to do."""
    if isinstance(error, HasErrors):
        return ngettext(
            "Le module a une erreur à corriger.",
            "Le module a %(num)s erreurs à corriger.",
            len(error.messages),
        )
    if isinstance(error, NoGradedQuiz):
        return _(
            "Le module n’a pas d’évaluation notée pour le corps « %(corps)s ».",
            corps=say_corps(error.corps),
        )
    if isinstance(error, KeyChanged | IdentityLost):
        return say_identity(error)
    if isinstance(error, NotAnErratum):
        return _("Aucune bonne réponse n’a changé : cette version n’est pas un erratum.")
    if isinstance(error, NewerStudioWork):
        return _(
            "La version %(number)s a été écrite dans un brouillon, et ces fichiers ne la reprennent"
            " pas telle quelle. Exportez-la d’abord, ou dites que ces fichiers la remplacent.",
            number=error.number,
        )
    if isinstance(error, Retired):
        return _("Le module est retiré : remettez-le d’abord au catalogue.")
    raise AssertionError("unreachable")


def say_identity(error: KeyChanged | IdentityLost) -> str:
    """Say which published questions are not the same any more."""
    if isinstance(error, IdentityLost):
        return " ".join(say_breach(one, error.titles[one.id]) for one in error.breaches)
    titles = ", ".join(f"« {difference.title} »" for difference in error.differences)
    return _(
        "La bonne réponse a changé (%(titles)s) : publiez cette version comme un erratum, ou"
        ' écrivez erratum="raison" dans les accolades de la question.',
        titles=titles,
    )


def say_breach(breach: Breach, title: str) -> str:
    """Say what of a published question does not hold any more, and what to write."""
    if breach.code == "P101":
        return _(
            "La question publiée « %(title)s » a disparu : remettez-la, ou écrivez ancien=%(id)s"
            " dans les accolades de celle qui la remplace.",
            title=title, id=breach.id,
        )  # fmt: skip
    if breach.code == "P103":
        return _(
            "« %(title)s » : la réponse %(letter)s n’a plus le texte publié. Si c’est une autre"
            " réponse, donnez-lui une lettre qui n’a pas servi ; si c’est la même, corrigée,"
            " écrivez erratum=\"raison\" dans les accolades.",
            title=title, letter=breach.letter,
        )  # fmt: skip
    return _(
        "« %(title)s » : l’identifiant %(id)s est publié pour une autre question ; donnez-en un"
        " nouveau.",
        title=title, id=breach.id,
    )  # fmt: skip


def say_bad_file(error: BadFileError | UnknownModulesError) -> str:
    """Say what cannot be read in a file of the content folder."""
    if isinstance(error, UnknownModulesError):
        return _(
            "parcours.yml nomme des modules jamais publiés : %(slugs)s.",
            slugs=", ".join(error.slugs),
        )  # fmt: skip
    return _(
        "%(name)s ne se lit pas : « %(entry)s », « %(key)s ».",
        name=error.file, entry=error.entry, key=error.key,
    )  # fmt: skip


def say_corps(corps: str) -> str:
    """Name a corps; what is none stands as it is."""
    return corps_name(corps) if corps in tuple(Corps) else corps


def say_kind(kind: str, number: int = 0) -> str:
    """Say what a publication is; a first one changes nothing."""
    if number == 1:
        return _("première publication")
    names = {
        Kind.EDITORIAL: _("retouche"),
        Kind.SUBSTANTIAL: _("modification de fond"),
        Kind.ERRATUM: _("erratum"),
    }
    return names[Kind(kind)]


def say_source_status(status: str) -> str | None:
    """Say how sure the legal references of a module are."""
    names = {
        "verifie": _("Références vérifiées dans les textes officiels"),
        "a-verifier": _("Références à vérifier"),
        "mixte": _("Références vérifiées en partie : le module dit lesquelles restent à vérifier"),
    }
    return names.get(status)


def say_reading(reference: Reference) -> str:
    """Say when an article was read, and in which state."""
    day = show_date(read_day(reference.checked_on))
    month = read_day(f"{reference.as_of}-01")
    if month is None:
        return _("consulté le %(day)s", day=day)
    return _("texte de %(month)s, lu le %(day)s", month=show_month(month), day=day)


def say_priority(priority: Priority) -> str:
    """Say why a statement to verify comes where it does."""
    names = {
        Priority.MUNICIPAL_POLICE: _("Police municipale : une réforme était en discussion en 2026"),
        Priority.CONFLICT_OF_INTEREST: _("Conflit d’intérêts : textes modifiés fin 2025"),
        Priority.CRIMINAL_PROCEDURE: _("Procédure pénale : lue dans une version ancienne"),
        Priority.OTHER_ARTICLE: _("Autres articles"),
        Priority.NO_ARTICLE: _("Usages, chiffres et doctrine, sans article"),
    }
    return names[priority]
