"""What an editor would say: guessable keys, hard prose, law in quotes, a tone that warns."""

from __future__ import annotations

import pytest

from app.dialect.readability import count_syllables, reading_ease
from tests.dialect.writing import FRONT, QUIZ, STEP, messages, module

SHORT, LONG, MIDDLE = "Attendre", "En parler sans tarder, simplement", "En parler vite à quelqu'un"


def bank(right: list[str], letters: str) -> str:
    """Write a bank of single choices: the text of each right answer, and its letter."""
    items = []
    for number, (text, letter) in enumerate(zip(right, letters, strict=True)):
        wrong = iter([MIDDLE + str(number), "Demander un avis à qui sait" + str(number)])
        lines = "".join(
            f"- [{'x' if letter == one else ' '}] {one}) {text if letter == one else next(wrong)}\n"
            f"  > Un retour.\n"
            for one in "abc"
        )
        items.append(
            f"### Choix unique : Question {number} {{#q{number} voir=une}}\nQue faire ?\n{lines}\n"
            "**Explication :** Parce que.\n"
        )
    return "\n".join(items)


def said(text: str, **options: object) -> list[tuple[str, str]]:
    return [(one.code, one.path) for one in messages(text, **options)]


def test_a_bank_whose_right_answers_are_the_longest_is_told_once() -> None:
    text = bank([LONG] * 5 + [MIDDLE] * 3, "abcabcab")
    assert said(module(), banks={"b": text}) == [("E204", "banques/b.md")]


def test_a_bank_whose_right_answers_are_the_shortest_is_told_once() -> None:
    text = bank([SHORT] * 5 + [LONG] * 3, "abcabcab")
    assert said(module(), banks={"b": text}) == [("E204", "banques/b.md")]


def test_a_letter_that_is_right_too_often_is_told() -> None:
    text = bank([LONG] * 4 + [SHORT] * 4, "aaaaabcb")
    assert said(module(), banks={"b": text}) == [("E205", "banques/b.md")]


@pytest.mark.parametrize(
    ("right", "letters"),
    [([LONG] * 7, "aaaaaaa"), ([LONG, LONG, LONG, LONG, SHORT, SHORT, SHORT, SHORT], "abcabcab")],
    ids=["too few to tell", "balanced"],
)
def test_a_bank_that_gives_nothing_away_earns_nothing(right: list[str], letters: str) -> None:
    assert said(module(), banks={"b": bank(right, letters)}) == []


HARD = (
    "Nonobstant les dispositions réglementaires susmentionnées, l'administration déconcentrée "
    "procède contradictoirement à l'établissement d'un procès-verbal circonstancié dont la "
    "notification subséquente conditionne l'opposabilité de la décision individuelle défavorable. "
)
EASY = "Vous levez les yeux. Vous dites bonjour. La personne attend depuis une heure. Elle a peur. "


def test_hard_prose_is_told_at_its_step_and_easy_prose_is_not() -> None:
    (found,) = messages(module(HARD * 5 + "\n"))
    assert (found.code, found.line) == (
        "E206",
        module().split("\n").index("## Une étape {#une}") + 1,
    )
    assert messages(module(EASY * 10 + "\n")) == ()
    assert messages(module(HARD + "\n")) == (), "too short to be scored"


def test_the_score_follows_the_published_formula() -> None:
    text = "Le chat dort. " * 40  # 3 words and 3 syllables a sentence.
    assert reading_ease(text) == pytest.approx(207 - 1.015 * 3 - 73.6)
    assert reading_ease("Le chat dort.") is None
    assert (reading_ease(EASY * 10) or 0) > 90
    assert (reading_ease(HARD * 5) or 100) < 30


@pytest.mark.parametrize(
    ("word", "count"),
    [("chat", 1), ("policière", 3), ("exemplarité", 5), ("oiseau", 2), ("prennent", 1),
     ("gens", 1), ("œuvre", 1), ("rythme", 1), ("le", 1), ("créé", 1)],
)  # fmt: skip
def test_syllables_are_counted_as_one_hears_them(word: str, count: int) -> None:
    assert count_syllables(word) in {count, count - 1}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("CSI R. 434-9 dispose : « nul ne tire avantage de sa qualité ».", True),
        ("L'art. 432-12 CP énonce que « le fait, par une personne… ».", True),
        ("On doit agir « avec dignité et impartialité en tout lieu » (CSI R. 434-9).", True),
        ("Elle dit : « Je paie, comme tout le monde. » C'est la règle (CSI R. 434-9).", False),
        ("Le mot « probité » (CSI R. 434-9) dit tout.", False),
        ("CSI R. 434-9 prévoit quatre refus. « Merci, vraiment. »", False),
    ],
)  # fmt: skip
def test_an_article_is_never_quoted(text: str, told: bool) -> None:
    assert [one.code for one in messages(module(f"{text}\n"))] == (["E207"] if told else [])


def test_warnings_may_not_outweigh_good_conduct() -> None:
    caution = "> [!CAUTION]\n> Attention.\n\n"
    assert "E208" in [one.code for one in messages(module(caution))]
    good = STEP + "> [!EXEMPLE]\n> Un autre geste.\n\n"
    assert messages(FRONT + good + caution + QUIZ) == ()
