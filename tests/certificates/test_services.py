from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
import sqlalchemy as sa

from app.certificates import personal, queries, services
from app.certificates.models import Certificate, CertificateEvent, CertificatePdf
from app.certificates.serials import read_serial
from app.certificates.states import State
from app.database import utc_now, write
from app.extensions import db
from app.journal.models import JournalEntry
from app.learning.models import Completion
from app.learning.signals import completed
from tests import record_rows

TODAY = record_rows.NOON.date()


def facts_of(session, certificate):
    return queries.find_certificate(session, serial=certificate.serial)


def test_a_completion_earns_a_certificate_in_its_own_transaction(app, session, factories):
    agent = factories.agent(given_name="Élise", family_name="O\u2019Dell \u202e")
    published = record_rows.version(factories, titles={"fr": "Probité", "en": "Probity"})
    done = record_rows.completion(factories, agent, published)
    with app.app_context():
        completed.send(session, completion=done, now=record_rows.NOON)
    session.commit()

    certificate = session.scalars(sa.select(Certificate)).one()
    assert read_serial(certificate.serial) == certificate.serial
    assert certificate.holder_name == "Élise O’Dell"
    assert (certificate.module_title, certificate.version_number) == ("Probité", 1)
    assert certificate.version_sha256 == published.sha256
    assert certificate.organisation == app.config["ORGANISATION"]
    assert certificate.issued_at == certificate.completed_at == record_rows.NOON
    assert certificate.valid_until == done.valid_until
    event = session.scalars(sa.select(CertificateEvent)).one()
    assert (event.kind, event.at) == ("issued", record_rows.NOON)
    entry = session.scalars(sa.select(JournalEntry)).one()
    assert (entry.action, entry.object_id) == ("certificate_issued", str(certificate.id))


def test_the_certificate_speaks_the_language_of_the_attempt(session, factories):
    agent = factories.agent(language="fr")
    published = record_rows.version(factories, titles={"fr": "Probité", "en": "Probity"})
    place = record_rows.enrolment(factories, agent, published, cycle=2)
    sat = record_rows.attempt(factories, place, language="en")
    done = record_rows.completion(factories, agent, published, attempt_id=sat.id)
    certificate = services.issue(session, done, organisation="M", now=utc_now())
    assert (certificate.language, certificate.module_title) == ("en", "Probity")


def test_an_equivalence_earns_a_certificate_that_says_so(session, factories, certify):
    certificate = certify(
        factories.agent(language="en"), attempt_id=None, equivalence_reason="Formation initiale"
    )
    assert certificate.language == "en"
    assert facts_of(session, certificate).by_equivalence


def test_thirty_two_threads_earn_one_certificate(app, session, factories):
    done = record_rows.completion(factories, factories.agent(), record_rows.version(factories))
    session.commit()
    barrier = Barrier(32)

    def earn(_):
        barrier.wait(30)
        with app.app_context():
            try:
                return write(issue_again, done.id)
            finally:
                db.session.close()

    with ThreadPoolExecutor(32) as pool:
        serials = set(pool.map(earn, range(32)))

    assert len(serials) == 1
    assert session.scalar(sa.select(sa.func.count()).select_from(Certificate)) == 1
    assert session.scalar(sa.select(sa.func.count()).select_from(CertificateEvent)) == 1
    assert session.scalar(sa.select(sa.func.count()).select_from(JournalEntry)) == 1


def issue_again(session, completion_id):
    done = session.get_one(Completion, completion_id)
    return services.issue(session, done, organisation="M", now=utc_now()).serial


def test_a_later_cycle_replaces_the_earlier_certificate(session, factories):
    agent, published = factories.agent(), record_rows.version(factories)
    first, second = (
        services.issue(
            session,
            record_rows.completion(factories, agent, published, cycle=cycle),
            organisation="M",
            now=record_rows.NOON + timedelta(days=cycle),
        )
        for cycle in (1, 2)
    )
    session.commit()

    replaced = facts_of(session, first).standing(TODAY)
    assert (replaced.state, replaced.since) == (State.REPLACED, second.issued_at)
    assert facts_of(session, second).standing(TODAY).state == State.VALID


def test_a_certificate_is_revoked_once_with_its_reason(session, factories, certify):
    administrator, certificate = factories.agent(), certify(factories.agent())
    for _ in range(2):
        facts = {"certificate_id": certificate.id, "actor_id": administrator.id}
        try:
            services.revoke(session, **facts, reason="Erreur d’identité", now=record_rows.NOON)
        except services.AlreadyRevokedError:
            break
        session.commit()
    else:
        pytest.fail("revoked twice")

    found = facts_of(session, certificate)
    assert found.standing(TODAY).state == State.REVOKED
    assert found.revocation_reason == "Erreur d’identité"
    actions = session.scalars(sa.select(JournalEntry.action).order_by(JournalEntry.id)).all()
    assert actions == ["certificate_issued", "certificate_revoked"]


def test_threads_that_revoke_leave_one_revocation(app, session, factories, certify):
    administrator, certificate = factories.agent(), certify(factories.agent())
    session.commit()

    def revoke(_):
        with app.app_context():
            try:
                write(
                    services.revoke, certificate_id=certificate.id, actor_id=administrator.id,
                    reason="Erreur", now=utc_now(),
                )  # fmt: skip
            except services.AlreadyRevokedError:
                return 0
            finally:
                db.session.close()
            return 1

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(revoke, range(8))) == 1


def test_the_first_document_kept_is_the_one_served(session, factories, certify):
    certificate = certify(factories.agent())
    kept = [
        services.keep_pdf(session, certificate_id=certificate.id, content=content, now=utc_now())
        for content in (b"first", b"second")
    ]
    assert [pdf.content for pdf in kept] == [b"first", b"first"]
    assert kept[0].sha256 == kept[1].sha256


def test_the_record_refuses_to_change_a_certificate(session, factories, certify):
    certificate = certify(factories.agent())
    for statement in (
        sa.update(Certificate).values(module_title="Autre"),
        sa.update(CertificateEvent).values(reason="Autre"),
        sa.delete(CertificateEvent),
        sa.delete(Certificate),
    ):
        with pytest.raises(sa.exc.DBAPIError, match=r"append-only|23001"):
            session.execute(statement)
        session.rollback()
    assert facts_of(session, certificate).module_title == "Probité"


def test_an_agent_is_given_their_certificates(session, factories, certify):
    agent = factories.agent(given_name="Élise")
    certificate = certify(agent)
    certify(factories.agent())
    (given,) = personal.export_for(session, agent.id)
    assert given["serial"] == certificate.serial
    assert given["holder_name"] == "Élise Martin"
    assert [event["kind"] for event in given["events"]] == ["issued"]


def test_erasing_a_person_blanks_the_name_and_deletes_the_document(session, factories, certify):
    agent, other = factories.agent(), factories.agent(given_name="Reste")
    mine, theirs = certify(agent), certify(other)
    for certificate in (mine, theirs):
        services.keep_pdf(session, certificate_id=certificate.id, content=b"%", now=utc_now())
    session.commit()

    personal.erase_for(session, agent.id)
    session.commit()
    session.expire_all()

    assert (mine.holder_name, theirs.holder_name) == ("", "Reste Martin")
    assert session.scalars(sa.select(CertificatePdf.certificate_id)).all() == [theirs.id]
    late = services.keep_pdf(session, certificate_id=mine.id, content=b"%", now=utc_now())
    assert late is None
