"""Forms of the administrators' pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wtforms import HiddenField, IntegerField, SelectField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional, Regexp

from app.access import Role
from app.admin.wording import say_contact_kind, say_setting
from app.form_words import Form
from app.i18n import LANGUAGES, gettext
from app.i18n import lazy_gettext as _
from app.people.directory.rows import EMAIL
from app.people.models import CONTACT_KINDS
from app.people.names import role_name
from app.people.queries import Unit
from app.people.seen import mark_of
from app.people.settings import NUMBERS, TEXTS, NumberKey, TextKey

INDENT = "\u2003"
ADDRESS = (
    Optional(), Regexp(EMAIL.pattern + r"\Z", message=_("Cette adresse est mal formée.")),
)  # fmt: skip


def strip(text: str | None) -> str:
    """Take the spaces around a text away."""
    return " ".join((text or "").split())


class SeenForm(Form):
    """A form that knows what it was filled with: nobody's later change is undone unseen."""

    seen = HiddenField()

    def list_changed(self, values: Mapping[str, object]) -> list[tuple[str, str]]:
        """Take what is kept now as seen; list where it differs from what was typed, by label."""
        self.seen.data = mark_of(values)
        return [
            (self.name_of(name), str(value))
            for name, value in values.items()
            if str(value) != str(self[name].data or "")
        ]

    def name_of(self, name: str) -> str:
        """Name a field of the form."""
        return str(self[name].label.text)


class AgentForm(SeenForm):
    """What an administrator may change of an agent."""

    email = StringField(
        _("Adresse électronique"),
        ADDRESS,
        filters=[strip],
    )
    language = SelectField(_("Langue"), choices=dict(LANGUAGES))


class RoleForm(Form):
    """A role to grant, over a unit."""

    role = SelectField(_("Rôle"), validators=[InputRequired(_("Choisissez un rôle."))])
    unit_id = SelectField(_("Sur"), coerce=int)

    def __init__(self, units: list[Unit], **options: Any) -> None:
        """Offer every role, and the tree of units."""
        super().__init__(**options)
        self.role.choices = {role.value: role_name(role) for role in Role}
        self.unit_id.choices = {str(unit.id): INDENT * unit.depth + unit.name for unit in units}


class SettingsForm(SeenForm):
    """Every setting, in its bounds."""

    def values(self) -> dict[str, str]:
        """Give what is to be kept, by key."""
        return {key: str(self[key].data) for key in (*TEXTS, *NUMBERS)}


def build_settings_form(values: dict[str, int | str]) -> SettingsForm:
    """Build the form of the settings from their keys."""
    fields: dict[str, Any] = {key: text_field(key) for key in TEXTS}
    fields |= {key: number_field(key) for key in NUMBERS}
    form: SettingsForm = type("FilledSettingsForm", (SettingsForm,), fields)(
        data=values | {"seen": mark_of(values)}
    )
    return form


def text_field(key: TextKey) -> StringField:
    """Ask for a text that may be empty."""
    too_long = Length(max=300, message=_("300 caractères au plus."))
    return StringField(say_setting(key)[0], [too_long], filters=[strip])


def number_field(key: NumberKey) -> IntegerField:
    """Ask for a whole number within its bounds."""
    bounds = NUMBERS[key]
    message = gettext(
        "Un nombre entre %(least)s et %(most)s.", least=bounds.least, most=bounds.most
    )
    return IntegerField(
        say_setting(key)[0],
        [InputRequired(message), NumberRange(bounds.least, bounds.most, message)],
    )


class ContactsForm(SeenForm):
    """Whom the agents of a corps may turn to."""

    def name_of(self, name: str) -> str:
        """Name a field with the kind of contact that it is about."""
        return f"{say_contact_kind(name.rpartition('_')[0])}, {super().name_of(name)}"

    def values(self) -> dict[str, dict[str, str]]:
        """Give what is to be kept, by kind."""
        return {
            kind: {name: str(self[f"{kind}_{name}"].data) for name in contact_fields()}
            for kind in CONTACT_KINDS
        }


def contact_fields() -> dict[str, str]:
    """Name what is said of a contact."""
    return {
        "name": gettext("Nom ou service"),
        "phone": gettext("Téléphone"),
        "email": gettext("Adresse électronique"),
        "address": gettext("Page ou lieu"),
        "hours": gettext("Horaires"),
    }


def build_contacts_form(values: dict[str, str]) -> ContactsForm:
    """Build the form of a corps' contacts, filled with what is known."""
    short = Length(max=300, message=_("300 caractères au plus."))
    fields = {
        f"{kind}_{name}": StringField(
            label, [short, *(ADDRESS if name == "email" else ())], filters=[strip]
        )
        for kind in CONTACT_KINDS
        for name, label in contact_fields().items()
    }
    form: ContactsForm = type("FilledContactsForm", (ContactsForm,), fields)(
        data=values | {"seen": mark_of(values)}
    )
    return form
