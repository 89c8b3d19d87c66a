"""Fictional agents know more or less, and questions ask more or less: figures have a shape."""

from __future__ import annotations

from statistics import mean, stdev

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.catalogue.library import load
from app.catalogue.models import ModuleVersion
from app.demo.abilities import FARTHEST, ability_of, chance, difficulty_of, place
from app.learning.item_figures import LEAST_ATTEMPTS
from app.learning.services.analyses import measure_version
from app.studio.analysed import analyse_items

VERSIONS = 6
"""Versions that are measured: a sample."""


def test_the_same_names_always_stand_at_the_same_place() -> None:
    assert place("person", "V0001") == place("person", "V0001") != place("person", "V0002")
    assert ability_of("V0001") == ability_of("V0001")
    assert difficulty_of("probite", "cadeau") != difficulty_of("autre", "cadeau")


def test_places_are_spread_as_people_are() -> None:
    places = [place("person", str(number)) for number in range(2000)]
    assert abs(mean(places)) < 0.1
    assert 0.9 < stdev(places) < 1.05
    assert max(map(abs, places)) <= FARTHEST


def test_who_can_do_more_is_more_often_right_and_harder_questions_less() -> None:
    assert chance(1, 0) > chance(0, 0) > chance(-1, 0)
    assert chance(0, 1) < chance(0, 0) < chance(0, -1)
    assert chance(2, 1) == chance(1, 0)
    assert 0 < chance(-9, 9) < chance(9, -9) < 1


@pytest.mark.one_database
def test_the_analysis_of_the_demonstration_accuses_few_questions(reading: Session) -> None:
    versions = reading.scalars(
        sa.select(ModuleVersion.id)
        .where(ModuleVersion.number == 1)
        .order_by(ModuleVersion.id)
        .limit(VERSIONS)
    ).all()
    items = []
    for version_id in versions:
        figures = list(measure_version(reading, version_id=version_id).items)
        items += analyse_items(load(reading, version_id, "fr"), figures, least=10)
    assert len(items) > 50
    assert min(one.n for one in items) >= LEAST_ATTEMPTS
    weak = sum(bool(one.findings) for one in items)
    assert 0 < weak < len(items) / 4
    known = sorted(one.discrimination for one in items if one.discrimination is not None)
    assert known[len(known) // 2] > 0.25
