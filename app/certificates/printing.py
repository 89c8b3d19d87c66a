"""From a certificate's facts to the words of its document."""

from __future__ import annotations

from app.certificates.document import Document, long_date
from app.certificates.queries import Facts
from app.certificates.serials import in_groups


def to_print(facts: Facts, public_url: str) -> Document:
    """Write a certificate's facts as its document shows them, in its own language."""
    return Document(
        language=facts.language,
        holder=facts.holder_name,
        title=facts.module_title,
        version=str(facts.version_number),
        minutes=str(facts.minutes),
        organisation=facts.organisation,
        completed_on=long_date(facts.completed_at, facts.language),
        issued_on=long_date(facts.issued_at, facts.language),
        valid_until=long_date(facts.valid_until, facts.language),
        by_equivalence=facts.by_equivalence,
        serial=in_groups(facts.serial),
        address=f"{public_url.rstrip('/')}/verifier/{facts.serial}",
    )
