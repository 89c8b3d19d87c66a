"""Measure what hostile previews cost an officer, and what the sandbox costs a trainer.

    make bench-previews

Loopback only, about two minutes. An officer's page is measured idle, then with ten trainers who
preview hostile modules, in turn; every ratio is taken within a round. `BENCH_ROUNDS` and
`BENCH_SECONDS` change how long it takes.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles

from app.database import utc_now, write
from app.demo.agenda import FOCUS as MODULE
from app.dialect.context import Context, read_context
from app.dialect.reading import read_files
from app.dialect.sandbox.frames import Limits
from app.extensions import db
from app.studio.parts import Parts, read_parts
from app.studio.readings import read_apart
from app.studio.services.drafts import begin
from benchmarks.attack import Crowd
from benchmarks.connection import Connection
from benchmarks.load import Load, at_work
from benchmarks.servers import APPLICATION, Served, running
from benchmarks.world import SECRET_KEY, Visitor, build, sign_in

WORDS = 3_000
ROOT = Path(__file__).resolve().parent.parent
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "3"))
SECONDS = float(os.environ.get("BENCH_SECONDS", "6"))
MOST_RATIO = 3.0
MOST_P95 = 150.0
PREVIEWS = 60


@dataclass(slots=True)
class Siege:
    """An officer's page, idle and besieged, round by round."""

    name: str
    officers: int
    pause: float = 2.0
    """Seconds that a refused trainer waits before asking again."""
    hostile: bool = True
    has_goal: bool = True
    idle: list[Load] = field(default_factory=list)
    besieged: list[Load] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)

    @property
    def ratio(self) -> float:
        """Give the median of each round's ratio of p99."""
        pairs = zip(self.besieged, self.idle, strict=True)
        return median(one.p99 / idle.p99 for one, idle in pairs)

    def line(self) -> str:
        """Write the measure on one line."""
        idle, besieged = (median(one.p99 for one in loads) for loads in (self.idle, self.besieged))
        halves = [median(one.p50 for one in loads) for loads in (self.idle, self.besieged)]
        goal = f"at most {MOST_RATIO:g} ×: {'ok' if self.is_kept else 'ABOVE'}"
        told = ", ".join(f"{status}: {count}" for status, count in sorted(self.statuses.items()))
        return (
            f"{self.name:<34}{halves[0]:>7.1f} {idle:>7.1f}   {halves[1]:>7.1f} {besieged:>7.1f}"
            f" {self.ratio:>6.1f} ×  {goal if self.has_goal else ''}\n    trainers got {told}"
        )

    @property
    def is_kept(self) -> bool:
        """Tell whether the goal is reached."""
        return not self.has_goal or self.ratio <= MOST_RATIO


def main() -> int:
    """Measure and print; 1 where a goal was missed."""
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        content = Path(name) / "content"
        shutil.copytree(ROOT / "content", content)
        missed = measure_reading(content) + measure_sieges(Path(name), content)
    return 1 if missed else 0


def measure_sieges(folder: Path, content: Path) -> int:
    """Serve the demonstration, measure the officers' page; return how many goals were missed."""
    url = f"sqlite:///{folder / 'served.sqlite3'}"
    world = build(url)
    texts = reference_texts(content / "modules" / MODULE)
    with world.app.app_context():
        (trainer,) = write(sign_in, world.app, ("demo-formateur",))
        short = {"module.md": shorten(texts["module.md"])}
        desks = [
            (write(begin, slug, held, agent_id=trainer.agent_id, now=utc_now()), held["module.md"])
            for slug, held in (("mesure", short), ("mesure-entiere", texts))
        ]
        db.engine.dispose()
    sieges = [
        Siege("one officer", 1),
        Siege("eight officers", 8),
        Siege("one officer, without a pause", 1, 0.0, has_goal=False),
        Siege("(the same, ordinary pages)", 1, 0.0, hostile=False, has_goal=False),
    ]
    settings = {"SECRET_KEY": SECRET_KEY, "RATE_LIMITS": "false", "CONTENT_DIR": str(content)}
    with running(APPLICATION, DATABASE_URL=url, **settings) as served:
        missed = measure_beside(served, trainer, desks)
        missed += measure_pages(served, trainer, content)
        before = served.workers()
        for _ in range(ROUNDS):
            for siege in sieges:
                measure(siege, served, world.officer, trainer, content)
        restarted = served.workers() != before
    print(
        f"\nStep page of an officer, ms\n{'':<34}{'idle p50':>7} {'p99':>6}   {'then p50':>7} p99"
    )
    for siege in sieges:
        print(siege.line())
    print(f"server processes restarted: {'YES' if restarted else 'none'}")
    return missed + sum(not siege.is_kept for siege in sieges) + restarted


def measure(
    siege: Siege, served: Served, officer: Visitor, trainer: Visitor, content: Path
) -> None:
    """Measure one round: idle, then besieged."""
    siege.idle.append(read_steps(siege.officers, served.port, officer))
    modules = content / "modules"
    crowd = Crowd(served.port, trainer.headers, modules, siege.pause, siege.hostile)
    with crowd.at_it() as statuses:
        siege.besieged.append(read_steps(siege.officers, served.port, officer))
    siege.statuses += statuses
    time.sleep(2)  # What is under way in the sandboxes ends.


