"""What is said of a module that could not be read within the limits, or at all."""

from __future__ import annotations

from app.dialect.messages import WHOLE_FILE, Message, Report
from app.dialect.sandbox.frames import LONGEST_FRAME, MIB, Limits
from app.dialect.source import read_source

SAID = {
    "cpu": "R104-cpu",
    "wall": "R104-wall",
    "memory": "R106",
    "answer": "R107",
    "files": "R107-files",
    "failed": "R108",
    "crash": "R108-crash",
}
LASTING = frozenset({"cpu", "memory", "answer", "files", "failed"})
"""Refusals that the same files would meet again; the others may be due to a busy machine."""


def refusal_message(refusal: str, path: str, language: str, limits: Limits) -> Message:
    """Say why a module was not read, at the beginning of a file."""
    sizes = {"memory": limits.memory, "files": LONGEST_FRAME}
    report = Report(read_source(path, ""), language)
    report.add(
        SAID[refusal],
        WHOLE_FILE,
        seconds=f"{limits.wall if refusal == 'wall' else limits.cpu:g}",
        size=sizes.get(refusal, limits.answer) // MIB,
    )
    return report.messages[0]
