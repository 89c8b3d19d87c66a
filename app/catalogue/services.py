"""Publish modules, retire them, publish what stands beside them."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.catalogue.differences import Difference, Kind, required_kind
from app.catalogue.editions import reference_of
from app.catalogue.identities import brings_names, check_identities, corrected_items
from app.catalogue.library import read_volume
from app.catalogue.models import HeldMedia, Media, Module, ModuleVersion
from app.catalogue.publishing import (
    NewerStudioWork,
    Retired,
    changes_between,
    check_publishable,
    settle_kind,
    summary_of,
)
from app.catalogue.queries import find_latest, list_compiled_before
from app.dialect.compiled import CompiledModule, from_json, to_json
from app.dialect.media.kinds import content_type
from app.dialect.reading import Reading
from app.journal.services import Action, record


@dataclass(frozen=True, slots=True)
class Publication:
    """What publishing a module gave."""

    slug: str
    version_id: int
    number: int
    kind: str
    is_new: bool
    """False where the latest version already has this content."""


@dataclass(frozen=True, slots=True)
class Room:
    """Who brings a publication from the trainers' room, beside its author."""

    reviewer_id: int
    publisher_id: int


def publish(
    session: Session,
    reading: Reading,
    *,
    author_id: int | None,
    now: datetime,
    notes: str = "",
    kind: Kind | None = None,
    address: str = "",
    room: Room | None = None,
    over: int | None = None,
) -> Publication:
    """Make the next version of a module, unless its latest version has the same content.

    Reading and rendering are done before, out of the transaction. Files replace what was written
    in the trainers' room only where ``over`` names the version. Raises a
    `app.catalogue.publishing.PublicationError` that says why not.
    """
    slug = check_publishable(reading).slug
    module = lock_module(session, slug, now)
    latest = session.execute(
        select(
            ModuleVersion.id, ModuleVersion.number, ModuleVersion.kind, ModuleVersion.sha256,
            ModuleVersion.reviewer_id,
        )
        .where(ModuleVersion.module_id == module.id)
        .order_by(ModuleVersion.number.desc())
        .limit(1)
    ).first()  # fmt: skip
    if latest is not None and latest.sha256 == reading.sha256:
        return Publication(slug, latest.id, latest.number, latest.kind, is_new=False)
    if module.retired_at is not None:
        raise Retired
    if latest is not None and latest.reviewer_id is not None and room is None:
        check_over(session, latest.id, latest.number, reading, over)
    settled = settle(session, latest.id, reading, kind) if latest else kind or Kind.SUBSTANTIAL
    version = make_version(reading, module.id, (latest.number if latest else 0) + 1)
    version.kind, version.author_id = settled, author_id
    version.notes, version.published_at = notes, now
    if room is not None:
        version.reviewer_id = room.reviewer_id
    session.add(version)
    add_media(session, reading.media)
    release_media(session, reading.digests.values())
    tell_version(session, version, room.publisher_id if room else author_id, slug, address)
    return Publication(slug, version.id, version.number, settled, is_new=True)


def tell_version(
    session: Session, version: ModuleVersion, actor_id: int | None, slug: str, address: str
) -> None:
    """Write a publication in the journal."""
    session.flush()  # The journal names the version by its id.
    record(
        session, Action.MODULE_PUBLISHED, actor_id=actor_id, object_kind="module_version",
        object_id=version.id, address=address, at=version.published_at, slug=slug,
        number=version.number, kind=version.kind,
    )  # fmt: skip


def check_over(
    session: Session, latest_id: int, number: int, reading: Reading, over: int | None
) -> None:
    """Raise `NewerStudioWork` where files would replace what they do not name."""
    if number != over:
        raise NewerStudioWork(number, tuple(differences(session, latest_id, reading)))


def lock_module(session: Session, slug: str, now: datetime) -> Module:
    """Return the module's row, made if need be, kept from others until the end."""
    module = session.scalars(
        select(Module).where(Module.slug == slug).with_for_update()
    ).one_or_none()
    if module is None:
        module = Module(slug=slug, created_at=now)
        session.add(module)
        session.flush()  # Of two who make it, the second waits here, then starts again.
    return module


