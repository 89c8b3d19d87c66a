"""The history takes whatever modules and paths there are, and does without those missing."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.catalogue.models import ModuleVersion
from app.catalogue.path_file import PathDraft, read_paths
from app.catalogue.services import publish
from app.database import utc_now
from app.demo.agenda import FOCUS, list_duties
from app.demo.curriculum import Curriculum, plan_curriculum
from app.demo.editions import REVIEWED, Content, plan_editions
from app.demo.history import draw_history
from app.demo.pacing import Diary, draw_end, spread
from app.demo.services.publishing import publish_content
from app.demo.studying import Edition
from app.dialect.parsing import read_bytes
from app.dialect.reading import canonical_hash, digest, hash_folder, read_files
from tests.content.shipped import CONTENT, SLUGS, context, module_of, reading_of

TODAY = date(2027, 3, 14)
PATHS = read_paths((CONTENT / "parcours.yml").read_text(encoding="utf-8"))
WITHOUT = [
    [], [FOCUS], ["socle-fierte", "confiance-accueil", "discernement-impartialite"],
    [slug for slug in SLUGS if slug != FOCUS], ["secret-reseaux", "management-deontologique"],
]  # fmt: skip


def curriculum_without(
    missing: Collection[str], paths: Sequence[PathDraft] = tuple(PATHS), today: date = TODAY
) -> Curriculum:
    held = [module_of(slug) for slug in SLUGS if slug not in missing]
    return plan_curriculum(held, paths, today)


def test_the_common_ground_came_first_and_the_others_one_after_the_other() -> None:
    curriculum = curriculum_without([])
    assert set(curriculum.subjects) == set(SLUGS)
    days = [subject.since for subject in curriculum.subjects.values()]
    assert days == sorted(days)
    assert curriculum.common is not None
    assert len({curriculum.subjects[slug].since for slug in curriculum.common.module_slugs}) == 1
    assert max(days) < TODAY - timedelta(days=120)


@pytest.mark.parametrize("missing", WITHOUT)
def test_what_is_missing_is_asked_of_nobody(missing: list[str]) -> None:
    curriculum = curriculum_without(missing)
    duties = list_duties(TODAY, curriculum)
    assert all(duty.slugs for duty in duties)
    assert [duty.term.opens_on for duty in duties] == sorted(duty.term.opens_on for duty in duties)
    assert len({duty.title for duty in duties}) == len(duties)
    asked = {slug for duty in duties for slug in duty.slugs}
    assert asked == set(curriculum.subjects)
    for duty in duties:
        for slug in duty.slugs:
            subject = curriculum.subjects[slug]
            assert subject.since < duty.term.opens_on
            assert set(duty.corps) <= set(subject.audience)


def test_without_paths_only_the_module_of_each_corps_is_asked() -> None:
    duties = list_duties(TODAY, curriculum_without([], paths=()))
    assert {duty.slugs for duty in duties} <= {(FOCUS,)}


@pytest.mark.parametrize("day", [date(2026, 11, 26), date(2027, 1, 1), date(2028, 2, 29)])
def test_a_history_can_be_drawn_of_few_modules_on_any_day(day: date) -> None:
    curriculum = curriculum_without(set(SLUGS) - {FOCUS, "socle-fierte"}, today=day)
    editions = {
        slug: [Edition(module_of(slug), datetime.combine(one.since, datetime.min.time(), UTC))]
        for slug, one in curriculum.subjects.items()
    }
    history = draw_history(day, curriculum, editions, pass_mark=80)
    again = draw_history(day, curriculum, editions, pass_mark=80)
    assert history == again
    assert {journey.slug for journey in history.journeys} == {FOCUS, "socle-fierte"}
    assert len({(one.person.matricule, one.slug) for one in history.journeys}) == len(
        history.journeys
    )
    for journey in history.journeys:
        moments = [journey.enrolled_at, journey.started_at, journey.completed_at]
        told = [moment for moment in moments if moment is not None]
        assert told == sorted(told)
        assert max(told).date() <= day


EARLIER = {
    b"revu_le: 2026-11-25": b"revu_le: 2024-12-01",
    b"a_revoir_le: 2027-11-25": b"a_revoir_le: 2025-12-01",
}
"""What the modules say of their review, and what they would have said then."""


@pytest.mark.parametrize("slug", SLUGS)
def test_a_first_edition_is_what_reading_the_files_of_that_day_would_give(slug: str) -> None:
    reading = reading_of(slug)
    first, last = plan_editions(reading, first=date(2024, 12, 1), rank=3, today=TODAY)
    assert last.reading is reading
    assert first.published_at < last.published_at
    folder = CONTENT / "modules" / slug
    files = read_bytes(folder)
    for name in [name for name in files if name.startswith("module.")]:
        for stated, earlier in EARLIER.items():
            files[name] = files[name].replace(stated, earlier, 1)
    read = read_files(files, slug=slug, context=context(), diagrams=True)
    assert first.reading.sha256 == read.sha256 != reading.sha256
    assert first.reading.sources == read.sources
    assert first.reading.modules == read.modules


def test_a_module_that_says_nothing_of_its_review_has_one_edition() -> None:
    reading = reading_of(FOCUS)
    sources = {name: REVIEWED.sub("", text) for name, text in reading.sources.items()}
    media = {name: digest(data) for name, data in reading.media.items()}
    silent = replace(reading, sources=sources, sha256=canonical_hash(sources, media))
    (only,) = plan_editions(silent, first=date(2025, 1, 1), rank=0, today=TODAY)
    assert only.reading.sha256 == silent.sha256


@pytest.mark.parametrize("slug", SLUGS)
def test_the_hash_of_a_folder_is_that_of_its_reading(slug: str) -> None:
    assert hash_folder(CONTENT / "modules" / slug) == reading_of(slug).sha256


def test_content_published_before_stands_for_every_edition(session: Session) -> None:
    reading = reading_of(FOCUS)
    publish(session, reading, author_id=None, now=utc_now())
    plans = plan_editions(reading, first=date(2024, 12, 1), rank=0, today=TODAY)
    content = Content({FOCUS: plans}, PATHS)
    published = publish_content(session, content, author_id=None, now=utc_now())
    assert [one.number for one in published.versions[FOCUS]] == [1, 1]
    assert session.scalar(sa.select(sa.func.count()).select_from(ModuleVersion)) == 1
    assert "police-terrain" in published.paths
    assert "tronc-commun" not in published.paths, "none of its modules is here"


def test_days_are_drawn_in_order_within_their_time() -> None:
    random, first = Random(5), date(2026, 1, 1)
    last = first + timedelta(days=200)
    for due in (10, 60, 150, 400):
        for late in (True, False):
            end = draw_end(random, first, first + timedelta(days=due), last=last, late=late)
            assert end is not None
            assert first <= end <= last
            days = spread(random, first, end, 4)
            assert days == sorted(days)
            assert (len(days), days[-1]) == (4, end)
    assert draw_end(random, last, last, last=last, late=False) is None


def test_a_day_is_given_to_one_module() -> None:
    first, diary = date(2026, 1, 1), Diary(date(2026, 1, 4))
    given = []
    for _ in range(4):
        day = diary.find_free("X1", first, first=first)
        assert diary.is_free("X1", day)
        diary.take("X1", day)
        given.append(day.day)
    assert given == [1, 2, 3, 4]
    assert diary.find_free("X2", date(2026, 1, 4), first=first).day == 4
    diary.take("X2", date(2026, 1, 4))
    assert diary.find_free("X2", date(2026, 1, 4), first=first).day == 3
