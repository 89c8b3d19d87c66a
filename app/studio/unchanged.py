"""Files that say what is published: told by their digest, without reading what they say."""

from __future__ import annotations

from pathlib import Path

from app.catalogue.library import Volume
from app.dialect.compiled import CompiledModule
from app.dialect.reading import canonical_digest, digest
from app.studio.around import Around, read_lists, stamp_of
from app.studio.kept import Kept
from app.studio.parts import read_parts

DIGESTS: Kept[tuple[object, str]] = Kept(1_000)


def editions_of(folder: Path, around: Around, latest: Volume) -> dict[str, CompiledModule]:
    """Give the module by language as it is published, if its files say the same."""
    digests = {one.sha256 for one in latest.values()}
    if digest_of_folder(folder, around) not in digests:
        return {}
    return {language: one.module for language, one in latest.items()}


def digest_of_folder(folder: Path, around: Around) -> str:
    """Give the digest that the publication of a folder would have, if its texts are plain."""
    stamp = stamp_of(list(folder.rglob("*")))
    held = DIGESTS.get(folder)
    if held is None or held[0] != stamp:
        parts = read_parts(folder, read_lists(around))
        texts = {name: data for name, data in parts.files.items() if name not in parts.digests}
        sources = {name: digest(data) for name, data in texts.items() if name.endswith(".md")}
        held = (stamp, canonical_digest(sources, parts.digests))
        DIGESTS.put(folder, held)
    return held[1]
