"""What ids.lock says was published is held, and the file itself is plain to read."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.dialect.checks.identity import identities_of
from app.dialect.identity import Identity, digest_of
from app.dialect.items.matching import ARROW
from app.dialect.locking import read_lock, write_lock
from app.dialect.messages import Message, Report
from app.dialect.parsing import parse
from app.dialect.source import read_source
from tests.dialect.cases import DILEMMA, MULTIPLE
from tests.dialect.cases_of_types import CLOZE, MATCHING, NUMBER, ORDERING, POLL, SHORT
from tests.dialect.writing import BANK, CARET, CONTEXT, QUIZ, SINGLE, module, read, split_caret

BODY = "\n".join([SINGLE, MULTIPLE, DILEMMA, ORDERING, MATCHING, NUMBER, SHORT, CLOZE, POLL])
GOOD = module(BODY)


def lock_of(text: str, banks: dict[str, str] | None = None) -> str:
    files = {"module.md": text.encode()}
    files |= {f"banques/{name}.md": bank.encode() for name, bank in (banks or {}).items()}
    return write_lock(identities_of(parse(files, CONTEXT).reference))


LOCK = lock_of(GOOD)


def checked(text: str, lock: str = LOCK) -> tuple[Message, ...]:
    return read(text, files={"ids.lock": lock}).messages


def changed(*changes: tuple[str, str], text: str = GOOD) -> str:
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


CASES = [
    ("P101", changed(("#choix}", "#autre}")), (1, 1)),
    ("P101", changed((f"{SINGLE}\n", "")), (1, 1)),
    ("P102", changed(("- [ ] a) Ceci", "- [x] a) Ceci"), ("- [x] b) Cela", "- [ ] b) Cela"),
                     ("### Choix unique", CARET + "### Choix unique")), None),
    ("P102", changed(("- [ ] a) Ceci", "- [50%] a) Ceci"),
                     ("### Choix unique", CARET + "### Choix unique")), None),
    ("P102", changed(("2. Écouter\n3. Expliquer", "2. Expliquer\n3. Écouter"),
                     ("### Class", CARET + "### Class")), None),
    ("P102", changed(("- Gendarme -> Code commun", "- Gendarme -> Charte"),
                     ("### Assoc", CARET + "### Assoc")), None),
    ("P102", changed(("48 ± 2 h", "48 ± 1 h"), ("### Nombre", CARET + "### Nombre")), None),
    ("P102", changed(("[x] a) Référent déontologue", "[x] a) Référent"),
                     ("b) Le référent", "b) Le conseil"), ("### Rép", CARET + "### Rép")), None),
    ("P102", changed(("[[cesse|prend fin]]", "[[cesse]]"), ("### Texte", CARET + "### Texte")),
     None),
    ("P102", changed(("### Choix unique : Un choix", CARET + "### Choix multiple : Un choix"),
                     ("- [x] b)", "- [ ] c) Trois\n  > Non.\n- [x] b)")), None),
    ("P103", changed(("- [ ] a) Ceci", CARET + "- [ ] a) Autre chose")), None),
    ("P103", changed(("- [ ] b) Parfois", CARET + "- [ ] b) Toujours")), None),
]  # fmt: skip


def test_what_is_as_published_earns_nothing() -> None:
    assert checked(GOOD) == ()


@pytest.mark.parametrize(("code", "text", "place"), CASES)
def test_what_is_not_as_published_is_told(
    code: str, text: str, place: tuple[int, int] | None
) -> None:
    if place is None:
        text, *found = split_caret(text)
        place = (found[0], found[1])
    for language in ("fr", "en"):
        reading = read(text, files={"ids.lock": LOCK}, language=language)
        told = [(m.path, m.line, m.column, m.code) for m in reading.messages]
        assert told == [("module.md", *place, code)], "\n".join(map(str, reading.messages))
        assert reading.has_errors
        assert set(reading.modules) == {"fr"}


@pytest.mark.parametrize(
    "changes",
    [
        (("- [ ] a) Ceci", "- [ ] a) **ceci**"),),
        (("- [ ] a) Ceci\n  > Non.\n", "- [ ] c) Autre\n  > Non.\n"),),
        (("2. Écouter", "2. Écouter vraiment"),),
        (("- Pompier -> Charte", "- Pompier -> La charte"),),
        (("- Gendarme ->", "- La gendarmerie ->"),),
        (("- -> Règlement\n", ""),),
        (("48 ± 2 h", "48,0 ± 2 heures"),),
        (("  > Elle contrôle.", "  > Elle inspecte."),),
        (("- [ ] c) Inspection", "- [ ] c) Inspecteur"),),
        (("Que faites-vous ?", "Que dites-vous ?"),),
        (("#choix}", "#autre ancien=choix}"),),
        (("#choix}", "#autre ancien=vieux,choix}"),),
        (("{#choix}", '{#choix erratum="faux"}'), ("- [ ] a) Ceci", "- [x] a) Tout autre"),
         ("- [x] b) Cela", "- [ ] b) Rien")),
        (("{#avis}", '{#avis erratum="mot"}'), ("b) Parfois", "b) De temps en temps")),
    ],
)  # fmt: skip
def test_these_keep_what_was_published(changes: tuple[tuple[str, str], ...]) -> None:
    assert [m.code for m in checked(changed(*changes)) if m.code.startswith("P")] == []


def test_each_correction_is_stated_anew() -> None:
    said = changed(("{#choix}", '{#choix erratum="faux"}'))
    lock = lock_of(said)
    assert "  erratum faux" in lock
    assert checked(said, lock) == ()
    again = changed(("- [ ] a) Ceci", "- [ ] a) Autre"), text=said)
    assert [m.code for m in checked(again, lock)] == ["P103"]
    assert checked(again.replace('"faux"', '"encore faux"'), lock) == ()


def test_questions_of_banks_are_held_too() -> None:
    text = module(quiz=QUIZ + "\n### Tirage : Au sort {#sort banque=b nombre=1}\n")
    lock = lock_of(text, {"b": BANK})
    other = BANK.replace("[x] a)", "[ ] a)").replace("[ ] b)", "[x] b)")
    found = read(text, banks={"b": other}, files={"ids.lock": lock}).messages
    assert [(m.path, m.line, m.code) for m in found] == [("banques/b.md", 1, "P102")]


def test_a_question_with_errors_has_not_vanished() -> None:
    text = changed(("- [x] b) Cela", "- [y] b) Cela"))
    assert checked(text) == read(text).messages
    assert [m.code for m in checked(text)] == ["Q103", "Q109"]


def test_the_lock_of_a_translation_is_that_of_its_reference() -> None:
    files = {"ids.lock": LOCK, "module.en.md": GOOD.replace("a) Ceci", "a) This")}
    assert read(GOOD, files=files).messages == ()


def test_the_file_is_plain_to_read() -> None:
    text = lock_of(module(SINGLE + "\n" + MATCHING))
    assert text.split("\n")[3:14] == [
        "chacun matching",
        "  key Policier -> Code commun",
        "  key Gendarme -> Code commun",
        "  key Pompier -> Charte",
        "",
        "choix single",
        "  key b 100",
        f"  letter a {digest_of('Ceci')}",
        f"  letter b {digest_of('Cela')}",
        "",
        "juger true_false",
    ]


def is_collapsed(text: str) -> bool:
    spaced = text == text.strip(" ") and "  " not in text
    return spaced and " -> " not in text and unicodedata.is_normalized("NFC", text)


TEXTS = st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1, max_size=20
).filter(is_collapsed)
NAMES = st.from_regex(r"[a-z0-9]{1,6}(-[a-z0-9]{1,4})?", fullmatch=True)
LETTERS = st.dictionaries(
    st.sampled_from("abcdefgh"), st.from_regex(r"[0-9a-f]{12}", fullmatch=True)
)
IDENTITIES = st.one_of(
    st.builds(Identity, st.sampled_from(["single", "poll"]), st.just(()), LETTERS, st.just("")),
    st.builds(Identity, st.just("ordering"), st.lists(TEXTS).map(tuple), st.just({}), TEXTS),
    st.builds(
        Identity,
        st.just("matching"),
        st.lists(st.builds(lambda a, b: a + ARROW + b, TEXTS, TEXTS)).map(tuple),
        st.just({}),
        st.just(""),
    ),
)


@given(st.dictionaries(NAMES, IDENTITIES, max_size=4))
def test_what_is_written_is_read_again(identities: dict[str, Identity]) -> None:
    report = Report(read_source("ids.lock", write_lock(identities)), "fr")
    assert read_lock(report) == identities
    assert report.messages == []


@pytest.mark.parametrize(
    ("line", "new"),
    [
        ("choix single", "choix unique"),
        ("choix single", "choix"),
        ("choix single", "<<<<<<< HEAD"),
        ("choix single", "Choix single"),
        ("choix single", "avis single"),
        ("  key b 100", "  key"),
        ("  key b 100", "  cle b 100"),
        ("  key b 100", " key b 100"),
        ("  key Pompier -> Charte", "  key Pompier"),
        (f"  letter a {digest_of('Ceci')}", "  letter a"),
        (f"  letter a {digest_of('Ceci')}", "  letter ab 0123"),
        (f"  letter a {digest_of('Ceci')}", "  letter b 0123"),
        (f"  letter a {digest_of('Ceci')}", "  erratum a\n  erratum b"),
    ],
)
def test_a_damaged_line_is_told(line: str, new: str) -> None:
    assert f"\n{line}\n" in LOCK
    lock = LOCK.replace(f"\n{line}\n", f"\n{new}\n")
    found = [m for m in checked(GOOD, lock) if m.code == "P104"]
    number = lock[: lock.index(f"\n{new}\n") + len(new)].count("\n") + 1
    assert found, lock
    assert (found[0].path, found[0].code) == ("ids.lock", "P104")
    assert found[0].line in (number, number + 1)


def test_bytes_that_are_no_text_are_told() -> None:
    found = read(GOOD, files={"ids.lock": "\x00"}).messages
    assert {(m.path, m.code) for m in found} == {("ids.lock", "R105"), ("ids.lock", "P104")}
