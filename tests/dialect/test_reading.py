"""A module is read whole: its parts, its languages, its limits and its hash."""

from __future__ import annotations

import hashlib
import time
from pathlib import Path

from app.dialect.compiled import Dilemma, Draw, MultipleChoice, Prose, Question, SingleChoice, Step
from app.dialect.context import Context
from app.dialect.reading import read_files, read_help_page
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
from tests.pictures import png

PLAN = png()
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
    assert coffee.references == "<p>CSI R.\u00a0434-9</p>"
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


def test_a_line_break_of_yaml_alone_ends_no_line() -> None:
    for mark in "\u0085\u2028\u2029":
        front = FRONT.replace("duree: 10", f"duree: 10\nauteurs: A.{mark}Un").replace(
            "public: ", f"public:{mark} "
        )
        assert messages(module(front=front)) == ()
        assert compiled(module(front=front)).authors == "A. Un"


def test_everyone_is_all_five() -> None:
    found = compiled(module(front=FRONT.replace("[pn, gn]", "tous")))
    assert found.audience == ("pn", "gn", "pm", "sp", "pref")


def test_what_stands_before_the_first_step_is_the_summary() -> None:
    found = compiled(
        module(front=FRONT + "\nUne **présentation** :\nen deux lignes.\n\n- Une liste\n")
    )
    assert found.summary == "Une présentation\u202f: en deux lignes. Une liste"


def test_one_paragraph_under_the_title_earns_no_warning() -> None:
    assert messages(module(front=FRONT + "\nUne **présentation** :\nen deux lignes.\n")) == ()


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


def test_banks_may_name_media_from_their_folder() -> None:
    bank = BANK.replace(
        "Une phrase", "![Un plan](../media/plan.png) ![P](media/plan.png) Une phrase"
    )
    quiz = QUIZ + "\n### Tirage : Au sort {#sort banque=banque nombre=1}\n"
    found = compiled(module(quiz=quiz), banks={"banque": bank}, media={"plan.png": PLAN})
    assert found.banks["banque"][0].stem.count('src="/media/') == 2


def test_media_are_named_by_their_digest() -> None:
    reading = read(module("![Un plan](media/plan.png)\n"), media={"plan.png": PLAN})
    html = prose(reading.modules["fr"].steps[0])
    assert reading.media == {"media/plan.png": PLAN}
    assert f'src="/media/{hashlib.sha256(PLAN).hexdigest()}"' in html
    other = read_files(
        {"module.md": module("![Un plan](media/plan.png)\n").encode(), "media/plan.png": PLAN},
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


def test_the_starter_earns_nothing_and_shows_each_type() -> None:
    files = {name: text.encode() for name, text in TEMPLATE_FR.items()}
    context = Context(competences=frozenset({"discernement", "exemplarite"}), modules=frozenset())
    reading = read_files(files, slug="essai", context=context)
    assert reading.messages == ()
    kinds = {type(one).__name__ for one in reading.modules["fr"].every_item()}
    assert len(kinds) == 12
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
