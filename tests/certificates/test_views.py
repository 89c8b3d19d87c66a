from __future__ import annotations

import hashlib
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from app.access import Role
from app.certificates import personal, services
from app.certificates.models import Certificate, CertificateEvent, CertificatePdf
from app.certificates.serials import in_groups
from app.certificates.views import own
from app.database import utc_now
from app.extensions import limiter
from app.learning.signals import completed
from app.people.models import Setting
from app.people.settings import TextKey
from tests import record_rows
from tests.pages import parse, token, words
from tests.signing_in import sign_in

UNKNOWN = "7" * 26


def test_the_document_is_made_once_and_served_with_its_digest(app, session, factories, certify):
    agent = factories.agent()
    certificate = certify(agent)
    client = sign_in(app, agent)

    first, second = (client.get(f"/attestations/{certificate.serial}.pdf") for _ in range(2))

    assert first.status_code == 200
    assert first.mimetype == "application/pdf"
    assert first.data == second.data
    assert first.data.startswith(b"%PDF-1.7")
    digest = hashlib.sha256(first.data).hexdigest()
    assert first.get_etag() == (digest, False)
    disposition = first.headers["Content-Disposition"]
    assert disposition.startswith("attachment")
    assert "2026-11-23.pdf" in disposition
    assert first.headers["Cache-Control"] == "no-store"
    again = client.get(
        f"/attestations/{certificate.serial}.pdf", headers={"If-None-Match": f'"{digest}"'}
    )
    assert (again.status_code, again.data) == (304, b"")
    kept = session.scalars(sa.select(CertificatePdf)).one()
    assert (kept.certificate_id, kept.sha256) == (certificate.id, digest)


def test_the_document_comes_from_the_store_from_then_on(
    app, session, factories, certify, monkeypatch
):
    agent = factories.agent()
    certificate = certify(agent)
    services.keep_pdf(session, certificate_id=certificate.id, content=b"%PDF kept", now=utc_now())
    session.commit()
    monkeypatch.setattr(own, "make_pdf", None)
    response = sign_in(app, agent).get(f"/attestations/{certificate.serial}.pdf")
    assert response.data == b"%PDF kept"


def test_first_requests_at_once_are_given_the_same_document(app, session, factories, certify):
    agent = factories.agent()
    certificate = certify(agent)
    clients = [sign_in(app, agent) for _ in range(8)]
    with ThreadPoolExecutor(8) as pool:
        given = list(pool.map(lambda c: c.get(f"/attestations/{certificate.serial}.pdf"), clients))
    assert {response.status_code for response in given} == {200}
    assert len({response.data for response in given}) == 1
    assert session.scalar(sa.select(sa.func.count()).select_from(CertificatePdf)) == 1


def test_a_document_that_waits_too_long_is_said_busy(app, factories, certify, monkeypatch):
    def never(*_):
        raise own.TooManyDocumentsError

    agent = factories.agent()
    certificate = certify(agent)
    monkeypatch.setattr(own, "make_pdf", never)
    response = sign_in(app, agent).get(f"/attestations/{certificate.serial}.pdf")
    assert response.status_code == 503
    assert response.headers["Retry-After"]


def test_the_certificate_of_another_is_no_certificate(app, factories, certify):
    certificate = certify(factories.agent())
    client = sign_in(app, committed(factories, factories.agent()))
    for serial in (certificate.serial, UNKNOWN, "nimporte-quoi"):
        assert client.get(f"/attestations/{serial}.pdf").status_code == 404


def committed(factories, row):
    factories.session.commit()
    return row


def test_an_erased_holder_has_no_document(app, session, factories, certify):
    agent = factories.agent()
    certificate = certify(agent)
    personal.erase_for(session, agent.id)
    session.commit()
    assert sign_in(app, agent).get(f"/attestations/{certificate.serial}.pdf").status_code == 404
    page = app.test_client().get(f"/verifier/{certificate.serial}")
    assert page.status_code == 200
    assert "Nom effacé" in words(page)


