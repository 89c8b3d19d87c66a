"""A trainer's first page says what waits for them, and each line leads to the very place."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app.access import Role
from app.catalogue import services as catalogue
from app.catalogue.models import PublishedPage
from app.database import utc_now
from app.learning.analysing import analyse_version
from app.people.models import Agent
from app.studio.draft_states import Decision
from app.studio.services.drafts import begin, open_version
from app.studio.services.media import Added, add_media
from app.studio.services.reviewing import ask_review, decide, digest_now, remark
from app.studio.services.saving import save_text
from tests.catalogue.texts import ENGLISH, MODULE, read
from tests.factories import Factories
from tests.learning.crowd import add_crowd
from tests.learning.modules import compiled, publish_module
from tests.pages import parse, words
from tests.signing_in import sign_in
from tests.studio.drafting import SLUG, Desk

HOME = "/formateur/"
CALM = MODULE.replace("statut_source: mixte", "statut_source: verifie")


def publish(session: Session, text: str = CALM, **more: str) -> int:
    """Publish the small module."""
    done = catalogue.publish(session, read(text, **more), author_id=None, now=utc_now())
    session.commit()
    return done.version_id


def list_tasks(client: FlaskClient, address: str = HOME) -> dict[str, str]:
    """Read what waits for the agent: where each line leads, by what it says."""
    lines = parse(client.get(address)).xpath("//li[contains(@class, 'tasks__one')]")
    return {
        " ".join(line.text_content().replace("\u00a0", " ").replace("\u202f", " ").split()):
            follow(client, str(line.xpath(".//a/@href")[0]))
        for line in lines
    }  # fmt: skip


def follow(client: FlaskClient, url: str) -> str:
    """Go where a line leads: the page is there, and so is the place in it."""
    path, _, anchor = url.partition("#")
    there = client.get(path)
    assert there.status_code == 200, url
    assert not anchor or f'id="{anchor}"' in there.text, url
    return url


def find(tasks: dict[str, str], what: str) -> str:
    """Find where the one line that says this leads."""
    found = [url for told, url in tasks.items() if what in told]
    assert len(found) == 1, (what, list(tasks))
    return found[0]


def text_of(client: FlaskClient) -> str:
    return words(client.get(HOME))


def test_nothing_waits_and_the_next_day_is_told(client: FlaskClient, session: Session) -> None:
    publish(session)
    assert list_tasks(client) == {}
    assert "Rien ne vous attend" in text_of(client)
    assert "« Le café offert », le 10 janvier 2099" in text_of(client)


def test_an_empty_room_promises_no_day(client: FlaskClient) -> None:
    assert "Rien ne vous attend" in text_of(client)
    assert "Prochaine relecture" not in text_of(client)


def test_drafts_wait_for_those_who_can_go_on(
    app: Flask, session: Session, trainer: Agent, client: FlaskClient, factories: Factories
) -> None:
    desk = Desk(session, trainer.id)
    reviewer = factories.agent(Role.REVIEWER)
    session.commit()
    other = sign_in(app, reviewer)
    assert list_tasks(client) == list_tasks(other) == {}
    ask_review(session, desk.id, agent_id=trainer.id, now=utc_now())
    session.commit()
    assert list_tasks(client) == {}
    url = find(list_tasks(other), "une relecture est demandée")
    assert url == desk.address("#relecture")
    remark(session, desk.id, "module.md", line=3, text="Oui ?", agent_id=reviewer.id, now=utc_now())
    decide(
        session, desk.id, reviewer_id=reviewer.id, decision=Decision.CHANGES,
        sha256=digest_now(session, desk.id), note="", now=utc_now(),
    )  # fmt: skip
    session.commit()
    tasks = list_tasks(client)
    assert find(tasks, "des modifications sont demandées") == desk.address("#relecture")
    assert find(tasks, "1 remarque à traiter").startswith(desk.address("/relecture/module.md#rem"))
    assert list_tasks(client, "/formateur/brouillons") == tasks
    assert list_tasks(other) == {}


def test_who_put_a_media_in_a_draft_is_not_asked_to_review_it(
    app: Flask, session: Session, trainer: Agent, client: FlaskClient, factories: Factories
) -> None:
    desk = Desk(session, trainer.id)
    reviewer = factories.agent(Role.TRAINER, Role.REVIEWER)
    add_media(session, desk.id, [Added(b"a picture", ".png", "Un dessin", "a.png")],
              agent_id=reviewer.id, now=utc_now())  # fmt: skip
    ask_review(session, desk.id, agent_id=trainer.id, now=utc_now())
    session.commit()
    assert list_tasks(sign_in(app, reviewer)) == {}


def test_a_day_that_is_past_is_told(client: FlaskClient, session: Session) -> None:
    publish(session, CALM.replace("2099-01-10", "2026-01-11"))
    tasks = list_tasks(client)
    assert find(tasks, "à relire depuis le 11 janvier 2026") == f"{HOME}modules/{SLUG}"
    assert "Prochaine relecture" not in text_of(client)


def test_a_translation_that_is_behind_leads_to_the_desk(
    client: FlaskClient, session: Session, trainer: Agent
) -> None:
    behind = ENGLISH.replace("{#gerant}", "{#gerant source=0123abcd}")
    behind = behind.replace("statut_source: mixte", "statut_source: verifie")
    version_id = publish(session, english=behind)
    told = "traduction (anglais) : 1 partie à mettre à jour"
    assert find(list_tasks(client), told) == f"{HOME}modules/{SLUG}"
    draft_id = open_version(session, version_id, agent_id=trainer.id, now=utc_now())
    session.commit()
    url = find(list_tasks(client), told)
    assert url == f"{HOME}brouillons/{draft_id}/traduction/module.en.md"


def test_a_translation_read_before_its_source_is_told(
    client: FlaskClient, session: Session
) -> None:
    english = ENGLISH.replace("revu_le: 2026-01-10", "revu_le: 2025-01-10")
    publish(session, english=english.replace("statut_source: mixte", "statut_source: verifie"))
    find(list_tasks(client), "traduction (anglais) relue avant le français")


def test_articles_to_verify_are_named(client: FlaskClient, session: Session) -> None:
    publish(session, MODULE.replace("Au quartier", "CSI R. 434-9. Au quartier"))
    assert find(list_tasks(client), "se dit à vérifier") == f"{HOME}modules/{SLUG}"
    article = {"id": "csi-r-434-9", "title": "CSI R. 434-9", "html": "", "code": "CSI",
               "status": "a-verifier", "source": "", "as_of": "", "checked_on": ""}  # fmt: skip
    for language in ("fr", "en"):
        page = PublishedPage(slug="references", language=language, sha256="", sections=[article])
        session.add(page)
    session.commit()
    url = find(list_tasks(client), "1 article cité est à vérifier : CSI R. 434-9")
    assert url == f"/references?module={SLUG}"


def test_many_articles_to_verify_fold_into_one_line(client: FlaskClient, session: Session) -> None:
    slugs = ("un", "deux", "trois", "quatre")
    for slug in slugs[:3]:
        catalogue.publish(session, read(MODULE, slug=slug), author_id=None, now=utc_now())
    session.commit()
    assert "Articles de loi à vérifier" not in text_of(client)
    catalogue.publish(session, read(MODULE, slug=slugs[3]), author_id=None, now=utc_now())
    session.commit()
    assert "Articles de loi à vérifier dans 4 modules" in text_of(client)
    folded = parse(client.get(HOME)).xpath("//details//li[contains(@class, 'tasks__one')]")
    assert len(folded) == len(slugs)


def test_drafts_are_there_with_their_last_saving(
    client: FlaskClient, session: Session, trainer: Agent
) -> None:
    desk = Desk(session, trainer.id)
    session.commit()
    (row,) = parse(client.get(HOME)).xpath("//section[@aria-labelledby='brouillons']//tbody/tr")
    assert row.xpath(".//th/a/@href") == [desk.address()]
    later = datetime(2027, 3, 4, 13, 5, tzinfo=UTC)
    save_text(session, desk.id, "module.md", "Plus tard.", base=1, agent_id=trainer.id, now=later)
    session.commit()
    assert "4 mars 2027, 14:05" in text_of(client)


def test_the_weakest_questions_lead_to_their_figures(
    app: Flask, client: FlaskClient, session: Session, factories: Factories
) -> None:
    version_id = publish_module(session)
    module_id = session.connection().exec_driver_sql("SELECT id FROM module").scalar_one()
    add_crowd(
        session, factories.root(), compiled(), (module_id, version_id), agents=120,
        attempts_each=1, seed=1,
    )  # fmt: skip
    with app.app_context():
        assert analyse_version(version_id)
    tasks = [url for told, url in list_tasks(client).items() if told.startswith("question")]
    assert 0 < len(tasks) <= 4
    assert all("/analyse/1#question" in url for url in tasks)


def test_the_page_asks_no_more_for_more_drafts_with_remarks(
    app: Flask, session: Session, trainer: Agent, client: FlaskClient, factories: Factories,
    count_statements: list[str],
) -> None:  # fmt: skip
    reviewer, asked = factories.agent(Role.REVIEWER), []
    for slug in ("un", "deux", "trois"):
        draft_id = begin(session, slug, {"module.md": CALM}, agent_id=trainer.id, now=utc_now())
        for line in (5, 3):
            remark(session, draft_id, "module.md", line=line, text="Oui ?",
                   agent_id=reviewer.id, now=utc_now())  # fmt: skip
        session.commit()
        count_statements.clear()
        client.get("/formateur/brouillons")
        asked.append(len(count_statements))
    assert len(list_tasks(client)) == 3
    assert asked == asked[:1] * 3


def test_a_retired_module_asks_for_nothing(client: FlaskClient, session: Session) -> None:
    publish(session, MODULE.replace("2099-01-10", "2026-01-11"))
    assert len(list_tasks(client)) == 2
    catalogue.retire(session, SLUG, actor_id=None, now=utc_now())
    session.commit()
    assert list_tasks(client) == {}


def test_the_page_asks_no_more_for_more_modules(
    app: Flask, session: Session, client: FlaskClient, count_statements: list[str]
) -> None:
    publish(session)
    client.get(HOME)
    count_statements.clear()
    client.get(HOME)
    before = len(count_statements)
    for name in ("deux", "trois"):
        publish(session, slug=name)
    client.get(HOME)  # Each new version is read once in the life of a process.
    count_statements.clear()
    client.get(HOME)
    assert len(count_statements) == before
