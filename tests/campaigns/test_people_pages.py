"""HR follow-up enters absences and grants equivalences, each seen before it is done."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import func, select

from app.access import Role
from app.campaigns import services
from app.campaigns.models import Absence
from app.database import utc_now
from app.days import day_of
from app.journal.models import JournalEntry
from app.learning.models import Completion, Enrolment
from tests.learning.modules import SLUG, publish_module
from tests.pages import words
from tests.signing_in import sign_in

TODAY = day_of(utc_now())


@pytest.fixture
def place(make_app, session, factories):
    """Give HR of a subtree, an agent there who owes a module, and one elsewhere."""
    root = factories.unit()
    north, south = factories.unit(root, name="Nord"), factories.unit(root, name="Sud")
    publish_module(session)
    made = SimpleNamespace(
        hr=factories.agent(Role.HR_FOLLOW_UP, unit=north, family_name="Durand"),
        agent=factories.agent(unit=north, family_name="Lefèvre", given_name="Zoé",
                              search_key="lefevre zoe"),
        other=factories.agent(unit=south, family_name="Lefèvre", search_key="lefevre"),
    )  # fmt: skip
    services.create(
        session, title="Probité", unit_id=north.id, module_slugs=[SLUG],
        opens_on=TODAY - timedelta(days=1), delay_days=30, now=utc_now(),
    )  # fmt: skip
    services.enrol(session, 1, today=TODAY, now=utc_now())
    session.commit()
    made.app = make_app(WTF_CSRF_ENABLED=False)
    made.client = sign_in(made.app, made.hr)
    made.address = f"/campagnes/personnes/{made.agent.id}"
    return made


def count(session, model):
    session.rollback()
    return session.scalar(select(func.count()).select_from(model))


def due_on(session, place):
    session.rollback()
    return session.scalar(select(Enrolment.due_on).where(Enrolment.agent_id == place.agent.id))


def test_a_person_is_found_in_one_s_subtrees_alone_and_the_sight_is_journalled(session, place):
    page = words(place.client.get("/campagnes/personnes?q=lefevre"))
    assert "Lefèvre Zoé" in page
    assert page.count("Lefèvre") == 1
    assert "Personne ne porte ce nom" in words(place.client.get("/campagnes/personnes?q=xyz"))
    for sign in ("-", "´", "…"):
        assert "Personne ne porte" in words(place.client.get(f"/campagnes/personnes?q={sign}"))
    assert place.client.get(f"/campagnes/personnes/{place.other.id}").status_code == 404
    session.rollback()
    seen = session.scalars(select(JournalEntry).where(JournalEntry.action == "names_seen")).all()
    assert [one.object_kind for one in seen] == ["follow_up"]


def test_an_absence_says_what_it_postpones_then_postpones_it(session, place):
    before = due_on(session, place)
    data = {"starts_on": TODAY, "ends_on": TODAY + timedelta(days=9), "action": "preview"}
    page = words(place.client.post(f"{place.address}/absences", data=data))
    assert "1 échéance serait reportée." in page
    assert count(session, Absence) == 0

    data["action"] = "confirm"
    for seen in ("", f"{TODAY} {TODAY + timedelta(days=9)} 2"):  # Another count: asked again.
        page = place.client.post(f"{place.address}/absences", data=data | {"previewed": seen})
        assert "1 échéance serait reportée." in words(page)
    assert count(session, Absence) == 0

    data["previewed"] = f"{TODAY} {TODAY + timedelta(days=9)} 1"
    page = place.client.post(f"{place.address}/absences", data=data, follow_redirects=True)
    assert "1 échéance reportée" in words(page)
    assert due_on(session, place) == before + timedelta(days=10)

    for action in ("preview", "confirm"):
        refused = place.client.post(f"{place.address}/absences", data=data | {"action": action})
        assert refused.status_code == 400
        assert "déjà saisie" in words(refused)
        assert "serait reportée" not in words(refused)

    absence_id = session.scalar(select(Absence.id))
    cancel = f"{place.address}/absences/{absence_id}/annulation"
    for seen in ({}, {"seen": f"{absence_id} 2 0"}):  # Not seen, or another count.
        asked = place.client.post(cancel, data=seen)
        assert "1 échéance reviendrait à sa date." in words(asked)
        assert "déjà passée" not in words(asked)
        assert due_on(session, place) == before + timedelta(days=10)
    seen = {"seen": f"{absence_id} 1 0"}
    answer = place.client.post(cancel, data=seen, follow_redirects=True)
    assert "revenue à sa date" in words(answer)
    assert due_on(session, place) == before
    assert place.client.post(cancel, data=seen).status_code == 404


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"starts_on": ""}, "Donnez le premier jour."),
        ({"ends_on": ""}, "Donnez le dernier jour."),
        ({"ends_on": str(TODAY - timedelta(days=1))}, "vient avant le premier"),
        ({"starts_on": "1990-01-01"}, "à plus de trois ans"),
        ({"ends_on": "9999-12-31"}, "à plus de trois ans"),
    ],
)
def test_wrong_days_are_refused(session, place, values, message):
    data = {"starts_on": str(TODAY), "ends_on": str(TODAY), "action": "confirm"} | values
    answer = place.client.post(f"{place.address}/absences", data=data)
    assert answer.status_code == 400
    assert message in words(answer)
    assert count(session, Absence) == 0


def test_an_agent_away_reads_that_their_duties_are_suspended(session, place):
    session.add(Absence(agent_id=place.agent.id, starts_on=TODAY, ends_on=TODAY))
    session.commit()
    client = sign_in(place.app, place.agent)
    assert "ce qui vous est demandé est suspendu" in words(client.get("/"))
    assert "Absences" in words(client.get("/mon-dossier"))


def test_an_equivalence_is_read_again_then_granted_and_shown_to_the_agent(session, place):
    enrolment_id = session.scalar(select(Enrolment.id).where(Enrolment.agent_id == place.agent.id))
    address = f"{place.address}/equivalences"
    assert "Module demandé" in words(place.client.get(address))
    data = {"enrolment": enrolment_id, "reason": "Formation initiale", "proof": "Certificat n° 12"}
    page = words(place.client.post(address, data=data))
    assert "une équivalence ne se retire pas" in page
    assert count(session, Completion) == 0

    data |= {"action": "confirm",
             "previewed": f"{enrolment_id} Formation initiale Certificat n° 12"}  # fmt: skip
    page = place.client.post(address, data=data, follow_redirects=True)
    assert "L’équivalence est accordée" in words(page)
    assert "Durand" in words(page)
    assert count(session, Completion) == 1
    record = words(sign_in(place.app, place.agent).get("/mon-dossier"))
    for said in ("Formation initiale", "Certificat n° 12", "Durand"):
        assert said in record
    assert "il n’y a pas d’équivalence à accorder" in words(place.client.get(address))
    # Their certificate may have expired since: the list that leads here says so.
    assert "Rien n’est demandé" not in words(place.client.get(place.address))


def test_an_equivalence_without_reason_or_proof_is_refused(session, place):
    enrolment_id = session.scalar(select(Enrolment.id).where(Enrolment.agent_id == place.agent.id))
    answer = place.client.post(f"{place.address}/equivalences", data={"enrolment": enrolment_id})
    assert answer.status_code == 400
    assert "Dites ce qui vaut le module." in words(answer)
    assert "Donnez la référence du justificatif." in words(answer)
    assert count(session, Completion) == 0


def test_hr_grants_itself_nothing(session, place):
    enrolment_id = session.scalar(select(Enrolment.id).where(Enrolment.agent_id == place.hr.id))
    data = {"enrolment": enrolment_id, "reason": "Moi", "proof": "n° 1", "action": "confirm",
            "previewed": f"{enrolment_id} Moi n° 1"}  # fmt: skip
    answer = place.client.post(f"/campagnes/personnes/{place.hr.id}/equivalences", data=data)
    assert answer.status_code == 409
    assert "Nul ne s’accorde une équivalence" in words(answer)
    assert count(session, Completion) == 0
