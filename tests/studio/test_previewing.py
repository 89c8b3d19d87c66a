"""The line in front of the sandbox: short, nothing twice, nobody lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from app.dialect.sandbox.frames import Limits
from app.dialect.sandbox.protocol import Answer, Job
from app.studio import previewing
from app.studio.previewing import PreviewBusy, Previewer
from app.studio.sandbox import LostError
from tests.dialect.writing import module
from tests.studio.conftest import Logs
from tests.studio.test_sandbox import LONG, ROOT, children, job

LIMITS = Limits(wall=60)


@pytest.fixture
def previewer() -> Iterator[Previewer]:
    previewer = Previewer()
    yield previewer
    previewer.close()


class Held:
    """A sandbox that answers when it is let go, and counts what it was asked."""

    def __init__(self, answer: Answer | Exception = Answer()) -> None:  # noqa: B008
        self.answer = answer
        self.go, self.begun = threading.Event(), threading.Event()
        self.count = 0

    def ready(self) -> None:
        """Be ready."""

    def run(self, _limits: Limits, _job: bytes) -> Answer:
        self.count += 1
        self.begun.set()
        assert self.go.wait(10)
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer

    def close(self) -> None:
        self.go.set()


@pytest.fixture
def held(previewer: Previewer) -> Held:
    held = Held()
    previewer.sandbox = held  # type: ignore[assignment]
    return held


def until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.002)


def outcome(previewer: Previewer, asked: Job, **limits: Any) -> str:
    """Ask, and say in a word what came of it."""
    try:
        return previewer.read(asked, Limits(**{"wall": 60.0} | limits)).refusal or "done"
    except PreviewBusy:
        return "busy"


def test_a_module_is_read_once_as_long_as_it_does_not_change(
    previewer: Previewer, held: Held
) -> None:
    held.go.set()
    for _ in range(3):
        previewer.read(job("a"), LIMITS)
    assert held.count == 1
    previewer.read(job("b"), LIMITS)
    previewer.read(job("a", language="en"), LIMITS)
    previewer.read(job("a"), Limits(cpu=0.5))
    assert held.count == 4


def test_two_who_ask_for_the_same_at_once_share_one_reading(
    previewer: Previewer, held: Held
) -> None:
    with ThreadPoolExecutor() as people:
        asked = [people.submit(outcome, previewer, job("a")) for _ in range(2)]
        until(lambda: previewer.waiting == 2)
        held.go.set()
        assert [one.result() for one in asked] == ["done", "done"]
    assert held.count == 1


def test_a_third_is_refused_at_once_and_served_from_memory_at_once(
    previewer: Previewer, held: Held
) -> None:
    with ThreadPoolExecutor() as people:
        asked = [people.submit(outcome, previewer, job(text)) for text in "ab"]
        until(lambda: previewer.waiting == 2)
        start = time.monotonic()
        assert outcome(previewer, job("c")) == "busy"
        assert time.monotonic() - start < 0.5
        held.go.set()
        assert {one.result() for one in asked} == {"done"}
    held.go.clear()
    with ThreadPoolExecutor() as people:
        asked = [people.submit(outcome, previewer, job(text)) for text in "de"]
        until(lambda: previewer.waiting == 2)
        assert outcome(previewer, job("a")) == "done"
        held.go.set()


def test_a_turn_that_does_not_come_is_given_up(
    previewer: Previewer, held: Held, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(previewing, "PATIENCE_SECONDS", 0.1)
    with ThreadPoolExecutor() as people:
        first = people.submit(outcome, previewer, job("a"))
        held.begun.wait(10)
        assert outcome(previewer, job("b")) == "busy"
        held.go.set()
        assert first.result() == "done"  # Its turn had come: it is waited for.
    assert outcome(previewer, job("c")) == "done"
    assert held.count == 2  # What nobody waited for any more was not begun.


def test_without_waiting_only_what_is_kept_is_given(previewer: Previewer, held: Held) -> None:
    held.go.set()
    with pytest.raises(PreviewBusy):
        previewer.read(job("a"), LIMITS, may_wait=False)
    previewer.read(job("a"), LIMITS)
    assert previewer.read(job("a"), LIMITS, may_wait=False) == held.answer
    assert held.count == 1


@pytest.mark.parametrize(
    ("refusal", "count"), [("cpu", 1), ("memory", 1), ("wall", 2), ("crash", 2)]
)
def test_only_refusals_that_would_come_again_are_kept(
    previewer: Previewer, held: Held, logs: Logs, refusal: str, count: int
) -> None:
    held.go.set()
    held.answer = Answer(refusal=refusal, detail="ValueError at x.py:1", seconds=1.0, peak=2**25)
    assert outcome(previewer, job("a")) == refusal
    assert logs == [
        {
            "event": "preview_refused", "log_level": "warning", "reason": refusal,
            "detail": "ValueError at x.py:1", "module": "essai", "seconds": 1.0, "peak_mib": 32,
        }
    ]  # fmt: skip
    outcome(previewer, job("a"))
    assert held.count == count


@pytest.mark.parametrize("error", [LostError(), OSError("no process left")])
def test_a_sandbox_that_fails_leaves_the_line_in_order(
    previewer: Previewer, held: Held, logs: Logs, error: Exception
) -> None:
    held.go.set()
    held.answer = error
    assert outcome(previewer, job("a")) == "busy"
    assert [one["log_level"] for one in logs] == ["error"]
    held.answer = Answer()
    assert outcome(previewer, job("a")) == "done"
    assert (previewer.tasks, previewer.waiting) == ({}, 0)


def test_of_thirty_two_at_once_none_is_lost(
    previewer: Previewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(previewing, "PATIENCE_SECONDS", 60.0)  # Whatever else the machine does.
    with ThreadPoolExecutor(32) as people:
        start = threading.Barrier(32)

        def ask(number: int) -> str:
            start.wait()
            return outcome(previewer, job(module(f"Texte {number}.\n")))

        outcomes = list(people.map(ask, range(32)))
    assert len(outcomes) == 32
    assert set(outcomes) == {"done", "busy"}
    assert outcomes.count("done") >= 2
    assert (previewer.tasks, previewer.waiting) == ({}, 0)
    assert outcome(previewer, job(module("Encore.\n"))) == "done"


def test_thirty_two_who_come_again_are_all_served(previewer: Previewer) -> None:
    def insist(number: int) -> int:
        refusals = 0
        while outcome(previewer, job(module(f"Texte {number}.\n"))) == "busy":
            refusals += 1
            time.sleep(0.01)
        return refusals

    with ThreadPoolExecutor(32) as people:
        assert sum(people.map(insist, range(32))) > 0


def test_the_sandbox_is_ready_before_it_is_asked_for(previewer: Previewer) -> None:
    previewer.prepare()
    until(lambda: previewer.sandbox.process is not None)
    process = previewer.sandbox.process
    assert outcome(previewer, job(module())) == "done"
    assert previewer.sandbox.process is process


def test_a_kill_in_the_middle_is_a_refusal_that_is_not_kept(previewer: Previewer) -> None:
    previewer.read(job(module()), LIMITS)
    assert previewer.sandbox.process is not None
    process = previewer.sandbox.process.pid
    with ThreadPoolExecutor() as people:
        asked = people.submit(outcome, previewer, job(LONG), cpu=5.0)
        until(lambda: bool(children(process)))
        os.kill(process, signal.SIGKILL)
        assert asked.result() == "crash"
    assert outcome(previewer, job(module("Ensuite.\n"))) == "done"


FORKING = """
import os
from app.dialect.sandbox.frames import Limits
from app.studio.previewing import PREVIEWER
from tests.dialect.writing import module
from tests.studio.test_sandbox import job
PREVIEWER.read(job(module()), Limits(wall=60))
forked = os.fork()
print(PREVIEWER.read(job(module("Ensuite.")), Limits(wall=60)).refusal or "done", flush=True)
if forked:
    assert os.waitpid(forked, 0)[1] == 0
"""


def test_a_process_that_was_forked_has_a_sandbox_of_its_own() -> None:
    # As gunicorn does with an application that it loaded beforehand.
    command = [sys.executable, "-W", "ignore", "-c", FORKING]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "done\ndone\n"
