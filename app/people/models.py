"""Agents, units, assignments, roles, sessions, and what signing in needs."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.access import Corps, Role
from app.database import Model, foreign_key, one_of, utc_now
from app.people.mail_states import MailKind, MailReason, MailState
from app.people.search_key import search_key

CONTACT_KINDS = ("referent", "listening", "reporting", "secularism")


def make_search_key(context: Any) -> str:
    """Make the search key of an agent being inserted."""
    given = context.get_current_parameters()
    return search_key(given["family_name"], given["given_name"], given["matricule"])


class OrganisationalUnit(Model):
    """A node of HR's tree, open from a date to a date."""

    __tablename__ = "organisational_unit"
    __table_args__ = (sa.CheckConstraint("closed_on > opened_on", name="closed_after_opened"),)
    append_only = frozenset({"delete"})

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    """HR's own key for the unit, as the directory file spells it."""
    name: Mapped[str]
    kind: Mapped[str]
    """What the unit is, in HR's words: direction, département, brigade…"""
    parent_id: Mapped[int | None] = foreign_key("organisational_unit.id")
    path: Mapped[str] = mapped_column(index=True)
    """Ids from the root to this unit, as ``/1/4/9/``."""
    opened_on: Mapped[date]
    closed_on: Mapped[date | None]
    """The first day on which it is no more."""
    specialty: Mapped[str] = mapped_column(default="", index=True)
    """HR's « filière », a second axis beside the tree: public order, investigation…"""
    merged_into_id: Mapped[int | None] = foreign_key("organisational_unit.id")
    """The unit that took its agents on the day it closed."""

    parent: Mapped[OrganisationalUnit | None] = relationship(
        remote_side=[id], foreign_keys=[parent_id]
    )


