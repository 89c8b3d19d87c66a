"""A module is read whole: its parts, its languages, its limits and its hash."""

from __future__ import annotations

import datetime as dt
import hashlib
import time
from pathlib import Path

import pytest

from app.dialect.compiled import Dilemma, Draw, MultipleChoice, Prose, Question, SingleChoice, Step
from app.dialect.context import Context, article_key, read_context
from app.dialect.reading import check_folder, read_files, read_folder, read_help_page
from app.dialect.starter import TEMPLATE_FR
from tests.dialect.cases import DILEMMA, MULTIPLE
from tests.dialect.writing import (
    BANK,
    CONTEXT,
    FRONT,
    QUIZ,
    SINGLE,
    codes,
    compiled,
    item,
    messages,
    module,
    read,
)

EXAMPLE = Path(__file__).with_name("example.md").read_text(encoding="utf-8")
FOUR = "\n".join(BANK.replace("#en-banque", f"#en-banque-{n}") for n in range(4)).replace(
    "voir=une", "voir=situation"
)


def prose(step: Step) -> str:
    return "".join(block.html for block in step.blocks if isinstance(block, Prose))


def test_the_example_of_the_design_is_read_whole() -> None:
    reading = read(EXAMPLE, banks={"probite": FOUR}, context=Context())
    assert [m.code for m in reading.messages] == ["E201", "Q202", "Q202"]
    found = reading.modules["fr"]
    assert found.title == "Le café offert\u202f: discernement et exemplarité"
    assert (found.minutes, found.audience) == (25, ("pn", "gn", "pm"))
    assert [step.id for step in found.steps] == ["pas-qu-un-cafe", "situation"]
    coffee = found.item("cafe-commercant")
    assert isinstance(coffee, SingleChoice)
    assert [choice.credit for choice in coffee.choices] == [0, 100, 0]
    assert coffee.choices[1].feedback == (
        "<p>Vous préservez la relation <strong>et</strong> votre indépendance.</p>"
    )
    assert coffee.references == "<p>CSI R. 434-9</p>"
    video = found.item("video")
    assert isinstance(video, Dilemma)
    assert [scene.id for scene in video.scenes] == ["en-prive", "hierarchie", "silence"]
    assert [choice.to for choice in video.opening.choices] == ["en-prive", "hierarchie"]
    assert found.evaluation is not None
    signs, draw = found.evaluation.items()
    assert isinstance(signs, MultipleChoice)
    assert (signs.points, signs.see) == (2, "pas-qu-un-cafe")
    assert isinstance(draw, Draw)
    assert (draw.bank, draw.count) == ("probite", 4)
    assert len(found.banks["probite"]) == 4


def test_front_matter_fills_the_module() -> None:
    front = FRONT.replace(
        "duree: 10",
        'duree: 10\nniveau: "avancé"\nseuil: 75\nprerequis: [accueil]\nauteurs: [A. Un, B. Deux]\n'
        "valide_par: C. Trois\nrevu_le: 2026-11-01\na_revoir_le: 2027-11-01\nstatut_source: mixte",
    )
    found = compiled(module(front=front))
    assert (found.level, found.pass_mark, found.prerequisites) == ("avancé", 75, ("accueil",))
    assert (found.authors, found.validated_by) == ("A. Un, B. Deux", "C. Trois")
    assert (found.reviewed_on, found.review_on) == ("2026-11-01", "2027-11-01")
    assert (found.source_status, found.skills) == ("mixte", ("probite",))
    assert compiled(module()).pass_mark is None


def test_everyone_is_all_five() -> None:
    found = compiled(module(front=FRONT.replace("[pn, gn]", "tous")))
    assert found.audience == ("pn", "gn", "pm", "sp", "pref")


def test_what_stands_before_the_first_step_is_the_summary() -> None:
    found = compiled(
        module(front=FRONT + "\nUne **présentation** :\nen deux lignes.\n\n- Une liste\n")
    )
    assert found.summary == "Une présentation\u202f: en deux lignes. Une liste"