def settle(session: Session, latest_id: int, reading: Reading, kind: Kind | None) -> Kind:
    """Settle the kind of a publication from what changed since the latest one.

    Raises `IdentityLost` where a published question is another thing now, and does not say so.
    """
    editions = read_volume(session, latest_id)
    before = {language: one.module for language, one in editions.items()}
    module = check_publishable(reading)
    latest = reference_of(before)
    history = [latest]
    if brings_names(latest, module):
        history += read_history(session, latest_id)
    check_identities(history, module)
    changes = changes_between(before, reading.modules)
    return settle_kind(changes, kind, corrected=corrected_items(before, reading.modules))


def check_next(session: Session, slug: str, reading: Reading) -> None:
    """Raise the `PublicationError` that publishing a text would, whatever one calls it."""
    check_publishable(reading)
    latest = find_latest(session, slug)
    if latest is not None and latest.sha256 != reading.sha256:
        kind = required_kind(differences(session, latest.id, reading))
        settle(session, latest.id, reading, kind)


def read_history(session: Session, latest_id: int) -> list[CompiledModule]:
    """Read the versions before the latest one, in their reference language, newest first."""
    return [
        reference_of({language: from_json(text) for language, text in compiled.items()})
        for compiled in list_compiled_before(session, latest_id)
    ]


def differences(session: Session, latest_id: int, reading: Reading) -> list[Difference]:
    """List what a publication would change since the latest one."""
    before = {language: one.module for language, one in read_volume(session, latest_id).items()}
    return changes_between(before, reading.modules)


def make_version(reading: Reading, module_id: int, number: int) -> ModuleVersion:
    """Make the row of a version from what was read."""
    reference = check_publishable(reading)
    modules = reading.modules
    return ModuleVersion(
        module_id=module_id,
        number=number,
        sha256=reading.sha256,
        title=reference.title,
        minutes=reference.minutes,
        audience=list(reference.audience),
        titles={language: module.title for language, module in modules.items()},
        summaries={language: summary_of(module) for language, module in modules.items()},
        sources=dict(reading.sources),
        compiled={language: to_json(module) for language, module in modules.items()},
        media=dict(reading.digests),
        written=dict(reading.written),
    )


def add_media(session: Session, media: Mapping[str, bytes]) -> None:
    """Keep the files that the platform does not have yet, each once."""
    files = {hashlib.sha256(content).hexdigest(): name for name, content in media.items()}
    known = set(session.scalars(select(Media.sha256).where(Media.sha256.in_(files))))
    for digest, name in files.items():
        if digest not in known:
            content = media[name]
            kind = content_type(name) or "application/octet-stream"
            session.add(Media(sha256=digest, content_type=kind, size=len(content), content=content))


def release_media(session: Session, digests: Collection[str]) -> None:
    """Show the media of a publication to everybody."""
    session.execute(
        delete(HeldMedia)
        .where(HeldMedia.sha256.in_(list(digests)))
        .execution_options(synchronize_session=False)
    )


def retire(session: Session, slug: str, *, actor_id: int | None, now: datetime) -> bool:
    """Stop offering a module; what was done with it stays. False where nothing had to change."""
    module = session.scalars(select(Module).where(Module.slug == slug).with_for_update()).one()
    if module.retired_at is not None:
        return False
    module.retired_at = now
    tell(session, Action.MODULE_RETIRED, module, actor_id)
    return True


def restore(session: Session, slug: str, *, actor_id: int | None) -> bool:
    """Offer a retired module again. False where nothing had to change."""
    module = session.scalars(select(Module).where(Module.slug == slug).with_for_update()).one()
    if module.retired_at is None:
        return False
    module.retired_at = None
    tell(session, Action.MODULE_RESTORED, module, actor_id)
    return True


def tell(session: Session, action: Action, module: Module, actor_id: int | None) -> None:
    """Write in the journal what was done to a module."""
    record(
        session, action, actor_id=actor_id, object_kind="module", object_id=module.id,
        slug=module.slug,
    )  # fmt: skip