def test_a_holder_erased_while_the_document_is_made_has_none(
    app, session, factories, certify, monkeypatch
):
    agent = factories.agent()
    certificate = certify(agent)
    client = sign_in(app, agent)

    def erase_meanwhile(*_):
        personal.erase_for(session, agent.id)
        session.commit()
        return b"%PDF"

    monkeypatch.setattr(own, "make_pdf", erase_meanwhile)
    assert client.get(f"/attestations/{certificate.serial}.pdf").status_code == 404
    assert session.scalars(sa.select(CertificatePdf)).all() == []


def test_one_sees_ones_own_certificates(app, factories, certify):
    agent = factories.agent()
    certify(agent, title="Probité")
    certify(agent, title="Laïcité", valid_until=date(2020, 1, 1))
    certify(factories.agent(), title="Secret")
    text = words(sign_in(app, agent).get("/attestations"))
    assert "Probité" in text
    assert "Valable" in text
    assert "Laïcité" in text
    assert "Expirée" in text
    assert "Secret" not in text


def test_an_agent_without_a_certificate_is_told_how_one_comes(app, session, factories):
    agent = committed(factories, factories.agent())
    assert "Pas encore d’attestation" in words(sign_in(app, agent).get("/attestations"))


@pytest.mark.parametrize("path", ["/attestations", f"/attestations/{UNKNOWN}.pdf"])
def test_ones_own_certificates_ask_to_sign_in(app, path):
    assert app.test_client().get(path).location.startswith("/connexion")


def test_anyone_reads_what_was_recorded(app, factories, certify):
    agent = factories.agent(given_name="Élise", family_name="<b>D'Artagnan</b>")
    certificate = certify(agent, title="Probité & conflits")
    typed = in_groups(certificate.serial).lower()
    page = app.test_client().get(f"/verifier/{typed}")
    assert page.status_code == 200
    assert page.headers["X-Robots-Tag"] == "noindex"
    text = words(page)
    for said in ("Élise <b>D'Artagnan</b>", "Probité & conflits", "n° 1 (empreinte abababababab)",
                 "23 novembre 2026", "23 novembre 2029", "Ministère de démonstration",
                 in_groups(certificate.serial), "valable aujourd’hui",
                 "ne remplace pas"):  # fmt: skip
        assert said in text
    assert "Révoquer" not in text


def test_each_state_is_said_with_its_date(app, session, factories, certify):
    expired = certify(factories.agent(), valid_until=date(2020, 5, 4))
    revoked, replaced = certify(factories.agent()), certify(factories.agent())
    for certificate, kind, reason in ((revoked, "revoked", "SECRET"), (replaced, "replaced", "")):
        session.add(
            CertificateEvent(
                certificate_id=certificate.id, kind=kind, at=record_rows.NOON, reason=reason
            )
        )
    session.commit()
    client = app.test_client()
    for certificate, said in (
        (expired, "a expiré : son dernier jour de validité était le 4 mai 2020"),
        (revoked, "a été révoquée le 23 novembre 2026"),
        (replaced, "a été remplacée le 23 novembre 2026"),
    ):
        text = words(client.get(f"/verifier/{certificate.serial}"))
        assert said in text
        assert "SECRET" not in text


def test_unknown_and_malformed_numbers_have_the_same_answer(app):
    client = app.test_client()
    bodies = set()
    for typed in (UNKNOWN, "x", "8" + UNKNOWN[1:], "é" * 26, "%25", "U" * 26):
        response = client.get(f"/verifier/{typed}")
        assert response.status_code == 404
        body = response.get_data(as_text=True)
        assert "Aucune attestation sous ce numéro" in body
        # What was typed (where to come back to), the token and the reference differ on any page.
        body = re.sub(r'(name="(?:next|csrf_token)" value=")[^"]*', r"\1", body)
        bodies.add(re.sub(r"<code>[0-9a-f]{12}</code>", "", body))
    assert len(bodies) == 1


