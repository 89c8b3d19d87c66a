"""Readers of every role in the demonstration, each in the middle of something."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.access import Role
from app.campaigns.absences import Span
from app.campaigns.models import Campaign
from app.campaigns.services import absences
from app.campaigns.stopping import sign_stop
from app.certificates.models import Certificate
from app.database import utc_now, write
from app.dialect.starter import TEMPLATE_FR
from app.extensions import db
from app.learning.analysing import analyse_version
from app.learning.models import Completion
from app.learning.queries.analyses import list_sat_versions
from app.people.mail_states import MailKind, MailReason, MailState
from app.people.models import OrganisationalUnit, OutgoingMail, RoleAssignment
from app.people.services.passwords import ask_reset
from app.studio.beginnings import first_texts
from app.studio.draft_states import Decision
from app.studio.models import DraftRevision
from app.studio.services.drafts import begin
from app.studio.services.reviewing import ask_review, decide, digest_now, remark
from app.studio.services.saving import save_text
from tests.e2e.importing import find_imports, give_files
from tests.e2e.record import SLUG, Record
from tests.servers import ROOT

CAST = {
    "visitor": None,
    "agent": "demo-agent",
    "supervisor": "demo-encadrant",
    "trainer": "demo-formateur",
    "hr": "demo-rh",
    "administrator": "demo-admin",
}
"""Who reads, and the matricule that they sign in with."""
RESET_TOKEN = "a-link-that-was-sent-by-mail-0123456789"
BEFORE, AFTER = "On la présente parfois comme", "On la présente souvent comme"


def set_the_stage(record: Record) -> None:
    """Bring the officer to a second attempt, send a link to choose a password, analyse."""
    officer = record.student()
    officer.read_all()
    first = officer.start()
    for item_id in officer.sitting(first).item_ids[1:]:
        officer.answer(first, item_id, rightly=False)
    assert not officer.submit(first, blank=1)
    officer.read_all()
    second = officer.start()
    for item_id in officer.sitting(second).item_ids[:3]:
        officer.answer(second, item_id)
    give_files(record)
    with record.app.app_context():
        write(
            ask_reset, agent_id=officer.agent_id, token=RESET_TOKEN, subject="", body="",
            address="", now=utc_now() + timedelta(days=1),
        )  # fmt: skip
        for version_id in list_sat_versions(db.session):
            analyse_version(version_id)
    write_draft(record)
    enter_absence(record)
    write_mails(record)


def enter_absence(record: Record) -> None:
    """Plan an absence of the officer, past all that is asked of them."""
    now = utc_now()
    day = now.date() + timedelta(days=400)
    with record.app.app_context():
        write(
            absences.enter, agent_id=record.agent_id("demo-agent"), span=Span(day, day), now=now,
            actor_id=record.agent_id("demo-rh"),
        )  # fmt: skip


def write_mails(record: Record) -> None:
    """Leave a mail in each state in the outbox."""
    states = {
        MailState.WAITING: "", MailState.FAILED: MailReason.LATER, MailState.SENT: "",
        MailState.GIVEN_UP: MailReason.REFUSED_ADDRESS,
    }  # fmt: skip
    with record.session() as session:
        for state, reason in states.items():
            session.add(
                OutgoingMail(
                    agent_id=record.agent_id("demo-agent"), kind=MailKind.REMINDER, state=state,
                    recipient="camille@example.org", subject="Rappel", body="Bonjour.",
                    failures=int(bool(reason)), reason=reason, reply_code=451 if reason else None,
                )
            )  # fmt: skip
        session.commit()


def write_draft(record: Record) -> None:
    """Begin a draft with a text kept aside and a remark, which the supervisor then approves."""
    agent_id, reviewer_id = record.agent_id("demo-formateur"), record.agent_id("demo-encadrant")
    now = utc_now()
    who = {"agent_id": agent_id, "now": now}
    with record.app.app_context():
        draft_id = write(begin, "cadeaux", draft_texts(), **who)
        text = TEMPLATE_FR["module.md"]
        write(save_text, draft_id, "module.md", f"{text}\nUn.\n", base=1, **who)
        write(save_text, draft_id, "module.md", f"{text}\nDeux.\n", base=1, **who)
        write(remark, draft_id, "banques/questions.md", line=1, text="Plus court ?", **who)
        write(ask_review, draft_id, **who)
        write(make_reviewer, reviewer_id)
        write(approve, draft_id, reviewer_id=reviewer_id)


def draft_texts() -> dict[str, str]:
    """Write a module with its translation, a step of which is behind."""
    texts = first_texts(["en"])
    step = "{#premiere-etape}"
    assert step in texts["module.en.md"]
    behind = texts["module.en.md"].replace(step, "{#premiere-etape source=0123abcd}")
    return texts | {"module.en.md": behind}


def approve(session: Session, draft_id: int, *, reviewer_id: int) -> None:
    """Approve a draft as it is."""
    decide(
        session, draft_id, reviewer_id=reviewer_id, decision=Decision.APPROVED,
        sha256=digest_now(session, draft_id), note="", now=utc_now(),
    )  # fmt: skip


def make_reviewer(session: Session, agent_id: int) -> None:
    """Make an agent a reviewer, unless a test of the same server did."""
    held = sa.select(RoleAssignment.id).where(
        RoleAssignment.agent_id == agent_id, RoleAssignment.role == Role.REVIEWER
    )
    if session.scalar(held) is not None:
        return
    unit_id = session.scalars(sa.select(OrganisationalUnit.id).limit(1)).one()
    session.add(
        RoleAssignment(agent_id=agent_id, role=Role.REVIEWER, unit_id=unit_id, started_at=utc_now())
    )


def change_content(folder: Path) -> Path:
    """Copy the content with a changed sentence, as a trainer leaves it before publication."""
    content = folder / "content"
    if not content.exists():
        shutil.copytree(ROOT / "content", content)
        module = content / "modules" / SLUG / "module.md"
        text = module.read_text()
        assert BEFORE in text
        module.write_text(text.replace(BEFORE, AFTER))
    return content


def sign_for(record: Record, matricule: str) -> str:
    """Sign the link of a mail that stops the weekly reminder."""
    with record.app.app_context():
        return sign_stop(record.agent_id(matricule))


def things_of(record: Record, matricule: str | None) -> dict[str, Any]:
    """Find what stands in the addresses of a reader's pages."""
    with record.session() as session:
        certificates = sa.select(Certificate.serial).join(Completion)
        units = sa.select(OrganisationalUnit.id).order_by(sa.func.length(OrganisationalUnit.path))
        campaigns = sa.select(Campaign.id).order_by(Campaign.id.desc())
        things: dict[str, Any] = {
            "slug": SLUG,
            "serial": session.scalars(certificates.limit(1)).one(),
            "unit_id": session.scalars(units.limit(1)).one(),
            "campaign_id": session.scalars(campaigns.limit(1)).one(),
            "other_id": record.agent_id("demo-agent"),
            "signature": sign_for(record, "demo-agent"),
            **find_imports(session),
        }
        asides = sa.select(DraftRevision.id).where(DraftRevision.is_aside)
        aside = session.scalars(asides).first()
        if aside:
            things |= {"draft_id": 1, "revision_id": aside}
        if matricule is None:
            return things
        own = certificates.where(Completion.agent_id == record.agent_id(matricule)).limit(1)
        for attempt in record.attempts(matricule):
            things["submitted" if attempt.submitted_at else "under_way"] = attempt.id
        own_serial = session.scalars(own).one_or_none()
        return things | ({"own_serial": own_serial, "serial": own_serial} if own_serial else {})
