"""Things kept in memory up to a weight, those used last staying longest."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")


class Kept(Generic[T]):
    """A memory that several threads share."""

    def __init__(self, capacity: int) -> None:
        self.capacity = capacity
        self.weight = 0
        self.lock = Lock()
        self.things: OrderedDict[Hashable, tuple[int, T]] = OrderedDict()

    def get(self, key: Hashable) -> T | None:
        """Return what is kept under a key."""
        with self.lock:
            held = self.things.get(key)
            if held is None:
                return None
            self.things.move_to_end(key)
            return held[1]

    def put(self, key: Hashable, thing: T, weight: int = 1) -> None:
        """Keep something, and let go of the oldest where there is too much."""
        with self.lock:
            if key in self.things:
                self.weight -= self.things.pop(key)[0]
            self.things[key] = (weight, thing)
            self.weight += weight
            while self.weight > self.capacity:
                self.weight -= self.things.popitem(last=False)[1][0]
