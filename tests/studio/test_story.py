"""A dilemma as a whole: told once, drawn without overlap, and in agreement with the check."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.dialect.compiled import Dilemma
from app.dialect.context import Context
from app.dialect.reading import Reading, read_files
from app.dialect.story import (
    MOST_CHOICES,
    MOST_SCENES,
    Story,
    StoryChoice,
    StoryScene,
    complete,
    story_of_item,
)
from app.studio.story_drawing import Drawing, draw
from app.studio.story_order import find_loops, layers_of
from app.studio.story_outline import Told, Way, outline_of
from tests.catalogue.texts import MODULE

DRAWLESS = MODULE.replace("### Tirage : Deux cas {#tirage banque=cas nombre=1}\n", "")
NAMES = ("", "un", "deux", "trois", "quatre", "cinq", "six")
GRAPHS = st.fixed_dictionaries(
    {name: st.lists(st.sampled_from([*NAMES[1:], "absente"]), max_size=4) for name in NAMES}
).map(lambda ways: {name: ways[name] for name in NAMES})


def story_of(ways: dict[str, list[str]]) -> Story:
    """Make a story of which scene leads where."""
    scenes = [
        StoryScene(id=one, choices=tuple(StoryChoice(text=f"vers {to}", to=to) for to in targets))
        for one, targets in ways.items()
    ]
    return complete("histoire", "Histoire", 1, scenes)


def written(ways: dict[str, list[str]]) -> str:
    """Write a module whose one dilemma goes these ways."""
    lines = ["---", "duree: 5", "public: tous", "competences: [probite]", "---", "# Titre", ""]
    lines += ["## Étape {#etape}", "", "### Dilemme : Histoire {#histoire}", "Que faire ?"]
    for scene, targets in ways.items():
        lines += ["", f"#### {scene}", f"Scène {scene}."] if scene else []
        lines += [f"- [Choix {rank}](#{target})" for rank, target in enumerate(targets)]
        lines += [] if targets else ["", "**Éclairage :** Une fin."]
    return "\n".join(lines) + "\n"


def read(text: str, **more: bool) -> Reading:
    return read_files({"module.md": text.encode()}, slug="essai", context=Context(), **more)


def told_in(roots: tuple[Told, ...]) -> Iterator[Told]:
    """Go through all the scenes of an outline."""
    for root in roots:
        yield root
        yield from told_in(tuple(way.told for way in root.ways if way.told))


def ways_in(roots: tuple[Told, ...]) -> list[Way]:
    return [way for told in told_in(roots) for way in told.ways]


@settings(deadline=None)
@given(GRAPHS)
def test_every_scene_is_told_once_with_all_its_choices(ways: dict[str, list[str]]) -> None:
    outline = outline_of(story_of(ways))
    told = [*told_in(outline.reached), *told_in(outline.unreached)]
    assert sorted(one.scene.id for one in told) == sorted(ways)
    assert sorted(one.number for one in told) == list(range(1, len(ways) + 1))
    assert all(len(one.ways) == len(ways[one.scene.id]) for one in told)
    assert all(one.scene.is_reached for one in told_in(outline.reached))
    assert not any(one.scene.is_reached for one in told_in(outline.unreached))
    for way in [way for one in told for way in one.ways]:
        assert (way.kind == "missing") == (way.choice.to not in ways)
        assert (way.told is not None) == (way.kind == "next")
        assert way.number == outline.numbers.get(way.choice.to, 0)


@settings(deadline=None)
@given(GRAPHS)
def test_boxes_stand_apart_and_arrows_join_them(ways: dict[str, list[str]]) -> None:
    drawing = draw(story_of(ways))
    assert sorted(box.scene.id for box in drawing.boxes) == sorted(ways)
    for rank, one in enumerate(drawing.boxes):
        assert 0 <= one.x <= one.x + one.width <= drawing.width
        assert 0 <= one.y <= one.y + one.height <= drawing.height
        for other in drawing.boxes[rank + 1 :]:
            beside = one.x + one.width < other.x or other.x + other.width < one.x
            assert beside or one.y + one.height < other.y or other.y + other.height < one.y
    expected = [(source, to) for source in ways for to in ways[source] if to in ways]
    assert [(arrow.source, arrow.target) for arrow in drawing.arrows] == expected
    boxes = {box.scene.id: box for box in drawing.boxes}
    for arrow in drawing.arrows:
        start, end = boxes[arrow.source], boxes[arrow.target]
        (x1, y1), (x2, y2) = arrow.points[0], arrow.points[-1]
        assert start.x < x1 < start.x + start.width
        assert y1 == start.y + start.height
        assert end.x < x2 < end.x + end.width
        assert y2 == end.y
        assert all(0 < x < drawing.width and 0 < y < drawing.height for x, y in arrow.points)


@settings(deadline=None)
@given(GRAPHS)
def test_no_arrow_crosses_a_box(ways: dict[str, list[str]]) -> None:
    drawing = draw(story_of(ways))
    for arrow in drawing.arrows:
        for (x1, y1), (x2, y2) in zip(arrow.points, arrow.points[1:], strict=False):
            for box in drawing.boxes:
                above = max(y1, y2) <= box.y or min(y1, y2) >= box.y + box.height
                aside = max(x1, x2) <= box.x or min(x1, x2) >= box.x + box.width
                assert above or aside, (arrow, box)


@settings(deadline=None)
@given(GRAPHS)
def test_a_loop_is_a_way_from_which_one_may_come_back(ways: dict[str, list[str]]) -> None:
    loops = find_loops(story_of(ways))
    assert all(is_joined(ways, target, source) for source, target in loops)
    joined = {(a, b) for a in ways for b in ways[a] if b in ways and is_joined(ways, b, a)}
    assert loops == joined


def is_joined(ways: dict[str, list[str]], start: str, end: str) -> bool:
    """Tell whether choices lead from a scene to another, or it is the same."""
    seen, waiting = {start}, [start]
    while waiting:
        for target in ways[waiting.pop()]:
            if target in ways and target not in seen:
                seen.add(target)
                waiting.append(target)
    return end in seen


@settings(deadline=None)
@given(GRAPHS.filter(lambda ways: ways[""]))
def test_the_check_and_the_plan_agree(ways: dict[str, list[str]]) -> None:
    reading = read(written(ways), one_page=True)
    ((story,),) = reading.stories.values()
    lines = written(ways).split("\n")
    said: dict[str, set[str]] = {"D102": set(), "D103": set()}
    for message in reading.messages:
        if message.code in said:
            said[message.code].add(lines[message.line - 1].removeprefix("#### "))
    assert {one.id for one in story.scenes if not one.is_reached} == said["D102"]
    endless = {one.id for one in story.scenes if one.is_endless}
    assert endless - {""} == said["D103"]
    missing = sum(one.code == "D101" for one in reading.messages)
    outline = outline_of(story)
    kinds = [way.kind for way in (*ways_in(outline.reached), *ways_in(outline.unreached))]
    assert kinds.count("missing") == missing


def test_a_text_and_its_compiled_module_tell_the_same_story() -> None:
    reading = read(DRAWLESS, one_page=True)
    ((written_story,),) = reading.stories.values()
    item = reading.modules["fr"].item("video")
    assert isinstance(item, Dilemma)
    compiled = story_of_item(item, "fr")
    assert compiled == written_story
    assert [scene.id for scene in compiled.scenes] == ["", "parler", "suite", "taire"]
    assert [scene.has_debrief for scene in compiled.scenes] == [False, False, True, True]


def test_a_scene_that_comes_deep_is_told_below() -> None:
    names = ["", *(f"s{number}" for number in range(8))]
    ways = {name: names[rank + 1 : rank + 2] for rank, name in enumerate(names)}
    outline = outline_of(story_of(ways))
    assert [root.number for root in outline.reached] == [1, 5]
    assert outline.endings == 1


def test_a_loop_and_an_endless_scene_are_named() -> None:
    ways = {"": ["a", "b"], "a": ["a2"], "a2": ["a"], "b": [], "c": ["b"]}
    outline = outline_of(story_of(ways))
    assert (outline.endings, outline.endless, outline.lost) == (1, 2, 1)
    assert [way.kind for way in ways_in(outline.reached)] == ["next", "next", "next", "loop"]
    kinds = {box.scene.id: box.kind for box in draw(story_of(ways)).boxes}
    assert kinds == {"": "plain", "a": "endless", "a2": "endless", "b": "ending", "c": "lost"}


def test_a_huge_dilemma_is_cut() -> None:
    wide = {"": [f"s{number}" for number in range(200)]}
    story = story_of(wide | {f"s{number}": [] for number in range(200)})
    assert story.is_cut
    assert len(story.scenes) == MOST_SCENES
    assert len(story.scenes[0].choices) == MOST_CHOICES
    drawing: Drawing = draw(story)
    assert len(drawing.boxes) == MOST_SCENES
    assert len(layers_of(story)[0]) == 1


def test_a_plan_shows_words_and_not_marks() -> None:
    text = written({"": ["fin"], "fin": []}).replace("Que faire ?", "Que **faire**, _vous_ ?")
    text = text.replace("[Choix 0]", "[Dire « non »]")
    ((story,),) = read(text, one_page=True).stories.values()
    assert story.scenes[0].text == "Que faire, vous\u202f?"
    assert story.scenes[0].choices[0].text == "Dire «\u202fnon\u202f»"


@pytest.mark.parametrize("one_page", [False, True])
def test_lines_are_only_in_what_is_read_for_one_page(one_page: bool) -> None:
    text = DRAWLESS
    module = read(text, one_page=one_page).modules["fr"]
    lines = text.split("\n")
    item = module.item("gerant")
    assert item is not None
    html = "".join(getattr(block, "html", "") for block in module.steps[0].blocks)
    if not one_page:
        assert (module.steps[0].line, item.line) == (0, 0)
        assert "data-line" not in html
        return
    assert lines[module.steps[0].line - 1].startswith("## Un geste banal")
    assert lines[item.line - 1].startswith("### Choix unique : Le gérant")
    number = lines.index("### Pour la gendarmerie {corps=gn}") + 1
    assert f'<h2 id="pour-la-gendarmerie" data-line="{number}">' in html


def test_one_page_has_no_id_twice() -> None:
    text = DRAWLESS
    more = "\n\n### Un geste\n\nNote[^1].\n\n[^1]: Dite.\n\n### Geste\n\nEncore.\n\n"
    text = text.replace("\n\n### Choix unique : Le gérant", f"{more}### Choix unique : Le gérant")
    text = text.replace("\n## Évaluation", f"\n## Bis {{#bis}}{more}## Évaluation")
    reading = read(text, one_page=True)
    assert not reading.has_errors, reading.messages
    blocks = [block for step in reading.modules["fr"].steps for block in step.blocks]
    html = "".join(getattr(block, "html", "") for block in blocks)
    ids = re.findall(r' id="([^"]+)"', html) + [step.id for step in reading.modules["fr"].steps]
    assert len(ids) == len(set(ids)) > 8
