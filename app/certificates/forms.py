"""Forms of certificates."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length

from app.i18n import lazy_gettext as _

MAXIMUM_REASON = 500


class RevocationForm(FlaskForm):
    """Why a certificate is revoked."""

    reason = TextAreaField(
        _("Motif de la révocation"),
        filters=[lambda text: " ".join(text.split()) if text else text],
        validators=[
            DataRequired(_("Indiquez pourquoi cette attestation est révoquée.")),
            Length(max=MAXIMUM_REASON, message=_("Le motif compte 500 caractères au plus.")),
        ],
    )
