"""A media that trainers put in a draft, with what goes with a film or a sound."""

from __future__ import annotations

from collections.abc import Collection

from flask_wtf.file import FileField
from werkzeug.datastructures import FileStorage
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import Length, ValidationError

from app.dialect.media.cleaning.refusals import LARGEST
from app.form_words import Form
from app.i18n import gettext as _
from app.i18n import lazy_gettext as _l
from app.studio.media_names import LANGUAGES, LONGEST_DESCRIPTION

ACCEPTED = ".png,.jpg,.jpeg,.webp,.mp3,.mp4,.webm,.vtt"


class MediaForm(Form):
    """A file, the words for it, and what goes with it; or what goes with a film already there."""

    file = FileField(_l("Fichier"), name="fichier")
    description = StringField(
        _l("Texte alternatif de l’image, ou titre du film ou du son"), name="description",
        validators=[Length(max=LONGEST_DESCRIPTION)],
    )  # fmt: skip
    captions = FileField(_l("Sous-titres du film, en WebVTT"), name="sous_titres")
    transcript = TextAreaField(_l("Transcription du film ou du son"), name="transcription")
    language = SelectField(_l("Langue des sous-titres et de la transcription"), name="langue")
    played = SelectField(_l("Film ou son"), name="pour")

    def __init__(self, played: Collection[str]) -> None:
        super().__init__()
        names = {"fr": _("français"), "en": _("anglais")}
        self.language.choices = {one: names[one] for one in LANGUAGES}
        self.language.data = self.language.data or LANGUAGES[0]
        self.played.choices = {"": _("Celui que j’ajoute"), **{one: one for one in sorted(played)}}
        self.played.data = self.played.data or ""

    def validate_file(self, field: FileField) -> None:
        """Ask for a file, unless something is added to a film that is there."""
        more = self.captions.data or (self.transcript.data or "").strip()
        if not field.data and not (self.played.data and more):
            raise ValidationError(_("Choisissez un fichier."))

    def validate_description(self, field: StringField) -> None:
        """Ask for the words without which some would know nothing of a picture."""
        if self.file.data and not self.is_captions and not (field.data or "").strip():
            raise ValidationError(
                _(
                    "Décrivez l’image, ou donnez un titre au film ou au son : sans ces mots, rien"
                    " n’est ajouté. Choisissez à nouveau le fichier."
                )
            )

    @property
    def is_captions(self) -> bool:
        """Tell whether the file that was chosen says that it holds captions."""
        return (self.sent or "").lower().endswith(".vtt")

    @property
    def sent(self) -> str:
        """Give the name under which the file was sent."""
        return (self.file.data.filename or "") if self.file.data else ""

    def first_error(self) -> str:
        """Give what is wrong, for a script."""
        return next((str(error) for errors in self.errors.values() for error in errors), "")

    def refuse(self, reason: str) -> None:
        """Say what was refused."""
        self.file.errors = [*self.file.errors, reason]


def read_file(file: FileStorage) -> bytes:
    """Read a file that was sent, as far as it may go."""
    return file.stream.read(LARGEST + 1)
