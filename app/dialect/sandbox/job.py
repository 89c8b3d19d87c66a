"""The work of one job, in the process made for it."""

from __future__ import annotations

import traceback
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import msgspec

from app.dialect.compiled import to_json
from app.dialect.doubts import find_doubts
from app.dialect.messages import Message
from app.dialect.reading import Reading, read_files
from app.dialect.sandbox.frames import encode
from app.dialect.sandbox.protocol import JOBS, Answer, Found, Job
from app.dialect.stretches import Stretch

ROOT = f"{Path(__file__).parents[3]}/"
MOST_MESSAGES = 500
MOST_SIGNS = 250_000
"""What the messages of an answer may hold in all."""
MOST_DOUBTS = 500
MOST_STRETCHES = 4_000
LONGEST = 600
"""Characters of one message or doubt."""


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
        diagrams=job.diagrams,
        whole=job.sizes,
        digests=job.digests,
        one_page=job.one_page,
    )
    return found(reading, job)


def found(reading: Reading, job: Job) -> Found:
    """Put what was read in the shape that travels."""
    doubts = [] if job.unsure is None else find_doubts(reading.sources, job.unsure)
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
        digests=job.digests,
        refused_media=tuple(name for name in job.digests if reading.refuses(name)),
        sha256=reading.sha256,
        doubts=tuple(replace(one, text=cut(one.text)) for one in doubts[:MOST_DOUBTS]),
        doubtful=len(doubts),
        stories=reading.stories,
        stretches=stretches_of(reading),
    )


def stretches_of(reading: Reading) -> dict[str, tuple[Stretch, ...]]:
    """Give what is translated at once, unless no page could show it."""
    total = sum(1 + len(one.runs) for found in reading.stretches.values() for one in found)
    return reading.stretches if total <= MOST_STRETCHES else {}


def first_of(messages: Sequence[Message]) -> tuple[Message, ...]:
    """Keep the first messages, as many as a page may show, none of them endless."""
    kept, signs = [], 0
    for message in messages[:MOST_MESSAGES]:
        told = msgspec.structs.replace(message, message=cut(message.message))
        signs += len(told.message) + (len(encode(told.fix)) if told.fix else 0)
        if signs > MOST_SIGNS:
            break
        kept.append(told)
    return tuple(kept)


def cut(text: str) -> str:
    """Keep the beginning of a text that would be endless on a page."""
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def place_of(error: Exception) -> str:
    """Name an error and where our code met it, without any text of the module."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if frame.filename.startswith(f"{ROOT}app/")]
    last = (ours or frames)[-1]
    return f"{type(error).__name__} at {last.filename.removeprefix(ROOT)}:{last.lineno}"
