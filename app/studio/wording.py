"""What the trainers' room says of drafts, in the reader's language."""

from __future__ import annotations

from app.dialect.following import Following
from app.dialect.story import StoryScene
from app.i18n import gettext as _
from app.i18n import show_number
from app.studio.draft_states import Decision, DraftState
from app.studio.draft_texts import (
    BANK_TEXT,
    LARGEST_FILE,
    LONGEST_TEXT,
    MODULE_TEXT,
    NEAR,
    BadText,
)


def say_path(path: str) -> str:
    """Name a text of a module by what it holds."""
    found = MODULE_TEXT.fullmatch(path) or BANK_TEXT.fullmatch(path)
    if found is None:
        return path
    language = say_language(found["language"]) if found["language"] else ""
    if path.startswith("module"):
        return _("Module (%(language)s)", language=language) if language else _("Module")
    bank = found["bank"]
    if language:
        return _("Banque « %(bank)s » (%(language)s)", bank=bank, language=language)
    return _("Banque « %(bank)s »", bank=bank)


def say_language(code: str) -> str:
    """Name a language in the reader's."""
    return {"en": _("anglais"), "fr": _("français")}.get(code, code)


def say_following(following: Following) -> str:
    """Name where a block of a translation stands."""
    return {
        Following.FRESH: _("à jour"),
        Following.STALE: _("à mettre à jour"),
        Following.UNMARKED: _("sans repère"),
        Following.UNTRANSLATED: _("à traduire"),
        Following.MISSING: _("absent de la traduction"),
        Following.EXTRA: _("absent du français"),
    }[following]


def say_state(state: str) -> str:
    """Name where a draft is."""
    return {
        DraftState.WRITING: _("en cours d’écriture"),
        DraftState.IN_REVIEW: _("en relecture"),
        DraftState.PUBLISHED: _("publié"),
        DraftState.WITHDRAWN: _("abandonné"),
    }[DraftState(state)]


def say_bad_text(bad: BadText) -> str:
    """Say why a text was not saved, and what to do."""
    if bad.reason == "size":
        return _(
            "Ce texte dépasse %(most)s ko : il n’a pas été enregistré. Partagez-le, par exemple en"
            " mettant des questions dans une banque.",
            most=show_number(LONGEST_TEXT // 1000),
        )
    return _(
        "Ce texte contient un caractère invisible (nul, ou moitié de caractère) que rien ne peut"
        " garder : retirez-le, puis enregistrez."
    )


def say_room(text: str) -> str:
    """Say how much is left where a text comes near what can be published or saved."""
    size = len(text.encode())
    if size < NEAR:
        return ""
    return _(
        "Ce texte pèse %(size)s ko. Au-delà de %(publishable)s ko il ne peut pas être publié ;"
        " au-delà de %(most)s ko, il ne peut pas être enregistré.",
        size=show_number(size // 1000), publishable=show_number(LARGEST_FILE // 1000),
        most=show_number(LONGEST_TEXT // 1000),
    )  # fmt: skip


def say_review_refusal(refusal: Exception) -> str:
    """Say why a review or a publication did not happen, and what to do."""
    return {
        "DraftClosed": _("Ce brouillon n’est plus ouvert."),
        "DraftChanged": _("Le brouillon a changé depuis l’affichage de cette page. Relisez-le."),
        "NotInReview": _("Personne ne demande la relecture de ce brouillon pour l’instant."),
        "NotReady": _("Ce brouillon ne peut pas encore être approuvé : voyez plus bas pourquoi."),
        "NotApproved": _("Ce brouillon n’a pas été approuvé tel qu’il est : il est à relire."),
        "OwnText": _("Vous avez écrit dans ce brouillon : une autre personne doit le relire."),
        "PublishedMeanwhile": _(
            "Une version plus récente a été publiée depuis : voyez ce qu’elle change d’abord."
        ),
    }[type(refusal).__name__]


def say_decision(decision: str) -> str:
    """Name what a reviewer said."""
    return {
        Decision.APPROVED: _("approuvé"),
        Decision.CHANGES: _("modifications demandées"),
    }[Decision(decision)]


def say_scene(scene: StoryScene) -> list[str]:
    """Say what stands out in a scene of a dilemma, in a few words each."""
    words = []
    if not scene.is_reached:
        words.append(_("rien n’y mène"))
    if scene.is_endless:
        words.append(_("sans issue"))
    if scene.is_ending:
        words.append(_("fin") if scene.has_debrief else _("fin sans éclairage"))
    return words
