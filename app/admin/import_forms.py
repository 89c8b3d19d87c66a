"""Forms of the pages that import the directory."""

from __future__ import annotations

from typing import Any

from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, IntegerField, RadioField, SelectField
from wtforms.validators import Optional

from app.admin.forms import INDENT
from app.form_words import Form
from app.i18n import gettext as _
from app.i18n import lazy_gettext as _l
from app.people.directory.columns import COLUMNS, NEEDED, Kind
from app.people.queries import Unit
from app.people.services.imports.receiving import Options

NONE = "-1"


class FileForm(Form):
    """A directory file, and what it is about."""

    kind = RadioField(_l("Ce que le fichier décrit"), default=Kind.AGENTS.value)
    file = FileField(_l("Fichier CSV, XLSX ou ODS"), [FileRequired(_l("Choisissez un fichier."))])

    def __init__(self, **options: Any) -> None:
        """Offer agents and units."""
        super().__init__(**options)
        self.kind.choices = {
            Kind.AGENTS.value: _("Des agents"), Kind.UNITS.value: _("Des services"),
        }  # fmt: skip


class ColumnsForm(Form):
    """Which heading stands for which column, and what else is said of the file."""

    accepts_grades = BooleanField(_l("Accepter les grades que personne n’a encore portés"))
    is_complete = BooleanField(_l("Le fichier est complet : qui n’y figure pas est parti"))
    below = SelectField(_l("Complet pour"), coerce=int)

    def read_places(self) -> dict[str, int]:
        """Give the place of each column that has one."""
        return {
            name.removeprefix("column_"): int(field.data)
            for name, field in self._fields.items()
            if name.startswith("column_") and field.data not in {None, NONE}
        }

    def read_options(self) -> Options:
        """Give what is said beside the columns."""
        return Options(
            bool(self.accepts_grades.data), bool(self.is_complete.data), self.below.data or None
        )


def build_columns_form(
    kind: Kind, headings: list[str], places: dict[str, int], units: list[Unit], **given: Any
) -> ColumnsForm:
    """Build the form of a file's columns, filled as they were matched."""
    choices = {NONE: "–"} | {
        str(place): heading or _("(sans titre)") for place, heading in enumerate(headings)
    }
    fields = {
        f"column_{column}": SelectField(say_column(column, kind), choices=choices)
        for column in COLUMNS[kind]
    }
    data = {f"column_{column}": str(places.get(column, NONE)) for column in COLUMNS[kind]}
    form: ColumnsForm = type("FilledColumnsForm", (ColumnsForm,), fields)(data=data | given)
    form.below.choices = {"0": _("Toute l’organisation")} | {
        str(unit.id): INDENT * unit.depth + unit.name for unit in units
    }
    return form


def say_column(column: str, kind: Kind) -> str:
    """Name a column, and say whether it is needed."""
    label = column_labels()[column]
    return f"{label} ({_('obligatoire')})" if column in NEEDED[kind] else label


def column_labels() -> dict[str, str]:
    """Name every column."""
    return {
        "matricule": _("Matricule"), "nom": _("Nom"), "prenom": _("Prénom"),
        "courriel": _("Adresse électronique"), "langue": _("Langue"), "corps": _("Corps"),
        "grade": _("Grade"), "categorie": _("Catégorie"), "arrivee": _("Date d’arrivée"),
        "depuis": _("Affecté depuis"), "depart": _("Date de départ"),
        "code_unite": _("Code du service"), "unite": _("Nom du service"),
        "type_unite": _("Type de service"), "code_parent": _("Code du service de rattachement"),
        "filiere": _("Filière"), "ouverte": _("Date d’ouverture"),
        "fermee": _("Date de fermeture"), "fusionnee_dans": _("Fusionné dans (code)"),
    }  # fmt: skip


class ConfirmForm(Form):
    """To apply what was seen; many departures are confirmed by their number."""

    leaving = IntegerField(_l("Nombre d’agents qui partent"), [Optional()])
