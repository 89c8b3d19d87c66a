"""Words about directory files."""

from __future__ import annotations

from app.i18n import gettext as _
from app.people.directory.fates import Fate
from app.people.directory.problems import Problem
from app.people.import_states import State


def say_problem(problem: str, detail: str) -> str:
    """Say what is wrong with a file, a row or a cell."""
    said = file_problems() | cell_problems() | unit_problems()
    return said[problem] % {"detail": detail}


def file_problems() -> dict[str, str]:
    """Say what can be wrong with a whole file."""
    return {
        Problem.FILE_EMPTY: _("Le fichier est vide."),
        Problem.ENCODING: _("Le fichier n’est pas un texte lisible ni un classeur."),
        Problem.CSV_BROKEN: _("Le CSV est mal formé : un guillemet n’est pas refermé."),
        Problem.WORKBOOK_BROKEN: _("Le classeur est abîmé ou d’un autre format (XLSX, ODS)."),
        Problem.WORKBOOK_LOCKED: _(
            "Le classeur est protégé ou d’un ancien format : enregistrez-le en XLSX, ODS ou CSV."
        ),
        Problem.WORKBOOK_SWELLS: _("Le classeur se déplie au-delà du raisonnable."),
        Problem.TOO_MANY_COLUMNS: _("Trop de colonnes : %(detail)s."),
        Problem.TOO_MANY_ROWS: _("Plus de %(detail)s lignes."),
        Problem.TOO_MANY_UNITS: _("Plus de %(detail)s services."),
        Problem.HUGE_CELL: _("Une cellule dépasse %(detail)s caractères."),
        Problem.COLUMN_TWICE: _("Plusieurs colonnes ont le même titre : %(detail)s."),
        Problem.COLUMN_MISSING: _("Il manque des colonnes : %(detail)s."),
    }


def cell_problems() -> dict[str, str]:
    """Say what can be wrong with a row or a cell."""
    return {
        Problem.EMPTY: _("La cellule est vide."),
        Problem.TOO_LONG: _("Plus de %(detail)s caractères."),
        Problem.INVISIBLE: _("Des caractères invisibles s’y trouvent."),
        Problem.FORMULA: _("C’est une formule (%(detail)s) : collez sa valeur."),
        Problem.NOT_TEXT: _("Ce n’est pas un texte (%(detail)s)."),
        Problem.NOT_ONE_OF: _("Valeurs possibles : %(detail)s."),
        Problem.NOT_A_DAY: _("« %(detail)s » n’est pas une date telle que 23/11/2026."),
        Problem.NOT_A_MATRICULE: _(
            "« %(detail)s » n’est pas fait de lettres, chiffres, espaces ou -./'"
        ),
        Problem.RESERVED: _("« %(detail)s » est réservé à la plateforme."),
        Problem.NOT_A_MAIL: _("« %(detail)s » n’est pas une adresse électronique."),
        Problem.UNKNOWN_GRADE: _("Grade inconnu de ce corps : %(detail)s."),
        Problem.BEFORE_ARRIVAL: _("Le départ (%(detail)s) n’est pas après l’arrivée."),
        Problem.DUPLICATE: _("Le même matricule est déjà à la ligne %(detail)s."),
        Problem.UNKNOWN_UNIT: _("Le service %(detail)s n’est ni connu ni décrit par le fichier."),
        Problem.CLOSED_UNIT: _("Le service %(detail)s est fermé."),
        Problem.BEFORE_CURRENT: _("C’est avant l’affectation actuelle, qui date du %(detail)s."),
        Problem.IN_FUTURE: _("Le %(detail)s est à venir : importez la ligne ce jour-là."),
    }


def unit_problems() -> dict[str, str]:
    """Say what can be wrong with a unit."""
    return {
        Problem.UNIT_UNNAMED: _("Le service %(detail)s est nouveau et n’a pas de nom."),
        Problem.UNIT_DIFFERS: _("Une autre ligne dit autre chose de ce service (%(detail)s)."),
        Problem.UNKNOWN_PARENT: _("Le service de rattachement %(detail)s n’est pas connu."),
        Problem.LOOP: _("Le service %(detail)s serait rattaché à lui-même, par d’autres ou non."),
        Problem.CLOSES_TOO_SOON: _("La fermeture (%(detail)s) n’est pas après l’ouverture."),
        Problem.STILL_STAFFED: _(
            "Des agents y sont affectés (%(detail)s) : mutez-les ou fusionnez le service."
        ),
        Problem.STILL_ABOVE: _("Des services ouverts sont rattachés à %(detail)s."),
        Problem.UNKNOWN_TARGET: _("Le service absorbant %(detail)s n’est pas connu ou est fermé."),
        Problem.MERGED_INTO_ITSELF: _("Le service %(detail)s serait fusionné dans lui-même."),
    }


def say_fate(fate: str) -> str:
    """Name what becomes of agents or units."""
    return {
        Fate.CREATED: _("Créés"),
        Fate.MOVED: _("Mutés ou rattachés ailleurs"),
        Fate.CHANGED: _("Modifiés"),
        Fate.RETURNED: _("Revenus"),
        Fate.LEFT: _("Partis"),
        Fate.CLOSED: _("Fermés"),
        Fate.MERGED: _("Fusionnés"),
        Fate.UNCHANGED: _("Inchangés"),
    }[Fate(fate)]


def say_state(state: str) -> str:
    """Say how far an import is."""
    return {
        State.OPENING: _("Ouverture du fichier"),
        State.MATCHING: _("Colonnes à vérifier"),
        State.READING: _("Lecture des lignes"),
        State.CHECKING: _("Vérification des lignes entre elles"),
        State.COMPARING: _("Comparaison avec l’annuaire"),
        State.SEEKING: _("Recherche des départs"),
        State.REFUSED: _("Refusé : des erreurs sont à corriger"),
        State.READY: _("Prêt à appliquer"),
        State.APPLYING_UNITS: _("Application des services"),
        State.APPLYING: _("Application des agents"),
        State.MERGING: _("Fusion de services"),
        State.LEAVING: _("Application des départs"),
        State.FINISHING: _("Inscriptions aux campagnes"),
        State.CLEARING: _("Oubli du fichier"),
        State.APPLIED: _("Appliqué"),
        State.ABANDONED: _("Abandonné"),
    }[State(state)]
