"""Have unpublished files read in the sandbox: one job at a time, a short line, nothing twice."""

from __future__ import annotations

import atexit
import hashlib
import os
import threading
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass, field
from queue import SimpleQueue

import structlog

from app.dialect.sandbox.frames import MIB, Limits, encode
from app.dialect.sandbox.protocol import Answer, Job
from app.dialect.sandbox.refusals import LASTING
from app.studio.kept import Kept
from app.studio.sandbox import LostError, Sandbox
from app.studio.slots import a_slot

log = structlog.get_logger()
PLACES = 2
"""Requests of one process that may wait for a preview, the one at work included.

A process has four threads: previews leave it half of them, whatever comes.
"""
PATIENCE_SECONDS = 2.0
"""How long a request stays in the line before its job begins."""
CAPACITY = 16 * MIB
"""Of answers kept."""


class PreviewBusy(Exception):
    """Previews are at work and the line is full: to be asked for again in a moment."""


@dataclass(frozen=True, slots=True)
class Task:
    """A job in the line, and those who wait for its answer."""

    key: str
    slug: str
    content: bytes
    limits: Limits
    future: Future[Answer] = field(default_factory=Future)


class Previewer:
    """The line of one process, its sandbox, and the answers that it keeps."""

    def __init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        """Begin with nothing: a process that was forked shares neither thread nor sandbox."""
        self.lock = threading.Lock()
        self.kept: Kept[Answer] = Kept(CAPACITY)
        self.tasks: dict[str, Task] = {}
        self.waiting = 0
        self.queue: SimpleQueue[Task | None] = SimpleQueue()
        self.sandbox = Sandbox()
        self.thread: threading.Thread | None = None

    def read(self, job: Job, limits: Limits, *, may_wait: bool = True) -> Answer:
        """Have a job done, or take the answer of the same one; raise `PreviewBusy`."""
        content = encode(job, order="deterministic")
        key = hashlib.sha256(encode(limits) + content).hexdigest()
        with self.lock:
            answer = self.kept.get(key)
            if answer is not None:
                return answer
            if self.waiting >= PLACES or not may_wait:
                raise PreviewBusy
            self.waiting += 1
            task = self.tasks.get(key) or self.submit(Task(key, job.slug, content, limits))
        try:
            return wait_for(task)
        finally:
            with self.lock:
                self.waiting -= 1

    def submit(self, task: Task) -> Task:
        """Put a task in the line."""
        self.tasks[task.key] = task
        self.put(task)
        return task

    def prepare(self) -> None:
        """Start the sandbox where there is none yet, without waiting for it."""
        if self.thread is None:
            with self.lock:
                self.put(None)

    def put(self, task: Task | None) -> None:
        """Hand something to the thread that holds the sandbox, started with the first one."""
        if self.thread is None:
            self.thread = threading.Thread(target=self.work, name="previews", daemon=True)
            self.thread.start()
        self.queue.put(task)

    def work(self) -> None:
        """Do the tasks in turn, as long as the server lives."""
        while True:
            task = self.queue.get()
            try:
                if task is None:
                    self.sandbox.ready()
                else:
                    self.do(task)
            except LostError:
                log.error("sandbox_not_started")
            except Exception:  # The line must not stop with one of its tasks.
                log.exception("preview_failed")
            finally:
                if task is not None:
                    self.finish(task)

    def do(self, task: Task) -> None:
        """Do one task, unless nobody waits for it any more."""
        with a_slot(task.future.cancelled) as is_held:
            if not is_held or not task.future.set_running_or_notify_cancel():
                return
            answer = self.sandbox.run(task.limits, task.content)
        if answer.refusal:
            log.warning(
                "preview_refused", reason=answer.refusal, detail=answer.detail, module=task.slug,
                seconds=round(answer.seconds, 3), peak_mib=answer.peak // MIB,
            )  # fmt: skip
        if not answer.refusal or answer.refusal in LASTING:
            self.kept.put(task.key, answer, len(task.key) + len(answer.found))
        task.future.set_result(answer)

    def finish(self, task: Task) -> None:
        """Take a task out of the line; who still waits for it is told to come again."""
        with self.lock:
            self.tasks.pop(task.key, None)
        if not task.future.done():
            task.future.set_exception(PreviewBusy())

    def close(self) -> None:
        """End the sandbox with the server."""
        self.sandbox.close()


def wait_for(task: Task) -> Answer:
    """Wait for the answer of a task; raise `PreviewBusy` where its turn does not come."""
    try:
        return task.future.result(PATIENCE_SECONDS)
    except CancelledError:
        raise PreviewBusy from None
    except TimeoutError:
        if task.future.cancel():
            raise PreviewBusy from None
    return task.future.result()


PREVIEWER = Previewer()
atexit.register(PREVIEWER.close)
os.register_at_fork(after_in_child=PREVIEWER.begin)
