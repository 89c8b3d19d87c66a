"""What changed between two publications, and what it makes of the second."""

from __future__ import annotations

import pytest

from app.catalogue.differences import Change, Kind, compare, required_kind
from app.dialect.compiled import CompiledModule
from tests.catalogue.texts import BANK, MODULE, read


def compiled(text: str = MODULE, bank: str = BANK) -> CompiledModule:
    reading = read(text, bank=bank)
    assert not reading.has_errors, [str(message) for message in reading.messages]
    return reading.modules["fr"]


def changes(text: str = MODULE, bank: str = BANK) -> list[tuple[Change, str]]:
    found = compare(compiled(), compiled(text, bank))
    return [(difference.change, difference.id) for difference in found]


def test_the_same_texts_have_no_difference() -> None:
    assert changes() == []


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("# Le café offert", "# Le thé offert", (Change.TITLE, "")),
        ("# Le café offert", "# Le café offert\n\nUn geste.", (Change.SUMMARY, "")),
        ("Le cœur du métier", "Le sens du métier", (Change.STEP_TEXT, "geste")),
        ("## Un geste banal", "## Un geste", (Change.STEP_TITLE, "geste")),
        ("{#reserve corps=gn}", "{#reserve corps=pn}", (Change.AUDIENCE, "reserve")),
        ("public: [pn, gn]", "public: [pn, gn, pm]", (Change.AUDIENCE, "")),
        ("niveau: fondamental", "seuil: 90", (Change.PASS_MARK, "")),
        ("Que faites-vous ?", "Que répondez-vous ?", (Change.STATEMENT, "gerant")),
        ("b) Vous payez", "b) Vous réglez", (Change.CHOICE_TEXT, "gerant")),
        ("CANARI-RETOUR-A", "Autre retour", (Change.FEEDBACK, "gerant")),
        ("Elle circule.", "Elle tourne.", (Change.SCENE_TEXT, "video")),
        ("CANARI-ANIMATION", "Autre fiche", (Change.SHEET, "animation")),
        ("{#regle voir=geste}", "{#regle voir=geste points=2}", (Change.POINTS, "regle")),
        ("banque=cas nombre=1", "banque=cas nombre=2", (Change.DRAW, "tirage")),
    ],
)
def test_a_changed_text_is_editorial(before: str, after: str, expected: tuple[str, str]) -> None:
    text = MODULE.replace(before, after)
    assert changes(text) == [expected]
    assert required_kind(compare(compiled(), compiled(text))) is Kind.EDITORIAL


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("{#et-vous}", "{#et-toi}", Change.ITEM_ADDED),
        ("{#reserve corps=gn}", "{#autre corps=gn}", Change.STEP_REMOVED),
        ("[Insister](#suite)", "[Insister](#taire)", Change.BRANCH),
        (
            "- [ ] c) Vous partez\n  > CANARI-RETOUR-C\n",
            "",
            Change.CHOICE_REMOVED,
        ),
        (
            "- [ ] c) Vous partez",
            "- [ ] d) Vous riez\n  > Non.\n- [ ] c) Vous partez",
            Change.CHOICE_ADDED,
        ),
        ("### Choix unique : Le gérant", "### Choix multiple : Le gérant", Change.TYPE),
    ],
)
def test_a_changed_id_or_branch_is_substantial(before: str, after: str, expected: Change) -> None:
    text = MODULE.replace(before, after)
    if expected is Change.BRANCH:
        text = text.replace("#### suite\nIl la retire.\n\n**Éclairage :** CANARI-SUITE\n", "")
    found = compare(compiled(), compiled(text))
    assert expected in {difference.change for difference in found}
    assert required_kind(found) is Kind.SUBSTANTIAL


def test_a_changed_key_is_an_erratum_even_in_a_bank() -> None:
    other = BANK.replace("[x] a) Merci", "[ ] a) Merci").replace("[ ] b) Rien", "[x] b) Rien")
    found = compare(compiled(), compiled(bank=other))
    assert [(one.change, one.id, one.detail) for one in found] == [
        (Change.KEY, "premier", ("a", "b"))
    ]
    assert required_kind(found) is Kind.ERRATUM


def test_a_changed_partial_credit_is_an_erratum() -> None:
    text = MODULE.replace("- [ ] c) Vous partez", "- [50%] c) Vous partez")
    assert required_kind(compare(compiled(), compiled(text))) is Kind.ERRATUM


def test_steps_in_another_order_are_told() -> None:
    step = "## Réservé à la gendarmerie {#reserve corps=gn}\n\nLe quartier, seulement.\n\n"
    text = MODULE.replace(step, "").replace("## Un geste banal", step + "## Un geste banal")
    assert changes(text) == [(Change.STEPS_MOVED, "")]
