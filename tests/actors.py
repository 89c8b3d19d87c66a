"""The cast of the access tests: one agent a role, what each owns, and a stranger's things."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from app.access import Role
from app.campaigns.models import Absence, Campaign
from app.campaigns.stopping import sign_stop
from app.catalogue.models import Media
from app.certificates.models import Certificate
from app.database import utc_now
from app.learning.models import Completion, PracticeAnswer
from app.people.directory.columns import Kind
from app.people.import_models import DirectoryImport
from app.people.import_states import State
from app.people.mail_states import MailKind, MailReason, MailState
from app.people.models import Agent, OutgoingMail, RoleAssignment
from app.studio.models import DraftComment, DraftMediaChange, DraftRevision
from app.studio.services.drafts import begin
from app.studio.services.media import Added, add_media
from app.studio.services.reviewing import remark
from tests.factories import Factories
from tests.learning.conftest import Learner
from tests.learning.modules import BANK, MODULE, SLUG, publish_module
from tests.pictures import png

ROLES: dict[str, tuple[Role, ...]] = {
    "agent": (),
    "graduate": (),
    "supervisor": (Role.SUPERVISOR,),
    "trainer": (Role.TRAINER,),
    "reviewer": (Role.REVIEWER,),
    "hr_reader": (Role.HR_READER,),
    "hr_follow_up": (Role.HR_FOLLOW_UP,),
    "administrator": (Role.ADMINISTRATOR,),
}
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c63"
    "000100000500010d0a2db40000000049454e44ae426082"
)
PICTURE = hashlib.sha256(PIXEL).hexdigest()
CHANGED = MODULE.replace(
    "Un geste banal crée", "![Une tasse](media/image.png)\n\nUn petit geste banal crée"
)
"""The module in its files, not published yet, with a picture."""
ABSENT = {int: 2_000_000_000, str: "nulle-part"}


@dataclass
class Cast:
    """Agents by the name of their part; « stranger » owns things that are nobody else's."""

    agents: dict[str, Agent] = field(default_factory=dict)
    things: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Values of the rules' places, by owner."""


def make_cast(app: Flask, session: Session) -> Cast:
    """Make the cast, the module they learn, and what each of them owns."""
    factories = Factories(session)
    root = factories.unit(name="Ministère")
    here, there = factories.unit(root, name="Ici"), factories.unit(root, name="Ailleurs")
    cast = Cast()
    for name, roles in ROLES.items():
        cast.agents[name] = factories.agent(*roles, unit=here)
    cast.agents["stranger"] = factories.agent(Role.REVIEWER, unit=there)
    session.commit()
    publish_module(session)
    factories.add(Media(sha256=PICTURE, content_type="image/png", size=1, content=PIXEL))
    session.commit()
    for name, agent in cast.agents.items():
        attempt_id = study(app, session, agent, finish=name in {"graduate", "stranger"})
        cast.things[name] = {"attempt_id": attempt_id} | common_things()
    for name, unit in (("hr_follow_up", here), ("stranger", there)):
        cast.things[name]["campaign_id"] = add_campaign(factories, unit.id).id
    row = factories.add(
        DirectoryImport(
            kind=Kind.AGENTS, state=State.MATCHING, file_name="a.csv", file_size=1,
            file_sha256="0", headings=["matricule"],
        )
    )  # fmt: skip
    mail = factories.add(
        OutgoingMail(
            kind=MailKind.REMINDER, state=MailState.GIVEN_UP, reason=MailReason.REFUSED_ADDRESS,
            recipient="personne@example.org", subject="", body="Bonjour.", failures=1,
        )
    )  # fmt: skip
    for things in cast.things.values():
        things |= {"import_id": row.id, "mail_id": mail.id}
    session.commit()
    find_things(app, session, cast)
    begin_draft(session, cast)
    publish_module(session, MODULE.replace("Un geste banal", "Un petit geste"))
    return cast


def study(app: Flask, session: Session, agent: Agent, *, finish: bool) -> int:
    """Enrol, read, open an attempt, and pass it where asked; return the attempt."""
    learner = Learner(app, session, agent)
    # In the past, so that an act made now by a test comes after.
    learner.clock = datetime.now(UTC) - timedelta(hours=2)
    learner.enrol()
    learner.read_all()
    learner.practise("chez-vous", "Une réflexion privée CANARI-REFLEXION")
    if finish:
        return learner.complete()
    attempt_id = learner.start()
    learner.answer(attempt_id, learner.sitting(attempt_id).item_ids[0], "a")
    return attempt_id


