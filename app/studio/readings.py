"""What the sandbox made of a module, as the pages use it."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.dialect.compiled import from_json
from app.dialect.context import Context
from app.dialect.doubts import Doubt
from app.dialect.drafting import REFERENCE
from app.dialect.reading import Reading, written_otherwise
from app.dialect.sandbox.frames import Limits
from app.dialect.sandbox.protocol import FOUND, Answer, Job
from app.dialect.sandbox.refusals import LASTING, refusal_message
from app.studio.parts import Parts
from app.studio.previewing import PREVIEWER

MEDIA_BASE = "/media/"
"""What addresses of media begin with once they are published."""


@dataclass(frozen=True, slots=True)
class ReadApart:
    """A module as it was read, or why it was not."""

    reading: Reading = field(default_factory=Reading)
    """Without the bytes of the media; of very many messages, the first."""
    errors: int = 0
    warnings: int = 0
    """All of them."""
    digests: dict[str, str] = field(default_factory=dict)
    """SHA-256 of each media, by path."""
    refused_media: tuple[str, ...] = ()
    """Those that an error is about."""
    doubts: tuple[Doubt, ...] = ()
    """Where they were asked for; of very many, the first."""
    doubtful: int = 0
    is_lasting: bool = True
    """Whether the same files would give the same."""
    weight: int = 0
    """Bytes of the JSON that it came in."""

    @property
    def is_refused(self) -> bool:
        """Tell whether nothing was read: the one message says why."""
        return not self.reading.sha256


def read_apart(
    parts: Parts,
    *,
    slug: str,
    context: Context,
    language: str,
    limits: Limits,
    under: str = "",
    media_base: str = MEDIA_BASE,
    unsure: frozenset[str] | None = None,
    diagrams: bool = False,
    may_wait: bool = True,
    one_page: bool = False,
) -> ReadApart:
    """Have a module read in the sandbox; raise `PreviewBusy` when it has no time.

    Messages are in ``language``; ``unsure`` asks for the doubts too; ``one_page`` for what the
    page beside the text needs; ``diagrams`` are accepted from the server's disk only. Without
    ``may_wait``, only what was already read is given.
    """
    job = Job(
        slug=slug,
        files=parts.files,
        digests=parts.digests,
        sizes=parts.sizes,
        diagrams=diagrams,
        context=context,
        language=language,
        under=under,
        media_base=media_base,
        unsure=unsure,
        one_page=one_page,
    )
    return as_read(PREVIEWER.read(job, limits, may_wait=may_wait), job, limits)


def as_read(answer: Answer, job: Job, limits: Limits) -> ReadApart:
    """Make a reading of an answer; a refusal is its one message."""
    if answer.refusal:
        path = f"{job.under.rstrip('/')}/{REFERENCE}" if job.under else REFERENCE
        message = refusal_message(answer.refusal, path, job.language, limits)
        reading = Reading(messages=(message,))
        lasts = answer.refusal in LASTING
        return ReadApart(reading, 1, 0, job.digests, is_lasting=lasts)
    found = FOUND.decode(answer.found)
    reading = Reading(
        modules={language: from_json(bytes(one)) for language, one in found.modules.items()},
        messages=found.messages,
        sources=found.sources,
        written=written_otherwise(job.files, found.sources),
        digests=found.digests,
        sha256=found.sha256,
        stories=found.stories,
        stretches=found.stretches,
    )
    return ReadApart(
        reading,
        found.errors,
        found.warnings,
        found.digests,
        found.refused_media,
        found.doubts,
        found.doubtful,
        weight=len(answer.found),
    )
