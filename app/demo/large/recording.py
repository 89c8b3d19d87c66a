"""Deal their record to many people at once: one statement a table, whatever their number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.database import Model, UtcDateTime
from app.demo.large.fates import SLOTS
from app.demo.large.placing import Placed
from app.learning.models import Attempt, Completion, Enrolment
from app.people.models import Agent, Assignment

PRIME = 2**31 - 1

ASKED = sa.Table(
    "dealt_call",
    sa.MetaData(),
    sa.Column("corps", sa.Text, primary_key=True),
    sa.Column("campaign_id", sa.Integer, primary_key=True),
    sa.Column("rank", sa.Integer),
    prefixes=["TEMPORARY"],
    postgresql_on_commit="DROP",
)
"""A row for each campaign and corps that it asks."""

FATE = sa.Table(
    "dealt_fate",
    sa.MetaData(),
    *(sa.Column(name, sa.Integer, primary_key=True) for name in ("campaign_id", "slot")),
    *(sa.Column(name, sa.Integer) for name in ("cycle", "module_id", "version_id", "tries")),
    *(sa.Column(name, sa.Date) for name in ("due_on", "valid_until")),
    *(
        sa.Column(name, UtcDateTime())
        for name in ("enrolled_at", "started_at", "failed_at", "completed_at", "last_at")
    ),
    prefixes=["TEMPORARY"],
    postgresql_on_commit="DROP",
)
"""What an enrolment of a campaign becomes, by the slot that it is dealt."""

DEALT = sa.Table(
    "dealt",
    sa.MetaData(),
    *(sa.Column(name, sa.Integer) for name in ("agent_id", "campaign_id", "slot", "unit_id")),
    *(sa.Column(name, sa.Text) for name in ("corps", "grade", "category")),
    prefixes=["TEMPORARY"],
    postgresql_on_commit="DROP",
)
"""Which fate was dealt to whom, and where they work."""

PLACE = sa.Table(
    "dealt_place",
    sa.MetaData(),
    sa.Column("unit_id", sa.Integer, primary_key=True),
    sa.Column("path", sa.Text),
    sa.Column("names", sa.JSON),
    prefixes=["TEMPORARY"],
    postgresql_on_commit="DROP",
)

TABLES = (ASKED, FATE, DEALT, PLACE)
Rows = sa.Select[*tuple[Any, ...]]


def lay_out(
    session: Session,
    asked: Sequence[dict[str, Any]],
    fates: Sequence[dict[str, Any]],
    placed: Sequence[Placed],
) -> None:
    """Fill the temporary tables, which last as long as the transaction."""
    connection = session.connection()
    for table in TABLES:
        table.create(connection)
    connection.execute(sa.insert(ASKED), list(asked))
    connection.execute(sa.insert(FATE), list(fates))
    places = [{"unit_id": one.id, "path": one.path, "names": one.names} for one in placed]
    connection.execute(sa.insert(PLACE), places)
    if connection.dialect.name == "postgresql":
        for table in TABLES:
            connection.execute(sa.text(f"ANALYZE {table.name}"))


def clear(session: Session) -> None:
    """Drop the temporary tables."""
    for table in TABLES:
        table.drop(session.connection())


def slot_of(agent_id: Any, rank: Any, seed: int) -> sa.ColumnElement[int]:
    """Deal a slot: half of it is the person's own, half is the module's."""
    mixed = sa.cast(agent_id, sa.BigInteger) * (48271 + seed % 1000) % PRIME
    own, other = mixed % SLOTS, mixed * (rank * 7919 + 13) % PRIME % SLOTS
    dealt: sa.ColumnElement[int] = (own + other) // 2
    return dealt


def record(session: Session, *, first: int, last: int, seed: int) -> None:
    """Add the enrolments, attempts and completions of the agents between two ids."""
    insert(session, DEALT, select_dealt(seed).where(Agent.id.between(first, last)))
    insert(session, Enrolment, select_enrolments())
    for failed in (True, False):
        insert(session, Attempt, select_attempts(failed=failed))
    insert(session, Completion, select_completions())


def insert(session: Session, table: type[Model] | sa.Table, rows: Rows) -> None:
    """Insert the rows of a select, whose columns are named as the table's."""
    names = [str(column.key) for column in rows.selected_columns]
    name = table.__tablename__ if isinstance(table, type) else table.name
    connection = session.connection()
    connection.execute(sa.insert(table).from_select(names, rows, include_defaults=False))
    if connection.dialect.name == "postgresql":
        # Without it, the next statement takes the table for an empty one, and looks at it whole.
        connection.execute(sa.text(f"ANALYZE {name}"))


