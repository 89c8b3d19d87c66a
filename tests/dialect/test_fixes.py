"""Safe fixes write what was meant, once, and touch nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.dialect.checking import fix_folder
from app.dialect.fixes import apply_edits, fix_files
from app.dialect.messages import Edit, Fix, Message
from app.dialect.reading import read_files
from app.dialect.sayings import SAYINGS
from tests.dialect.cases import CASES, DILEMMA
from tests.dialect.cases_of_types import CLOZE, MATCHING, ORDERING, POLL
from tests.dialect.writing import BANK, CARET, CONTEXT, FRONT, QUIZ, SINGLE, module

Files = dict[str, bytes]
ENGLISH = SINGLE.replace("**Explication :**", "**Explanation:**")
DRAW = "\n### Tirage : Au sort {#sort banque=banque nombre=1}\n"


def check(files: Files) -> tuple[Message, ...]:
    return read_files(files, slug="essai", context=CONTEXT).messages


def fixed(text: str, **more: str) -> str:
    files = {"module.md": text.encode(), **{n: t.encode() for n, t in more.items()}}
    after, _ = fix_files(files, check)
    again, nothing = fix_files(after, check)
    assert (again, nothing) == (after, []), "a second pass finds more"
    return after["module.md"].decode()


SAFE = [
    # Letters and ids.
    (SINGLE, "- [x] b) Cela", "- [x] Cela"),
    (SINGLE, "- [ ] a) Ceci\n  > Non.\n- [x] b) Cela", "- [ ] Ceci\n  > Non.\n- [x] Cela"),
    (SINGLE.replace("#choix", "#un-choix"), " {#un-choix}", ""),
    (SINGLE.replace("#choix", "#un-choix points=2"), "{#un-choix points=2}", "{points=2}"),
    ("## Encore là {#encore-la}\n", " {#encore-la}", ""),
    ("## Encore là {#encore-la}\n\n## Encore là {#encore-la-2}\n", " {#encore-la-2}", ""),
    ("## Encore là {#encore-la .reflexe}\n", "{#encore-la .reflexe}", "{.reflexe}"),
    # Labels, options, parts.
    (SINGLE, "Choix unique", "Choix uniqe"),
    (SINGLE, "Choix unique :", "Choix unique ::"),
    (SINGLE, "Choix unique :", f"Choix unique {':' * 15} : :"),
    (SINGLE.replace("Choix unique", "Single choice"), "Single choice", "Single chocie"),
    (ORDERING, "Classement", "Clasement"),
    (POLL, "Sondage", "Sondages"),
    (SINGLE.replace("#choix", "#choix points=2"), "points=2", "point=2"),
    (SINGLE.replace("#choix", "#choix melange=non"), "melange=non", "mélanges=non"),
    (DILEMMA, "avis=exemplaire", "avis=exemplair"),
    (DILEMMA, "avis=exemplaire", "avi=exemplaire"),
    (SINGLE, "**Explication :** Parce", "**Explicaton :** Parce"),
    (SINGLE, "**Explication :** Parce", "*Explication :** Parce"),
    (SINGLE, "**Explication :** Parce", "**Explication :*Parce"),
    (ENGLISH, "**Explanation:**", "**Explanaton:**"),
    # Marks and indentation.
    (SINGLE, "- [x] b)", "- [x ] b)"),
    (SINGLE, "- [ ] a)", "-[ ] a)"),
    (SINGLE, "- [x] b)", "[x] b)"),
    (SINGLE, "- [ ] a)", "•\t[ ] a)"),
    (SINGLE, "- [x] b)", "– [x] b)"),
    (SINGLE, "- [x] b)", "-\u00a0[x] b)"),
    ("## Encore {#encore}\n", "## Encore", "##\u00a0Encore"),
    (SINGLE, "- [x] b)", "- [x] b."),
    (SINGLE, "- [x] b)", "- [x] (b)"),
    (SINGLE, "- [x] b)", "- [x] b\u00a0)"),
    (SINGLE, "**Explication :**", "Explication :"),
    (SINGLE, "  > Non.", "> Non."),
    (SINGLE, "  > Non.", "        > Non."),
    (SINGLE, "- [x] b) Cela\n  > Oui.", "  - [x] b) Cela\n  > Oui."),
    (ORDERING, "   > D'abord", "> D'abord"),
    (MATCHING, "Policier ->", "Policier -->"),
    (MATCHING, "Policier ->", "Policier =>"),
    (CLOZE, "[[cesse|prend fin]]", "[[cesse|prend  fin]]"),
    # Headings and call-outs.
    ("## Encore {#encore}\n", "## Encore", "##Encore"),
    (SINGLE, "### Choix", "###Choix"),
    ("> [!NOTE]\n> Un texte.\n", "[!NOTE]\n> Un", "[!NOTE] Un"),
    ("> [!NOTE]\n> Un texte.\n", "[!NOTE]", "!NOTE]"),
    ("> [!NOTE]\n> Un texte.\n", "[!NOTE]", "[!NOTES]"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "good", "slip"), SAFE, ids=lambda text: text[:24])
def test_a_slip_is_mended(body: str, good: str, slip: str) -> None:
    assert good in body
    assert fixed(module(body.replace(good, slip, 1))) == module(body)


@pytest.mark.parametrize(
    ("good", "slip"),
    [
        ("duree: 10", "duré: 10"),
        ('niveau: "on"', "niveau: on"),
        ('niveau: "12:30"', "niveau: 12:30"),
        ('niveau: "Pôle : formation"', "niveau: Pôle : formation"),
        ("statut_source: verifie", "statut_source: vérifié"),
    ],
)
def test_a_slip_in_the_front_matter_is_mended(good: str, slip: str) -> None:
    lines = ("duree: 10", f"duree: 10\n{good}") if "duree" not in good else (good, good)
    front = FRONT.replace(*lines)
    assert fixed(module(front=front.replace(good, slip))) == module(front=front)


LEFT = [
    module("## Titre {#Étape}\n"),
    module("### Association des riverains {#riverains}\nDu texte.\n"),
    module("### Réflexions : Du texte {#reflexions}\nDu texte.\n"),
    module("### Pôle : Un service {#pole}\nDu texte.\n"),
    module(SINGLE.replace("- [ ] a)", "- [] a)")),
    module(SINGLE.replace("- [ ] a)", "- ] a)")),
    module(SINGLE.replace("#choix", "#choix voir=un")),
    module(SINGLE.replace("**Explication :**", "**Explication**")),
    module(DILEMMA.replace("(#attendre)", "(#attendr)")),
    module("Du texte\n---\n"),
    module("    Du texte.\n"),
    module("#mot-dièse\n"),
    module(front=FRONT.replace("[probite]", "[probitee]")),
    module(front=FRONT.replace("duree: 10", "duree: 10\npublique: tous")),
    module(front=FRONT.replace("duree: 10", "duree: 10\nniveau: un #deux")),
    module(MATCHING.replace("Policier ->", "Policier -")),
    module(ORDERING.replace("2. Écouter\n", "")),
]


@pytest.mark.parametrize("text", LEFT)
def test_what_could_mean_two_things_is_left_to_its_author(text: str) -> None:
    assert check({"module.md": text.encode()})
    assert fixed(text) == text


def test_two_options_near_the_same_one_are_left() -> None:
    text = module(SINGLE.replace("#choix", "#choix point=2 pointss=3"))
    assert fixed(text) == text
    text = module(SINGLE.replace("#choix", "#choix points=2 point=3"))
    assert fixed(text) == text


def test_ids_of_a_module_are_not_taken_twice() -> None:
    quiz = QUIZ + DRAW
    bank = BANK.replace(" {#en-banque voir=une}", " {voir=une}")
    text = module(SINGLE.replace("Un choix {#choix}", "En banque"), quiz=quiz)
    files = {"module.md": text.encode(), "banques/banque.md": bank.encode()}
    after, applied = fix_files(files, check)
    assert "{#en-banque}" in after["module.md"].decode()
    assert "{#en-banque-2 voir=une}" in after["banques/banque.md"].decode()
    assert [message.code for message in applied] == ["Q101", "Q101"]


def test_a_translation_takes_its_ids_from_its_reference() -> None:
    text = module(SINGLE)
    for lost in (" {#choix}", " {#une}"):
        english = text.replace(lost, "")
        files = {"module.md": text.encode(), "module.en.md": english.encode()}
        code = "Q101" if "choix" in lost else "S104"
        assert ("module.en.md", code) in [(m.path, m.code) for m in check(files)]
        assert fix_files(files, check) == (files, [])


def test_a_published_question_that_lost_its_id_gets_no_other() -> None:
    lock = "choix single\n  key b 100\n\njuger true_false\n  key a 100\n"
    text = module(SINGLE.replace(" {#choix}", ""))
    assert fixed(text, **{"ids.lock": lock}) == text
    named = lock.replace("choix", "un-choix")
    assert "Un choix {#un-choix}" in fixed(text, **{"ids.lock": named})


def test_the_form_of_the_file_is_kept() -> None:
    good = "\ufeff" + module("> [!NOTE]\n> Un texte.\n").replace("\n", "\r\n")
    slip = good.replace("[!NOTE]\r\n> Un", "[!NOTE] Un")
    assert fixed(slip) == good


def test_columns_are_those_of_the_file_as_written() -> None:
    good = module(SINGLE.replace("Choix unique : Un choix", "Choix unique : Un e\u0301te\u0301"))
    good = good.replace("#choix", "#un-ete")
    assert fixed(good.replace(" {#un-ete}", "")) == good


def test_edits_that_touch_wait_for_the_next_pass() -> None:
    text = module(SINGLE.replace("Choix unique : Un choix {#choix}", "Choix uniqe :: Un choix"))
    good = module(SINGLE.replace("#choix", "#un-choix"))
    assert fixed(text) == good


def test_edits_are_made_from_the_end() -> None:
    edits = [Edit(1, 2, 1, 3, "XX"), Edit(2, 1, 2, 1, ">"), Edit(1, 1, 1, 2, "")]
    assert apply_edits(b"abc\ndef", edits) == b"XXc\n>def"
    assert apply_edits(b"abc\ndef", [Edit(1, 2, 2, 2, "-")]) == b"a-ef"
    several = [Edit(1, 1, 1, 3, "XY"), Edit(2, 2, 3, 2, "-"), Edit(1, 4, 1, 4, "!\n")]
    assert apply_edits(b"abcd\nefg\nhij", several) == b"XYc!\nd\ne-ij"


def test_a_fix_that_would_never_end_is_given_up() -> None:
    fix = Fix("x", (Edit(1, 1, 1, 1, "x"),))
    endless = Message("a.md", 1, 1, 1, 1, "warning", "X", "x", fix)
    after, applied = fix_files({"a.md": b""}, lambda _: [endless])
    assert after == {"a.md": b"x" * 10}
    assert len(applied) == 10


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.code)
def test_every_edit_comes_with_what_it_does(case: object) -> None:
    text = case.text.replace(CARET, "")  # type: ignore[attr-defined]
    for message in check({"module.md": text.encode()}):
        if message.fix and message.fix.edits:
            assert message.fix.title
    fixed(text)


def test_whatever_may_be_edited_has_an_advice() -> None:
    edited = {"Q208", "Q101", "S104", "Q102-near", "Q102-colon", "Q107-near", "Q108-near",
              "M101-near", "M103-misread", "M103-colon", "M104-near", "Q114-part", "Q109",
              "Q109-broken", "Q206", "Q206-answer", "Q112-arrow", "Q112-gap", "S108-space",
              "R202", "R202-text"}  # fmt: skip
    assert [key for key in edited if not (SAYINGS[key].fix_fr and SAYINGS[key].fix_en)] == []


def test_a_folder_is_fixed_where_asked(tmp_path: Path) -> None:
    folder = tmp_path / "essai"
    (folder / "banques").mkdir(parents=True)
    slip, bank = module(SINGLE.replace("[x] b)", "[x]"), quiz=QUIZ + DRAW), BANK.replace("a) ", "")
    (folder / "module.md").write_text(slip)
    (folder / "banques" / "banque.md").write_text(bank)
    files, applied = fix_folder(folder, context=CONTEXT)
    assert set(files) == {"module.md", "banques/banque.md"}
    assert {message.path for message in applied} == {
        f"{folder.as_posix()}/{name}" for name in files
    }
    files, applied = fix_folder(folder, context=CONTEXT, only={"banques/banque.md"})
    assert set(files) == {"banques/banque.md"}
    assert [message.code for message in applied] == ["Q208"]
    assert (folder / "module.md").read_text() == slip
