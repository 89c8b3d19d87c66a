"""Forms of people."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired, Length

from app.i18n import lazy_gettext as _

LONGEST_PASSWORD = 1000


class SignInForm(FlaskForm):
    """Who signs in."""

    matricule = StringField(
        _("Matricule"), [InputRequired(_("Saisissez votre matricule.")), Length(max=100)]
    )
    password = PasswordField(
        _("Mot de passe"),
        [InputRequired(_("Saisissez votre mot de passe.")), Length(max=LONGEST_PASSWORD)],
    )
