"""The work of one job, in the process made for it."""

from __future__ import annotations

import traceback
from collections.abc import Sequence

import msgspec

from app.dialect.compiled import to_json
from app.dialect.messages import Message
from app.dialect.reading import Reading, read_files
from app.dialect.sandbox.protocol import JOBS, Answer, Found, Job, encode

MOST_MESSAGES = 500
MOST_SIGNS = 250_000
"""What the messages of an answer may hold in all."""
LONGEST_MESSAGE = 600


def answer(content: bytes) -> bytes:
    """Do a job; whatever goes wrong but a lack of memory is told in the answer."""
    try:
        return encode(Answer(found=msgspec.Raw(encode(read(JOBS.decode(content))))))
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - a mistake of ours about a text that nobody checked.
        return encode(Answer(refusal="failed", detail=place_of(error)))


def read(job: Job) -> Found:
    """Read the module."""

    def address(_path: str, digest: str) -> str:
        return f"{job.media_base}{digest}"

    reading = read_files(
        job.files,
        slug=job.slug,
        context=job.context,
        language=job.language,
        under=job.under,
        media_url=address,
        digests=job.digests,
    )
    return found(reading, job.digests)


def found(reading: Reading, digests: dict[str, str]) -> Found:
    """Put what was read in the shape that travels."""
    errors = sum(message.is_error for message in reading.messages)
    return Found(
        modules={
            language: msgspec.Raw(to_json(module).encode())
            for language, module in reading.modules.items()
        },
        messages=first_of(reading.messages),
        errors=errors,
        warnings=len(reading.messages) - errors,
        sources=reading.sources,
        digests=digests,
        sha256=reading.sha256,
    )


def first_of(messages: Sequence[Message]) -> tuple[Message, ...]:
    """Keep the first messages, as many as a page may show, none of them endless."""
    kept, signs = [], 0
    for message in messages[:MOST_MESSAGES]:
        if len(message.message) > LONGEST_MESSAGE:
            text = f"{message.message[:LONGEST_MESSAGE]}…"
            message = msgspec.structs.replace(message, message=text)  # noqa: PLW2901
        fix = message.fix
        signs += len(message.message) + (len(encode(fix)) if fix else 0)
        if signs > MOST_SIGNS:
            break
        kept.append(message)
    return tuple(kept)


def place_of(error: Exception) -> str:
    """Name an error and where our code met it, without any text of the module."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} at {last.filename.rpartition('/app/')[2]}:{last.lineno}"
