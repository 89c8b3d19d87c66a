"""The form of a new campaign: who, what, by when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

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

from app.access import Corps, Role
from app.campaigns.forms.recurrence import RecurrenceForm
from app.campaigns.forms.units import unit_choices
from app.campaigns.rules import Audience, Recurring, Term
from app.catalogue.rows import Offered, Path
from app.i18n import gettext
from app.i18n import lazy_gettext as _
from app.people.names import category_name, corps_name, role_name
from app.people.queries import Unit

LONGEST_TERM = timedelta(days=3650)
CATEGORIES = ("application", "maitrise", "officiers")


class Checkboxes(SelectMultipleField):
    """Several choices, each a box of its own."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class CampaignForm(RecurrenceForm):
    """Who owes what by when."""

    title = StringField(
        _("Titre"), [InputRequired(_("Donnez un titre à la campagne.")), Length(max=200)]
    )
    subject = SelectField(_("Ce qui est demandé"), [InputRequired(_("Choisissez un module."))])
    unit = SelectField(_("Service et tous ceux qui en dépendent"), coerce=int)
    corps = Checkboxes(_("Corps"))
    categories = Checkboxes(_("Catégories"))
    grades = Checkboxes(_("Grades"))
    roles = Checkboxes(_("Responsabilités"))
    arrived_since = DateField(_("Arrivées depuis le"), [Optional()])
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
        self.categories.choices = {one: category_name(one) for one in CATEGORIES}
        self.grades.choices = {grade: grade for grade in grades}
        self.roles.choices = {role.value: role_name(role) for role in Role}
        self.offer_recurrences()

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
        """Hand over the opening, the date or the delay, whichever was chosen, and the rest."""
        assert self.opens_on.data is not None
        dated = self.term.data == "date"
        return Term(
            self.opens_on.data,
            due_on=self.due_on.data if dated else None,
            delay_days=None if dated else self.delay_days.data,
            recurring=self.recurring,
            early_days=self.early,
            window=self.read_window(self.opens_on.data),
        )

    def read_audience(self, unit_path: str) -> Audience:
        """Hand over whom the campaign concerns."""
        return Audience(
            unit_path, frozenset(self.corps.data or ()), frozenset(self.grades.data or ()),
            frozenset(self.categories.data or ()), frozenset(self.roles.data or ()),
            self.arrived_since.data,
        )  # fmt: skip

    def validate_term(self, field: RadioField) -> None:
        """Ask for the date or the delay, whichever was chosen."""
        if field.data == "date" and self.due_on.data is None and not self.due_on.errors:
            raise ValidationError(gettext("Donnez la date d’échéance."))
        if field.data == "delay" and self.delay_days.data is None and not self.delay_days.errors:
            raise ValidationError(gettext("Donnez le délai en jours."))
        if field.data == "date" and self.recurring is Recurring.WINDOW:
            raise ValidationError(
                gettext("Une période de l’année a sa propre échéance : choisissez un délai, il vaut"
                        " pour qui arrive pendant la période.")
            )  # fmt: skip

    def read_subject(self, paths: Mapping[int, Path]) -> tuple[int | None, list[str]]:
        """Hand over the path, if one was chosen, and the modules asked."""
        kind, _dash, key = str(self.subject.data).partition("-")
        if kind == "path":
            return int(key), list(paths[int(key)].module_slugs)
        return None, [key]