def common_things() -> dict[str, Any]:
    """Give the places whose values belong to nobody."""
    return {
        "slug": SLUG, "step_id": "comprendre", "number": 1, "language": "en", "role": "agent",
        "kind": "csv", "corps": "pn", "filename": "css/main.css", "part": "comprendre",
        "sha256": PICTURE, "page_id": "comprendre", "digest": "x",
    }  # fmt: skip


def begin_draft(session: Session, cast: Cast) -> None:
    """Begin the draft of a module that is not published; every trainer shares it."""
    trainer = cast.agents["trainer"]
    texts = {
        "module.md": MODULE, "banques/cas.md": BANK,
        "module.en.md": MODULE, "banques/cas.en.md": BANK,
    }  # fmt: skip
    draft_id = begin(session, "brouillon", texts, agent_id=trainer.id, now=utc_now())
    session.commit()
    revision_id = session.scalars(select(DraftRevision.id).order_by(DraftRevision.id)).first()
    remark(
        session, draft_id, "module.md", line=1, text="Une remarque.", agent_id=trainer.id,
        now=utc_now(),
    )  # fmt: skip
    session.commit()
    comment_id = session.scalars(select(DraftComment.id)).one()
    picture = Added(png(), ".png", "Une image", "image.png")
    add_media(session, draft_id, [picture], agent_id=trainer.id, now=utc_now())
    session.commit()
    for things in cast.things.values():
        things |= {
            "draft_id": draft_id,
            "path": "module.md",
            "revision_id": revision_id,
            "comment_id": comment_id,
            "media_path": "media/image.png",
            "change_id": session.scalars(select(DraftMediaChange.id)).one(),
        }


def add_campaign(factories: Factories, unit_id: int) -> Campaign:
    """Make a campaign over a unit."""
    campaign: Campaign = factories.add(
        Campaign(
            title="Campagne d'essai", module_slugs=[SLUG], unit_id=unit_id, corps=[], grades=[],
            opens_on=date(2026, 1, 1), due_on=date(2030, 1, 1),
        )
    )  # fmt: skip
    return campaign


def write_content(folder: Path) -> None:
    """Write the module's files as a content folder, changed a little since the publication."""
    module = folder / "modules" / SLUG
    (module / "banques").mkdir(parents=True)
    (module / "module.md").write_text(CHANGED)
    (module / "banques" / "cas.md").write_text(BANK)
    (module / "media").mkdir()
    (module / "media" / "image.png").write_bytes(PIXEL)


def find_things(app: Flask, session: Session, cast: Cast) -> None:
    """Find what the acts above made: certificates, answers, roles."""
    for name, agent in cast.agents.items():
        things = cast.things[name]
        things["agent_id"] = agent.id
        with app.app_context():
            things["signature"] = sign_stop(agent.id)
        if name in {"hr_follow_up", "stranger"}:
            things["absence_id"] = add_absence(session, agent.id)
        things["serial"] = session.scalar(
            select(Certificate.serial)
            .join(Completion, Completion.id == Certificate.completion_id)
            .where(Completion.agent_id == agent.id)
        )
        things["practice_id"] = session.scalar(
            select(PracticeAnswer.id)
            .where(PracticeAnswer.item_id == "chez-vous")
            .order_by(PracticeAnswer.id.desc())
        )
        things["role_assignment_id"] = session.scalar(
            select(RoleAssignment.id).where(RoleAssignment.agent_id == agent.id)
        )


def add_absence(session: Session, agent_id: int) -> int:
    """Make a past absence of an agent."""
    absence = Absence(agent_id=agent_id, starts_on=date(2026, 1, 5), ends_on=date(2026, 1, 9))
    session.add(absence)
    session.commit()
    return absence.id


def arguments_of(rule: Rule, cast: Cast, owner: str) -> dict[str, Any]:
    """Fill the places of a rule with what this actor owns; the stranger's where they own none."""
    own = cast.things.get(owner, {})
    others = cast.things["stranger"]
    values = {name: own.get(name) or others.get(name) for name in rule.arguments}
    if "traduction" in rule.rule:
        values["path"] = "module.en.md"
    if "item_id" in rule.arguments:
        values["item_id"] = "cafe" if "exercices" in rule.rule else "principe"
    return {name: value for name, value in values.items() if value is not None}
