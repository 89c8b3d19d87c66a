"""Who holds what about an agent: each feature registers how it gives it and how it erases it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy.orm import Session

from app.journal import services as journal
from app.people import personal

Export = Callable[[Session, int], Any]
Erase = Callable[[Session, int], None]

EXPORTS: dict[str, Export] = {"journal": journal.export_for, "people": personal.export_for}
ERASURES: dict[str, Erase] = {"journal": journal.erase_for, "people": personal.erase_for}


def register(feature: str, export_for: Export, erase_for: Erase) -> None:
    """Let a feature give and erase what it holds about an agent."""
    EXPORTS[feature] = export_for
    ERASURES[feature] = erase_for


def export_everything(session: Session, agent_id: int) -> dict[str, Any]:
    """Gather everything held about an agent, by feature."""
    return {feature: give(session, agent_id) for feature, give in sorted(EXPORTS.items())}


def erase_everything(session: Session, agent_id: int) -> None:
    """Erase the person everywhere; the facts remain, unlinkable."""
    for erase in ERASURES.values():
        erase(session, agent_id)
