"""Add the tree, the campaigns and the people of the large organisation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.campaigns.models import Campaign
from app.catalogue.rows import Offered
from app.demo.accounts import ACCOUNTS
from app.demo.calendar import at
from app.demo.grades import find_grade
from app.demo.inserting import insert_rows, insert_with_ids
from app.demo.large.fates import Call
from app.demo.large.people import Member, Post
from app.demo.large.tree import Place
from app.people.matricule import matricule_key
from app.people.models import Agent, Assignment, OrganisationalUnit, RoleAssignment


@dataclass(frozen=True, slots=True)
class Placed:
    """A unit of the database, with what a completion says of it."""

    id: int
    path: str
    names: tuple[str, ...]
    """The names from the root."""


def add_tree(session: Session, places: Sequence[Place], *, today: date) -> list[Placed]:
    """Add the units in their order; a path is known once the ids are."""
    opened_on = today - timedelta(days=9000)
    placed: list[Placed] = []
    for start in levels(places):
        rows = [
            {
                "code": place.code, "name": place.name, "kind": place.kind, "path": place.code,
                "parent_id": None if place.above is None else placed[place.above].id,
                "opened_on": opened_on,
            }
            for place in places[start]
        ]  # fmt: skip
        ids = insert_with_ids(session, OrganisationalUnit, rows)
        for place, unit_id in zip(places[start], ids, strict=True):
            above = None if place.above is None else placed[place.above]
            names = (*(above.names if above else ()), place.name)
            path = f"{above.path if above else '/'}{unit_id}/"
            placed.append(Placed(unit_id, path, names))
    paths = [{"unit": one.id, "whole": one.path} for one in placed]
    change = sa.update(OrganisationalUnit).where(OrganisationalUnit.id == sa.bindparam("unit"))
    session.connection().execute(change.values(path=sa.bindparam("whole")), paths)
    return placed


def levels(places: Sequence[Place]) -> list[slice]:
    """Cut the tree where a level begins: the parents of one are all in those before."""
    starts = [rank for rank, place in enumerate(places)
              if rank == 0 or place.kind != places[rank - 1].kind]  # fmt: skip
    return [
        slice(one, following)
        for one, following in zip(starts, [*starts[1:], len(places)], strict=True)
    ]


def add_calls(
    session: Session, calls: Sequence[Call], modules: Sequence[Offered], root_id: int
) -> list[int]:
    """Add the campaigns; return their ids in order."""
    rows = [
        {
            "title": f"{modules[call.rank].title} — {call.opens_on.year}, cycle {call.cycle}",
            "module_slugs": [modules[call.rank].slug],
            "unit_id": root_id,
            "corps": sorted(call.corps),
            "grades": [],
            "opens_on": call.opens_on,
            "due_on": call.due_on,
            "created_at": at(call.opens_on - timedelta(days=6), 10, 20),
        }
        for call in calls
    ]
    return insert_with_ids(session, Campaign, rows)


def add_members(session: Session, members: Sequence[Member], placed: Sequence[Placed]) -> list[int]:
    """Add people, in the order of their matricules, with their assignments; return their ids."""
    connection = session.connection()
    connection.execute(sa.insert(Agent), [member_row(member) for member in members])
    keys = [member.matricule.casefold() for member in members]
    found = sa.select(Agent.id).where(Agent.matricule_key.between(keys[0], keys[-1]))
    ids = list(session.scalars(found.order_by(Agent.matricule_key)))
    posts = [
        post_row(agent_id, post, placed)
        for agent_id, member in zip(ids, members, strict=True)
        for post in member.posts
    ]
    connection.execute(sa.insert(Assignment), posts)
    return ids


def member_row(member: Member) -> dict[str, Any]:
    """Write a person as a row."""
    return {
        "matricule": member.matricule,
        "matricule_key": member.matricule.casefold(),
        "given_name": member.given_name,
        "family_name": member.family_name,
        "language": "fr",
        "email": member.email,
        "arrived_on": member.arrived_on,
        "created_at": at(member.arrived_on, 6),
        "deactivated_at": at(member.left_on, 18) if member.left_on else None,
        "password_hash": None,
    }


def post_row(agent_id: int, post: Post, placed: Sequence[Placed]) -> dict[str, Any]:
    """Write a place held as a row."""
    return {
        "agent_id": agent_id,
        "unit_id": placed[post.rank].id,
        "corps": post.corps,
        "grade": post.grade.name,
        "category": post.grade.category,
        "starts_on": post.starts_on,
        "ends_on": post.ends_on,
    }


def add_accounts(
    session: Session,
    places: Sequence[Place],
    placed: Sequence[Placed],
    passwords: Mapping[str, str],
    *,
    today: date,
) -> None:
    """Add the accounts of the demonstration: those with a wide role over all, the others below."""
    crew = next(rank for rank in reversed(range(len(places))) if places[rank].corps == "pn")
    arrived_on = today - timedelta(days=1500)
    for account in ACCOUNTS:
        corps = account.unit_code.split("-")[0].lower()
        rank = crew if corps == "pn" else 0
        post = Post(rank, corps, find_grade(corps, account.grade), arrived_on)
        member = Member(account.matricule, account.given_name, account.family_name, arrived_on,
                        None, (post,), None)  # fmt: skip
        row = member_row(member) | {
            "matricule_key": matricule_key(account.matricule),
            "password_hash": passwords[account.matricule],
        }
        (agent_id,) = insert_with_ids(session, Agent, [row])
        insert_rows(session, Assignment, [post_row(agent_id, post, placed)])
        over = placed[0].id if account.over == "VALDORE" else placed[rank].id
        roles = [
            {"agent_id": agent_id, "role": role, "unit_id": over, "started_at": at(arrived_on, 9)}
            for role in account.roles
        ]
        insert_rows(session, RoleAssignment, roles)
