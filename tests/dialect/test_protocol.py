"""What a server and its sandbox say to each other."""

from __future__ import annotations

import io
from collections.abc import Callable

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.dialect.context import Context
from app.dialect.sandbox.frames import LONGEST_FRAME, BadFrameError, encode, frame, read_frame
from app.dialect.sandbox.protocol import JOBS, Job
from tests.dialect.writing import CONTEXT


def by_pieces(content: bytes, size: int) -> Callable[[int], bytes]:
    """Give bytes by a few at a time, as a pipe may."""
    stream = io.BytesIO(content)
    return lambda most: stream.read(min(most, size))


@given(st.lists(st.binary(max_size=40), max_size=4), st.integers(1, 9))
def test_frames_come_out_as_they_went_in(contents: list[bytes], size: int) -> None:
    read = by_pieces(b"".join(map(frame, contents)), size)
    assert [read_frame(read) for _ in contents] == contents
    assert read_frame(read) is None


@pytest.mark.parametrize("kept", [0, 1, 4, 7])
def test_a_frame_that_is_cut_short_is_an_end(kept: int) -> None:
    assert read_frame(by_pieces(frame(b"abcdef")[:kept], 3)) is None


def test_a_length_that_is_none_of_ours_is_refused_before_anything_is_read() -> None:
    header = (LONGEST_FRAME + 1).to_bytes(4, "big")
    with pytest.raises(BadFrameError):
        read_frame(by_pieces(header, 4))


@given(
    st.dictionaries(st.text(max_size=9), st.binary(max_size=40), max_size=4),
    st.none() | st.frozensets(st.text(max_size=9), max_size=4),
)
def test_a_job_travels_whole_and_always_looks_the_same(
    files: dict[str, bytes], skills: frozenset[str] | None
) -> None:
    context = Context(competences=skills, today=CONTEXT.today)
    job = Job(slug="essai", files=files, digests={}, context=context, language="fr")
    sent = encode(job, order="deterministic")
    assert JOBS.decode(sent) == job
    again = msgspec.structs.replace(job, files=dict(reversed(files.items())))
    assert encode(again, order="deterministic") == sent
