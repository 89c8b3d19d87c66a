"""A module shows what is done well, before what is punished."""

from __future__ import annotations

import pytest

from app.dialect.checks.examples import read_words, speaks_of_sanction
from tests.dialect.writing import BANK, QUIZ, SINGLE, codes, module

PLAIN, HEAVY = "Une phrase à juger.", "Le conseil de discipline se réunit."


@pytest.mark.parametrize(
    "text",
    [
        "Une SANCTION tombe.", "Elle est révoquée.", "Le blâme est inscrit.", "Il a été radié.",
        "mis à pied trois jours", "l’abaissement d’échelon", "condamné à six mois",
        "He was struck off.", "A disciplinary board", "She was dismissed.",
    ],
)  # fmt: skip
def test_these_speak_of_sanctions(text: str) -> None:
    assert speaks_of_sanction(text)


@pytest.mark.parametrize(
    "text",
    [
        "Vous dressez une amende.", "Il dépose plainte.", "à peine arrivé", "la garde à vue",
        "Son intime conviction.", "Vous poursuivez la ronde.", "La suspension du véhicule.",
        "Sans cas de force majeure.", "Exemplaire.",
    ],
)  # fmt: skip
def test_these_are_the_job_itself(text: str) -> None:
    assert not speaks_of_sanction(text)


def test_the_list_may_hold_comments_and_stars() -> None:
    found = read_words("# Rien.\nblâme  # ou\npuni*\n\n")
    assert found.search("un blame")
    assert found.search("la punition")
    assert not found.search("blamer")


def module_of(*stems: str, case: str = "Un geste utile.") -> str:
    """Write a module with these stems, that of its quiz being the last."""
    items = [
        SINGLE.replace("#choix", f"#choix-{rank}").replace("Que faites-vous ?", stem)
        for rank, stem in enumerate(stems[:-1])
    ]
    text = module("\n".join(items), quiz=QUIZ.replace(PLAIN, stems[-1]))
    return text.replace("Un geste utile.", case)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (module_of(HEAVY, HEAVY), True),
        (module_of(PLAIN, HEAVY), False),
        (module_of(HEAVY, HEAVY, PLAIN), False),
        (module_of(HEAVY, PLAIN, case=HEAVY), True),
        (module_of(HEAVY, PLAIN), False),
    ],
)
def test_only_more_than_half_is_told(text: str, told: bool) -> None:
    assert codes(text) == (["E202"] if told else [])


def test_stems_of_banks_count_and_choices_do_not() -> None:
    quiz = QUIZ + "\n### Tirage : Au sort {#sort banque=b nombre=1}\n"
    text = module(quiz=quiz.replace(PLAIN, HEAVY))
    assert codes(text, banks={"b": BANK}) == []
    assert codes(text, banks={"b": BANK.replace(PLAIN, HEAVY)}) == ["E202"]
    choices = SINGLE.replace("Ceci", "Une sanction").replace("Parce que", "La révocation")
    assert codes(module(choices)) == []
