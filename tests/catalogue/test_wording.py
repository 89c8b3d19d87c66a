"""Every change, kind and refusal has its sentence."""

from __future__ import annotations

import pytest
from flask import Flask

from app.catalogue.differences import Change, Difference, Kind
from app.catalogue.path_file import BadFileError
from app.catalogue.publishing import (
    HasErrors,
    KeyChanged,
    NoGradedQuiz,
    NotAnErratum,
    PublicationError,
    Retired,
)
from app.catalogue.services_pages import UnknownModulesError
from app.catalogue.wording import (
    say_bad_file,
    say_corps,
    say_kind,
    say_refusal,
    say_source_status,
)
from app.catalogue.wording_differences import say_difference


@pytest.mark.parametrize("change", list(Change))
@pytest.mark.parametrize("detail", [(), ("a", "b"), ("pn gn", "")])
def test_every_change_is_a_sentence(app: Flask, change: Change, detail: tuple[str, ...]) -> None:
    with app.test_request_context():
        told = say_difference(Difference(change, "id", "Le titre", detail))
        assert told.endswith(".")
        assert "%(" not in told
        assert say_difference(Difference(change, detail=detail)).endswith(".")


@pytest.mark.parametrize(
    "error",
    [
        HasErrors(()), NoGradedQuiz("pn"), KeyChanged(()), NotAnErratum(), Retired(),
    ],
)  # fmt: skip
def test_every_refusal_is_a_sentence(app: Flask, error: PublicationError) -> None:
    with app.test_request_context():
        assert say_refusal(error).endswith(".")


def test_every_kind_and_source_has_its_words(app: Flask) -> None:
    with app.test_request_context():
        assert len({say_kind(kind) for kind in Kind}) == 3
        assert say_kind("substantial", 1) == "première publication"
        assert say_corps("autre") == "autre"
        assert say_source_status("") is None
        assert "absent" in say_bad_file(UnknownModulesError(["absent"]))
        assert "parcours.yml" in say_bad_file(BadFileError("terrain", "label", "parcours.yml"))
