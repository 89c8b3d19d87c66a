"""What forms say by themselves is said in our words, in both languages."""

from __future__ import annotations

import gettext
from pathlib import Path

import pytest
import wtforms
from werkzeug.datastructures import MultiDict
from wtforms import (
    DateField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
)
from wtforms.validators import DataRequired, Length, NumberRange

from app.form_words import SAID, Form

CATALOGUE = Path(wtforms.__file__).parent / "locale/fr/LC_MESSAGES"


class Every(Form):
    """A field of each kind, which says nothing of its own."""

    choice = SelectField(choices=["a"])
    number_choice = SelectField(coerce=int, choices={"1": "un"})
    choices = SelectMultipleField(choices=["a"])
    radio = RadioField(choices=["a"])
    day = DateField()
    number = IntegerField()
    between = IntegerField(validators=[NumberRange(1, 9)])
    text = StringField(validators=[Length(max=3)])
    needed = StringField(validators=[DataRequired()])


WRONG = {
    "choice": "b", "number_choice": "x", "choices": "b", "radio": "b", "day": "hier",
    "number": "deux", "between": "12", "text": "trop long", "needed": " ",
}  # fmt: skip


def errors_in(app, language):
    """Say what is wrong in each field."""
    with app.test_request_context(method="POST", headers={"Accept-Language": language}):
        form = Every(MultiDict(WRONG), meta={"csrf": False})
        assert not form.validate()
        return {name: " ".join(map(str, errors)) for name, errors in form.errors.items()}


@pytest.mark.parametrize(
    ("language", "unknown", "between", "long"),
    [
        ("fr", "Ce choix n’existe pas, ou plus.", "entre 1 et 9", "Ce texte dépasse 3 caractères."),
        ("en", "This choice does not exist", "between 1 and 9", "longer than 3 characters"),
    ],
)
def test_each_kind_of_field_speaks_in_our_words(app, language, unknown, between, long):
    said = errors_in(app, language)
    assert said.keys() == WRONG.keys()
    theirs = gettext.translation("wtforms", CATALOGUE.parents[1], ["fr"])
    for sentence in said.values():
        assert sentence not in {theirs.gettext(key) for key in SAID}
        assert sentence not in SAID
    assert unknown in said["choice"]
    assert unknown in said["choices"]
    assert between in said["between"]
    assert long in said["text"]


def test_what_is_said_otherwise_is_what_wtforms_says():
    source = "".join(path.read_text() for path in Path(wtforms.__file__).parent.rglob("*.py"))
    assert [said for said in SAID if f'"{said}"' not in source] == []
