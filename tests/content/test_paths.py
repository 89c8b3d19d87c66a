"""The paths: each is whole, and leads each corps to a certificate for each of its modules."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from random import Random
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from lxml import html  # type: ignore[import-untyped]
from sqlalchemy.orm import Session

from app import create_app
from app.access import Role
from app.catalogue import services_pages
from app.catalogue.path_file import PathDraft, read_paths
from app.catalogue.services import publish
from app.certificates.queries import list_own
from app.database import utc_now, write
from app.demo.services.organising import add_people, add_units
from app.demo.workforce import Person, draw_people
from app.dialect.compiled import CORPS, CompiledModule, Prose, Question, Step, sees
from app.extensions import db
from app.learning.drawing import items_of
from app.learning.queries.attempts import list_given
from app.learning.scoring import score
from app.people.models import Agent
from tests.content.shipped import CONTENT, SLUGS, module_of, reading_of
from tests.databases import QUIET, Make
from tests.signing_in import sign_in
from tests.studying import Student

PATHS = read_paths((CONTENT / "parcours.yml").read_text(encoding="utf-8"))
PROGRAMME = (
    "socle-fierte", "confiance-accueil", "discernement-impartialite", "dignite-protection",
    "force-proportionnee", "controle-relation", "secret-reseaux", "probite-conflits",
    "obeir-rendre-compte", "management-deontologique", "signaler-soutenir",
    "valoriser-exemplarite",
)  # fmt: skip
FIELD, LEADING, COMMON = (1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12), 10, (1, 2, 3)
PLANNED = {
    "pn": FIELD,
    "gn": FIELD,
    "pm": FIELD,
    "sp": (1, 2, 3, 4, 7, 8, 9, 11, 12),
    "pref": (1, 2, 3, 7, 8, 9, 11, 12),
}
"""The modules of each corps, by their number in the programme."""

every_path = pytest.mark.parametrize("path", PATHS, ids=lambda path: path.slug)


def planned(*numbers: int) -> list[str]:
    """List the modules of these numbers that are written."""
    return [PROGRAMME[number - 1] for number in numbers if PROGRAMME[number - 1] in SLUGS]


def paths_of(corps: str, *, leads: bool) -> list[PathDraft]:
    """List the paths that an agent has."""
    return [path for path in PATHS if corps in path.audience and (leads or not path.categories)]


@every_path
def test_a_path_names_modules_that_exist_each_written_for_its_whole_audience(
    path: PathDraft,
) -> None:
    assert path.module_slugs
    assert set(path.titles) == {"fr", "en"}
    for slug in path.module_slugs:
        assert slug in SLUGS
        assert set(path.audience) <= set(module_of(slug).audience), slug


@pytest.mark.parametrize("corps", CORPS)
def test_each_corps_has_the_common_ground_its_own_path_and_that_of_those_who_lead(
    corps: str,
) -> None:
    common, own, leading = paths_of(corps, leads=True)
    assert common.module_slugs == planned(*COMMON)
    assert own.module_slugs == planned(*PLANNED[corps])
    assert leading.module_slugs == planned(*sorted({*PLANNED[corps], LEADING}))
    assert leading.categories == ["maitrise", "officiers"]
    assert own.module_slugs[: len(common.module_slugs)] == common.module_slugs


def test_a_path_gives_as_much_time_as_any_path_that_it_contains() -> None:
    for longer in PATHS:
        for shorter in PATHS:
            if set(shorter.module_slugs) <= set(longer.module_slugs):
                assert longer.delay_days is not None
                assert shorter.delay_days is not None
                assert shorter.delay_days <= longer.delay_days, (shorter.slug, longer.slug)


def test_every_module_is_on_a_path() -> None:
    assert {slug for path in PATHS for slug in path.module_slugs} == set(SLUGS)


@pytest.fixture(scope="module")
def taught(make_database: Make) -> Iterator[Flask]:
    """Give an application with the whole content and the demonstration's people, no history."""
    url, drop = make_database()
    app = create_app(QUIET | {"DATABASE_URL": url, "WTF_CSRF_ENABLED": False})
    with app.app_context():
        write(fill)
    yield app
    with app.app_context():
        db.engine.dispose()
    drop()


def people() -> list[Person]:
    """Draw the people of the demonstration."""
    return draw_people(Random(1789), date(2026, 11, 23))


def fill(session: Session) -> None:
    """Publish everything and add the people."""
    for slug in SLUGS:
        publish(session, reading_of(slug), author_id=None, now=utc_now())
    services_pages.publish_paths(session, PATHS, now=utc_now())
    add_people(session, people(), add_units(session, today=date(2026, 11, 23)), {})


