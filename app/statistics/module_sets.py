"""Paths and campaigns, as the sets of their modules, for figures to be filtered by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.campaigns.models import Campaign
from app.catalogue.editions import REFERENCE_LANGUAGE
from app.catalogue.models import LearningPath
from app.people.models import OrganisationalUnit
from app.people.queries import below

LAST = 2**31 - 1
"""Campaigns come after the paths, the newest first."""


@dataclass(frozen=True, slots=True)
class ModuleSet:
    """The modules of a path or of a campaign; the key is what an address says."""

    key: str
    title: str
    slugs: tuple[str, ...]

    @property
    def of_campaign(self) -> bool:
        """Tell whether a campaign asks these modules, of its own audience."""
        return self.key.startswith("campagne-")


def list_sets(session: Session, *, paths: Sequence[str], language: str) -> list[ModuleSet]:
    """List the paths, then the campaigns of the units of these paths, of those below and above."""
    path, campaign, unit = LearningPath, Campaign, OrganisationalUnit
    above = {int(part) for text in paths for part in text.split("/") if part}
    whose = sa.or_(unit.id.in_(above), *(below(text) for text in paths))
    rows: sa.Result[Any] = session.execute(
        sa.union_all(
            sa.select(path.id, path.titles, sa.literal("").label("title"), path.module_slugs,
                      path.position.label("rank"))
            .where(path.retired_at.is_(None)),
            sa.select(campaign.id, sa.null(), campaign.title, campaign.module_slugs,
                      LAST - campaign.id)
            .join(unit, unit.id == campaign.unit_id)
            .where(whose),
        ).order_by("rank")
    )  # fmt: skip
    return [
        ModuleSet(f"parcours-{row.id}", row.titles.get(language) or row.titles[REFERENCE_LANGUAGE],
                  tuple(row.module_slugs))
        if row.titles is not None
        else ModuleSet(f"campagne-{row.id}", row.title, tuple(row.module_slugs))
        for row in rows
    ]  # fmt: skip