def test_sheets_are_not_steps() -> None:
    sheets = (
        "\n## Réflexe {#reflexe .reflexe}\n\nÀ garder.\n\n## Fiche {#fiche .animation}\n\nÀ dire.\n"
    )
    found = compiled(module(quiz=QUIZ + sheets))
    assert [step.id for step in found.steps] == ["une"]
    assert found.reflex is not None
    assert found.facilitation is not None
    assert prose(found.reflex) == "<p>À garder.</p>"
    assert prose(found.facilitation) == "<p>À dire.</p>"


def test_sub_headings_go_up_one_level() -> None:
    found = compiled(module("### Un\n\n#### Deux {#deux}\n\nTexte.\n"))
    assert '<h2 id="un">Un</h2>\n<h3 id="deux">Deux</h3>' in prose(found.steps[0])


def test_an_item_ends_at_a_rule_and_the_text_goes_on() -> None:
    found = compiled(module(SINGLE + "\n---\n\nLa suite.\n"))
    kinds = [type(block) for block in found.steps[0].blocks]
    assert kinds == [Prose, Question, Prose]
    assert prose(found.steps[0]).endswith("<p>La suite.</p>")
    assert "<hr" not in prose(found.steps[0])


def test_corps_keep_sections_steps_and_items() -> None:
    body = (
        "Pour tous.\n\n### A {corps=pn}\n\nPour pn.\n\n#### B {corps=pn,gn}\n\nEncore pn.\n\n"
        "### C\n\nPour tous.\n\n" + SINGLE.replace("#choix", "#choix corps=gn")
    )
    text = module(body + "\n## D {#d corps=gn}\n\nPour gn.\n")
    found = compiled(text)
    blocks = found.steps[0].blocks
    assert [block.corps for block in blocks] == [(), ("pn",), (), ("gn",)]
    one = found.item("choix")
    assert one is not None
    assert one.corps == ("gn",)
    assert [step.id for step in found.steps_for("pn")] == ["une"]
    assert [step.id for step in found.steps_for("gn")] == ["une", "d"]
    assert len(found.steps[0].shown_to("gn")) == 3
    assert found.steps[1].blocks[0].corps == ("gn",)


def test_what_nobody_would_see_is_left_out() -> None:
    text = module("## D {#d corps=gn}\n\n" + SINGLE.replace("#choix", "#choix corps=pn"))
    assert codes(text) == ["Q209"]
    assert compiled(text).item("choix") is None
    prose_only = module("### A {corps=pn}\n\nPour pn.\n\n#### B {corps=gn}\n\nPour personne.\n")
    assert "personne" not in prose(compiled(prose_only).steps[0])


def test_options_reach_the_item() -> None:
    one = item(SINGLE.replace("#choix", "#choix points=3 voir=une melange=non ancien=vieux"))
    assert (one.points, one.see, one.shuffle) == (3, "une", False)
    quoted = SINGLE.replace("#choix", '#choix erratum="la clé était fausse"')
    assert item(quoted).id == "choix"


def test_parts_reach_the_item() -> None:
    text = SINGLE.replace(
        "**Explication :**",
        "**indice:** Un.\n\n**Indice** : Deux,\nen deux lignes.\n\n- et une liste\n\n"
        "**COMPETENCES\u00a0:** probite, discernement\n\n"
        "**References :** CSI\u00a0R.\u00a0434-9\n\n"
        "**Explanation:**",
    )
    one = item(text)
    assert one.hints[0] == "<p>Un.</p>"
    assert one.hints[1] == "<p>Deux,\nen deux lignes.</p>\n<ul>\n<li>et une liste</li>\n</ul>"
    assert one.skills == ("probite", "discernement")
    assert one.references == "<p>CSI&nbsp;R.&nbsp;434-9</p>"
    assert one.explanation == "<p>Parce que.</p>"


