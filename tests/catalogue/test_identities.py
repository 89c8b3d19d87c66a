"""What was published of a question holds, unless its author says what it is."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.catalogue import services
from app.catalogue.differences import Kind
from app.catalogue.identities import IdentityLost
from app.catalogue.models import ModuleVersion
from app.catalogue.publishing import KeyChanged
from app.catalogue.services import Publication
from app.catalogue.wording import say_refusal
from app.database import utc_now, write
from app.i18n import force_language
from tests.catalogue.texts import BANK, ENGLISH, MODULE, read

OTHER_KEY = BANK.replace("[x] a) Merci", "[ ] a) Merci").replace("[ ] b) Rien", "[x] b) Rien")
LETTER_A = "- [ ] a) Vous acceptez\n  > CANARI-RETOUR-A\n"


def publish(
    app: Flask, text: str = MODULE, *, kind: Kind | None = None, **more: Any
) -> Publication:
    reading = read(text, **more)
    with app.app_context():
        return write(services.publish, reading, author_id=None, now=utc_now(), kind=kind)


def breaches(app: Flask, text: str, **more: Any) -> list[tuple[str, str, str]]:
    with pytest.raises(IdentityLost) as refused:
        publish(app, text, **more)
    return [tuple(breach) for breach in refused.value.breaches]


def stated(text: str, heading: str, statement: str) -> str:
    assert f"{{#{heading}" in text
    return text.replace(f"{{#{heading}", f"{{#{heading} {statement}")


def test_a_question_that_vanished_is_refused_until_one_replaces_it(
    app: Flask, session: Session
) -> None:
    publish(app)
    without = MODULE.replace("{#et-vous}", "{#et-toi}")
    assert breaches(app, without, kind=Kind.SUBSTANTIAL) == [("P101", "et-vous", "")]
    assert breaches(app, without, kind=Kind.EDITORIAL) == [("P101", "et-vous", "")]
    assert session.scalar(select(func.count()).select_from(ModuleVersion)) == 1
    assert publish(app, stated(without, "et-toi", "ancien=et-vous")).number == 2
    # What the second version replaced is gone for good: the third need not say it again.
    assert publish(app, without.replace("cœur", "sens")).number == 3


def test_a_question_may_replace_two(app: Flask) -> None:
    publish(app)
    body = BANK[: BANK.index("### Choix unique : Le second")]
    both = body.replace("{#premier", "{#unique ancien=premier,second")
    assert publish(app, bank=both).kind == "substantial"


def test_a_question_that_vanished_from_a_bank_is_refused(app: Flask) -> None:
    publish(app)
    assert breaches(app, MODULE, bank=BANK.replace("#premier", "#autre")) == [
        ("P101", "premier", "")
    ]


@pytest.mark.parametrize("kind", [None, Kind.EDITORIAL, Kind.SUBSTANTIAL])
def test_a_key_may_be_called_an_erratum_in_its_source(app: Flask, kind: Kind | None) -> None:
    publish(app)
    said = stated(OTHER_KEY, "premier", 'erratum="la case était fausse"')
    assert publish(app, bank=said, kind=kind).kind == "erratum"


def test_a_correction_said_once_covers_nothing_more(app: Flask) -> None:
    said = 'erratum="la case était fausse"'
    publish(app)
    publish(app, bank=stated(OTHER_KEY, "premier", said))
    with pytest.raises(KeyChanged):
        publish(app, bank=stated(BANK, "premier", said))
    again = stated(BANK, "premier", 'erratum="elle était bonne"')
    assert publish(app, bank=again).kind == "erratum"


def test_one_correction_does_not_cover_another_question(app: Flask) -> None:
    publish(app)
    both = OTHER_KEY.replace("[ ] a) Garder", "[x] a) Garder")
    both = both.replace("[x] b) Rendre", "[ ] b) Rendre")
    with pytest.raises(KeyChanged) as refused:
        publish(app, bank=stated(both, "premier", "erratum=ici"))
    assert [difference.id for difference in refused.value.differences] == ["second"]


def test_a_letter_that_serves_for_another_text_is_refused(app: Flask) -> None:
    publish(app)
    other = MODULE.replace("a) Vous acceptez", "a) Vous riez")
    assert breaches(app, other) == [("P103", "gerant", "a")]
    assert breaches(app, other, kind=Kind.EDITORIAL) == [("P103", "gerant", "a")]
    assert publish(app, other.replace("a) Vous riez", "d) Vous riez")).kind == "substantial"


def test_a_letter_whose_words_were_only_mended_is_the_same(app: Flask) -> None:
    publish(app)
    assert publish(app, MODULE.replace("a) Vous acceptez", "a) **vous** àcceptez !")).number == 2


def test_a_letter_may_be_reworded_when_its_author_says_why(app: Flask) -> None:
    publish(app)
    other = MODULE.replace("a) Vous acceptez", "a) Vous acceptez poliment")
    assert publish(app, stated(other, "gerant", 'erratum="précision"')).kind == "editorial"


def test_a_letter_of_an_older_version_is_not_free(app: Flask) -> None:
    publish(app)
    publish(app, MODULE.replace(LETTER_A, ""))
    back = MODULE.replace("a) Vous acceptez", "a) Vous riez")
    assert breaches(app, back) == [("P103", "gerant", "a")]
    assert publish(app).number == 3  # The same text may come back under its letter.


def test_an_id_of_an_older_version_is_not_free(app: Flask) -> None:
    publish(app)
    publish(app, MODULE.replace("{#et-vous}", "{#et-toi ancien=et-vous}"))
    third = MODULE.replace("{#et-vous}", "{#et-toi ancien=et-vous}")
    poll = "### Sondage : Avis {#et-vous}\nQuoi ?\n- [ ] a) Oui\n- [ ] b) Non\n\n### Dilemme"
    assert breaches(app, third.replace("### Dilemme", poll, 1)) == [("P102-type", "et-vous", "")]


def test_a_question_does_not_change_its_type_under_the_same_id(app: Flask) -> None:
    publish(app)
    other = MODULE.replace("### Choix unique : Le gérant", "### Choix multiple : Le gérant")
    assert breaches(app, other) == [("P102-type", "gerant", "")]


def test_a_translation_is_held_by_its_reference_only(app: Flask) -> None:
    publish(app, english=ENGLISH)
    assert publish(app, english=ENGLISH.replace("a) Vous acceptez", "a) You accept")).number == 2
    assert publish(app).number == 3


@pytest.mark.parametrize(
    ("text", "french", "english"),
    [
        (MODULE.replace("{#et-vous}", "{#et-toi}"), "ancien=et-vous", "has vanished"),
        (
            MODULE.replace("a) Vous acceptez", "a) Non"),
            "la réponse a n’a plus",
            "answer a no longer",
        ),
        (
            MODULE.replace("### Choix unique : Le gérant", "### Choix multiple : Le gérant"),
            "donnez-en un nouveau",
            "give it a new one",
        ),
    ],
)
def test_a_refusal_says_what_to_write(app: Flask, text: str, french: str, english: str) -> None:
    publish(app)
    with pytest.raises(IdentityLost) as refused:
        publish(app, text)
    with app.app_context():
        with force_language("fr"):
            said = say_refusal(refused.value)
        with force_language("en"):
            told = say_refusal(refused.value)
    assert french in said
    assert english in told
