"""The words of the editor, in the reader's language."""

from __future__ import annotations

from app.i18n import gettext as _


def editor_words() -> dict[str, str]:
    """Give what the editor says; what stands in braces is filled in by the page."""
    return {
        "error": _("erreur"),
        "warning": _("avertissement"),
        "line": _("ligne {line}"),
        "fix": _("Corriger"),
        "fixAt": _("Corriger, ligne {line} : {fix}"),
        "none": _("La vérification ne trouve rien à redire à ce texte."),
        "count": _("Erreurs : {errors} · avertissements : {warnings}"),
        "inserted": _("La question {id} est ajoutée ; son titre est sélectionné."),
        "notInserted": _("La question n’a pas pu être ajoutée. Réessayez dans un moment."),
    }


def editor_phrases() -> dict[str, str]:
    """Translate what CodeMirror says by itself, from its English words."""
    return {
        "Completions": _("Propositions"),
        "Control character": _("Caractère invisible"),
        "Selection deleted": _("Sélection supprimée"),
        "Find": _("Rechercher"),
        "Replace": _("Remplacer par"),
        "next": _("suivant"),
        "previous": _("précédent"),
        "all": _("tout"),
        "match case": _("respecter la casse"),
        "regexp": _("expression régulière"),
        "by word": _("mot entier"),
        "replace": _("remplacer"),
        "replace all": _("tout remplacer"),
        "close": _("fermer"),
        "current match": _("résultat actuel"),
        "on line": _("ligne"),
        "replaced match on line $": _("remplacé, ligne $"),
        "replaced $ matches": _("$ remplacements"),
        "Go to line": _("Aller à la ligne"),
        "go": _("aller"),
    }