def test_labels_are_read_in_english_and_without_accents() -> None:
    for label in ("Single choice", "CHOIX UNIQUE", "choix\u00a0unique", "Choix  unique"):
        assert isinstance(item(SINGLE.replace("Choix unique", label)), SingleChoice)
    reflection = "### reflexion : Et vous {#vous}\nDites.\n"
    assert compiled(module(reflection)).item("vous") is not None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("- [x] b)", "- [X] b)"),
        ("- [x] b)", "* [x] b)"),
        ("- [x] b)", "+ [x] B)"),
        ("  > Non.", "   > Non."),
        ("  > Non.", "    > Non."),
        ("  > Non.", "\t> Non."),
        ("  > Non.", "\n  > Non."),
        ("  > Non.\n", "  > Non.\n\n"),
        ("- [x] b) Cela\n  > Oui.", " - [x] b) Cela\n   > Oui."),
        ("### Choix unique : Un choix {#choix}", "### Choix unique : Un choix {#choix} ##"),
        ("### Choix unique : Un choix {#choix}", "  ### Choix unique : Un choix  { #choix }  "),
        ("Que faites-vous ?", "Que faites-vous ?\n\n- ceci [a](https://x.fr)\n- [sic] cela\n"),
        ("Que faites-vous ?", "Que faites-vous ?\n\n```\n- [x] z) du code\n```\n"),
        ("Parce que.", "Parce que.\n\n**Attention :** un autre paragraphe."),
        ("Parce que.", "Parce que.\n\nRéponse : un texte."),
        ("Ceci", "Ceci,\n  sur deux lignes"),
        ("[ ] a)", "[50%] a)"),
        ("[ ] a)", "[ 0 % ] a)"),
    ],
)
def test_these_are_read_alike(old: str, new: str) -> None:
    text = module(SINGLE.replace(old, new, 1))
    assert messages(text) == ()
    assert compiled(text).item("choix") is not None


GOOD_PROSE = [
    "Un `[x]` et un - tiret, 12:30.\n",
    "```\n# pas un titre\n- [x] pas une case\n<b>\n![](x)\n```\n",
    "> ```\n> - [x] pas une case\n> ```\n",
    "~~~~\n```\n~~~~\n",
    "- un\n\n  ```\n  - [x] code\n  ```\n",
    "Un tableau :\n\n| a | b |\n| --- | :-: |\n| 1 | 2 |\n",
    "| a |  |\n| --- | --- |\n| 1 | 2 |\n",
    "Un | seul | trait et `a | b`\nsur deux lignes.\n",
    "> [!NOTE]\n> Un texte.\n\n> [!tip]\n> Deux.\n",
    "> Une citation\n> [lien](https://x.fr)\n",
    "[a](https://x.fr) [b](http://x.fr) [c](mailto:a@x.fr) [d](tel:17) <https://x.fr> <a@x.fr>\n",
    "[a](#une) [b](#sous-titre) [c](media/plan.png) ![Un plan](media/plan.png)\n\n### Sous-titre\n",
    "[Un film](https://x.fr/film.mp4) à voir.\n",
    "a < b, \\<b>, `<b>`, <https://x.fr>\n",
    "Voir CSI R. 434-9, CSI, R. 434-9 et l'art. 432-12 CP.\n",
    "Le code de la sécurité intérieure,\nR. 434-9, en parle. Le CSI aussi, en 2026.\n",
    "***\n\nUn trait.\n\n* * *\n",
    "### Mots : d'autres mots\n\nTexte.\n",
    "### Un titre {#ancre corps=pn}\n\nTexte.\n",
    "Ligne\nsuivie d'un - tiret.\n",
    "`#### pas un titre`\n",
    "![Un plan][p]\n\n[p]: media/plan.png\n",
    "Une note[^1].\n\n[^1]: La note.\n",
    "\\# pas un titre\n",
    "Une note[^1].\n\n[^1]: La note.\n\n    Sa suite.\n",
    "- un\n\n    suite\n\n    encore\n",
    "- un\n\n  ```\n  x\n  ```\n\n    encore\n",
    "Une ligne ( [x] entre parenthèses ).\n",
]


