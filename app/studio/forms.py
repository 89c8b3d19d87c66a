"""What trainers fill in."""

from __future__ import annotations

from typing import Any

from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectField, TextAreaField
from wtforms.validators import Length

from app.catalogue.differences import Kind
from app.i18n import gettext as _
from app.i18n import lazy_gettext as _l


class PublicationForm(FlaskForm):
    """What an author says of a publication."""

    kind = SelectField(_l("Nature de cette version"))
    notes = TextAreaField(_l("Ce qui change, en une phrase"), validators=[Length(max=500)])
    sha256 = HiddenField(validators=[Length(max=64)])
    """Digest of the files that the author saw."""

    def __init__(self, *, is_first: bool, **values: Any) -> None:
        super().__init__(**values)
        if is_first:
            del self.kind  # Nothing to compare with: a first version is no correction.
            return
        self.kind.choices = {
            Kind.EDITORIAL.value: _("Retouche : le fond ne change pas"),
            Kind.SUBSTANTIAL.value: _("Modification de fond"),
            Kind.ERRATUM.value: _("Erratum : une bonne réponse était fausse"),
        }

    @property
    def stated(self) -> Kind:
        """Give the kind that was chosen."""
        return Kind(self.kind.data) if self.kind else Kind.SUBSTANTIAL
