"""Certificates that end or have ended, and the files of every list."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
import sqlalchemy as sa
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from app.database import utc_now
from app.journal.models import JournalEntry
from app.statistics import long_lists, services
from app.statistics.models import SnapshotCell
from app.statistics.views import names_files
from tests.campaigns.making import complete, make_enrolment
from tests.signing_in import sign_in
from tests.statistics.conftest import PAST, TODAY
from tests.statistics.test_situation import plain, read_rows


@pytest.fixture
def ending(session, place, factories):
    """Make proofs that end in so many days; one is renewed already, one is of another unit."""
    for name, days, unit in (
        ("Hier", -1, place.team), ("Aujourdhui", 0, place.team), ("Mois", 30, place.team),
        ("Deuxmois", 31, place.team), ("Loin", 91, place.team), ("Ailleurs", 5, place.far),
    ):  # fmt: skip
        agent = factories.agent(unit=unit, family_name=name, given_name="Alex")
        enrolment = make_enrolment(session, agent.id, place.module, day=PAST, due_on=PAST)
        complete(session, enrolment, day=PAST, valid_until=TODAY + timedelta(days=days))
    renewed = factories.agent(unit=place.team, family_name="Renouvelee")
    for cycle, days in ((1, 10), (2, 400)):
        enrolment = make_enrolment(
            session, renewed.id, place.module, day=PAST, due_on=PAST, cycle=cycle
        )
        complete(session, enrolment, day=PAST, valid_until=TODAY + timedelta(days=days))
    session.commit()
    return place


@pytest.mark.parametrize(
    ("days", "expected"),
    [(30, ["Aujourdhui", "Mois"]), (60, ["Aujourdhui", "Deuxmois", "Mois"])],
)
def test_the_list_holds_proofs_that_end_within_so_many_days(app, ending, days, expected):
    page = sign_in(app, ending.hr).get(f"/rh/suivi?etat=expiring_{days}").text
    rows = read_rows(page)
    assert [row[0].split()[0] for row in rows[1:]] == expected
    assert rows[0][2] == "Valable jusqu’au"
    assert {row[1] for row in rows[1:]} == {"Bientôt à renouveler"}


@pytest.mark.parametrize(
    ("state", "said"),
    [("expiring_30", "aucun certificat n’expire"), ("expired", "aucun certificat demandé ici")],
)
def test_nobody_to_renew_is_said(app, place, state, said):
    assert said in plain(sign_in(app, place.hr).get(f"/rh/suivi?etat={state}").text)


def test_the_list_of_ended_proofs_holds_those_that_the_figures_count(
    app, session, ending, factories
):
    owed, own = {"due_on": PAST}, {"due_on": None}
    for name, proven, other in (
        ("Redemande", {"cycle": 1, **owed}, {"cycle": 2, **owed}),
        ("Ancienne", {"cycle": 3, **own}, {"cycle": 2, **owed}),
        ("Libre", {"cycle": 1, **own}, None),
    ):
        agent = factories.agent(unit=ending.team, family_name=name, given_name="Alex")
        enrolment = make_enrolment(session, agent.id, ending.module, day=PAST, **proven)
        complete(session, enrolment, day=PAST, valid_until=TODAY - timedelta(days=2))
        if other:
            make_enrolment(session, agent.id, ending.module, day=PAST, **other)
    session.commit()
    page = sign_in(app, ending.hr).get("/rh/suivi?etat=expired").text
    rows = read_rows(page)
    assert [row[0].split()[0] for row in rows[1:]] == ["Ancienne", "Hier"]
    assert "Une campagne qui revient le fait la nuit suivante" in page
    late = sign_in(app, ending.hr).get("/rh/suivi?etat=late").text
    assert "Une campagne qui revient" not in late
    assert {row[1] for row in rows[1:]} == {"À renouveler"}
    snapshot_id = services.take_snapshot(session, as_of=TODAY, now=utc_now())
    counted = sa.select(sa.func.sum(SnapshotCell.expired)).where(
        SnapshotCell.snapshot_id == snapshot_id, SnapshotCell.unit_id == ending.team.id
    )
    assert session.scalar(counted) == 2


@pytest.mark.parametrize("state", ["", "late", "expiring_60", "expired"])
@pytest.mark.parametrize("long", [2_000, 0])
@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_files_hold_the_rows_of_the_screen(app, session, ending, monkeypatch, kind, state, long):
    monkeypatch.setattr(long_lists, "LONG", long)
    client = sign_in(app, ending.hr)
    screen = read_rows(client.get(f"/rh/suivi?etat={state}").text)
    content = client.get(f"/rh/suivi.{kind}?etat={state}").data
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    start = next(number for number, row in enumerate(sheet) if row[0] == "Nom")
    assert [row[0] for row in sheet[start:]] == [row[0] for row in screen]
    assert [row[5] for row in sheet[start:]] == [row[5] for row in screen]
    actions = session.scalars(select(JournalEntry.action)).all()
    assert actions.count("names_seen") == 2


def test_a_list_is_printed_with_its_population(app, ending, snapshot_of_today):
    client = sign_in(app, ending.hr)
    response = client.get("/rh/suivi.pdf?etat=expiring_90")
    assert response.data.startswith(b"%PDF")
    text = client.get("/rh/suivi.csv?etat=expiring_90").text
    assert "agents dans ce périmètre, au relevé du" in plain(text)
    assert "expirent dans les 90 jours" in plain(text)


@pytest.fixture
def snapshot_of_today(session, ending):
    services.take_snapshot(session, as_of=TODAY, now=utc_now())
    session.commit()


def test_a_list_too_long_for_a_file_is_sent_back_with_the_reason(app, ending, monkeypatch):
    monkeypatch.setitem(names_files.LONGEST, "pdf", 1)
    client = sign_in(app, ending.hr)
    response = client.get("/rh/suivi.pdf?etat=expiring_60", follow_redirects=True)
    assert "exportez-la en CSV" in plain(response.text)
    assert len(read_rows(response.text)) == 4