class Agent(Model):
    """A member of staff who can sign in."""

    __tablename__ = "agent"
    __table_args__ = (
        sa.CheckConstraint("language IN ('fr', 'en')", name="language_known"),
        sa.Index("ix_agent_name", "family_name", "given_name", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    matricule: Mapped[str]
    matricule_key: Mapped[str] = mapped_column(unique=True)
    """The matricule NFC, trimmed and case-folded: what signing in compares."""
    given_name: Mapped[str]
    family_name: Mapped[str]
    search_key: Mapped[str] = mapped_column(default=make_search_key, index=True)
    """Family name, given name, matricule without accents or capitals: lists are in this order."""
    email: Mapped[str | None]
    language: Mapped[str] = mapped_column(default="fr")
    arrived_on: Mapped[date]
    created_at: Mapped[datetime] = mapped_column(default=utc_now)
    deactivated_at: Mapped[datetime | None]
    left_on: Mapped[date | None]
    """The first day without them; set by the directory, which may bring them back."""
    password_hash: Mapped[str | None]
    password_expires_at: Mapped[datetime | None]
    """Set on a one-time password given by an administrator."""
    must_change_password: Mapped[bool] = mapped_column(default=False)


class Assignment(Model):
    """An agent's unit, corps, grade and category, from a date to a date."""

    __tablename__ = "assignment"
    __table_args__ = (
        one_of("corps", Corps),
        sa.CheckConstraint("ends_on > starts_on", name="ends_after_start"),
        sa.Index(
            "uq_assignment_current", "agent_id", unique=True,
            sqlite_where=sa.text("ends_on IS NULL"), postgresql_where=sa.text("ends_on IS NULL"),
        ),
        # Who is in a unit is read from it alone.
        sa.Index("ix_assignment_unit", "unit_id", "ends_on", "agent_id", "starts_on"),
    )  # fmt: skip
    append_only = frozenset({"update", "delete"})
    may_change = ("ends_on",)
    final_once = "ends_on"

    id: Mapped[int] = mapped_column(primary_key=True)
    agent_id: Mapped[int] = foreign_key("agent.id")
    unit_id: Mapped[int] = foreign_key("organisational_unit.id", index=False)
    corps: Mapped[str]
    grade: Mapped[str]
    category: Mapped[str]
    """The grade's band: application, maitrise, officiers (facts of the corps' own scale)."""
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]

    agent: Mapped[Agent] = relationship()
    unit: Mapped[OrganisationalUnit] = relationship()


class RoleAssignment(Model):
    """An agent's role over a unit's subtree, from a moment to a moment."""

    __tablename__ = "role_assignment"
    __table_args__ = (
        one_of("role", Role),
        sa.Index(
            "uq_role_assignment_current", "agent_id", "role", "unit_id", unique=True,
            sqlite_where=sa.text("ended_at IS NULL"), postgresql_where=sa.text("ended_at IS NULL"),
        ),
    )  # fmt: skip
    append_only = frozenset({"update", "delete"})
    may_change = ("ended_at", "ended_by_id")
    final_once = "ended_at"

    id: Mapped[int] = mapped_column(primary_key=True)
    agent_id: Mapped[int] = foreign_key("agent.id")
    role: Mapped[str]
    unit_id: Mapped[int] = foreign_key("organisational_unit.id")
    started_at: Mapped[datetime] = mapped_column(default=utc_now)
    ended_at: Mapped[datetime | None]
    granted_by_id: Mapped[int | None] = foreign_key("agent.id")
    ended_by_id: Mapped[int | None] = foreign_key("agent.id")

    agent: Mapped[Agent] = relationship(foreign_keys=[agent_id])
    unit: Mapped[OrganisationalUnit] = relationship()


class SignInSession(Model):
    """One signed-in browser; ended on the server, so a kept cookie opens nothing."""

    __tablename__ = "sign_in_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    """SHA-256 of the token that the cookie holds."""
    agent_id: Mapped[int] = foreign_key("agent.id")
    created_at: Mapped[datetime] = mapped_column(default=utc_now)
    last_seen_at: Mapped[datetime] = mapped_column(default=utc_now)
    ended_at: Mapped[datetime | None]


class SignInCounter(Model):
    """Failed sign-ins of one account or one address, and until when the next one waits."""

    __tablename__ = "sign_in_counter"

    key: Mapped[str] = mapped_column(primary_key=True)
    """``account:…`` or ``address:…``, each a digest."""
    failures: Mapped[int] = mapped_column(default=0)
    last_failure_at: Mapped[datetime]
    blocked_until: Mapped[datetime | None]


class PasswordReset(Model):
    """A link sent by mail to choose a new password, good once."""

    __tablename__ = "password_reset"

    id: Mapped[int] = mapped_column(primary_key=True)
    agent_id: Mapped[int] = foreign_key("agent.id")
    token_hash: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime] = mapped_column(default=utc_now)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class OutgoingMail(Model):
    """A mail written with the act that causes it, sent after the commit."""

    __tablename__ = "outgoing_mail"
    __table_args__ = (
        one_of("kind", MailKind),
        one_of("state", MailState),
        one_of("reason", ("", *MailReason)),
        # What is to be sent, by when, and a page of the mails of one state.
        sa.Index("ix_outgoing_mail_state", "state", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agent_id: Mapped[int | None] = foreign_key("agent.id")
    kind: Mapped[str] = mapped_column(default=MailKind.PASSWORD, server_default=MailKind.PASSWORD)
    state: Mapped[str] = mapped_column(default=MailState.WAITING, server_default=MailState.WAITING)
    recipient: Mapped[str]
    subject: Mapped[str]
    body: Mapped[str]
    html: Mapped[str] = mapped_column(default="")
    """The same in HTML; empty for a mail of text alone. Blanked with the text."""
    stop_url: Mapped[str] = mapped_column(default="")
    """Where one click stops mails of this kind (RFC 8058); empty where it is not optional."""
    created_at: Mapped[datetime] = mapped_column(default=utc_now)
    expires_at: Mapped[datetime | None]
    """From when it says nothing useful any more: it is then given up rather than sent."""
    sent_at: Mapped[datetime | None]
    failures: Mapped[int] = mapped_column(default=0)
    unknown_tries: Mapped[int] = mapped_column(default=0)
    """Tries whose end nobody knows: that under way, and those that a kill cut short."""
    reason: Mapped[str] = mapped_column(default="")
    """Why the last try failed, or why it was given up; a closed code, never a server's words."""
    reply_code: Mapped[int | None]
    """The number of the server's reply, as 550, where there was one."""
    next_try_at: Mapped[datetime | None]
    """Not before then; None for at once. Also what keeps two processes from taking one mail."""


class EthicsContact(Model):
    """Whom an agent of a corps may turn to; a kind without a row says whom to ask instead."""

    __tablename__ = "ethics_contact"
    __table_args__ = (
        one_of("corps", Corps),
        one_of("kind", CONTACT_KINDS),
    )

    corps: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    address: Mapped[str] = mapped_column(default="")
    """A web page or a place."""
    hours: Mapped[str] = mapped_column(default="")


class Setting(Model):
    """A setting that administrators change without a restart."""

    __tablename__ = "setting"

    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]
