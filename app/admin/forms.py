"""Forms of the administrators' pages."""

from __future__ import annotations

from typing import Any

from wtforms import IntegerField, SelectField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional, Regexp

from app.access import Role
from app.admin.wording import say_setting
from app.form_words import Form
from app.i18n import LANGUAGES, gettext
from app.i18n import lazy_gettext as _
from app.people.directory.rows import EMAIL
from app.people.models import CONTACT_KINDS
from app.people.names import role_name
from app.people.queries import Unit
from app.people.settings import NUMBERS, TEXTS, NumberKey, TextKey

INDENT = "\u2003"
ADDRESS = (
    Optional(), Regexp(EMAIL.pattern + r"\Z", message=_("Cette adresse est mal formée.")),
)  # fmt: skip


def strip(text: str | None) -> str:
    """Take the spaces around a text away."""
    return " ".join((text or "").split())


class AgentForm(Form):
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


class SettingsForm(Form):
    """Every setting, in its bounds."""

    def values(self) -> dict[str, str]:
        """Give what is to be kept, by key."""
        return {key: str(self[key].data) for key in (*TEXTS, *NUMBERS)}


def build_settings_form(values: dict[str, int | str]) -> SettingsForm:
    """Build the form of the settings from their keys."""
    fields: dict[str, Any] = {key: text_field(key) for key in TEXTS}
    fields |= {key: number_field(key) for key in NUMBERS}
    form: SettingsForm = type("FilledSettingsForm", (SettingsForm,), fields)(data=values)
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


class ContactsForm(Form):
    """Whom the agents of a corps may turn to."""

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


def build_contacts_form(known: dict[str, Any]) -> ContactsForm:
    """Build the form of a corps' contacts, filled with what is known."""
    short = Length(max=300, message=_("300 caractères au plus."))
    fields = {
        f"{kind}_{name}": StringField(
            label, [short, *(ADDRESS if name == "email" else ())], filters=[strip]
        )
        for kind in CONTACT_KINDS
        for name, label in contact_fields().items()
    }
    data = {
        f"{kind}_{name}": getattr(contact, name)
        for kind, contact in known.items()
        for name in contact_fields()
    }
    form: ContactsForm = type("FilledContactsForm", (ContactsForm,), fields)(data=data)
    return form
