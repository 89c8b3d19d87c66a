"""Compiled modules are read by several threads of a server at once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
RUNS = 4
"""Three in four runs ended in a crash while each reading looked its types up by itself."""

READ_AT_ONCE = """
import random, sys, threading, time

from app.dialect.compiled import from_json

sys.setswitchinterval(1e-5)
gate = threading.Barrier(8)


def read():
    gate.wait()
    time.sleep(random.random() * 0.004)
    for _ in range(20):
        try:
            from_json('{"steps": [{"id": "a", "title": "b", "blocks": []}]}')
        except ValueError:
            pass


threads = [threading.Thread(target=read) for _ in range(8)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
"""


def test_the_first_readings_may_happen_at_once() -> None:
    command = [sys.executable, "-c", READ_AT_ONCE]
    ends = [subprocess.run(command, cwd=ROOT, check=False).returncode for _ in range(RUNS)]
    assert ends == [0] * RUNS
