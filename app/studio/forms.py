"""What trainers fill in."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Regexp, ValidationError

from app.catalogue.differences import Kind
from app.dialect.attributes import is_id
from app.form_words import Form
from app.i18n import gettext as _
from app.i18n import lazy_gettext as _l
from app.studio.draft_states import Decision
from app.studio.draft_texts import is_text_path


class PublicationForm(Form):
    """What an author says of a publication."""

    kind = SelectField(_l("Nature de cette version"))
    notes = TextAreaField(_l("Ce qui change, en une phrase"), validators=[Length(max=500)])
    sha256 = HiddenField(validators=[Length(max=64)])
    """Digest of the files that the author saw."""
    over = BooleanField(_l("Remplacer la version écrite dans un brouillon"))

    def __init__(self, *, is_first: bool, is_over: bool = False, **values: Any) -> None:
        super().__init__(**values)
        if not is_over:
            del self.over
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


class EmptyForm(Form):
    """A form whose only field is its token."""


class RemarkForm(Form):
    """A remark on a line."""

    remark = TextAreaField(
        _l("Votre remarque"),
        validators=[InputRequired(_l("Écrivez votre remarque.")), Length(max=2_000)],
    )


class DecisionForm(Form):
    """What a reviewer says of a draft as they saw it."""

    decision = SelectField(choices=list(Decision))
    note = TextAreaField(_l("Un mot aux auteurs"), validators=[Length(max=2_000)])
    sha256 = HiddenField(validators=[Length(max=64)])
    """Digest of the texts and media that the reviewer saw."""


class FollowForm(Form):
    """The publication that a draft is compared with from now on."""

    version_id = HiddenField(validators=[Regexp(r"[0-9]{1,9}\Z")])

    @property
    def version(self) -> int:
        """Give the id of the publication."""
        return int(self.version_id.data or "0")


class NewModuleForm(Form):
    """The name of a new module and the languages it is written in."""

    slug = StringField(_l("Nom court"), validators=[InputRequired(_l("Donnez-lui un nom."))])
    english = BooleanField(_l("Avec une traduction en anglais"))

    def validate_slug(self, field: StringField) -> None:
        """Refuse what could not be an address."""
        if not is_id(field.data or ""):
            raise ValidationError(
                _("Des minuscules sans accent, des chiffres et des tirets : « cas-vecus ».")
            )

    @property
    def languages(self) -> tuple[str, ...]:
        """Give the languages beside the reference."""
        return ("en",) if self.english.data else ()

    def refuse(self, reason: str) -> None:
        """Say what a service refused."""
        self.slug.errors = [*self.slug.errors, reason]


class NewTextForm(Form):
    """A text to add to a draft: a translation of the module, a bank, or a bank's translation."""

    kind = SelectField(_l("Texte à ajouter"))
    bank = StringField(_l("Nom de la banque"))

    def __init__(self) -> None:
        super().__init__()
        self.kind.choices = {
            "bank": _("Une banque de questions"),
            "bank-en": _("Une banque de questions, en anglais"),
            "module-en": _("La traduction du module en anglais"),
        }

    def validate_bank(self, field: StringField) -> None:
        """Ask for a name where the text is a bank."""
        if not is_text_path(self.path):
            raise ValidationError(
                _("Des minuscules sans accent, des chiffres et des tirets : « cas-vecus ».")
            )

    @property
    def path(self) -> str:
        """Give the path of the text in the module."""
        ending = ".en.md" if (self.kind.data or "").endswith("-en") else ".md"
        if (self.kind.data or "").startswith("module"):
            return f"module{ending}"
        return f"banques/{self.bank.data}{ending}"

    def refuse(self, reason: str) -> None:
        """Say what a service refused."""
        self.kind.errors = [*self.kind.errors, reason]
