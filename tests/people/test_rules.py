"""Pure rules: addresses to return to, matricules, passwords, delays."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.people.matricule import matricule_key
from app.people.next_address import safe_target
from app.people.one_time import make_one_time_password
from app.people.password_rules import Weakness, common_words, find_weakness, fold
from app.people.search_key import search_key
from app.people.throttling import ACCOUNT, ADDRESS, counted_as


@pytest.mark.parametrize(
    "target", ["/", "/modules", "/recherche?q=a&b=c", "/modules?tri=titre#haut", "/é%20t%C3%A9"]
)
def test_an_address_of_the_site_is_kept(target: str) -> None:
    assert safe_target(target) == target


@pytest.mark.parametrize(
    "target",
    [
        None, "", "modules", "//evil.example", "///evil.example", "/\\evil.example", "\\\\evil",
        "https://evil.example", "http:/evil.example", "javascript:alert(1)", " /modules",
        "/\t/evil.example", "/\n/evil.example", "/%09/evil.example", "/%2F/evil.example",
        "/%2f%2fevil.example", "/%5Cevil.example", "/%5c%5cevil", "/modules\r\nSet-Cookie: x",
        "/\x00", "/\x7f", "/" + "a" * 2000, "/%0d%0aLocation:x",
    ],
)  # fmt: skip
def test_an_address_that_may_lead_elsewhere_is_dropped(target: str | None) -> None:
    assert safe_target(target) is None


@pytest.mark.parametrize(
    "typed", ["PN 042é", "pn042e\u0301", " Pn\u00a0042 É ", "P\u200bN042é", "pn042é\n", "PN\t042É"]
)
def test_spellings_that_look_alike_are_one_matricule(typed: str) -> None:
    assert matricule_key(typed) == "pn042é"


def test_case_folding_keeps_the_key_composed() -> None:
    assert matricule_key("Straße") == matricule_key("STRASSE")
    assert matricule_key("İ") == matricule_key(matricule_key("İ"))


def test_names_are_searched_without_accents_or_signs() -> None:
    assert search_key("Lefèvre-Œuvre", "Zoé", "PN 1") == "lefevre œuvre zoe pn 1"


PERSON = ("PN0042", "Camille", "Lefèvre")


@pytest.mark.parametrize(
    ("password", "weakness"),
    [
        ("elevenchars", Weakness.TOO_SHORT),
        ("motdepasse123", Weakness.COMMON),
        ("M0tDeP@sse2026!", Weakness.COMMON),
        ("azertyuiop12", Weakness.COMMON),
        ("1234567890123", Weakness.COMMON),
        ("aaaaaaaaaaaa", Weakness.COMMON),
        ("abababababab", Weakness.COMMON),
        ("soleilsoleil", Weakness.COMMON),
        ("Policenationale75", Weakness.COMMON),
        ("!!!!!!!!!!!!", Weakness.COMMON),
        ("PN0042-PN0042", Weakness.PERSONAL),
        ("camille.lefevre", Weakness.PERSONAL),
        ("Lefèvre-2026!", Weakness.PERSONAL),
        ("tilleul cascade boussole", None),
        ("lefevre aime le tilleul", None),
        ("éàüñçœæßþðøå", None),
    ],
)
def test_passwords_are_refused_for_a_reason(password: str, weakness: Weakness | None) -> None:
    assert find_weakness(password, minimum=12, personal=PERSON) == weakness


def test_length_counts_what_is_seen_once_composed() -> None:
    assert find_weakness("e\u0301" * 11, minimum=12, personal=()) == Weakness.TOO_SHORT


def test_the_list_of_common_passwords_is_folded_and_long() -> None:
    assert len(common_words()) > 1000
    assert all(word == fold(word) for word in common_words())


def test_one_time_passwords_differ_and_pass_the_rules() -> None:
    made = {make_one_time_password() for _ in range(100)}
    assert len(made) == 100
    assert all(find_weakness(word, minimum=16, personal=()) is None for word in made)


def test_delays_grow_up_to_a_limit_and_never_lock() -> None:
    delays = [ACCOUNT.delay(tries) for tries in (1, 4, 5, 6, 7, 12, 10_000)]
    seconds = [None if delay is None else delay.total_seconds() for delay in delays]
    assert seconds == [None, None, 2, 4, 8, 256, 300]
    assert ADDRESS.delay(10_000) == timedelta(minutes=1)


def test_counters_name_nobody() -> None:
    counted = counted_as("secret", "password", matricule_key="pn1", address="10.0.0.7")
    other = counted_as("secret", "reset", matricule_key="pn1", address="10.0.0.7")
    assert counted.account.startswith("account:")
    assert counted.address.startswith("address:")
    assert "pn1" not in counted.account
    assert "10.0.0.7" not in counted.address
    assert {counted.account, counted.address}.isdisjoint({other.account, other.address})
