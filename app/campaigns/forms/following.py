"""The forms about one agent: an absence, an equivalence."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from wtforms import DateField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, ValidationError

from app.campaigns.absences import Span
from app.form_words import Form
from app.i18n import gettext
from app.i18n import lazy_gettext as _

FARTHEST = timedelta(days=1100)


class AbsenceForm(Form):
    """From which day to which an agent is away."""

    starts_on = DateField(_("Premier jour"), [InputRequired(_("Donnez le premier jour."))])
    ends_on = DateField(_("Dernier jour"), [InputRequired(_("Donnez le dernier jour."))])
    previewed = HiddenField()

    def __init__(self, *, today: date, **options: Any) -> None:
        super().__init__(**options)
        self.today = today

    def validate_starts_on(self, field: DateField) -> None:
        """Keep the days within reach."""
        if field.data and abs(field.data - self.today) > FARTHEST:
            raise ValidationError(gettext("Cette date est à plus de trois ans."))

    def validate_ends_on(self, field: DateField) -> None:
        """Keep the days within reach, and in their order."""
        self.validate_starts_on(field)
        if field.data and self.starts_on.data and field.data < self.starts_on.data:
            raise ValidationError(gettext("Le dernier jour vient avant le premier."))

    def read_span(self) -> Span:
        """Hand over the days."""
        assert self.starts_on.data is not None
        assert self.ends_on.data is not None
        return Span(self.starts_on.data, self.ends_on.data)


class EquivalenceForm(Form):
    """What counts as a module, why, and what proves it."""

    enrolment = SelectField(_("Module demandé"), coerce=int)
    reason = TextAreaField(
        _("Motif"), [InputRequired(_("Dites ce qui vaut le module.")), Length(max=500)]
    )
    proof = StringField(
        _("Référence du justificatif"),
        [InputRequired(_("Donnez la référence du justificatif.")), Length(max=200)],
    )
    previewed = HiddenField()

    def read_grounds(self) -> tuple[str, str]:
        """Hand over the reason and the reference of the proof."""
        return (self.reason.data or "").strip(), (self.proof.data or "").strip()

    def offer(self, modules: Mapping[int, str]) -> None:
        """Fill the choices with what is asked of the agent, by the enrolment."""
        self.enrolment.choices = {str(key): title for key, title in modules.items()}
