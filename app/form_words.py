"""The form that all others are made from: what WTForms says by itself, it says in our words.

Its own French is not a sentence (« N'est pas un choix valide. »), and says nothing of what to do.
"""

from __future__ import annotations

from typing import Any, ClassVar

from flask_wtf import FlaskForm
from wtforms.form import BaseForm

from app.i18n import gettext, lazy_gettext, ngettext

CHOICE = lazy_gettext("Ce choix n’existe pas, ou plus.")
SAID = {
    "Not a valid choice.": CHOICE,
    "Invalid Choice: could not coerce.": CHOICE,
    "Invalid choice(s): one or more data inputs could not be coerced.": CHOICE,
    "Not a valid date value.": lazy_gettext("Cette date n’existe pas, ou n’a pas été comprise."),
    "Not a valid integer value.": lazy_gettext("Écrivez un nombre entier."),
    "Invalid input.": lazy_gettext("Cette saisie n’a pas été comprise."),
    "This field is required.": lazy_gettext("Ce champ est à remplir."),
}
"""What a field says, by what WTForms would say."""


class Words:
    """Says what a field has to say, as WTForms asks for it."""

    def gettext(self, said: str) -> str:
        """Say it in our words; what is filled in stays to be filled in."""
        if said == "Number must be between %(min)s and %(max)s.":
            return gettext(
                "Écrivez un nombre entre %(min)s et %(max)s.", min="%(min)s", max="%(max)s"
            )
        return str(SAID.get(said, said))

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        """Say how long a text may be, or that a choice among several is not one."""
        if singular.startswith("Field cannot be longer than"):
            return ngettext(
                "Ce texte dépasse %(num)s caractère.",
                "Ce texte dépasse %(num)s caractères.",
                number,
            )
        if "is not a valid choice" in singular:
            return str(CHOICE)
        return singular if number == 1 else plural


class Form(FlaskForm):
    """A form of the screens."""

    class Meta(FlaskForm.Meta):
        """Settings of the form."""

        words: ClassVar[Words] = Words()

        def get_translations(self, _form: BaseForm) -> Any:
            """Give who says what fields say."""
            return self.words
