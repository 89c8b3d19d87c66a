"""What trainers fill in."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectField, TextAreaField
from wtforms.validators import Length

from app.catalogue.differences import Kind
from app.i18n import lazy_gettext as _l


class PublicationForm(FlaskForm):
    """What an author says of a publication."""

    kind = SelectField(
        _l("Nature de cette version"),
        choices={
            Kind.EDITORIAL.value: _l("Retouche : le fond ne change pas"),
            Kind.SUBSTANTIAL.value: _l("Modification de fond"),
            Kind.ERRATUM.value: _l("Erratum : une bonne réponse était fausse"),
        },
    )
    notes = TextAreaField(_l("Ce qui change, en une phrase"), validators=[Length(max=500)])
    sha256 = HiddenField(validators=[Length(max=64)])
    """Digest of the files that the author saw."""

    @property
    def stated(self) -> Kind:
        """Give the kind that was chosen."""
        return Kind(self.kind.data)
