from __future__ import annotations

from datetime import UTC, date, datetime

from app.catalogue.editions import Edition
from app.dialect.compiled import CompiledModule, Prose, Question, Reflection, Step
from app.home import overview
from app.home.examples import callouts_in, choose_example, examples_of
from app.home.overview import PathProgress
from app.learning.summaries import LearningRow, State

DAY = datetime(2026, 11, 1, 9, tzinfo=UTC)


def row(slug, state=State.TO_START, **values):
    facts = {
        "enrolment_id": 1, "module_id": 1, "slug": slug, "title": slug, "minutes": 30, "cycle": 1,
        "is_latest": True, "origin": "own", "campaign_title": "", "campaign_reason": "",
        "enrolled_at": DAY, "started_at": None, "due_on": None, "steps_read": 0,
        "steps_total": 3, "state": state, "completed_at": None, "valid_until": None,
        "open_attempt_id": None, "has_failed": False, "version_number": 1,
        "corrected_attempt_id": None,
    }  # fmt: skip
    return LearningRow(**facts | values)


def started(slug, day, **values):
    return row(slug, State.UNDER_WAY, started_at=DAY.replace(day=day), **values)


def test_what_was_started_last_comes_first():
    assert overview.choose_next([started("a", 2), started("b", 3), row("c")]).slug == "b"


def test_an_open_quiz_comes_before_what_was_started_later():
    rows = [started("a", 2, open_attempt_id=7), started("b", 3)]
    assert overview.choose_next(rows).slug == "a"


def test_what_is_due_first_comes_first_when_nothing_is_started():
    rows = [row("a"), row("b", due_on=date(2027, 1, 1)), row("c", due_on=date(2026, 12, 1))]
    assert overview.choose_next(rows).slug == "c"
    assert overview.choose_next([]) is None


def test_what_is_completed_or_of_an_earlier_cycle_is_not_left():
    rows = [row("a", State.COMPLETED), row("b", is_latest=False), row("c")]
    assert [one.slug for one in overview.list_left(rows)] == ["c"]


def test_what_is_owed_is_listed_by_date_and_the_rest_apart():
    late, soon = row("late", due_on=date(2026, 1, 1)), row("soon", due_on=date(2027, 1, 1))
    chosen = row("chosen")
    left = [soon, chosen, late]
    assert overview.list_owed(left) == [late, soon]
    assert overview.list_chosen(left) == [chosen]


def test_a_path_counts_its_offered_or_completed_modules():
    paths = {"Terrain": ["a", "b", "retired", "never"], "Vide": ["never"]}
    measured = overview.measure_paths(paths, offered={"a", "b"}, completed={"a", "retired"})
    assert measured == [PathProgress("Terrain", 2, 3)]


def callout(text):
    return f'<div class="callout callout--exemple"><p>{text}</p></div>'


def edition(*steps):
    module = CompiledModule(
        slug="m", language="fr", title="M", minutes=1, audience=("pn",), skills=(), steps=steps
    )
    return Edition(1, 1, "m", 1, "substantial", "x", DAY, "fr", module)


def test_examples_are_cut_whole_out_of_prose():
    nested = callout("un<div><div>deux</div></div>")
    html = f"<p>a</p>{nested}<p>b</p>{callout('trois')}<div class='callout'>non</div>"
    assert list(callouts_in(html)) == [nested, callout("trois")]


def test_an_example_whose_other_end_is_elsewhere_is_left():
    assert list(callouts_in(callout('<a href="#fn:1">1</a>'))) == []
    assert list(callouts_in(callout("<b id='x'>1</b>").replace("'", '"'))) == []
    assert list(callouts_in(callout("jamais fermé")[:-6])) == [callout("jamais fermé")[:-6]]


def test_an_example_is_shown_to_those_who_read_it():
    one = edition(
        Step(id="s", title="S", blocks=(Prose(html=callout("pn"), corps=("pn",)),)),
        Step(id="t", title="T", corps=("gn", "pn"), blocks=(Prose(html=callout("tous")),)),
        Step(id="q", title="Q", blocks=(Question(item=Reflection(id="r", title="R")),)),
        Step(id="u", title="U", corps=("gn",), blocks=(Prose(html=callout("x"), corps=("pn",)),)),
    )
    assert [example.corps for example in examples_of(one)] == [("pn",), ("gn", "pn"), ("",)]
    assert examples_of(one) is examples_of(one)
    turns = {choose_example([one], corps="pn", turn=turn).html for turn in range(4)}
    assert turns == {callout("pn"), callout("tous")}
    assert choose_example([one], corps="gn", turn=5).html == callout("tous")
    assert choose_example([one], corps="sp", turn=5) is None
