"""The form of a new campaign."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from flask_wtf import FlaskForm
from wtforms import (
    DateField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from app.access import Corps
from app.campaigns.rules import Term
from app.catalogue.rows import Offered, Path
from app.i18n import gettext, space_french
from app.i18n import lazy_gettext as _
from app.people.names import corps_name
from app.people.queries import Unit

MOST_UNITS = 300
"""How many units the list offers: the highest ones; others come from the page of a unit."""
LONGEST_TERM = timedelta(days=3650)


class Checkboxes(SelectMultipleField):
    """Several choices, each a box of its own."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class CampaignForm(FlaskForm):
    """Who owes what by when."""

    title = StringField(
        _("Titre"), [InputRequired(_("Donnez un titre à la campagne.")), Length(max=200)]
    )
    subject = SelectField(_("Ce qui est demandé"), [InputRequired(_("Choisissez un module."))])
    unit = SelectField(_("Service et tous ceux qui en dépendent"), coerce=int)
    corps = Checkboxes(_("Corps"))
    grades = Checkboxes(_("Grades"))
    opens_on = DateField(_("Ouverture"), [InputRequired(_("Donnez la date d’ouverture."))])
    term = RadioField(_("Échéance"), [InputRequired(_("Choisissez une date ou un délai."))])
    due_on = DateField(_("Date d’échéance"), [Optional()])
    delay_days = IntegerField(
        _("Délai en jours"),
        [Optional(), NumberRange(1, 3650, _("Donnez un nombre de jours entre 1 et 3 650."))],
    )
    reason = TextAreaField(_("Pourquoi c’est demandé"), [Length(max=1000)])
    previewed = HiddenField()

    def __init__(self, *, today: date, **options: Any) -> None:
        super().__init__(**options)
        self.today = today

    def offer(
        self, offered: Iterable[Offered], paths: Iterable[Path], units: Iterable[Unit],
        grades: Iterable[str], *, language: str, unit_id: int | None,
    ) -> None:  # fmt: skip
        """Fill the choices with what exists in the viewer's scope."""
        self.subject.choices = {
            gettext("Parcours"): {f"path-{path.id}": path.title(language) for path in paths},
            gettext("Modules"): {f"module-{one.slug}": one.title(language) for one in offered},
        }
        self.term.choices = {
            "date": gettext("À une date"),
            "delay": gettext("Un délai après l’arrivée dans le service"),
        }
        self.unit.choices = unit_choices(list(units), unit_id)
        self.corps.choices = {corps.value: corps_name(corps) for corps in Corps}
        self.grades.choices = {grade: grade for grade in grades}

    def validate_opens_on(self, field: DateField) -> None:
        """Keep the opening within reach."""
        if field.data and abs(field.data - self.today) > LONGEST_TERM:
            raise ValidationError(gettext("Cette date est à plus de dix ans."))

    def validate_due_on(self, field: DateField) -> None:
        """Ask for a date to come, after the opening."""
        if self.term.data != "date" or field.data is None:
            return
        if field.data < self.today:
            raise ValidationError(gettext("Cette date est déjà passée."))
        if self.opens_on.data and field.data < self.opens_on.data:
            raise ValidationError(gettext("L’échéance vient avant l’ouverture."))
        if field.data - self.today > LONGEST_TERM:
            raise ValidationError(gettext("Cette date est à plus de dix ans."))

    def read_term(self) -> Term:
        """Hand over the opening and the date or the delay, whichever was chosen."""
        assert self.opens_on.data is not None
        if self.term.data == "date":
            return Term(self.opens_on.data, due_on=self.due_on.data)
        return Term(self.opens_on.data, delay_days=self.delay_days.data)

    def validate_term(self, field: RadioField) -> None:
        """Ask for the date or the delay, whichever was chosen."""
        if field.data == "date" and self.due_on.data is None and not self.due_on.errors:
            raise ValidationError(gettext("Donnez la date d’échéance."))
        if field.data == "delay" and self.delay_days.data is None and not self.delay_days.errors:
            raise ValidationError(gettext("Donnez le délai en jours."))

    def read_subject(self, paths: Mapping[int, Path]) -> tuple[int | None, list[str]]:
        """Hand over the path, if one was chosen, and the modules asked."""
        kind, _dash, key = str(self.subject.data).partition("-")
        if kind == "path":
            return int(key), list(paths[int(key)].module_slugs)
        return None, [key]


def unit_choices(units: list[Unit], unit_id: int | None) -> dict[str, str]:
    """Offer the units as an indented list: all of them, or the highest and the one asked for."""
    deepest = max((unit.depth for unit in units), default=0)
    kept = units
    while len(kept) > MOST_UNITS and deepest > 0:
        deepest -= 1
        kept = [unit for unit in units if unit.depth <= deepest or unit.id == unit_id]
    top = min((unit.depth for unit in kept), default=0)
    indent = "\u00a0" * 4
    return {
        str(unit.id): f"{indent * (unit.depth - top)}{space_french(unit.name)}" for unit in kept
    }
