"""Many agents with attempts at the small module, inserted as rows; and what they should earn."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.dialect.compiled import CompiledModule
from app.learning.drawing import draw, items_of
from app.learning.models import Answer, Attempt, Completion, Enrolment
from app.learning.scoring import score
from app.people.models import Agent, Assignment, OrganisationalUnit

LONG_AGO = datetime(2026, 3, 2, 9, tzinfo=UTC)
PASS_MARK = 80


def add_crowd(
    session: Session,
    unit: OrganisationalUnit,
    module: CompiledModule,
    version: tuple[int, int],
    *,
    agents: int,
    attempts_each: int = 1,
    seed: int = 1,
) -> None:
    """Add agents who sat the quiz of a version (module id, version id), well or not."""
    random, module_id, version_id = Random(seed), *version
    first = (session.scalar(sa.select(sa.func.max(Agent.id))) or 0) + 1
    ids = range(first, first + agents)
    places = [place(one, module_id, version_id) for one in ids]
    sat, given, done = [], [], []
    last = session.scalar(sa.select(sa.func.max(Attempt.id))) or 0
    session.commit()  # PostgreSQL ends a transaction that waits for our arithmetic.
    for one in places:
        for number in range(1, attempts_each + 1):
            last += 1
            row, answers = sitting(random, module, one, last, number)
            sat.append(row)
            given += answers
            if row["passed"]:
                done.append(completion(one, row, unit))
                break
    add(session, Agent, [person(one) for one in ids])
    add(session, Assignment, [assignment(one, unit.id) for one in ids])
    add(session, Enrolment, places)
    add(session, Attempt, sat)
    add(session, Answer, given)
    add(session, Completion, done)
    session.commit()
    follow_sequences(session)


def add(session: Session, model: Any, rows: list[dict[str, Any]]) -> None:
    """Insert rows many at a time."""
    for start in range(0, len(rows), 5000):
        session.execute(sa.insert(model.__table__), rows[start : start + 5000])


def follow_sequences(session: Session) -> None:
    """Let PostgreSQL go on from the ids that were given by hand."""
    if session.get_bind().dialect.name == "postgresql":
        for table in ("agent", "enrolment", "attempt", "answer", "completion", "assignment"):
            text = f"SELECT setval('{table}_id_seq', (SELECT coalesce(max(id), 1) FROM {table}))"
            session.execute(sa.text(text))
        session.commit()


def person(number: int) -> dict[str, Any]:
    """Write an agent."""
    key = f"c{number:06}"
    return {
        "id": number, "matricule": key, "matricule_key": key, "given_name": f"Sacha{number}",
        "family_name": "Petit", "search_key": key, "language": "fr", "arrived_on": date(2024, 1, 1),
        "created_at": LONG_AGO, "must_change_password": False,
    }  # fmt: skip


def assignment(agent_id: int, unit_id: int) -> dict[str, Any]:
    """Write where an agent is."""
    return {
        "agent_id": agent_id, "unit_id": unit_id, "corps": "pn", "grade": "gardien",
        "category": "application", "starts_on": date(2024, 1, 1),
    }  # fmt: skip


def place(agent_id: int, module_id: int, version_id: int) -> dict[str, Any]:
    """Write an enrolment, under the agent's own number."""
    return {
        "id": agent_id, "agent_id": agent_id, "module_id": module_id, "cycle": 1, "origin": "own",
        "enrolled_at": LONG_AGO, "started_at": LONG_AGO, "version_id": version_id, "corps": "pn",
    }  # fmt: skip


def sitting(
    random: Random, module: CompiledModule, place: dict[str, Any], attempt_id: int, number: int
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Write an attempt and its answers: each item has what it offers by chance, or nothing."""
    asked = draw(module, "pn", seen={}, seed=random.randrange(10**6))
    values: dict[str, Any] = {}
    for item in items_of(module, asked):
        right = [choice.letter for choice in item.choices if choice.credit == 100]
        wrong = [choice.letter for choice in item.choices if choice.credit != 100]
        luck = random.random()
        # The key of « principe » is wrong: those who know choose the other answer.
        if luck < (0.4 if item.id == "principe" else 0.85):
            values[item.id] = right if len(right) > 1 else right[0]
        elif luck < 0.96:
            values[item.id] = wrong if len(right) > 1 else random.choice(wrong)
    marked = score(items_of(module, asked), values)
    top, bottom = marked.share.as_integer_ratio()
    row = {
        "id": attempt_id, "enrolment_id": place["id"], "number": number,
        "version_id": place["version_id"], "corps": "pn", "language": "fr", "draw": asked,
        "pass_mark": PASS_MARK, "seed": 1, "started_at": LONG_AGO,
        "submitted_at": LONG_AGO + timedelta(minutes=number), "score_numerator": top,
        "score_denominator": bottom, "passed": marked.reaches(PASS_MARK),
    }  # fmt: skip
    answers = [
        {
            "attempt_id": attempt_id, "item_id": item_id, "token": f"{attempt_id}-{item_id}",
            "value": value, "received_at": LONG_AGO,
        }
        for item_id, value in values.items()
    ]  # fmt: skip
    return row, answers


def completion(
    place: dict[str, Any], sat: dict[str, Any], unit: OrganisationalUnit
) -> dict[str, Any]:
    """Write the completion that an attempt earned."""
    return {
        "agent_id": place["agent_id"], "module_id": place["module_id"],
        "version_id": place["version_id"], "enrolment_id": place["id"], "attempt_id": sat["id"],
        "cycle": 1, "completed_at": sat["submitted_at"], "unit_id": unit.id,
        "unit_path": unit.path, "unit_names": [unit.name], "corps": "pn", "grade": "gardien",
        "category": "application",
    }  # fmt: skip