def read_steps(officers: int, port: int, officer: Visitor) -> Load:
    """Read the same step again and again."""
    clients = [Connection(port, officer.headers) for _ in range(officers)]
    page = f"/apprendre/{MODULE}/etapes/cadeaux"
    units = [lambda one=client: one.get(page) for client in clients]  # type: ignore[misc]
    return at_work(units, SECONDS, processes=1)


def measure_reading(content: Path) -> int:
    """Measure the reading of a module here and in the sandbox; count the goals missed."""
    context = read_context(content)
    parts = read_parts(content / "modules" / MODULE, context)
    french = Parts({name: text for name, text in parts.files.items() if ".en." not in name}, {})
    words = len(french.files["module.md"].split())
    here, apart, both = [], [], []
    for number in range(PREVIEWS):
        here.append(timed(lambda: read_files(french.files, slug=MODULE, context=context)))
        apart.append(timed(lambda: read_changed(french, context, number)))  # noqa: B023
        both.append(timed(lambda: read_changed(parts, context, number)))  # noqa: B023
    print(f"\nReading {MODULE} in French ({words} words with their marks, and its bank), ms")
    tell("in process", here, has_goal=False)
    missed = tell("in the sandbox", apart, has_goal=True)
    tell("in the sandbox, with its English", both, has_goal=False)
    return missed


def read_changed(parts: Parts, context: Context, number: int) -> None:
    """Have the module read with one more line, so that it was never read before."""
    text = parts.files["module.md"] + f"\nLigne {number}.\n".encode()
    changed = Parts(parts.files | {"module.md": text}, parts.digests)
    read = read_apart(changed, slug=MODULE, context=context, language="fr", limits=Limits())
    assert read.reading.modules, read.reading.messages


def measure_pages(served: Served, trainer: Visitor, content: Path) -> int:
    """Measure the preview of a module whose file has just changed, over HTTP, French alone."""
    folder = content / "modules" / MODULE
    for translation in folder.rglob("*.en.md"):
        translation.unlink()
    file = folder / "module.md"
    text = file.read_text(encoding="utf-8")
    connection = Connection(served.port, trainer.headers)
    page = f"/formateur/fichiers/{MODULE}/cadeaux"
    connection.get(page)
    times = []
    for number in range(PREVIEWS):
        file.write_text(f"{text}\nVersion {number}.\n", encoding="utf-8")
        times.append(timed(lambda: connection.get(page)))
    # Twice the text of the goal, and read for all its findings: a figure to watch.
    return tell("its page, after each change", times, has_goal=False)


def measure_beside(served: Served, trainer: Visitor, desks: list[tuple[int, str]]) -> int:
    """Measure the page beside each text, from the request to its HTML; the first has a goal."""
    connection = Connection(served.port, trainer.headers)
    missed = 0
    for rank, (draft_id, text) in enumerate(desks):
        print(f"\nBeside a text of {len(text.split())} words with their marks, over HTTP, ms")
        for name, view in (("as an agent sees it", ""), ("with the keys", "relecture")):
            times = []
            for number in range(PREVIEWS):
                sent = {"path": "module.md", "text": f"{text}\n{name} {number}.\n", "vue": view}
                address = f"/formateur/brouillons/{draft_id}/a-cote"
                times.append(timed(lambda: connection.post_json(address, sent)))  # noqa: B023
            missed += tell(name, times, has_goal=rank == 0)
    return missed


def reference_texts(folder: Path) -> dict[str, str]:
    """Read the texts of a module and of its banks, in French and without their pictures."""
    paths = [folder / "module.md", *sorted((folder / "banques").glob("*.md"))]
    texts = {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in paths
        if not path.name.endswith(".en.md")
    }
    return {path: re.sub(r"^!\[.*\n", "", text, flags=re.M) for path, text in texts.items()}


def shorten(text: str) -> str:
    """Keep the first steps of a module, until they have 3,000 words."""
    kept: list[str] = []
    for line in text.split("\n"):
        if line.startswith("## ") and len(" ".join(kept).split()) > WORDS:
            break
        kept.append(line)
    return "\n".join(kept)


def tell(name: str, times: list[float], *, has_goal: bool) -> int:
    """Print some times; return 1 where they miss the goal."""
    p95 = percentile(times, 95)
    kept = not has_goal or p95 <= MOST_P95
    goal = f"p95 at most {MOST_P95:.0f}: {'ok' if kept else 'ABOVE'}" if has_goal else ""
    print(f"{name:<34}p50 {median(times):>6.1f}   p95 {p95:>6.1f}   n {len(times)}  {goal}")
    return 0 if kept else 1


def timed(act: Callable[[], object]) -> float:
    """Time one act, in milliseconds."""
    start = time.perf_counter()
    act()
    return 1000 * (time.perf_counter() - start)


def percentile(times: list[float], rank: int) -> float:
    """Give a percentile of some times."""
    return quantiles(times, n=100)[rank - 1]


if __name__ == "__main__":
    raise SystemExit(main())
