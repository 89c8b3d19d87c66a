"""The life of a sandbox: ready beforehand, it makes a process for each job, one at a time.

What is hostile is only read in the copies: nothing of it stays for the next job, and one that is
stopped costs no start of an interpreter.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from functools import partial
from importlib import import_module

import msgspec

from app.dialect.context import Context
from app.dialect.reading import read_files
from app.dialect.sandbox import job
from app.dialect.sandbox.confinement import confine, die_with, step_aside
from app.dialect.sandbox.frames import LIMITS, Limits, encode, frame, read_frame
from app.dialect.sandbox.protocol import ANSWERS, Answer
from app.dialect.starter import TEMPLATE_FR

REQUESTS, ANSWERED, ERRORS = 0, 1, 2
READY = b"ready"
NO_MEMORY = 3
"""Status of a process that asked for more memory than it may have."""
TIMES_UP = {signal.SIGPROF: "cpu", signal.SIGXCPU: "cpu", signal.SIGALRM: "wall"}
CHUNK = 1 << 18
EARLY = (
    "_strptime", "bisect", "copy", "decimal", "difflib", "encodings.idna", "fractions", "heapq",
    "html.entities", "locale", "random", "textwrap", "unicodedata",
)  # fmt: skip
"""What the standard library imports when a function is first called (`Counter.most_common`…)."""
PEAK_UNIT = 1 if sys.platform == "darwin" else 1024


def serve(parent: int) -> None:
    """Do the jobs that come, until the server closes its end."""
    die_with(parent)
    warm_up()
    step_aside()
    receive = partial(os.read, REQUESTS)
    send(ANSWERED, frame(READY))
    while (limits := read_frame(receive)) is not None:
        content = read_frame(receive)
        if content is None:
            break
        send(ANSWERED, frame(do_apart(LIMITS.decode(limits), content)))


def warm_up() -> None:
    """Load everything and read a small module: a copy cannot open a file, be it to import it."""
    for name in EARLY:
        import_module(name)
    files = {name: text.encode() for name, text in TEMPLATE_FR.items()}
    for language in ("fr", "en"):
        read_files(files, slug="pret", context=Context(), language=language, one_page=True)
    gc.collect()
    gc.freeze()  # The copies share what is here, and leave it alone.


def do_apart(limits: Limits, content: bytes) -> bytes:
    """Do a job in a process made for it; say what became of it."""
    original = os.getpid()
    reading_end, writing_end = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading_end)
        be_the_copy(original, limits, content, writing_end)
    os.close(writing_end)
    told = receive_all(reading_end, limits.answer)
    os.close(reading_end)
    if told is None:
        os.kill(child, signal.SIGKILL)
    _, status, used = os.wait4(child, 0)
    peak, seconds = used.ru_maxrss * PEAK_UNIT, used.ru_utime + used.ru_stime
    refusal = "answer" if told is None else refusal_of(status, peak, limits)
    whole = Answer(refusal=refusal) if refusal or told is None else read_answer(told)
    return encode(msgspec.structs.replace(whole, seconds=seconds, peak=peak))


def be_the_copy(original: int, limits: Limits, content: bytes, writing_end: int) -> None:
    """Do one job and end: the pipes of the server are closed before anything is read."""
    status = 1
    try:
        die_with(original)
        for inherited in (REQUESTS, ANSWERED, ERRORS):
            os.close(inherited)
        confine(limits)
        send(writing_end, job.answer(content))
        status = 0
    except MemoryError:
        status = NO_MEMORY
    finally:
        os._exit(status)


def refusal_of(status: int, peak: int, limits: Limits) -> str:
    """Name why a process gave nothing; empty when it gave its answer."""
    if os.WIFEXITED(status):
        return {0: "", NO_MEMORY: "memory"}.get(os.WEXITSTATUS(status), "crash")
    ended_by = signal.Signals(os.WTERMSIG(status))
    # A library that is refused memory ends its process: how much it held tells why.
    return TIMES_UP.get(ended_by, "memory" if peak > limits.memory // 2 else "crash")


def read_answer(told: bytes) -> Answer:
    """Read the answer of a copy, without looking into what it found."""
    try:
        return ANSWERS.decode(told)
    except msgspec.DecodeError:
        return Answer(refusal="crash")


def receive_all(source: int, most: int) -> bytes | None:
    """Read to the end; None past so many bytes."""
    pieces = bytearray()
    while more := os.read(source, CHUNK):
        pieces += more
        if len(pieces) > most:
            return None
    return bytes(pieces)


def send(target: int, content: bytes) -> None:
    """Write it all."""
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(target, rest) :]
