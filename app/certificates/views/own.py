"""One's own certificates, and their documents."""

from __future__ import annotations

from flask import Response, abort, current_app, render_template, request
from flask.typing import ResponseReturnValue

from app.access import current_agent, policy
from app.certificates import queries, services
from app.certificates.document import TooManyDocumentsError, make_pdf
from app.certificates.printing import to_print
from app.certificates.queries import Facts, StoredPdf
from app.certificates.serials import read_serial
from app.certificates.views.blueprint import bp, today
from app.database import Busy, utc_now, write
from app.days import PARIS
from app.extensions import db


@bp.get("/attestations")
@policy()
def mine() -> ResponseReturnValue:
    """List one's own certificates."""
    certificates = queries.list_own(db.session, agent_id=current_agent().id)
    return render_template("certificates/mine.html", certificates=certificates, today=today())


@bp.get("/attestations/<serial>.pdf")
@policy()
def pdf(serial: str) -> ResponseReturnValue:
    """Give one's own document; it is made at the first request, then always the same."""
    known = read_serial(serial) or abort(404)
    found = queries.find_own(db.session, serial=known, agent_id=current_agent().id)
    if found is None:
        abort(404)
    facts, stored = found
    return serve(facts, stored or make_and_keep(facts))


def make_and_keep(facts: Facts) -> StoredPdf:
    """Make a document outside any transaction, and keep it unless another one came first."""
    if not facts.holder_name:
        abort(404)
    db.session.close()
    try:
        content = make_pdf(to_print(facts, current_app.config["PUBLIC_URL"]), facts.issued_at)
    except TooManyDocumentsError as error:
        raise Busy from error
    kept = write(services.keep_pdf, certificate_id=facts.id, content=content, now=utc_now())
    return kept or abort(404)


def serve(facts: Facts, stored: StoredPdf) -> Response:
    """Send a document to be saved, under its digest as its tag."""
    day = facts.completed_at.astimezone(PARIS)
    response = Response(stored.content, mimetype="application/pdf")
    response.headers.set(
        "Content-Disposition",
        "attachment",
        filename=f"attestation-{facts.module_slug}-{day:%Y-%m-%d}.pdf",
    )
    response.set_etag(stored.sha256)
    response.make_conditional(request)
    return response
