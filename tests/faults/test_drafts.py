"""Trainers write while servers are killed and networks cut: what they typed is there."""

from __future__ import annotations

import json
import os
import random
import threading
import time
from dataclasses import dataclass, field

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from app.access import Role
from app.database import utc_now
from app.studio.models import DraftFile, DraftRevision
from app.studio.services.drafts import begin
from tests.clients import LOST, Client
from tests.factories import Factories
from tests.faults.conftest import Connect
from tests.servers import Server, kill_process

WRITERS = int(os.environ.get("FAULT_WRITERS", "4"))
KILLS = int(os.environ.get("FAULT_DRAFT_KILLS", "2"))
SAVE_EVERY = float(os.environ.get("FAULT_SAVE_EVERY", "0.5"))
"""Seconds between two saves; the page saves a second or so after each pause."""
KEPT_WITHIN = 5.0
"""Seconds past which what was typed has to be on the server, as long as there is one."""
CUTS = 0.15
"""Share of the saves whose acknowledgement the network loses."""
FIRST = "# Un module\n"
PATIENCE = 60.0


@dataclass
class Writer:
    """A trainer at a page: it keeps the text, and sends what there is until it is acknowledged."""

    client: Client
    path: str
    file_id: int
    text: str = FIRST
    base: int = 1
    typed: list[tuple[float, int]] = field(default_factory=list)
    """When each word was typed, and the length of the text with it."""
    acknowledged: dict[int, str] = field(default_factory=dict)
    """Texts by the revision that the server gave them."""
    lost: int = 0
    """Saves whose acknowledgement never came."""
    failure: BaseException | None = None

    def run(self, over: threading.Event) -> None:
        """Type and save until it is over, then until all is acknowledged."""
        try:
            while not over.is_set():
                self.type()
                self.save()
                over.wait(SAVE_EVERY)
            deadline = time.monotonic() + PATIENCE
            while not self.save():
                assert time.monotonic() < deadline, "the last words were never acknowledged"
                time.sleep(0.05)
        except BaseException as failure:  # noqa: BLE001 - told by the test's own thread.
            self.failure = failure

    def type(self) -> None:
        """Type some words."""
        for _ in range(random.randint(1, 5)):
            self.text += f"mot{len(self.typed)} "
            self.typed.append((time.monotonic(), len(self.text)))

    def save(self) -> bool:
        """Send the text once; tell whether it was acknowledged."""
        text = self.text
        sent = {"text": text, "base": self.base, "page": f"page-{self.file_id}"}
        try:
            if random.random() < CUTS:
                self.send_and_leave(sent)
                return False
            reply = self.client.put(self.path, sent)
        except LOST:
            self.lost += 1
            self.client.close()
            return False
        if reply.status == 503:
            return False
        assert reply.status == 200, f"{reply.status}: {reply.body[:300]}"
        self.base = json.loads(reply.body)["revision"]
        self.acknowledged[self.base] = text
        return True

    def send_and_leave(self, sent: dict[str, object]) -> None:
        """Send a save and cut the network before the answer: the server may well have saved."""
        self.lost += 1
        kind = {"Content-Type": "application/json", "Accept": "application/json"}
        body, headers = json.dumps(sent).encode(), self.client.headers | kind
        self.client.connection.request("PUT", self.path, body, headers)
        time.sleep(random.choice([0, 0.05]))
        self.client.close()

    def due(self, moment: float) -> str:
        """Give the text as it stood so long before a moment that it has to be on the server."""
        lengths = [length for at, length in self.typed if at < moment - KEPT_WITHIN]
        return self.text[: max(lengths, default=len(FIRST))]


@pytest.fixture
def writers(app: Flask, session: Session, factories: Factories, connect: Connect) -> list[Writer]:
    """Sit trainers before a draft each."""
    found = []
    for number in range(WRITERS):
        trainer = factories.agent(Role.TRAINER)
        session.commit()
        draft_id = begin(
            session, f"module-{number}", {"module.md": FIRST}, agent_id=trainer.id, now=utc_now()
        )
        session.commit()
        file_id = session.scalars(
            sa.select(DraftFile.id).where(DraftFile.draft_id == draft_id)
        ).one()
        session.commit()
        (client,) = connect(trainer.id)
        path = f"/formateur/brouillons/{draft_id}/fichiers/module.md"
        found.append(Writer(client, path, file_id))
    return found


@pytest.mark.timeout(900)
def test_no_keystroke_older_than_five_seconds_is_lost(
    session: Session, server: Server, writers: list[Writer]
) -> None:
    over = threading.Event()
    threads = [threading.Thread(target=one.run, args=(over,), daemon=True) for one in writers]
    for thread in threads:
        thread.start()
    checked = sum(kill_and_look(session, server, writers, number) for number in range(KILLS))
    over.set()
    for thread in threads:
        thread.join()
    saves = sum(len(one.acknowledged) for one in writers)
    words = sum(len(one.typed) for one in writers)
    print({"words": words, "acknowledged": saves, "lost": sum(one.lost for one in writers)})
    assert [one.failure for one in writers if one.failure] == []
    assert checked > 0, "no word was old enough to be looked for: the test proves nothing"
    assert any(one.lost for one in writers), "no save was cut: the test proves nothing"
    for one in writers:
        check_kept(session, one)


def kill_and_look(session: Session, server: Server, writers: list[Writer], number: int) -> int:
    """Kill a process, or all at once; look for what had to be there; count what was found."""
    time.sleep(KEPT_WITHIN + 3 * SAVE_EVERY)
    workers = server.workers()
    if number % 2 or not workers:
        server.kill()
        moment = time.monotonic()
        found = sum(look(session, one, moment) for one in writers)
        server.start()
        return found
    kill_process(random.choice(workers))
    moment = time.monotonic()
    return sum(look(session, one, moment) for one in writers)


def look(session: Session, writer: Writer, moment: float) -> int:
    """Check that the database has what was typed long enough ago; count its characters."""
    due = writer.due(moment)
    assert current_text(session, writer).startswith(due), "a keystroke older than 5 s is lost"
    return len(due) - len(FIRST)


def current_text(session: Session, writer: Writer) -> str:
    """Read the text as it is kept."""
    session.rollback()
    text = session.scalars(
        sa.select(DraftRevision.text)
        .where(DraftRevision.file_id == writer.file_id, DraftRevision.is_aside.is_(False))
        .order_by(DraftRevision.number.desc())
        .limit(1)
    ).one()
    session.rollback()
    return text or ""


def check_kept(session: Session, writer: Writer) -> None:
    """Check that all that was typed is there, all that was acknowledged too, nothing aside."""
    assert current_text(session, writer) == writer.text
    rows = session.scalars(
        sa.select(DraftRevision).where(DraftRevision.file_id == writer.file_id)
    ).all()
    kept = {row.number: row.text for row in rows}
    assert {number: kept.get(number) for number in writer.acknowledged} == writer.acknowledged
    assert [row.number for row in rows if row.is_aside] == []
    assert len({row.sha256 for row in rows}) == len(rows)
    session.rollback()