def test_verifications_are_counted_by_address(make_app):
    app = make_app(RATE_LIMITS=True)
    limiter.reset()
    client = app.test_client()
    answers = [client.get(f"/verifier/{UNKNOWN}").status_code for _ in range(31)]
    assert answers == [404] * 30 + [429]
    elsewhere = {"REMOTE_ADDR": "192.0.2.7"}
    assert client.get(f"/verifier/{UNKNOWN}", environ_base=elsewhere).status_code == 404
    limiter.reset()


def test_an_administrator_revokes_with_a_reason(app, session, factories, certify):
    holder = factories.agent()
    certificate = certify(holder)
    client = sign_in(app, committed(factories, factories.agent(Role.ADMINISTRATOR)))
    path = f"/attestations/{certificate.serial}/revocation"
    assert "Révoquer" in words(client.get(f"/verifier/{certificate.serial}"))
    page = client.get(path)
    assert holder.given_name in words(page)

    empty = client.post(path, data={"csrf_token": token(page), "reason": "  "})
    assert empty.status_code == 400
    assert "Indiquez pourquoi" in words(empty)
    form = {"csrf_token": token(page), "reason": "Erreur\n d’identité"}
    said = client.post(path, data=form, follow_redirects=True)
    assert "L’attestation est révoquée" in words(said)
    assert "a déjà été révoquée" in words(client.get(path))
    again = client.post(path, data=form, follow_redirects=True)
    assert "rien n’a changé" in words(again)

    event = session.scalars(sa.select(CertificateEvent).filter_by(kind="revoked")).one()
    assert event.reason == "Erreur d’identité"
    session.commit()  # Reading in a test's session keeps the writer's place.
    assert "Erreur d’identité" in words(sign_in(app, holder).get("/attestations"))


def test_a_reason_that_is_too_long_is_kept_and_said(app, factories, certify):
    certificate = certify(factories.agent())
    client = sign_in(app, committed(factories, factories.agent(Role.ADMINISTRATOR)))
    path = f"/attestations/{certificate.serial}/revocation"
    data = {"csrf_token": token(client.get(path)), "reason": "é" * 501}
    page = client.post(path, data=data)
    assert page.status_code == 400
    assert parse(page).xpath("//textarea")[0].text.strip() == "é" * 501


def test_a_revocation_needs_the_token(app, session, factories, certify):
    certificate = certify(factories.agent())
    client = sign_in(app, committed(factories, factories.agent(Role.ADMINISTRATOR)))
    path = f"/attestations/{certificate.serial}/revocation"
    assert client.post(path, data={"reason": "Erreur"}).status_code == 400
    assert session.scalars(sa.select(CertificateEvent.kind)).all() == ["issued"]


def test_only_an_administrator_of_the_unit_revokes(app, session, factories, certify):
    elsewhere = factories.unit(parent=factories.root())
    certificate = certify(factories.agent())
    path = f"/attestations/{certificate.serial}/revocation"
    for agent in (
        factories.agent(),
        factories.agent(Role.HR_FOLLOW_UP, Role.SUPERVISOR, Role.TRAINER),
        factories.agent(Role.ADMINISTRATOR, unit=elsewhere),
    ):
        session.commit()
        client = sign_in(app, agent)
        assert client.get(path).status_code == 404
        page = client.get("/attestations")
        assert client.post(path, data={"csrf_token": token(page), "reason": "x"}).status_code == 404
    assert session.scalars(sa.select(CertificateEvent.kind)).all() == ["issued"]


def test_the_organisation_of_the_settings_comes_first(app, session, factories):
    session.add(Setting(key=TextKey.ORGANISATION, value="Préfecture du Valdoré"))
    done = record_rows.completion(factories, factories.agent(), record_rows.version(factories))
    with app.app_context():
        completed.send(session, completion=done)
    session.commit()
    certificate = session.scalars(sa.select(Certificate)).one()
    assert certificate.organisation == "Préfecture du Valdoré"
    assert certificate.issued_at == done.completed_at
    assert certificate.issued_at - record_rows.NOON == timedelta(0)
