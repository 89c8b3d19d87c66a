"""How often a campaign asks: the part of its form about what comes back."""

from __future__ import annotations

import re
from datetime import date

from wtforms import IntegerField, RadioField, StringField
from wtforms.validators import NumberRange, Optional, ValidationError

from app.campaigns.rules import Recurring
from app.form_words import Form
from app.i18n import gettext
from app.i18n import lazy_gettext as _
from app.learning.windows import Window

DAY = re.compile(r"([0-9]{1,2})\s*[/-]\s*([0-9]{1,2})")
A_LEAP_YEAR = 2024


class RecurrenceForm(Form):
    """Once, at each anniversary, or in the same days of the year."""

    recurrence = RadioField(_("Retour"), default=Recurring.ONCE.value)
    every_months = IntegerField(
        _("Durée de validité en mois"),
        [Optional(), NumberRange(1, 120, _("Donnez un nombre de mois entre 1 et 120."))],
    )
    window_from = StringField(_("Premier jour de la période"))
    window_to = StringField(_("Dernier jour de la période"))
    window_years = IntegerField(
        _("Tous les combien d’années"),
        [Optional(), NumberRange(1, 10, _("Donnez un nombre d’années entre 1 et 10."))],
    )
    early_days = IntegerField(
        _("Renouvellement anticipé, en jours"),
        [Optional(), NumberRange(0, 365, _("Donnez un nombre de jours entre 0 et 365."))],
    )

    def offer_recurrences(self) -> None:
        """Fill the choices of how often."""
        self.recurrence.choices = {
            Recurring.ONCE.value: gettext("Une seule fois"),
            Recurring.ANNIVERSARY.value: gettext("À l’anniversaire : quand la validité se termine"),
            Recurring.WINDOW.value: gettext("À une période de l’année"),
        }

    @property
    def recurring(self) -> Recurring:
        """Give how often, once the choice is known to be one."""
        chosen = self.recurrence.data
        return Recurring(chosen) if chosen in tuple(Recurring) else Recurring.ONCE

    @property
    def early(self) -> int:
        """Give how many days early a renewal may be made; none where nothing comes back."""
        return 0 if self.recurring is Recurring.ONCE else self.early_days.data or 0

    @property
    def months(self) -> int | None:
        """Give for how many months a completion holds, where the choice gives it a meaning."""
        return self.every_months.data if self.recurring is Recurring.ANNIVERSARY else None

    def read_window(self, opens_on: date) -> Window | None:
        """Hand over the days of the year, where they were chosen."""
        starts, ends = read_day(self.window_from.data), read_day(self.window_to.data)
        if self.recurring is not Recurring.WINDOW or not starts or not ends:
            return None
        return Window(starts, ends, self.window_years.data or 1, opens_on, self.early)

    def validate_window_from(self, field: StringField) -> None:
        """Ask for a day of the year."""
        if self.recurring is Recurring.WINDOW and not read_day(field.data):
            raise ValidationError(gettext("Donnez un jour et un mois, par exemple 15/01."))

    validate_window_to = validate_window_from


def read_day(text: str | None) -> str:
    """Read a day and a month as ``01-15``; empty where there is no such day."""
    found = DAY.fullmatch((text or "").strip())
    if found is None:
        return ""
    try:
        return f"{date(A_LEAP_YEAR, int(found[2]), int(found[1])):%m-%d}"
    except ValueError:
        return ""


def write_day(text: str) -> str:
    """Write a day of the year as it is typed, as ``15/01``."""
    month, day = text.split("-")
    return f"{day}/{month}"
