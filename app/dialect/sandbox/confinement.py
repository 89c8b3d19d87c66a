"""What the system holds a process to, whatever it does: time, memory, files, its parent's life.

The limits of time are timers of the kernel whose signals end the process: they also stop a regular
expression that never gives the interpreter back.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import math
import os
import resource
import signal
from pathlib import Path

from app.dialect.sandbox.frames import Limits

CLOCK_PROCESS_CPUTIME_ID = 2
PR_SET_PDEATHSIG, PR_SET_NO_NEW_PRIVS = 1, 38
NICENESS = 10
"""A tenth of the share of a process that serves, when both want the same core."""
FIRST_TO_GO = "1000"


def prctl(option: int, value: int) -> bool:
    """Ask Linux for something about this process; tell whether the system knows how."""
    return ask("prctl", option, value, 0, 0, 0)


def ask(name: str, *values: object) -> bool:
    """Call a function of the C library; tell whether it is there and did what was asked."""
    try:
        call = getattr(ctypes.CDLL(None), name)
    except (AttributeError, OSError):
        return False
    return bool(call(*values) == 0)


def die_with(parent: int) -> bool:
    """Let the system end this process when its parent ends; tell whether it can.

    Elsewhere than on Linux the end of the pipe does it, or the limits of the job under way.
    """
    known = prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # It had ended before we could ask.
        os._exit(0)
    return known


def step_aside() -> None:
    """Give way to those who serve: the processor first, memory too when there is none left."""
    os.nice(NICENESS)
    prctl(PR_SET_NO_NEW_PRIVS, 1)
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text(FIRST_TO_GO, encoding="ascii")
    # The server says when to stop, by closing its pipe: it may still have pages to finish when
    # the signal to stop reaches the whole group.
    for ignored in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ignored, signal.SIG_IGN)


def confine(limits: Limits) -> None:
    """Hold this process to the limits, until it ends.

    Without a descriptor to open there is neither file nor network; what is open stays.
    """
    for ended_by in (signal.SIGALRM, signal.SIGPROF):
        signal.signal(ended_by, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, limits.wall)
    time_work(limits.cpu)
    whole = math.ceil(limits.cpu) + 1  # Counted in whole seconds: in case a timer is lost.
    hold(resource.RLIMIT_CPU, whole)
    hold(resource.RLIMIT_AS, limits.memory)
    hold(resource.RLIMIT_FSIZE, 0)
    hold(resource.RLIMIT_CORE, 0)
    hold(resource.RLIMIT_NPROC, 0)
    hold(resource.RLIMIT_NOFILE, 0)
    gc.disable()  # It ends within a second: what goes in circles is given back then.


def time_work(seconds: float) -> None:
    """End this process after so many seconds of work, as the scheduler counts them.

    `setitimer`, which every system has, counts ticks instead: on a busy machine it was seen to end
    a process after 0.85 s, and another after 1.35.
    """
    event = (ctypes.c_int * 16)()  # A `struct sigevent`: a value, a signal, how it is told.
    event[ctypes.sizeof(ctypes.c_void_p) // ctypes.sizeof(ctypes.c_int)] = signal.SIGPROF
    timer = ctypes.c_void_p()
    whole, rest = divmod(int(seconds * 1e9), 1_000_000_000)
    once_after = (ctypes.c_long * 4)(0, 0, whole, rest)
    made = ask("timer_create", CLOCK_PROCESS_CPUTIME_ID, event, ctypes.byref(timer))
    if not (made and ask("timer_settime", timer, 0, once_after, None)):
        signal.setitimer(signal.ITIMER_PROF, seconds)


def hold(kind: int, most: int) -> None:
    """Set a limit for good; a system that does not know it keeps its own."""
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(kind, (most, most))
