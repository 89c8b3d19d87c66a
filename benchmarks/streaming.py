"""What it takes to stream the national list of names, in a process that does nothing else."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

if __name__ == "__main__":
    # Tools of the tests, which a server does not have and its libraries load where they are.
    sys.modules["rich"] = sys.modules["pygments"] = None  # type: ignore[assignment]

from app import create_app

ROOT = Path(__file__).resolve().parent.parent
ADDRESS = "/rh/suivi.csv"


@dataclass(frozen=True, slots=True)
class Streamed:
    """How many rows came, in how long; ``own`` is processor time; memory is in megabytes."""

    rows: int
    seconds: float
    own: float
    before: float
    most: float


def stream_apart(settings: dict[str, object], headers: dict[str, str]) -> Streamed:
    """Stream in a new process, which holds what a server's process holds and nothing else."""
    command = [sys.executable, "-m", "benchmarks.streaming"]
    asked = json.dumps({"settings": settings, "headers": headers})
    done = subprocess.run(
        command, input=asked, capture_output=True, text=True, check=True, cwd=ROOT
    )
    return Streamed(**json.loads(done.stdout))


def stream(settings: dict[str, object], headers: dict[str, str]) -> Streamed:
    """Ask for the list, and count its rows as they come."""
    client = create_app(settings).test_client(use_cookies=False)
    before = most = resident_megabytes()
    clock, own, rows = time.perf_counter(), time.process_time(), 0
    for chunk in client.get(ADDRESS, headers=headers).iter_encoded():
        rows += chunk.count(b"\r\n")
        most = max(most, resident_megabytes())
    return Streamed(rows, time.perf_counter() - clock, time.process_time() - own, before, most)


def resident_megabytes() -> float:
    """Measure the memory that this process holds."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 10**6


if __name__ == "__main__":
    print(json.dumps(asdict(stream(**json.load(sys.stdin)))))