def leader_of(corps: str) -> Person:
    """Find someone of a corps who leads: both of its paths are theirs."""
    led = (one for one in people() if any(role is Role.SUPERVISOR for role, _ in one.roles))
    return next(one for one in led if one.corps == corps and not one.matricule.startswith("demo"))


@pytest.mark.timeout(300)
@pytest.mark.parametrize("corps", CORPS)
def test_an_agent_follows_their_whole_path_to_a_certificate_for_each_module(
    taught: Flask, corps: str
) -> None:
    with taught.app_context(), db.sessionmaker() as session:
        mine = sa.select(Agent).where(Agent.matricule == leader_of(corps).matricule)
        agent = session.scalars(mine).one()
    client = sign_in(taught, agent)
    paths = paths_of(corps, leads=True)
    slugs = list(dict.fromkeys(slug for path in paths for slug in path.module_slugs))
    hidden = [follow(taught, client, Student(taught, agent.id, slug, corps)) for slug in slugs]
    assert any(hidden), "no item is kept from this corps: the test proves nothing"
    with taught.app_context():
        held = [one.module_slug for one in list_own(db.session, agent_id=agent.id)]
    assert sorted(held) == sorted(slugs)
    home = html.fromstring(client.get("/").text).text_content()
    for path in paths:
        count = len(path.module_slugs)
        assert f"{count} modules sur {count}" in " ".join(home.split())


def follow(app: Flask, client: FlaskClient, student: Student) -> set[str]:
    """Read a module and pass its quiz, looking at all that is shown; list what never may be."""
    module, corps = student.module(), student.corps
    hidden = hidden_items(module, corps)
    for step in module.steps:
        answer = client.get(f"/apprendre/{module.slug}/etapes/{step.id}")
        assert answer.status_code == (200 if sees(step.corps, corps) else 404), step.id
        if answer.status_code == 200:
            look_at_step(html.fromstring(answer.text), step, student)
            student.read(step)
    assert module.reflex is not None
    sheet = client.get(f"/apprendre/{module.slug}/fiche-reflexe").text
    look_at_prose(html.fromstring(sheet), module.reflex, corps)
    take_quiz(app, client, student, hidden)
    return hidden


def take_quiz(app: Flask, client: FlaskClient, student: Student, hidden: set[str]) -> None:
    """Answer the quiz rightly: what is asked, and that alone, is scored and shown."""
    attempt_id = student.start()
    sitting = student.sitting(attempt_id)
    assert not hidden & set(sitting.item_ids)
    for item_id in sitting.item_ids:
        student.answer(attempt_id, item_id)
    quiz = f"/apprendre/{student.slug}/tentatives/{attempt_id}"
    sent = {"token": "x" * 12, "values": ["a"]}
    for item_id in hidden:
        assert client.put(f"{quiz}/reponses/{item_id}", json=sent).status_code == 404, item_id
    assert student.submit(attempt_id)
    with app.app_context():
        given = list_given(db.session, attempt_id=attempt_id)
    asked = items_of(student.module(), sitting.draw)
    result = score(asked, {item_id: one.value for item_id, one in given.items()})
    assert set(given) == {one.item_id for one in result.items} == set(sitting.item_ids)
    assert result.share == student.sitting(attempt_id).share == 1
    page = html.fromstring(client.get(f"{quiz}/resultat").text)
    shown = {one.get("id") for one in page.xpath("//fieldset")}
    assert shown == {f"question-{item_id}" for item_id in sitting.item_ids}


def hidden_items(module: CompiledModule, corps: str) -> set[str]:
    """List the items of a module that a corps must never meet."""
    flow = {
        block.item.id
        for step in module.steps
        for block in step.blocks
        if isinstance(block, Question)
        and not (sees(step.corps, corps) and sees(block.corps, corps))
    }
    banks = {
        item.id for bank in module.banks.values() for item in bank if not sees(item.corps, corps)
    }
    return flow | banks


def look_at_step(page: Any, step: Step, student: Student) -> None:
    """Check that a step shows all that is for the corps, and nothing else."""
    shown = {one.get("id") for one in page.xpath("//*[@data-exercise]")}
    assert shown == {f"exercice-{item.id}" for item in student.met(step)}
    look_at_prose(page, step, student.corps)


def look_at_prose(page: Any, step: Step, corps: str) -> None:
    """Check that a page shows the texts that are for the corps, and no other."""
    text = plain(page.xpath("//main")[0])
    for block in step.blocks:
        if isinstance(block, Prose):
            said = plain(html.fragment_fromstring(block.html, create_parent="div"))
            assert (said in text) is sees(block.corps, corps), said[:80]


def plain(element: Any) -> str:
    """Give the text of an element, with plain spaces."""
    return " ".join(element.text_content().split())
