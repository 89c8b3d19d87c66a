"""Forms of people."""

from __future__ import annotations

from typing import Any

from wtforms import PasswordField, SelectField, StringField, ValidationError
from wtforms.validators import InputRequired, Length

from app.form_words import Form
from app.i18n import LANGUAGES, gettext
from app.i18n import lazy_gettext as _
from app.people.password_rules import MINIMUM, PRIVILEGED_MINIMUM, Weakness, find_weakness

LONGEST_MATRICULE = 100
LONGEST_PASSWORD = 1000


class MatriculeForm(Form):
    """Who someone is."""

    matricule = StringField(
        _("Matricule"),
        [
            InputRequired(_("Saisissez votre matricule.")),
            Length(max=LONGEST_MATRICULE, message=_("Ce matricule est trop long.")),
        ],
    )


class SignInForm(MatriculeForm):
    """Who signs in."""

    password = PasswordField(
        _("Mot de passe"),
        [
            InputRequired(_("Saisissez votre mot de passe.")),
            Length(max=LONGEST_PASSWORD, message=_("Ce mot de passe est trop long.")),
        ],
    )


class CurrentPasswordForm(Form):
    """Who is at the keyboard; stated first, its errors come first."""

    current_password = PasswordField(
        _("Mot de passe actuel"),
        [
            InputRequired(_("Saisissez votre mot de passe actuel.")),
            Length(max=LONGEST_PASSWORD, message=_("Ce mot de passe est trop long.")),
        ],
    )


class ChoosePasswordForm(Form):
    """A new password, typed twice."""

    new_password = PasswordField(
        _("Nouveau mot de passe"),
        [
            InputRequired(_("Choisissez un mot de passe.")),
            Length(max=LONGEST_PASSWORD, message=_("Ce mot de passe est trop long.")),
        ],
    )
    confirmation = PasswordField(
        _("Nouveau mot de passe, une seconde fois"),
        [InputRequired(_("Saisissez-le une seconde fois."))],
    )

    def __init__(self, *, privileged: bool, personal: tuple[str, ...], **options: Any) -> None:
        """Keep what the rules depend on: the roles held, the names and the matricule."""
        super().__init__(**options)
        self.minimum = PRIVILEGED_MINIMUM if privileged else MINIMUM
        self.personal = personal

    def validate_new_password(self, field: PasswordField) -> None:
        """Refuse a weak password, and say why."""
        weakness = find_weakness(field.data or "", minimum=self.minimum, personal=self.personal)
        if weakness is not None:
            raise ValidationError(explain_weakness(weakness, self.minimum))

    def validate_confirmation(self, field: PasswordField) -> None:
        """Refuse a slip of the keyboard."""
        if field.data != self.new_password.data:
            raise ValidationError(gettext("Les deux saisies diffèrent."))


class ChangePasswordForm(CurrentPasswordForm, ChoosePasswordForm):
    """The current password, then the new one."""

    def validate_new_password(self, field: PasswordField) -> None:
        """Refuse the same one again, or a weak one."""
        if field.data == self.current_password.data:
            raise ValidationError(gettext("Choisissez un mot de passe différent de l’actuel."))
        super().validate_new_password(field)


class LanguageForm(Form):
    """The language of one's screens and mails."""

    language = SelectField(_("Langue"), choices=dict(LANGUAGES))


def explain_weakness(weakness: Weakness, minimum: int) -> str:
    """Say what is wrong with a password and what to do."""
    if weakness == Weakness.TOO_SHORT:
        return gettext("Il faut au moins %(minimum)s caractères.", minimum=minimum)
    if weakness == Weakness.COMMON:
        return gettext(
            "Ce mot de passe est trop répandu : plusieurs mots sans lien conviennent mieux."
        )
    return gettext("Ce mot de passe est fait de votre nom ou de votre matricule.")
