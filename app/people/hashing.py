"""Hash and verify passwords with argon2id, two at a time in a process."""

from __future__ import annotations

import base64
import threading
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from app.database import Busy

HASHINGS = threading.BoundedSemaphore(2)
PATIENCE_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Cost:
    """What one hash costs: memory in KiB, and passes over it."""

    memory_kib: int = 19 * 1024
    passes: int = 2

    def hasher(self) -> PasswordHasher:
        """Make the library's hasher for this cost."""
        return PasswordHasher(time_cost=self.passes, memory_cost=self.memory_kib, parallelism=1)

    def decoy(self) -> str:
        """Write a hash of this cost that no password has: checking it takes as long."""
        salt, digest = (base64.b64encode(b"\0" * size).decode().rstrip("=") for size in (16, 32))
        return f"$argon2id$v=19$m={self.memory_kib},t={self.passes},p=1${salt}${digest}"


@contextmanager
def one_hashing() -> Iterator[None]:
    """Wait for one of the two places, so that passwords never starve the answers.

    Raises `Busy` after a while.
    """
    if not HASHINGS.acquire(timeout=PATIENCE_SECONDS):
        raise Busy
    try:
        yield
    finally:
        HASHINGS.release()


def hash_password(password: str, cost: Cost) -> str:
    """Hash a password; call it outside any transaction."""
    with one_hashing():
        return cost.hasher().hash(unicodedata.normalize("NFC", password))


def matches(stored: str | None, password: str, cost: Cost) -> bool:
    """Tell whether a password has this hash; without a hash it takes as long and is wrong."""
    with one_hashing():
        try:
            return cost.hasher().verify(
                stored or cost.decoy(), unicodedata.normalize("NFC", password)
            )
        except (VerificationError, InvalidHashError):
            return False


def needs_rehash(stored: str, cost: Cost) -> bool:
    """Tell whether a hash was made at another cost than today's."""
    return cost.hasher().check_needs_rehash(stored)
