"""Measure the check of each shipped module beside a bare rendering of the same text, in one run.

    python -m benchmarks.checking

Each measure is taken in a process of its own, warmed on the starter: a text is checked for the
first time, as from the command line. The bare one is what any tutorial does: Python-Markdown with
tables and footnotes, which finds nothing and says nothing. Figures are the processor's time, the
best of `BENCH_ROUNDS` (3).
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import markdown

from app.dialect.checking import check_folder
from app.dialect.context import read_context
from app.dialect.reading import read_files
from app.dialect.starter import TEMPLATE_FR

ROOT = Path(__file__).parents[1]
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "3"))
MOST = 100
"""Milliseconds that a module may take to check."""
EXTENSIONS = ["tables", "footnotes", "toc", "sane_lists"]


def spent(act: Callable[[], object]) -> float:
    """Give the milliseconds of processor that something takes."""
    start = time.process_time()
    act()
    return 1000 * (time.process_time() - start)


def check_once(folder: Path) -> float:
    """Check a module for the first time in a process that has checked another."""
    context = read_context(ROOT / "content")
    starter = {name: text.encode() for name, text in TEMPLATE_FR.items()}
    for _ in range(3):
        read_files(starter, slug="starter", context=context)
    return spent(lambda: check_folder(folder, context=context))


def render_once(folder: Path) -> float:
    """Render the texts of a module with a bare Python-Markdown, warmed as the check is."""
    bare = markdown.Markdown(extensions=EXTENSIONS)
    for text in list(TEMPLATE_FR.values()) * 3:
        bare.reset().convert(text)
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.md"))]
    return spent(lambda: [bare.reset().convert(text) for text in texts])


WAYS = {"check": check_once, "bare": render_once}


def measure(way: str, folder: Path) -> float:
    """Measure one way on one module in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.checking", way, str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return float(done.stdout)


def main() -> int:
    """Measure every module and print what was found; 1 where one takes too long."""
    missed = 0
    print(f"{'module':28} {'kB':>5} {'check':>9} {'bare':>9} {'ratio':>6}")
    for folder in sorted((ROOT / "content" / "modules").iterdir()):
        size = sum(path.stat().st_size for path in folder.rglob("*.md")) / 1000
        rounds = [{way: measure(way, folder) for way in WAYS} for _ in range(ROUNDS)]
        checked, bare = (min(one[way] for one in rounds) for way in WAYS)
        ratio = min(one["check"] / one["bare"] for one in rounds)
        told = "" if checked <= MOST else f"  over {MOST} ms"
        print(f"{folder.name:28} {size:5.0f} {checked:6.0f} ms {bare:6.0f} ms {ratio:6.2f}{told}")
        missed += checked > MOST
    return 1 if missed else 0


if __name__ == "__main__":
    if sys.argv[1:]:
        print(WAYS[sys.argv[1]](Path(sys.argv[2])))
    else:
        sys.exit(main())