@pytest.mark.parametrize("text", GOOD_PROSE)
def test_good_prose_earns_nothing(text: str) -> None:
    assert messages(module(text), media={"plan.png": b"png"}) == ()


def test_banks_may_name_media_from_their_folder() -> None:
    bank = BANK.replace(
        "Une phrase", "![Un plan](../media/plan.png) ![P](media/plan.png) Une phrase"
    )
    quiz = QUIZ + "\n### Tirage : Au sort {#sort banque=banque nombre=1}\n"
    found = compiled(module(quiz=quiz), banks={"banque": bank}, media={"plan.png": b"png"})
    assert found.banks["banque"][0].stem.count('src="/media/') == 2


def test_media_are_named_by_their_digest() -> None:
    reading = read(module("![Un plan](media/plan.png)\n"), media={"plan.png": b"png"})
    html = prose(reading.modules["fr"].steps[0])
    assert reading.media == {"media/plan.png": b"png"}
    assert f'src="/media/{hashlib.sha256(b"png").hexdigest()}"' in html
    other = read_files(
        {"module.md": module("![Un plan](media/plan.png)\n").encode(), "media/plan.png": b"png"},
        slug="essai",
        context=CONTEXT,
        media_url=lambda path, digest: f"/apercu/{path}?{len(digest)}",
    )
    assert 'src="/apercu/media/plan.png?64"' in prose(other.modules["fr"].steps[0])


def test_links_to_other_steps_go_to_their_pages() -> None:
    body = "[ici](#une) [là](#deux) [bas](#bas)\n\n### Bas\n\n## Deux {#deux}\n\nTexte.\n"
    html = prose(compiled(module(body)).steps[0])
    assert '<a href="#une">ici</a> <a href="deux">là</a> <a href="#bas">bas</a>' in html


def test_links_of_items_stay_as_they_are_since_items_are_shown_elsewhere_too() -> None:
    text = SINGLE.replace("Parce que.", "[là](#deux)") + "\n## Deux {#deux}\n\nTexte.\n"
    assert item(text).explanation == '<p><a href="#deux">là</a></p>'


TRANSLATION = (
    module(SINGLE)
    .replace("Choix unique", "Single choice")
    .replace("Un titre", "A title")
    .replace("Vrai ou faux", "True or false")
)


def test_a_translation_is_compiled_beside_its_reference() -> None:
    reading = read(module(SINGLE), files={"module.en.md": TRANSLATION})
    assert reading.messages == ()
    assert list(reading.modules) == ["fr", "en"]
    english = reading.modules["en"]
    assert (english.title, english.language) == ("A title", "en")
    assert english.item("choix") is not None


def test_a_broken_translation_leaves_the_reference() -> None:
    reading = read(module(), files={"module.en.md": module("- [x] Ticked\n")})
    assert [(m.path, m.code) for m in reading.messages] == [("module.en.md", "S106")]
    assert list(reading.modules) == ["fr"]


def test_a_translation_has_banks_of_its_own() -> None:
    quiz = QUIZ + "\n### Tirage : Au sort {#sort banque=banque nombre=1}\n"
    text = module(quiz=quiz)
    alone = read(text, banks={"banque": BANK}, files={"module.en.md": text})
    assert [(m.path, m.code) for m in alone.messages] == [("module.en.md", "Q115")]
    both = read(text, banks={"banque": BANK, "banque.en": BANK}, files={"module.en.md": text})
    assert both.messages == ()
    assert list(both.modules["en"].banks) == ["banque"]


def test_the_reference_may_be_in_english() -> None:
    reading = read(module(front=FRONT.replace("duree: 10", "duree: 10\nlangue: en")))
    assert list(reading.modules) == ["en"]
    assert reading.modules["en"].language == "en"


