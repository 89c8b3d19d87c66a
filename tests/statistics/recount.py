"""A second count of a snapshot's figures, in plain Python over the facts, to compare with."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.campaigns.models import Campaign
from app.days import end_of
from app.learning.models import Completion, Enrolment
from app.people.models import Agent, Assignment, OrganisationalUnit

NOTHING = {"owed": 0, "started": 0, "completed": 0, "overdue": 0, "expired": 0}


class Recount:
    """Everything known at the end of a day, counted agent by agent."""

    def __init__(self, session: Session, as_of: date) -> None:
        self.as_of, self.until = as_of, end_of(as_of)
        self.units = {unit.id: unit for unit in session.scalars(select(OrganisationalUnit))}
        self.enrolments = list(session.scalars(select(Enrolment)))
        self.completions = list(session.scalars(select(Completion)))
        self.opened = {row.id for row in session.scalars(select(Campaign)) if row.opens_on <= as_of}
        self.people = {}
        for row in session.scalars(select(Assignment).order_by(Assignment.id)):
            if row.starts_on <= as_of and (row.ends_on is None or row.ends_on > as_of):
                agent = session.get_one(Agent, row.agent_id)
                if agent.deactivated_at is None or agent.deactivated_at > self.until:
                    self.people[agent.id] = row

    def owed(self, agent_id: int) -> dict[int, Enrolment]:
        """Map each module owed to its latest enrolment with a due date."""
        found: dict[int, Enrolment] = {}
        for row in sorted(self.enrolments, key=lambda row: row.cycle):
            known = row.enrolled_at < self.until
            asked = row.campaign_id is None or row.campaign_id in self.opened
            if row.agent_id == agent_id and row.due_on and known and asked:
                found[row.module_id] = row
        return found

    def proof(self, enrolment: Enrolment) -> Completion | None:
        """Find the last completion of the module, if it is of this cycle or a later one."""
        done = [
            row
            for row in self.completions
            if (row.agent_id, row.module_id) == (enrolment.agent_id, enrolment.module_id)
            and row.completed_at < self.until
        ]
        last = max(done, key=lambda row: row.cycle, default=None)
        return last if last and last.cycle >= enrolment.cycle else None

    def measures(self, enrolment: Enrolment) -> dict[str, int]:
        """Tell the measures of one module owed by one agent."""
        proof = self.proof(enrolment)
        started = enrolment.started_at is not None and enrolment.started_at < self.until
        return {
            "owed": 1,
            "started": int(started or proof is not None),
            "completed": int(proof is not None),
            "overdue": int(proof is None and enrolment.due_on < self.as_of),
            "expired": int(
                proof is not None
                and proof.valid_until is not None
                and proof.valid_until < self.as_of
            ),
        }

    def cells(self) -> dict[tuple, Counter]:
        """Count by own unit, module, corps and category."""
        found: dict[tuple, Counter] = defaultdict(Counter)
        for agent_id, at in self.people.items():
            for module_id, enrolment in self.owed(agent_id).items():
                key = (at.unit_id, module_id, at.corps, at.category)
                found[key].update(self.measures(enrolment))
        return found

    def people_of(
        self, unit_id: int, corps: str = "", band: str | None = None, module_id: int | None = None
    ) -> tuple[int, int, int, int]:
        """Count population, asked, up to date and late of a unit and those below.

        With a module, what counts is that one alone.
        """
        prefix, counts = self.units[unit_id].path, [0, 0, 0, 0]
        for agent_id, at in self.people.items():
            if not self.units[at.unit_id].path.startswith(prefix) or corps not in {"", at.corps}:
                continue
            if band not in {None, at.category}:
                continue
            owed = [
                self.measures(row)
                for key, row in self.owed(agent_id).items()
                if module_id in {None, key}
            ]
            counts[0] += 1
            counts[1] += bool(owed)
            counts[2] += bool(owed) and all(m["completed"] and not m["expired"] for m in owed)
            counts[3] += any(m["overdue"] for m in owed)
        return tuple(counts)
