"""Save the texts of drafts: always kept, never over one another."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app.access import Role
from app.catalogue import services as catalogue
from app.catalogue.models import ModuleVersion
from app.database import utc_now, write
from app.journal.models import JournalEntry
from app.people.models import Agent
from app.studio.beginnings import first_texts
from app.studio.draft_texts import LONGEST_TEXT, BadText, clean, is_text_path
from app.studio.models import Draft, DraftRevision
from app.studio.queries.drafts import list_authors, list_media, list_texts
from app.studio.queries.revisions import list_revisions
from app.studio.services.drafts import (
    DraftClosed,
    DraftExists,
    MediaUnknown,
    NotWithdrawn,
    SlugTaken,
    begin,
    open_version,
    reopen,
    withdraw,
)
from app.studio.services.saving import FileExists, add_text, save_text
from app.studio.sittings import gather
from tests.catalogue.texts import MODULE, PNG, read
from tests.factories import Factories
from tests.studio.drafting import SLUG, START, TEXTS, Desk


@pytest.fixture
def desk(session: Session, trainer: Agent) -> Desk:
    return Desk(session, trainer.id)


@pytest.fixture
def colleague(session: Session, factories: Factories) -> Agent:
    agent = factories.agent(Role.TRAINER)
    session.commit()
    return agent


def test_a_draft_begins_with_its_texts_in_their_first_revision(desk: Desk) -> None:
    rows = list_texts(desk.session, desk.id)
    assert {row.path: row.text for row in rows} == TEXTS
    assert {row.number for row in rows} == {1}
    entry = desk.session.scalars(select(JournalEntry)).one()
    assert (entry.action, entry.object_id) == ("draft_begun", str(desk.id))


def test_what_is_saved_on_the_current_revision_becomes_it(desk: Desk) -> None:
    saved = desk.save("# Un\n", 1)
    assert (saved.number, saved.is_aside) == (2, False)
    assert desk.row().text == "# Un\n"


def test_what_is_saved_on_an_older_revision_is_kept_aside(desk: Desk, colleague: Agent) -> None:
    desk.save("# Un\n", 1)
    saved = desk.save("# Deux\n", 1, agent_id=colleague.id)
    assert saved.is_aside
    assert desk.row().text == "# Un\n"
    texts = set(desk.session.scalars(select(DraftRevision.text)))
    assert {"# Un\n", "# Deux\n", MODULE} <= texts
    assert list_authors(desk.session, desk.id) == {desk.agent_id, colleague.id}


def test_the_same_text_sent_again_makes_no_other_revision(desk: Desk, colleague: Agent) -> None:
    first = desk.save("# Un\n", 1)
    assert desk.save("# Un\n", 1) == first
    aside = desk.save("# Deux\n", 1, agent_id=colleague.id)
    assert desk.save("# Deux\n", 1, agent_id=colleague.id) == aside
    assert len(list_revisions(desk.session, desk.id, "module.md")) == 3


def test_a_page_goes_on_from_its_own_lost_acknowledgement(desk: Desk, colleague: Agent) -> None:
    desk.save("# Un\n", 1, page="onglet")
    assert not desk.save("# Un deux\n", 1, page="onglet").is_aside
    desk.save("# Autre\n", 3, agent_id=colleague.id, page="autre")
    assert desk.save("# Un deux trois\n", 3, page="onglet").is_aside


def test_revisions_are_never_changed(desk: Desk) -> None:
    for statement in ("UPDATE draft_revision SET text = ''", "DELETE FROM draft_revision"):
        with pytest.raises(DBAPIError, match="append-only"):
            desk.session.connection().exec_driver_sql(statement)
        desk.session.rollback()


def test_two_who_save_at_once_are_both_kept(app: Flask, desk: Desk, colleague: Agent) -> None:
    barrier, results = Barrier(2), {}

    def save(agent_id: int) -> None:
        with app.app_context():
            barrier.wait()
            results[agent_id] = write(
                save_text, desk.id, "module.md", f"# {agent_id}\n", base=1, agent_id=agent_id,
                now=utc_now(),
            )  # fmt: skip

    threads = [Thread(target=save, args=(one,)) for one in (desk.agent_id, colleague.id)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(one.is_aside for one in results.values()) == [False, True]
    revisions = list_revisions(desk.session, desk.id, "module.md")
    assert [one.number for one in revisions] == [3, 2, 1]


def test_a_text_that_is_taken_out_may_come_back(desk: Desk) -> None:
    desk.save(None, 1, "banques/cas.md")  # type: ignore[arg-type]
    assert desk.row("banques/cas.md").text is None
    values = {"agent_id": desk.agent_id, "now": START}
    add_text(desk.session, desk.id, "banques/cas.md", "### Un\n", **values)  # type: ignore[arg-type]
    assert desk.row("banques/cas.md").text is None  # Not committed: nothing was kept.
    add_text(desk.session, desk.id, "banques/cas.md", "### Un\n", **values)  # type: ignore[arg-type]
    desk.session.commit()
    assert desk.row("banques/cas.md").text == "### Un\n"
    with pytest.raises(FileExists):
        add_text(desk.session, desk.id, "banques/cas.md", "### Un\n", **values)  # type: ignore[arg-type]


def test_a_withdrawn_draft_takes_nothing_more_and_another_may_begin(desk: Desk) -> None:
    values = {"agent_id": desk.agent_id, "now": START}
    with pytest.raises(DraftExists) as known:
        begin(desk.session, SLUG, TEXTS, **values)  # type: ignore[arg-type]
    assert known.value.draft_id == desk.id
    withdraw(desk.session, desk.id, **values)  # type: ignore[arg-type]
    desk.session.commit()
    with pytest.raises(DraftClosed):
        desk.save("# Un\n", 1)
    desk.session.rollback()
    begin(desk.session, SLUG, TEXTS, **values)  # type: ignore[arg-type]
    desk.session.commit()
    assert desk.session.scalar(select(func.count()).select_from(Draft)) == 2


def test_a_withdrawn_draft_opens_again_as_it_was_unless_another_is_open(desk: Desk) -> None:
    values = {"agent_id": desk.agent_id, "now": START}
    with pytest.raises(NotWithdrawn):
        reopen(desk.session, desk.id, **values)  # type: ignore[arg-type]
    withdraw(desk.session, desk.id, **values)  # type: ignore[arg-type]
    desk.session.commit()
    other = begin(desk.session, SLUG, TEXTS, **values)  # type: ignore[arg-type]
    desk.session.commit()
    with pytest.raises(DraftExists) as known:
        reopen(desk.session, desk.id, **values)  # type: ignore[arg-type]
    assert known.value.draft_id == other
    desk.session.rollback()
    withdraw(desk.session, other, **values)  # type: ignore[arg-type]
    reopen(desk.session, desk.id, **values)  # type: ignore[arg-type]
    desk.session.commit()
    assert desk.save("# Un\n", 1).number == 2
    actions = select(JournalEntry.action).where(JournalEntry.object_id == str(desk.id))
    assert "draft_reopened" in set(desk.session.scalars(actions))


def test_of_a_draft_reopened_and_another_begun_at_once_one_is_open(app: Flask, desk: Desk) -> None:
    values: dict[str, Any] = {"agent_id": desk.agent_id, "now": START}
    withdraw(desk.session, desk.id, **values)
    desk.session.commit()
    barrier, refused = Barrier(2), []

    def act(service: Callable[..., Any], *what: Any) -> None:
        with app.app_context():
            barrier.wait()
            try:
                write(service, *what, **values)
            except DraftExists as known:
                refused.append(known.draft_id)

    threads = [Thread(target=act, args=one) for one in [(reopen, desk.id), (begin, SLUG, TEXTS)]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    opened = desk.session.scalars(select(Draft.id).where(Draft.closed_at.is_(None))).all()
    assert refused == opened


def test_a_publication_opens_with_its_texts_and_media(session: Session, trainer: Agent) -> None:
    text = MODULE.replace(
        "Un café offert chaque", "![Une tasse](media/tasse.png)\n\nUn café chaque"
    )
    reading = read(text, media={"media/tasse.png": PNG})
    done = catalogue.publish(session, reading, author_id=None, now=utc_now())
    values = {"agent_id": trainer.id, "now": utc_now()}
    draft_id = open_version(session, done.version_id, **values)  # type: ignore[arg-type]
    session.commit()
    assert {row.path: row.text for row in list_texts(session, draft_id)} == reading.sources
    (path,) = list_media(session, draft_id)
    assert path == "media/tasse.png"
    with pytest.raises(SlugTaken):
        begin(session, SLUG, TEXTS, **values)  # type: ignore[arg-type]


def test_a_publication_whose_media_are_not_named_is_not_opened(
    session: Session, trainer: Agent
) -> None:
    done = catalogue.publish(session, read(), author_id=None, now=utc_now())
    version = session.get_one(ModuleVersion, done.version_id)
    old = ModuleVersion(
        **{
            column.name: getattr(version, column.name)
            for column in ModuleVersion.__table__.columns
            if column.name != "id"
        }
        | {"number": 2, "sha256": "0" * 64}
    )
    session.add(old)
    session.commit()
    with pytest.raises(MediaUnknown):
        open_version(session, old.id, agent_id=trainer.id, now=utc_now())


def test_a_history_gathers_what_was_saved_without_a_pause(desk: Desk, colleague: Agent) -> None:
    for number in range(1, 4):
        desk.save(f"# {number}\n", number)
    desk.save("# Lui\n", 4, agent_id=colleague.id)
    desk.save("# Moi\n", 5)
    desk.save("# Plus tard\n", 6, after=3_600)
    desk.save("# De côté\n", 1)
    sittings = gather(list_revisions(desk.session, desk.id, "module.md"))
    numbers = [[revision.number for revision in one.revisions] for one in sittings]
    assert numbers == [[7], [6], [5], [4, 3, 2], [1]]
    assert [one.before.number if one.before else None for one in sittings] == [6, 5, 4, 1, None]


def test_a_text_is_kept_with_plain_line_ends_and_composed_letters() -> None:
    assert clean("a\r\nb\rc") == "a\nb\nc"
    assert clean("e\u0301") == "é"


@pytest.mark.parametrize(
    ("text", "reason"),
    [("a\x00b", "characters"), ("\ud800", "characters"), ("é" * LONGEST_TEXT, "size")],
)
def test_what_no_column_holds_is_refused(text: str, reason: str) -> None:
    with pytest.raises(BadText) as bad:
        clean(text)
    assert bad.value.reason == reason


@pytest.mark.parametrize(
    ("path", "is_one"),
    [
        ("module.md", True), ("module.en.md", True), ("banques/cas.md", True),
        ("banques/cas-vecus.en.md", True), ("module.xx.md", False), ("banques/.md", False),
        ("banques/a/b.md", False), ("../module.md", False), ("media/x.md", False),
        ("banques/-cas.md", False), ("module.md/", False),
    ],
)  # fmt: skip
def test_a_text_has_the_name_of_a_part_of_a_module(path: str, is_one: bool) -> None:
    assert is_text_path(path) is is_one


def test_a_new_module_begins_with_its_translation() -> None:
    assert set(first_texts(())) == {"module.md", "banques/questions.md"}
    both = first_texts(("en",))
    assert "# Title of the module" in both["module.en.md"]
    assert set(first_texts(("xx",))) >= {"module.xx.md"}
    assert all(is_text_path(path) for path in both)