def test_a_file_that_is_too_large_is_not_read() -> None:
    found = messages("a" * 200_001)
    assert [(m.line, m.column, m.code) for m in found] == [(1, 1, "R101")]
    assert "R101" not in codes(module("é" * 4_900 + "\n"))


def test_a_long_line_is_refused() -> None:
    found = messages(module("a" * 5_001 + "\n"))
    assert [(m.line, m.column, m.code) for m in found] == [(13, 5_001, "R102")]
    assert messages(module("a" * 5_000 + "\n")) == ()


def test_rendering_has_a_time() -> None:
    found = messages(module(), context=Context(seconds=0))
    assert [(m.line, m.column, m.code) for m in found] == [(1, 1, "R104")]


def test_nesting_inside_a_line_of_an_item_is_refused_too() -> None:
    text = module(SINGLE.replace("Parce que.", "Parce que.\n\n" + "> " * 21 + "trop"))
    assert codes(text) == ["R103"]


def test_depth_that_only_the_renderer_sees_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.dialect.checks.texts.check_nesting", lambda *_: False)
    found = messages(module("> " * 21 + "trop\n"))
    assert [(m.line, m.column, m.code) for m in found] == [(1, 1, "R103")]


def test_bytes_that_are_not_utf8_are_refused() -> None:
    data = module("Étape\n").encode("latin-1", errors="replace")
    reading = read_files({"module.md": data}, slug="x", context=CONTEXT)
    line = data.split(b"\n").index("## Une étape {#une}".encode("latin-1")) + 1
    assert [(m.line, m.column, m.code) for m in reading.messages] == [(line, 8, "R105")]
    assert reading.modules == {}


def test_a_nul_is_refused() -> None:
    found = messages(module("Un\x00texte\n"))
    assert [(m.line, m.column, m.code) for m in found] == [(13, 3, "R105")]


def test_a_bank_that_cannot_be_read_is_told_alone() -> None:
    quiz = QUIZ + "\n### Tirage : Au sort {#sort banque=banque nombre=9}\n"
    files = {"module.md": module(quiz=quiz).encode(), "banques/banque.md": b"\xff"}
    reading = read_files(files, slug="x", context=CONTEXT)
    assert [(m.path, m.code) for m in reading.messages] == [("banques/banque.md", "R105")]


def test_a_folder_without_module_has_no_title() -> None:
    reading = read_files({}, slug="x", context=CONTEXT)
    assert "S101" in [m.code for m in reading.messages]


def test_lists_that_are_not_given_are_not_checked() -> None:
    text = module("Voir CSI R. 999-9.\n").replace("[probite]", "[autre]\nprerequis: [rien]")
    assert messages(text, context=Context()) == ()


def test_the_hash_covers_texts_and_media_only() -> None:
    text = module()
    one = read(text, banks={"b": BANK}, media={"x.png": b"1"}).sha256
    assert len(one) == 64
    assert read(text, banks={"b": BANK}, media={"x.png": b"1"}).sha256 == one
    assert read(text.replace("\n", "\r\n"), banks={"b": BANK}, media={"x.png": b"1"}).sha256 == one
    decomposed = text.replace("É", "E\u0301")
    assert read(decomposed, banks={"b": BANK}, media={"x.png": b"1"}).sha256 == one
    changed = [
        read(text + "\n", banks={"b": BANK}, media={"x.png": b"1"}),
        read(text, banks={"b": BANK + "\n"}, media={"x.png": b"1"}),
        read(text, banks={"b": BANK}, media={"x.png": b"2"}),
        read(text, banks={"c": BANK}, media={"x.png": b"1"}),
        read(text, banks={"b": BANK}),
    ]
    assert len({reading.sha256 for reading in changed} | {one}) == 6


