"""The process apart: it reads as the server would, holds its limits, and leaves nothing behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from app.dialect.compiled import from_json
from app.dialect.context import Context, read_context
from app.dialect.reading import read_files, read_folder
from app.dialect.sandbox.frames import MIB, Limits, encode
from app.dialect.sandbox.protocol import FOUND, Answer, Found, Job
from app.studio.parts import read_parts
from app.studio.sandbox import LostError, Sandbox
from tests.dialect.cases import CASES
from tests.dialect.hostile import MODULES, PROSE
from tests.dialect.hostile_diagrams import HOSTILE as HOSTILE_DIAGRAMS
from tests.dialect.test_confinement import is_gone
from tests.dialect.writing import CARET, CONTEXT, module
from tests.pictures import SVG, jpeg, png, webp
from tests.studio.conftest import Logs

ROOT = Path(__file__).resolve().parents[2]
EACH = int(os.environ.get("HOSTILE_EACH", "7"))
"""One hostile text in how many is tried; 1 for all of them."""
LONG = module("un mot *grave* et [un lien](https://x.fr) ; " * 100 + "\n\n")
LONG = LONG.replace("un mot", ("un mot *grave* ; " * 200 + "\n\n") * 30 + "un mot", 1)
"""Takes long enough to be met at work."""


@pytest.fixture(scope="module")
def shared() -> Iterator[Sandbox]:
    sandbox = Sandbox()
    yield sandbox
    sandbox.close()


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    sandbox = Sandbox()
    yield sandbox
    sandbox.close()


def job(text: str | bytes = "", language: str = "fr", **changes: Any) -> Job:
    content = text if isinstance(text, bytes) else text.encode()
    made = Job(
        slug="essai", files={"module.md": content}, digests={}, context=CONTEXT, language=language
    )
    return msgspec.structs.replace(made, **changes)


def run(sandbox: Sandbox, asked: Job, **limits: Any) -> Answer:
    # What is measured here is work: beside other tests it may take long to be done.
    return sandbox.run(Limits(**{"wall": 60.0} | limits), encode(asked))


def found(answer: Answer) -> Found:
    assert answer.refusal == "", answer
    return FOUND.decode(answer.found)


def pid_of(sandbox: Sandbox) -> int:
    return sandbox.ready().pid


def children(pid: int) -> list[int]:
    return [int(x) for x in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def descriptors() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


@pytest.mark.parametrize(
    "folder", sorted((ROOT / "content" / "modules").iterdir()), ids=lambda folder: folder.name
)
def test_a_module_is_read_as_the_command_line_reads_it(shared: Sandbox, folder: Path) -> None:
    context = read_context(ROOT / "content")
    expected = read_folder(folder, context=context)
    parts = read_parts(folder, context)
    asked = job(
        files=parts.files, digests=parts.digests, sizes=parts.sizes, diagrams=True,
        slug=folder.name, context=context, under=folder.as_posix(),
    )  # fmt: skip
    told = found(run(shared, asked))
    modules = {language: from_json(bytes(one)) for language, one in told.modules.items()}
    assert modules == expected.modules
    assert (told.sources, told.sha256) == (expected.sources, expected.sha256)
    assert (told.messages, told.errors, told.warnings) == (expected.messages, 0, 0)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_mistake_is_told_as_the_command_line_tells_it(shared: Sandbox, language: str) -> None:
    # All of them in one language or the other: what a check imports late would fail here only.
    for case in CASES[language == "en" :: 2]:
        files = {"module.md": case.text.replace(CARET, "").encode()}
        files |= {f"banques/{k}.md": v.replace(CARET, "").encode() for k, v in case.banks.items()}
        expected = read_files(files, slug="essai", context=CONTEXT, language=language)
        told = found(run(shared, job(files=files, language=language)))
        assert told.messages == expected.messages, case.code


def test_media_are_known_by_their_digests(shared: Sandbox) -> None:
    text = module("![Un plan](media/plan.png)\n").encode()
    asked = job(
        files={"module.md": text, "media/plan.png": b"the beginning"},
        digests={"media/plan.png": "d" * 64},
        media_base="/ici/",
    )
    told = found(run(shared, asked))
    assert f"/ici/{'d' * 64}" in bytes(told.modules["fr"]).decode()
    whole = read_files(asked.files, slug="essai", context=CONTEXT, digests=asked.digests)
    assert told.sha256 == whole.sha256
    assert told.digests == asked.digests


def test_every_kind_of_media_is_looked_into_as_the_command_line_does(
    shared: Sandbox, tmp_path: Path
) -> None:
    drawings = [*HOSTILE_DIAGRAMS, SVG]
    names = {
        f"d{rank}.svg": one if isinstance(one, bytes) else one.encode()
        for rank, one in enumerate(drawings)
    }
    names |= {
        "a.png": png(40, 30) + bytes(90_000), "b.jpg": jpeg(40, 30), "c.webp": webp(40, 30),
        "d.mp4": b"\0\0\0\x18ftypmp42" + bytes(90_000), "d.fr.vtt": b"WEBVTT\n", "e.mp3": b"no",
        "d.transcription.md": b"## Un film {#x}\n\n*Dit*\n", "f.exe": b"MZ",
    }  # fmt: skip
    folder = tmp_path / "essai"
    (folder / "media").mkdir(parents=True)
    for name, data in names.items():
        (folder / "media" / name).write_bytes(data)
    text = module("![Plan](media/a.png)\n\n[Un film](media/d.mp4)\n")
    (folder / "module.md").write_text(text, encoding="utf-8")
    expected = read_folder(folder, context=CONTEXT)
    parts = read_parts(folder, CONTEXT)
    assert max(map(len, parts.files.values())) == 64 * 1024
    for diagrams in (True, False):
        told = found(
            run(
                shared,
                job(
                    files=parts.files, digests=parts.digests, sizes=parts.sizes,
                    diagrams=diagrams, under=folder.as_posix(),
                ),
            )
        )  # fmt: skip
        if diagrams:
            assert told.messages == expected.messages
            assert told.sha256 == expected.sha256
        else:
            assert {f"media/{n}" for n in names if n.endswith(".svg")} <= set(told.refused_media)
        assert (f"media/d{len(drawings) - 1}.svg" in told.refused_media) is not diagrams
        assert {"media/e.mp3", "media/f.exe"} <= set(told.refused_media)
        assert "media/a.png" not in told.refused_media


HOSTILE = [*(module(text + "\n") for text in PROSE), *MODULES]


@pytest.mark.parametrize("rank", range(0, len(HOSTILE), EACH))
def test_a_hostile_text_ends_within_a_second_or_meets_a_limit(shared: Sandbox, rank: int) -> None:
    answer = run(shared, job(HOSTILE[rank]))
    assert answer.refusal in {"", "cpu", "memory", "answer"}, answer.detail
    assert answer.seconds < 1.1
    assert answer.peak < 256 * MIB
    if not answer.refusal:
        told = found(answer)
        assert told.messages or told.modules
        assert len(told.messages) <= 500


def test_there_are_enough_hostile_texts() -> None:
    assert len(set(HOSTILE)) == len(HOSTILE) >= 150


@pytest.mark.parametrize(
    ("limits", "refusal"),
    [
        ({"cpu": 0.02}, "cpu"),
        ({"wall": 0.02}, "wall"),
        ({"memory": 34 * MIB}, "memory"),
        ({"answer": 1000}, "answer"),
    ],
)
def test_each_limit_is_named(sandbox: Sandbox, limits: dict[str, Any], refusal: str) -> None:
    process = pid_of(sandbox)
    assert run(sandbox, job(LONG), **limits).refusal == refusal
    assert found(run(sandbox, job(module()))).errors == 0
    assert pid_of(sandbox) == process  # Only the copy was ended.


def test_files_that_are_no_module_s_are_not_even_sent(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.studio.sandbox.LONGEST_FRAME", 1_000)
    assert run(sandbox, job("a" * 1_000)).refusal == "files"
    assert sandbox.process is None


def test_a_text_that_our_code_cannot_read_names_the_place_not_the_text(sandbox: Sandbox) -> None:
    asked = encode(job(module())).replace(b'"slug":"essai"', b'"slug":["secret"]')
    answer = sandbox.run(Limits(), asked)
    assert answer.refusal == "failed"
    assert answer.detail.startswith("ValidationError at app/dialect/sandbox/job.py:")
    assert "secret" not in answer.detail


def test_many_messages_are_counted_and_the_first_are_told(shared: Sandbox) -> None:
    told = found(run(shared, job("## a\n" * 2_000)))
    assert told.errors > 2_000
    assert len(told.messages) == 500
    long = found(run(shared, job(module("[a](" + "b" * 4_000 + ")\n\n" * 40))))
    assert all(len(message.message) <= 601 for message in long.messages)


def test_a_copy_that_is_killed_is_a_crash_and_the_next_job_is_done(sandbox: Sandbox) -> None:
    process = pid_of(sandbox)
    answers: list[Answer] = []
    thread = threading.Thread(target=lambda: answers.append(run(sandbox, job(LONG))))
    thread.start()
    while not (copies := children(process)):
        time.sleep(0.001)
    os.kill(copies[0], signal.SIGKILL)
    thread.join()
    assert [one.refusal for one in answers] == ["crash"]
    assert found(run(sandbox, job(module()))).errors == 0
    assert pid_of(sandbox) == process


def test_a_sandbox_that_is_killed_at_work_is_replaced(sandbox: Sandbox, logs: Logs) -> None:
    process = pid_of(sandbox)
    answers: list[Answer] = []
    thread = threading.Thread(target=lambda: answers.append(run(sandbox, job(LONG))))
    thread.start()
    while not (copies := children(process)):
        time.sleep(0.001)
    os.kill(process, signal.SIGKILL)
    thread.join()
    assert [one.refusal for one in answers] == ["crash"]
    assert [(one["event"], one["process"]) for one in logs] == [("sandbox_ended", process)]
    assert all(is_gone(copy, within=1) for copy in copies)
    assert found(run(sandbox, job(module()))).errors == 0
    assert pid_of(sandbox) != process


def test_a_sandbox_that_is_killed_while_it_waits_costs_no_job(sandbox: Sandbox) -> None:
    process = pid_of(sandbox)
    os.kill(process, signal.SIGKILL)
    assert is_gone(process, within=1)
    assert found(run(sandbox, job(module()))).errors == 0


def test_a_sandbox_that_is_stopped_is_replaced_at_the_deadline(sandbox: Sandbox) -> None:
    process = pid_of(sandbox)
    os.kill(process, signal.SIGSTOP)
    start = time.monotonic()
    assert run(sandbox, job(module()), wall=0.1).refusal == "wall"
    assert time.monotonic() - start < 3
    assert not Path(f"/proc/{process}").exists()
    assert found(run(sandbox, job(module()))).errors == 0


def test_an_end_asked_of_the_whole_group_waits_for_the_server(sandbox: Sandbox) -> None:
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        os.killpg(pid_of(sandbox), number)
    assert found(run(sandbox, job(module()))).errors == 0


def test_it_runs_aside_without_our_secrets(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET_KEY", "canari")
    process = Path(f"/proc/{pid_of(sandbox)}")
    facts = (process / "stat").read_text().rpartition(")")[2].split()
    assert int(facts[16]) == 10 + os.nice(0)
    assert (process / "environ").read_bytes() == b""
    assert (process / "oom_score_adj").read_text() == "1000\n"
    assert "flask" not in (process / "maps").read_text()
    assert "NoNewPrivs:\t1" in (process / "status").read_text()


def test_a_closed_sandbox_starts_no_more(sandbox: Sandbox) -> None:
    process = pid_of(sandbox)
    sandbox.close()
    assert not Path(f"/proc/{process}").exists()
    with pytest.raises(LostError):
        sandbox.run(Limits(), b"")


def test_a_sandbox_that_does_not_start_is_said_so(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    broken = tmp_path / "start.py"
    broken.write_text("raise SystemExit(1)")
    monkeypatch.setattr("app.studio.sandbox.start.__file__", str(broken))
    with pytest.raises(LostError):
        sandbox.run(Limits(), b"")
    assert sandbox.process is None


def test_two_hundred_jobs_leave_no_descriptor_and_no_zombie(sandbox: Sandbox) -> None:
    run(sandbox, job(module()))
    before, within = descriptors(), Path(f"/proc/{pid_of(sandbox)}/fd")
    inside = len(list(within.iterdir()))
    for number in range(200):
        if number % 50 == 25:
            os.kill(pid_of(sandbox), signal.SIGKILL)
        cpu = 0.005 if number % 10 == 5 else 1.0
        run(sandbox, job("# a\n"), cpu=cpu)
    assert descriptors() == before
    within = Path(f"/proc/{pid_of(sandbox)}/fd")
    assert len(list(within.iterdir())) == inside
    assert children(os.getpid()).count(pid_of(sandbox)) == 1
    assert children(pid_of(sandbox)) == []


PARENT = """
import os, sys, threading, time
from app.studio.sandbox import Sandbox
from app.dialect.sandbox.frames import Limits
sandbox = Sandbox()
print(sandbox.ready().pid, flush=True)
job = sys.stdin.buffer.read()
while job:
    sandbox.run(Limits(cpu=30, wall=30), job)
time.sleep(30)
"""


@pytest.mark.parametrize("at_work", [True, False], ids=["at work", "waiting"])
def test_nothing_outlives_a_server_that_is_killed(at_work: bool) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", PARENT], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as parent:
        assert parent.stdin is not None
        assert parent.stdout is not None
        process = int(parent.stdout.readline())
        parent.stdin.write(encode(job(LONG)) if at_work else b"")
        parent.stdin.close()
        while at_work and not (copies := children(process)):
            time.sleep(0.001)
        parent.kill()
    assert is_gone(process, within=1)
    assert not at_work or is_gone(copies[0], within=1)


def test_a_context_travels_whole(shared: Sandbox) -> None:
    known = Context(competences=frozenset({"probite"}), modules=frozenset(), seconds=0)
    told = found(run(shared, job(module(), context=known)))
    assert [message.code for message in told.messages] == ["R104"]
