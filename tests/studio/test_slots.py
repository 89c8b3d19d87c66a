"""Two previews at work at once, whatever the number of processes."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from app.studio.slots import SLOTS, VARIABLE, a_slot

ROOT = Path(__file__).resolve().parents[2]
HOLDER = """
import sys
from app.studio.slots import a_slot
with a_slot(lambda: True) as held:
    print("held" if held else "none", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def shared(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    with tempfile.TemporaryFile() as file:
        monkeypatch.setenv(VARIABLE, str(file.fileno()))
        yield file.fileno()


def hold(shared: int, stack: ExitStack) -> tuple[subprocess.Popen[bytes], bytes]:
    """Ask for a place in another process."""
    process = stack.enter_context(
        subprocess.Popen(
            [sys.executable, "-c", HOLDER], cwd=ROOT, pass_fds=[shared], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, env=os.environ | {VARIABLE: str(shared)},
        )
    )  # fmt: skip
    stack.callback(process.kill)
    assert process.stdout is not None
    return process, process.stdout.readline()


def test_a_third_process_finds_no_place_until_one_ends(shared: int) -> None:
    with ExitStack() as stack:
        first, said = hold(shared, stack)
        assert said == b"held\n"
        assert hold(shared, stack)[1] == b"held\n"
        with a_slot(lambda: True) as held:
            assert not held
        turns = iter([False, False])

        def give_up() -> bool:
            if next(turns, True):
                first.kill()  # A process that is killed keeps nothing.
                first.wait()
            return False

        with a_slot(give_up) as held:
            assert held
        assert SLOTS == 2


def test_a_place_is_given_back(shared: int) -> None:
    for _ in range(3 * SLOTS):
        with a_slot(lambda: True) as held:
            assert held


def test_a_server_of_one_process_shares_with_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    with a_slot(lambda: True) as held:
        assert held


def test_the_server_s_settings_make_the_places() -> None:
    code = (
        "import runpy, os\n"
        "settings = runpy.run_path('deploy/gunicorn.conf.py')\n"
        "from app.studio.slots import VARIABLE, a_slot\n"
        "assert int(os.environ[VARIABLE]) == settings['preview_slots'].fileno()\n"
        "with a_slot(lambda: True) as held: print(held)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True)
    assert done.stdout == b"True\n"