def select_dealt(seed: int) -> Rows:
    """Select agents with the fates dealt to them, as far as they were there to live them."""
    agent, post = Agent, Assignment
    slot = slot_of(agent.id, ASKED.c.rank, seed)
    return (
        sa.select(
            agent.id.label("agent_id"), ASKED.c.campaign_id, FATE.c.slot, post.unit_id,
            post.corps, post.grade, post.category,
        )
        .select_from(agent)
        .join(post, sa.and_(post.agent_id == agent.id, post.ends_on.is_(None)))
        .join(ASKED, ASKED.c.corps == post.corps)
        .join(FATE, sa.and_(FATE.c.campaign_id == ASKED.c.campaign_id, FATE.c.slot == slot))
        .where(
            FATE.c.enrolled_at >= agent.created_at,
            sa.or_(agent.deactivated_at.is_(None), agent.deactivated_at > FATE.c.last_at),
        )
    )  # fmt: skip


def join_fate(*columns: Any) -> Rows:
    """Select columns of what was dealt, with its fate."""
    return (
        sa.select(*columns)
        .select_from(DEALT)
        .join(
            FATE,
            sa.and_(FATE.c.campaign_id == DEALT.c.campaign_id, FATE.c.slot == DEALT.c.slot),
        )
    )


def join_enrolment(*columns: Any) -> Rows:
    """Select columns of what was dealt, with its fate and its enrolment."""
    return join_fate(*columns).join(
        Enrolment,
        sa.and_(
            Enrolment.agent_id == DEALT.c.agent_id,
            Enrolment.module_id == FATE.c.module_id,
            Enrolment.cycle == FATE.c.cycle,
        ),
    )


def select_enrolments() -> Rows:
    """Select the rows of `Enrolment`."""
    fate = FATE.c
    begun = fate.started_at.is_not(None)
    return join_fate(
        DEALT.c.agent_id, fate.module_id, fate.cycle, sa.literal("campaign").label("origin"),
        fate.campaign_id, fate.due_on, fate.enrolled_at, fate.started_at,
        sa.case((begun, fate.version_id)).label("version_id"),
        sa.case((begun, DEALT.c.corps)).label("corps"),
    ).order_by(DEALT.c.agent_id)  # fmt: skip


def select_attempts(*, failed: bool) -> Rows:
    """Select the rows of `Attempt`, those failed or those passed; their questions are left out."""
    fate = FATE.c
    done_at = fate.failed_at if failed else fate.completed_at
    return join_enrolment(
        Enrolment.id.label("enrolment_id"),
        (sa.literal(1) if failed else fate.tries).label("number"),
        fate.version_id, DEALT.c.corps, sa.literal("fr").label("language"),
        sa.literal([], sa.JSON()).label("draw"), sa.literal(80).label("pass_mark"),
        fate.slot.label("seed"), fate.started_at, done_at.label("submitted_at"),
        sa.literal(6 if failed else 9).label("score_numerator"),
        sa.literal(10).label("score_denominator"),
        sa.literal(not failed, sa.Boolean()).label("passed"),
    ).where(done_at.is_not(None))  # fmt: skip


def select_completions() -> Rows:
    """Select the rows of `Completion`, each with the attempt that passed."""
    fate, dealt = FATE.c, DEALT.c
    return (
        join_enrolment(
            dealt.agent_id, fate.module_id, fate.version_id, Enrolment.id.label("enrolment_id"),
            Attempt.id.label("attempt_id"), fate.cycle, fate.completed_at, fate.valid_until,
            dealt.unit_id, PLACE.c.path.label("unit_path"), PLACE.c.names.label("unit_names"),
            dealt.corps, dealt.grade, dealt.category,
        )
        .join(
            Attempt,
            sa.and_(Attempt.enrolment_id == Enrolment.id, Attempt.number == fate.tries),
        )
        .join(PLACE, PLACE.c.unit_id == dealt.unit_id)
        .where(fate.completed_at.is_not(None))
    )  # fmt: skip
