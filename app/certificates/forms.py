"""Forms of certificates."""

from __future__ import annotations

from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length

from app.form_words import Form
from app.i18n import lazy_gettext as _

MAXIMUM_REASON = 500


class RevocationForm(Form):
    """Why a certificate is revoked."""

    reason = TextAreaField(
        _("Motif de la révocation"),
        filters=[lambda text: " ".join(text.split()) if text else text],
        validators=[
            DataRequired(_("Indiquez pourquoi cette attestation est révoquée.")),
            Length(max=MAXIMUM_REASON, message=_("Le motif compte 500 caractères au plus.")),
        ],
    )
