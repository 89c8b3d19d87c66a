"""Server processes are killed under load: nothing acknowledged is lost, nothing counts twice."""

from __future__ import annotations

import os
import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from app.certificates.models import Certificate, CertificateEvent
from app.learning.models import Answer, Attempt, Completion
from app.learning.scoring import score
from tests.clients import Client
from tests.factories import Factories
from tests.faults.conftest import Connect
from tests.faults.sittings import Desk, right, sit, stored, wrong
from tests.learning.modules import compiled, publish_module
from tests.servers import Server, kill_process

ANSWERS = int(os.environ.get("FAULT_ANSWERS", "10000"))
KILLS = int(os.environ.get("FAULT_KILLS", "50"))
CLIENTS = 32
MASTER_EVERY = 10
"""One kill in so many takes the whole server, not one of its processes."""
PATIENCE = 60.0


@dataclass
class Progress:
    """How far the answers are, all candidates together."""

    acknowledged: int = 0
    repeated: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, sent: int) -> None:
        """Count an answer that took ``sent`` requests."""
        with self.lock:
            self.acknowledged += 1
            self.repeated += sent - 1


class Candidate(threading.Thread):
    """An agent who answers, changes their mind, and ends on the right (or a wrong) answers."""

    def __init__(
        self, desk: Desk, client: Client, other_tab: Client, events: int, progress: Progress
    ) -> None:
        super().__init__(daemon=True)
        self.desk, self.client, self.other_tab = desk, client, other_tab
        self.events, self.progress = events, progress
        self.passes = desk.attempt_id % 2 == 0
        self.said: dict[str, tuple[str, object]] = {}
        """What the server acknowledged: (item, value) by token."""
        self.failure: BaseException | None = None

    def run(self) -> None:
        """Answer, one question after the other, until every event is acknowledged."""
        try:
            for number in range(self.events):
                self.answer(number)
        except BaseException as failure:  # noqa: BLE001 - told by the test's own thread.
            self.failure = failure

    def answer(self, number: int) -> None:
        """Give one answer, and send it again until it is acknowledged."""
        asked = self.desk.item_ids
        item_id, token = asked[number % len(asked)], f"{self.desk.attempt_id}-{number:08}"
        is_last = number >= self.events - len(asked)
        is_right = self.passes if is_last else random.random() < 0.5
        letters = right(item_id) if is_right else wrong(item_id)
        sent = self.client.put_until_acknowledged(
            self.desk.answer_path(item_id),
            {"values": letters, "token": token},
            patience=PATIENCE,
        )
        self.said[token] = (item_id, stored(item_id, letters))
        self.progress.add(sent)

    def last_answers(self) -> dict[str, Any]:
        """Give the value last acknowledged of each item, as it is stored."""
        return dict(self.said.values())


def kill_along(server: Server, progress: Progress, is_over: Callable[[], bool]) -> Counter[str]:
    """Kill processes all along the answers; return how many of each kind were killed."""
    killed: Counter[str] = Counter()
    dead: set[int] = set()
    while killed.total() < KILLS and not is_over():
        if progress.acknowledged < killed.total() * ANSWERS // (KILLS + 1):
            time.sleep(0.002)
        elif killed.total() % MASTER_EVERY == MASTER_EVERY - 1:
            server.kill()
            killed["server"] += 1
            server.start()
        else:
            alive = [pid for pid in server.workers() if pid not in dead]
            victim = random.choice(alive or [0])
            if victim and kill_process(victim):
                dead.add(victim)
                killed["worker"] += 1
    return killed


@pytest.mark.timeout(600)
def test_no_acknowledged_answer_is_lost_or_counted_twice(
    app: Flask, session: Session, factories: Factories, server: Server, connect: Connect
) -> None:
    progress = Progress()
    publish_module(session)
    candidates = []
    for number in range(CLIENTS):
        desk = sit(app, factories)
        events = ANSWERS // CLIENTS + (number < ANSWERS % CLIENTS)
        candidates.append(Candidate(desk, *connect(desk.agent_id, 2), events, progress))
    started = time.monotonic()
    for candidate in candidates:
        candidate.start()
    killed = kill_along(
        server, progress, lambda: not any(candidate.is_alive() for candidate in candidates)
    )
    for candidate in candidates:
        candidate.join()
    figures = {
        "seconds": round(time.monotonic() - started, 1),
        "acknowledged": progress.acknowledged,
        "sent again": progress.repeated,
        **killed,
    }
    print(figures)
    assert [candidate.failure for candidate in candidates if candidate.failure] == []
    assert progress.acknowledged == ANSWERS
    assert killed.total() >= KILLS
    assert progress.repeated > 0, "no kill met a request: the test proves nothing"
    check_answers(session, candidates)
    submit_twice_each(candidates)
    check_scores(session, candidates)


def check_answers(session: Session, candidates: list[Candidate]) -> None:
    """Compare the answers kept with those acknowledged, one by one."""
    for candidate in candidates:
        rows = session.execute(
            sa.select(Answer.token, Answer.item_id, Answer.value).where(
                Answer.attempt_id == candidate.desk.attempt_id
            )
        ).all()
        kept = {row.token: (row.item_id, row.value) for row in rows}
        assert len(rows) == len(kept)
        assert kept == candidate.said
    assert session.scalar(sa.select(sa.func.count(Answer.id))) == ANSWERS


def submit_twice_each(candidates: list[Candidate]) -> None:
    """Hand every attempt in from two tabs at once."""
    tabs = [
        (tab, candidate.desk.path)
        for candidate in candidates
        for tab in (candidate.client, candidate.other_tab)
    ]
    with ThreadPoolExecutor(len(tabs)) as pool:
        statuses = Counter(pool.map(lambda tab: hand_in(*tab), tabs))
    assert statuses == {303: len(tabs)}


def hand_in(tab: Client, path: str) -> int:
    """Hand an attempt in; return the status."""
    tab.close()  # The server may have been killed since its last answer.
    return tab.post(f"{path}/remise", sans_reponse=0).status


def check_scores(session: Session, candidates: list[Candidate]) -> None:
    """Compare the scores, completions and certificates with the answers acknowledged last."""
    session.rollback()  # What was read before must not be what is read now.
    module = compiled()
    passed = 0
    for candidate in candidates:
        attempt = session.get_one(Attempt, candidate.desk.attempt_id)
        asked = [module.item(item_id) for item_id in candidate.desk.item_ids]
        told = score([item for item in asked if item], candidate.last_answers())
        assert attempt.submitted_at is not None
        assert (attempt.score_numerator, attempt.score_denominator) == told.share.as_integer_ratio()
        assert attempt.passed is candidate.passes
        passed += candidate.passes
    for table in (Completion, Certificate, CertificateEvent):
        assert session.scalar(sa.select(sa.func.count()).select_from(table)) == passed
