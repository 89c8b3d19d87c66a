"""The filters of the pages, read from the address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from wtforms import DateField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Optional, ValidationError

from app.access import Corps
from app.campaigns.forms import unit_choices
from app.form_words import Form
from app.i18n import gettext
from app.i18n import lazy_gettext as _
from app.people.names import corps_name
from app.people.queries import Unit
from app.statistics.asking import Asked, View
from app.statistics.module_sets import ModuleSet
from app.statistics.selecting_names import EXPIRED, EXPIRING

PERIODS = (3, 12, 36)
TODAY = "aujourdhui"


class Filters(Form):
    """Filters that stand in the address: nothing is written, so there is no token."""

    class Meta:
        """Settings of the form."""

        csrf: ClassVar[bool] = False


class SituationFilters(Filters):
    """Which days, which corps, which modules, whose units, how far back."""

    date = DateField(_("Date"), [Optional()])
    avec = DateField(_("Comparer avec le"), [Optional()])
    corps = SelectField(_("Corps"), default="")
    module = SelectField(_("Module"), default="")
    ensemble = SelectField(_("Parcours ou campagne"), default="")
    structure = SelectField(_("Services"), default="")
    periode = SelectField(_("Période"), default="12")

    def offer(self, titles: Mapping[str, str], sets: Sequence[ModuleSet]) -> None:
        """Fill the choices; modules by slug."""
        self.corps.choices = {"": gettext("Tous les corps")} | {
            corps.value: corps_name(corps) for corps in Corps
        }
        self.module.choices = {"": gettext("Tous les modules"), **titles}
        # A campaign often has the title of its path: what each is stands over them.
        self.ensemble.choices = [SelectChoice("", gettext("Tous"))] + [
            SelectChoice(
                one.key, one.title,
                optgroup=gettext("Campagnes") if one.of_campaign else gettext("Parcours"),
            )
            for one in sets
        ]  # fmt: skip
        self.structure.choices = {
            "": gettext("Comme ils étaient ce jour-là"),
            TODAY: gettext("Comme ils sont aujourd’hui"),
        }
        self.periode.choices = {
            str(months): gettext("%(months)s derniers mois", months=months) for months in PERIODS
        } | {"tout": gettext("Depuis le premier relevé")}

    def validate_ensemble(self, field: SelectField) -> None:
        """Say which of two filters is left out, where both are chosen."""
        if self.module.data and field.data:
            raise ValidationError(gettext("Un module est choisi : ce filtre n’est pas appliqué."))

    def read(
        self, *, unit_id: int | None, view: View, ids: Mapping[str, int], sets: Sequence[ModuleSet]
    ) -> Asked:
        """Hand over what is asked; a filter with a mistake, or without sense here, is left out."""
        wrong = set(self.errors)
        months = None if self.periode.data == "tout" or "periode" in wrong else self.periode.data
        module_id = None if "module" in wrong else ids.get(self.module.data or "")
        slugs = {one.key: one.slugs for one in sets}.get(self.ensemble.data or "")
        of_set = None if slugs is None else tuple(ids[slug] for slug in slugs if slug in ids)
        over_time = view is View.TREND
        return Asked(
            day=None if "date" in wrong else self.date.data,
            unit_id=unit_id,
            corps="" if "corps" in wrong or view is View.BANDS else self.corps.data or "",
            module_ids=of_set if module_id is None else (module_id,),
            view=view,
            months=int(months) if months else None,
            other_day=None if "avec" in wrong or over_time else self.avec.data,
            under_today=self.structure.data == TODAY and not over_time,
        )


class NamesFilters(Filters):
    """Which unit, which module, which state."""

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
            EXPIRED: gettext("Certificat expiré"),
            **{key: gettext("Expire dans les %(days)s jours", days=days)
               for key, days in EXPIRING.items()},
        }  # fmt: skip
