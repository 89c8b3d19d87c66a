"""What a confined process cannot do: each limit is met by a real process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BEGIN = """
import os, re, socket, sys
from types import ModuleType
app = ModuleType("app"); app.__path__ = [{app!r}]; sys.modules["app"] = app
from app.dialect.sandbox import confinement
from app.dialect.sandbox.frames import Limits
"""
CONFINE = "confinement.confine(Limits(cpu={cpu}, wall={wall}, memory={memory}))\n"
ROOMY = 256 * 2**20


def run(
    act: str, *, cpu: float = 5, wall: float = 5, memory: int = ROOMY
) -> subprocess.CompletedProcess[str]:
    """Run a confined process, and wait for its end."""
    confine = CONFINE.format(cpu=cpu, wall=wall, memory=memory)
    code = BEGIN.format(app=str(ROOT / "app")) + confine + act
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=20, check=False
    )


def said(act: str) -> str:
    """Give what a confined process printed; it must end by itself."""
    done = run(act)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_work_past_its_time_is_ended_by_the_system() -> None:
    start = time.monotonic()
    assert run("while True: pass", cpu=0.1).returncode == -signal.SIGPROF
    assert time.monotonic() - start < 5


def test_an_expression_that_never_gives_the_interpreter_back_is_ended_too() -> None:
    act = "re.match('(a|a)*b', 'a' * 60)"
    assert run(act, cpu=0.1).returncode == -signal.SIGPROF


def test_sleep_past_its_time_is_ended() -> None:
    assert run("import time; time.sleep(9)", wall=0.2).returncode == -signal.SIGALRM


def test_memory_has_an_end() -> None:
    held = run("held = [bytearray(2**20) for _ in range(200)]", memory=128 * 2**20)
    assert "MemoryError" in held.stderr


def test_neither_a_file_nor_the_network_can_be_opened() -> None:
    act = """
for attempt in (lambda: open("/etc/hostname"), socket.socket, os.pipe,
                lambda: os.open("/tmp/x", os.O_CREAT | os.O_WRONLY)):
    try:
        attempt()
        print("done")
    except OSError as error:
        print(error.errno)
"""
    assert set(said(act).split()) == {"24"}


def test_what_is_open_cannot_grow_on_the_disk(tmp_path: Path) -> None:
    target = tmp_path / "ecrit"
    code = f"file = open({str(target)!r}, 'wb', buffering=0)\n"
    act = "try: file.write(b'x')\nexcept OSError as error: print(error.errno)"
    begin = BEGIN.format(app=str(ROOT / "app")) + code
    limits = CONFINE.format(cpu=5, wall=5, memory=ROOMY)
    done = subprocess.run(
        [sys.executable, "-c", begin + limits + act], capture_output=True, text=True, check=True
    )
    assert (done.stdout.strip(), target.read_bytes()) == ("27", b"")


def test_limits_are_held_for_good() -> None:
    act = """
import resource
print([resource.getrlimit(kind) for kind in (resource.RLIMIT_NOFILE, resource.RLIMIT_CORE)])
print(resource.getrlimit(resource.RLIMIT_AS)[1] // 2**20, resource.getrlimit(resource.RLIMIT_CPU))
"""
    assert said(act).split("\n") == ["[(0, 0), (0, 0)]", "256 (6, 6)"]


def test_a_process_ends_with_its_parent() -> None:
    child = "confinement.die_with(os.getppid()); print(os.getpid(), flush=True)\nwhile True: pass"
    code = BEGIN.format(app=str(ROOT / "app")) + child
    parent = f"import subprocess, sys\nsubprocess.run([sys.executable, '-c', {code!r}])"
    with subprocess.Popen([sys.executable, "-c", parent], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        pid = int(process.stdout.readline())
        process.kill()
    assert is_gone(pid, within=1)


def test_a_process_whose_parent_is_gone_already_does_not_begin() -> None:
    code = BEGIN.format(app=str(ROOT / "app")) + "confinement.die_with(1); print('began')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stdout == b""


def test_a_system_without_prctl_is_served_all_the_same() -> None:
    act = """
class Bare:
    def __getattr__(self, name): raise AttributeError(name)
confinement.ctypes.CDLL = lambda _name: Bare()
print(confinement.die_with(os.getppid()))
confinement.step_aside()
print(os.nice(0))
confinement.hold(-1, 5)
confinement.confine(Limits())
"""
    code = BEGIN.format(app=str(ROOT / "app")) + act
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", str(os.nice(0) + 10)]


def test_a_process_that_stepped_aside_leaves_its_end_to_the_server() -> None:
    act = "confinement.step_aside(); os.kill(os.getpid(), 15); os.kill(os.getpid(), 2); print(1)"
    code = BEGIN.format(app=str(ROOT / "app")) + act
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "1\n"


def is_gone(pid: int, *, within: float) -> bool:
    """Wait for the end of a process that is not ours to reap."""
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        state = Path(f"/proc/{pid}/stat")
        if state.exists() and state.read_text().rpartition(")")[2].split()[0] == "Z":
            return True
        time.sleep(0.01)
    return False
