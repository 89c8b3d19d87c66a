"""What is previewed is read first, and only its own button does it: Enter looks again."""

from __future__ import annotations

from sqlalchemy import select

from app.learning.models import Enrolment
from app.people.models import OrganisationalUnit
from tests.campaigns.test_people_pages import TODAY, place
from tests.learning.modules import SLUG
from tests.pages import default_act, focused

__all__ = ["place"]


def test_enter_looks_at_a_campaign_again_and_does_not_launch_it(session, place):
    unit_id = session.scalar(select(OrganisationalUnit.id).where(OrganisationalUnit.name == "Nord"))
    url = "/campagnes/nouvelle"
    data = {
        "title": "Probité", "subject": f"module-{SLUG}", "unit": str(unit_id),
        "opens_on": TODAY, "term": "delay", "delay_days": 60, "action": "preview",
    }  # fmt: skip
    check(place.client.post(url, data=data), url)


def test_enter_looks_at_an_absence_again_and_does_not_confirm_it(place):
    url = f"{place.address}/absences"
    check(place.client.post(url, data={"starts_on": TODAY, "ends_on": TODAY}), url)


def test_enter_reads_an_equivalence_again_and_does_not_grant_it(session, place):
    url = f"{place.address}/equivalences"
    enrolment_id = session.scalar(select(Enrolment.id).where(Enrolment.agent_id == place.agent.id))
    data = {"enrolment": enrolment_id, "reason": "Formation", "proof": "n° 12"}
    check(place.client.post(url, data=data), url)


def check(page, url):
    assert page.status_code == 200
    assert default_act(page, url) == "preview"
    assert "encore enregistré" in focused(page)