def test_a_folder_is_read_from_disk(tmp_path: Path) -> None:
    folder = tmp_path / "essai"
    for name, text in {
        "module.md": module("![Un plan](media/plan.png)\n\n- [x] Cochée\n"),
        "banques/b.md": BANK,
        "media/plan.png": "png",
        "media/.cache": "non",
        "notes.txt": "non",
        "ids.lock": "non",
        "autre/module.md": "non",
        "banques/lisez.txt": "non",
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    reading = read_folder(folder, context=CONTEXT)
    assert sorted(reading.sources) == ["banques/b.md", "module.md"]
    assert sorted(reading.media) == ["media/plan.png"]
    assert reading.has_errors
    (found,) = check_folder(folder, context=CONTEXT, language="en")
    assert found.path == f"{folder.as_posix()}/module.md"
    assert found.message.startswith("ticked box")
    (folder / "module.md").write_text(module(), encoding="utf-8")
    assert read_folder(folder, context=CONTEXT).modules["fr"].slug == "essai"


def test_the_lists_of_a_content_folder_are_read(tmp_path: Path) -> None:
    (tmp_path / "competences.yml").write_text("probite:\n  fr: Probité\n", encoding="utf-8")
    (tmp_path / "references.yml").write_text(
        "a:\n  code: CSI\n  number: R. 434-9\nb: x\n", encoding="utf-8"
    )
    (tmp_path / "modules" / "un").mkdir(parents=True)
    (tmp_path / "modules" / "un" / "module.md").write_text("", encoding="utf-8")
    found = read_context(tmp_path, today=dt.date(2026, 1, 1), pass_mark=70)
    assert found.competences == {"probite"}
    assert found.references == {article_key("CSI", "R434-9")}
    assert found.modules == {"un"}
    assert (found.today, found.pass_mark) == (dt.date(2026, 1, 1), 70)
    nothing = read_context(tmp_path / "absent")
    assert (nothing.competences, nothing.references, nothing.modules) == (None, None, None)
    (tmp_path / "competences.yml").write_text("- a\n", encoding="utf-8")
    assert read_context(tmp_path).competences == frozenset()


def test_the_starter_earns_nothing_and_shows_each_type() -> None:
    files = {name: text.encode() for name, text in TEMPLATE_FR.items()}
    context = Context(competences=frozenset({"discernement", "exemplarite"}), modules=frozenset())
    reading = read_files(files, slug="essai", context=context)
    assert reading.messages == ()
    kinds = {type(one).__name__ for one in reading.modules["fr"].every_item()}
    assert len(kinds) == 6
    assert "<!--" not in "".join(TEMPLATE_FR.values())


def test_a_module_is_checked_in_time() -> None:
    body = "\n".join(
        SINGLE.replace("#choix", f"#choix-{n}").replace("Ceci", "Ceci, **en gras**")
        for n in range(30)
    )
    text = module(
        "Un paragraphe assez long, avec *un mot*.\n\n" * 40 + body + "\n" + DILEMMA + MULTIPLE
    )
    read(text)
    start = time.process_time()
    read(text)
    assert time.process_time() - start < 0.3


def test_a_help_page_is_read_by_section() -> None:
    page = (
        "# Que faire si…\n\nIntroduction.\n\n## Un cadeau ? {#cadeau}\n- **Merci**\n\n"
        "### Suite\n\n```\n## pas un titre\n```\n\n## Un cadeau ?\nTexte.\n\n# Fin\n\n"
        "## Un cadeau ?\n"
    )
    found = read_help_page(page)
    assert [(one.id, one.title) for one in found] == [
        ("cadeau", "Un cadeau\u202f?"),
        ("un-cadeau", "Un cadeau\u202f?"),
        ("un-cadeau-2", "Un cadeau\u202f?"),
    ]
    assert '<h3 id="suite">Suite</h3>' in found[0].html
    assert "## pas un titre" in found[0].html
    assert found[1].html == "<p>Texte.</p>"
    assert read_help_page("## What ?\nText ?\n", "en")[0].html == "<p>Text ?</p>"
