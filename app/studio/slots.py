"""How many previews may be at work at once on a server, whatever its number of processes.

A place is a byte of a file without a name, which deploy/gunicorn.conf.py opens before it makes the
processes that serve. The system gives the lock of a process that ends back at once.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

SLOTS = 2
PREVIEWS = range(SLOTS)
UPLOADS = range(SLOTS, SLOTS + 1)
"""Files that were sent are cleaned one at a time on a server, beside its previews."""
VARIABLE = "EXEMPLARITE_PREVIEW_SLOTS"
"""Holds the number of the file's descriptor."""
STEP_SECONDS = 0.01


@contextmanager
def a_slot(is_given_up: Callable[[], bool], places: range = PREVIEWS) -> Iterator[bool]:
    """Hold one of the places; yield False where the wait was given up before there was one.

    A server of one process shares with nobody: its own line is enough.
    """
    shared = os.environ.get(VARIABLE)
    if shared is None:
        yield True
        return
    slot = wait_for_slot(int(shared), is_given_up, places)
    try:
        yield slot is not None
    finally:
        if slot is not None:
            fcntl.lockf(int(shared), fcntl.LOCK_UN, 1, slot)


def wait_for_slot(
    shared: int, is_given_up: Callable[[], bool], places: range = PREVIEWS
) -> int | None:
    """Take the first free place; None once the wait is given up."""
    while True:
        for slot in places:
            try:
                fcntl.lockf(shared, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, slot)
            except (BlockingIOError, PermissionError):
                continue
            return slot
        if is_given_up():
            return None
        time.sleep(STEP_SECONDS)
