"""Write the history in the journal, in the order in which it happened."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from app.demo.calendar import at
from app.demo.history import History
from app.demo.inserting import insert_rows
from app.demo.services.certifying import Completed
from app.journal.models import JournalEntry
from app.journal.services import Action

Entry = dict[str, Any]


def list_entries(
    history: History,
    agents: Mapping[str, int],
    campaigns: Mapping[str, int],
    proofs: Sequence[tuple[Completed, int]],
) -> list[Entry]:
    """List the entries of the history; ``proofs`` pairs completions with their certificates."""
    entries = [
        *tell_campaigns(history, campaigns, agents["demo-rh"]),
        *tell_sign_ins(history, agents),
        *tell_proofs(proofs),
    ]
    return sorted(entries, key=lambda entry: entry["at"])


def add_until(session: Session, entries: Sequence[Entry], moment: datetime) -> list[Entry]:
    """Add the entries that come before a moment; return the others."""
    count = bisect_left(entries, moment, key=lambda entry: entry["at"])
    insert_rows(session, JournalEntry, entries[:count])
    return list(entries[count:])


def entry(moment: datetime, action: Action, actor: int | None, kind: str, object_id: int) -> Entry:
    """Write an entry without a detail."""
    return {
        "at": moment,
        "actor_id": actor,
        "action": action,
        "object_kind": kind,
        "object_id": str(object_id),
        "detail_digest": "",
    }


def tell_campaigns(history: History, campaigns: Mapping[str, int], hr: int) -> Iterator[Entry]:
    """Tell when each campaign was made, enrolled people, and was closed."""
    arrivals: dict[str, set[date]] = defaultdict(set)
    for journey in history.journeys:
        if journey.owed is not None:
            arrivals[journey.owed.duty.title].add(journey.owed.since)
    for duty in history.duties:
        campaign, term = campaigns[duty.title], duty.term
        made = at(term.opens_on - timedelta(days=6), 10, 20)
        yield entry(made, Action.CAMPAIGN_CREATED, hr, "campaign", campaign)
        for day in {term.opens_on, *arrivals[duty.title]}:
            enrolled = at(day, 6, 30)
            yield entry(enrolled, Action.CAMPAIGN_ENROLLED, None, "campaign", campaign)
        if term.closed_on:
            closed = at(term.closed_on, 18)
            yield entry(closed, Action.CAMPAIGN_CLOSED, hr, "campaign", campaign)


def tell_sign_ins(history: History, agents: Mapping[str, int]) -> Iterator[Entry]:
    """Tell the sign-in before each start, and the one before the quiz on another day."""
    for journey in history.journeys:
        agent = agents[journey.person.matricule]
        moments = [journey.started_at, *(sitting.started_at for sitting in journey.sittings)]
        days = {moment.date(): moment for moment in reversed(moments) if moment is not None}
        for moment in days.values():
            before = moment - timedelta(minutes=2)
            yield entry(before, Action.SIGNED_IN, agent, "agent", agent)


def tell_proofs(proofs: Sequence[tuple[Completed, int]]) -> Iterator[Entry]:
    """Tell each completion and its certificate."""
    for completed, certificate in proofs:
        agent = completed.row["agent_id"]
        yield entry(completed.at, Action.COMPLETED, agent, "completion", completed.id)
        yield entry(completed.at, Action.CERTIFICATE_ISSUED, agent, "certificate", certificate)
