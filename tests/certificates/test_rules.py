from __future__ import annotations

from datetime import UTC, date, datetime

from app.certificates.naming import drawn_by_the_font, printable
from app.certificates.states import Standing, State, standing_of

DAY = date(2026, 11, 23)
THEN = datetime(2026, 1, 2, tzinfo=UTC)
LATER = datetime(2026, 2, 3, tzinfo=UTC)


def standing(revoked_at=None, replaced_at=None, valid_until=None):
    return standing_of(
        revoked_at=revoked_at, replaced_at=replaced_at, valid_until=valid_until, today=DAY
    )


def test_a_certificate_is_valid_until_its_last_day_included():
    assert standing() == standing(valid_until=DAY) == Standing(State.VALID)


def test_a_certificate_expires_the_day_after():
    ended = date(2026, 11, 22)
    assert standing(valid_until=ended) == Standing(State.EXPIRED, ended)


def test_replaced_says_more_than_expired_and_revoked_more_than_replaced():
    assert standing(replaced_at=THEN, valid_until=date(2020, 1, 1)).state == State.REPLACED
    assert standing(revoked_at=LATER, replaced_at=THEN) == Standing(State.REVOKED, LATER)


def test_a_name_is_printed_on_one_line_composed_without_what_cannot_be_seen():
    assert printable("  E\u0301lise \t\n  N\u202eomade\u0000 \ue000") == "Élise Nomade"
    assert printable("Zoé d’Arc-Ünal") == "Zoé d’Arc-Ünal"


def test_a_character_without_a_drawing_becomes_a_question_mark():
    assert drawn_by_the_font("−20,1") == "−20,1"
    assert drawn_by_the_font("李 Łukasz Ngọc 😀") == "? Łukasz Ngọc ?"
