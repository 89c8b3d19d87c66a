"""Published versions served from memory: immutable, so kept by id as long as there is room."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.catalogue.editions import REFERENCE_LANGUAGE, Edition, is_behind, reference_of
from app.catalogue.models import Module, ModuleVersion
from app.dialect.compiled import CompiledModule, from_json

CAPACITY = 64
"""How many versions a process keeps for one database, all languages together."""

Volume = Mapping[str, Edition]
"""A version: its edition in each language."""


class Shelf:
    """The versions of one database that were last asked for; any thread may use it."""

    def __init__(self, capacity: int = CAPACITY) -> None:
        self.capacity = capacity
        self.lock = Lock()
        self.volumes: OrderedDict[int, Volume] = OrderedDict()

    def find(self, version_id: int) -> Volume | None:
        """Return a version if it is there, and keep it longer."""
        with self.lock:
            volume = self.volumes.get(version_id)
            if volume is not None:
                self.volumes.move_to_end(version_id)
            return volume

    def put(self, version_id: int, volume: Volume) -> None:
        """Add a version, in the place of the one that was asked for the longest ago."""
        with self.lock:
            self.volumes[version_id] = volume
            while len(self.volumes) > self.capacity:
                self.volumes.popitem(last=False)


SHELVES: WeakKeyDictionary[Any, Shelf] = WeakKeyDictionary()
SHELVES_LOCK = Lock()


def shelf_of(session: Session) -> Shelf:
    """Return the shelf of the session's database."""
    # The dialect object is the one thing that an engine shares with its variants (reads, writes).
    key = session.get_bind().dialect
    with SHELVES_LOCK:
        return SHELVES.setdefault(key, Shelf())


def open_edition(session: Session, version_id: int, language: str) -> Edition:
    """Return a version in a language, or in the reference language where it has no other.

    Costs one statement the first time in this process, none afterwards. Raises `KeyError` for a
    version that does not exist.
    """
    volume = open_volume(session, version_id)
    return volume.get(language) or volume.get(REFERENCE_LANGUAGE) or next(iter(volume.values()))


def open_volume(session: Session, version_id: int) -> Volume:
    """Return a version in all its languages, as `open_edition` does."""
    shelf = shelf_of(session)
    volume = shelf.find(version_id)
    if volume is None:
        volume = read_volume(session, version_id)
        shelf.put(version_id, volume)
    return volume


def load(session: Session, version_id: int, language: str) -> CompiledModule:
    """Return the compiled module of a version, as `open_edition` does."""
    return open_edition(session, version_id, language).module


def read_volume(session: Session, version_id: int) -> Volume:
    """Read a version in all its languages from the database."""
    row = session.execute(
        select(
            ModuleVersion.id, ModuleVersion.module_id, Module.slug, ModuleVersion.number,
            ModuleVersion.kind, ModuleVersion.sha256, ModuleVersion.published_at,
            ModuleVersion.compiled,
        )
        .join(Module, Module.id == ModuleVersion.module_id)
        .where(ModuleVersion.id == version_id)
    ).first()  # fmt: skip
    if row is None:
        raise KeyError(version_id)
    modules = {language: from_json(text) for language, text in row.compiled.items()}
    reference = reference_of(modules)
    return {
        language: Edition(*row[:-1], language, module, tuple(modules), is_behind(module, reference))
        for language, module in modules.items()
    }
