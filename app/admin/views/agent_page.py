"""The page of an agent, shown by several views."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from app.access import current_agent
from app.admin.forms import AgentForm, RoleForm
from app.admin.queries.people import AgentFacts, find_agent, list_assignments
from app.admin.queries.roles import list_roles
from app.extensions import db
from app.i18n import gettext as _
from app.people.queries import list_units
from app.people.seen import mark_of
from app.people.services.administration import what_may_change


def get_agent_or_404(agent_id: int) -> AgentFacts:
    """Find an agent, or answer that there is no such page."""
    return find_agent(db.session, agent_id=agent_id) or abort(404)


def values_of(facts: AgentFacts) -> dict[str, str]:
    """Give what the form of an agent is filled with."""
    return what_may_change(facts.email, facts.language)


def fill_agent_form(facts: AgentFacts, **options: Any) -> AgentForm:
    """Make the form of an agent."""
    values = values_of(facts)
    return AgentForm(data=values | {"seen": mark_of(values)}, **options)


def show_agent(
    facts: AgentFacts,
    form: AgentForm | None = None,
    role_form: RoleForm | None = None,
    status: int = 200,
    changed: Sequence[tuple[str, str]] = (),
) -> ResponseReturnValue:
    """Show the page of an agent, with a form to correct where there is one."""
    held = list_roles(db.session, agent_id=facts.id)
    page = render_template(
        "admin/agent.html",
        agent=facts,
        is_own=facts.id == current_agent().id,
        form=form or fill_agent_form(facts, formdata=None),
        changed=changed,
        role_form=role_form or RoleForm(list_units(db.session), formdata=None),
        current_roles=[role for role in held if role.ended_at is None],
        former_roles=[role for role in held if role.ended_at is not None],
        assignments=list_assignments(db.session, agent_id=facts.id),
    )
    return page, status


def say_last_administrator() -> str:
    """Say why the last administrator stays."""
    return _("C’est le dernier administrateur : confiez d’abord ce rôle à une autre personne.")
