"""What a page may show before the answer never holds the key."""

from __future__ import annotations

import msgspec
import pytest

from app.dialect import items
from app.dialect.compiled import CompiledModule, Dilemma, from_json, to_json
from app.dialect.items import Unreadable, debrief, next_scene, public_scene
from app.dialect.public import PublicChoice, PublicItem, PublicScene, PublicSceneChoice
from tests.dialect.cases import DILEMMA, MULTIPLE
from tests.dialect.writing import BANK, QUIZ, SINGLE, compiled, item, module, seeded

SECRET = "CANARI"


def everything() -> CompiledModule:
    """Compile a module whose secrets all say so."""
    body = "\n".join([SINGLE, MULTIPLE, DILEMMA, "### Réflexion : Et vous {#vous}\nDites.\n"])
    secret = (
        module(body, quiz=QUIZ + "\n### Tirage : Au sort {#sort banque=banque nombre=1}\n")
        .replace("> Non.", f"> Non, {SECRET}.")
        .replace("> Oui.", f"> Oui, {SECRET}.")
        .replace("Parce que.", f"Parce que {SECRET}.\n\n**Références :** {SECRET}")
        .replace("Bien.", f"Bien {SECRET}.")
    )
    bank = BANK.replace("> Oui.", f"> {SECRET}.").replace("Parce que.", SECRET)
    return compiled(secret, banks={"banque": bank})


def test_public_items_hold_no_secret() -> None:
    found = everything()
    assert SECRET in to_json(found)
    kinds = set()
    for one in found.every_item():
        public = items.public(one, items.default_order(one, seeded(1)))
        kinds.add(public.type)
        written = msgspec.json.encode(public).decode()
        assert SECRET not in written
        assert "exemplaire" not in written
        assert "defendable" not in written
    assert kinds == {"single", "multiple", "true_false", "reflection", "dilemma", "draw"}


def test_public_scenes_hold_no_secret() -> None:
    story = everything().item("histoire")
    assert isinstance(story, Dilemma)
    for scene in story.scenes:
        written = msgspec.json.encode(public_scene(story, scene.id)).decode()
        assert SECRET not in written
        assert "defendable" not in written


@pytest.mark.parametrize("kind", [PublicItem, PublicChoice, PublicScene, PublicSceneChoice])
def test_public_types_have_no_field_for_a_secret(kind: type[msgspec.Struct]) -> None:
    secret = {"credit", "feedback", "explanation", "references", "opinion", "debrief", "key", "to"}
    assert not secret & set(kind.__struct_fields__)


def test_choices_come_in_the_order_asked() -> None:
    public = items.public(item(SINGLE), ["b", "a"])
    assert [choice.letter for choice in public.choices] == ["b", "a"]
    assert [choice.html for choice in public.choices] == ["Cela", "Ceci"]
    assert (public.multiple, public.scored, public.points) == (False, True, 1)


@pytest.mark.parametrize("order", [[], ["a"], ["a", "a"], ["a", "b", "c"], ["a", "z"]])
def test_an_order_names_every_choice_once(order: list[str]) -> None:
    with pytest.raises(ValueError, match="does not name"):
        items.public(item(SINGLE), order)


def test_a_multiple_choice_says_that_several_may_be_ticked() -> None:
    assert items.public(item(MULTIPLE, "plusieurs"), "abcd").multiple


def story() -> Dilemma:
    found = item(DILEMMA, "histoire")
    assert isinstance(found, Dilemma)
    return found


def test_a_dilemma_begins_with_its_opening() -> None:
    public = items.public(story(), ())
    assert public.stem == "<p>Que faire\u202f?</p>"
    assert public.opening is not None
    assert [(c.position, c.html) for c in public.opening.choices] == [
        (1, "Parler"),
        (2, "Attendre"),
    ]
    assert not public.opening.is_ending


def test_a_choice_leads_to_its_scene() -> None:
    scene = next_scene(story(), "", 2)
    assert (scene.id, scene.html) == ("attendre", "<p>Rien ne change.</p>")
    assert next_scene(story(), "attendre", 1).is_ending


@pytest.mark.parametrize(("scene", "position"), [("", 0), ("", 3), ("parler", 1), ("nulle", 1)])
def test_there_is_no_way_outside_the_story(scene: str, position: int) -> None:
    with pytest.raises(ValueError, match="no choice"):
        next_scene(story(), scene, position)


def test_an_unknown_scene_is_refused() -> None:
    with pytest.raises(ValueError, match="no scene"):
        public_scene(story(), "nulle")


def test_a_choice_of_a_scene_is_read() -> None:
    assert items.read_value(story(), ["", "2"]) == {"scene": "", "choice": 2}
    assert items.read_value(story(), ["attendre", "1"]) == {"scene": "attendre", "choice": 1}


@pytest.mark.parametrize(
    "raw",
    [[], [""], ["", "x"], ["", "²"], ["", "-1"], ["", "1111"], ["nulle", "1"], ["", "1", "2"]],
)
def test_what_is_not_a_choice_of_a_scene_is_refused(raw: list[str]) -> None:
    with pytest.raises(Unreadable, match="choose"):
        items.read_value(story(), raw)


@pytest.mark.parametrize("position", ["0", "3"])
def test_a_position_that_is_not_there_is_refused(position: str) -> None:
    with pytest.raises(Unreadable, match="choose"):
        items.read_value(story(), ["", position])


def test_the_debrief_tells_the_path_and_its_opinions() -> None:
    told = debrief(story(), [("", 2), ("attendre", 1)])
    assert [(one.scene, one.position, one.html, one.opinion) for one in told.path] == [
        ("", 2, "Attendre", None),
        ("attendre", 1, "Parler enfin", "defendable"),
    ]
    assert told.debriefs == ("<p>Bien.</p>",)
    assert told.ended


def test_the_debrief_leaves_out_what_does_not_follow() -> None:
    told = debrief(story(), [("attendre", 1), ("", 9), ("", 2)])
    assert [one.html for one in told.path] == ["Attendre"]
    assert not told.ended


def test_the_debrief_of_a_dilemma_comes_after_those_of_its_scenes() -> None:
    text = DILEMMA.replace("\n#### parler", "\n**Éclairage :** En somme.\n\n#### parler")
    found = item(text, "histoire")
    assert isinstance(found, Dilemma)
    assert debrief(found, [("", 1)]).debriefs == ("<p>Bien.</p>", "<p>En somme.</p>")


def test_feedback_on_a_dilemma_is_its_debrief() -> None:
    value = {"scene": "", "choice": 1}
    one, many = items.feedback(story(), value), items.feedback(story(), [value])
    assert one == many
    assert one.debrief is not None
    assert one.debrief.path[0].opinion == "exemplaire"
    assert not one.scored
    assert items.credit(story(), value) == 0


def test_a_module_goes_through_json_unchanged() -> None:
    found = everything()
    assert from_json(to_json(found)) == found
    assert to_json(from_json(to_json(found))) == to_json(found)
