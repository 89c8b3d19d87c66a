"""The filters of the pages, read from the address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from flask_wtf import FlaskForm
from wtforms import DateField, SelectField
from wtforms.validators import Optional

from app.access import Corps
from app.campaigns.forms import unit_choices
from app.i18n import gettext
from app.i18n import lazy_gettext as _
from app.people.names import corps_name
from app.people.queries import Unit
from app.statistics.situation import Asked, View

PERIODS = (3, 12, 36)


class Filters(FlaskForm):
    """Filters that stand in the address: nothing is written, so there is no token."""

    class Meta:
        """Settings of the form."""

        csrf: ClassVar[bool] = False


class SituationFilters(Filters):
    """Which day, which corps, which module, how far back."""

    date = DateField(_("Date"), [Optional()])
    corps = SelectField(_("Corps"), default="")
    module = SelectField(_("Module"), default="")
    periode = SelectField(_("Période"), default="12")

    def offer(self, titles: Mapping[str, str]) -> None:
        """Fill the choices; modules by slug."""
        self.corps.choices = {"": gettext("Tous les corps")} | {
            corps.value: corps_name(corps) for corps in Corps
        }
        self.module.choices = {"": gettext("Tous les modules"), **titles}
        self.periode.choices = {
            str(months): gettext("%(months)s derniers mois", months=months) for months in PERIODS
        } | {"tout": gettext("Depuis le premier relevé")}

    def read(self, *, unit_id: int | None, view: View, ids: Mapping[str, int]) -> Asked:
        """Hand over what is asked; a filter with a mistake is left out."""
        wrong = set(self.errors)
        months = None if self.periode.data == "tout" or "periode" in wrong else self.periode.data
        return Asked(
            day=None if "date" in wrong else self.date.data,
            unit_id=unit_id,
            corps="" if "corps" in wrong else self.corps.data or "",
            module_id=None if "module" in wrong else ids.get(self.module.data or ""),
            view=view,
            months=int(months) if months else None,
        )


class NamesFilters(Filters):
    """Which unit, which module, not started or late."""

    unite = SelectField(_("Service"), default="")
    module = SelectField(_("Module"), default="")
    etat = SelectField(_("État"), default="")

    def offer(self, titles: Mapping[str, str], units: Sequence[Unit], unit_id: int | None) -> None:
        """Fill the choices with what is in the reader's scope."""
        everything = {"": gettext("Tout mon périmètre")}
        self.unite.choices = everything | unit_choices(list(units), unit_id)
        self.module.choices = {"": gettext("Tous les modules"), **titles}
        self.etat.choices = {
            "": gettext("Pas commencé ou en retard"),
            "not_started": gettext("Pas commencé"),
            "late": gettext("En retard"),
        }
