"""A draft's texts and media, read in the sandbox like the files of a folder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from sqlalchemy.orm import Session

from app.dialect.media.kinds import HEAD, TEXTS, kind_of
from app.dialect.messages import Message
from app.studio.around import Around, read_lists
from app.studio.draft_texts import (
    LARGEST_FILE,
    REFERENCE_LANGUAGE,
    digest_of_module,
    language_of,
)
from app.studio.parts import Parts
from app.studio.queries.contents import read_heads
from app.studio.queries.drafts import TextRow, list_media, list_texts
from app.studio.readings import ReadApart, read_apart


@dataclass(frozen=True)
class Content:
    """The texts and media of a draft at one moment."""

    draft_id: int
    slug: str
    texts: Mapping[str, str]
    media: Mapping[str, str]

    @cached_property
    def sha256(self) -> str:
        """Give the digest that their publication would have."""
        return digest_of_module(self.texts, self.media)

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """List the languages of the texts by their names, the reference's first."""
        others = sorted({language_of(path) for path in self.texts} - {REFERENCE_LANGUAGE})
        return (REFERENCE_LANGUAGE, *others)

    def with_text(self, path: str, text: str) -> Content:
        """Give the same with another text under a path."""
        return replace(self, texts={**self.texts, path: text})

    def reference_only(self) -> Content:
        """Give the same without its translations: half the work where they are not shown."""
        kept = {p: t for p, t in self.texts.items() if language_of(p) == REFERENCE_LANGUAGE}
        return replace(self, texts=kept)


def content_of(session: Session, draft_id: int, slug: str) -> Content:
    """Read what a draft holds now."""
    rows = list_texts(session, draft_id)
    return Content(draft_id, slug, texts_of(rows), list_media(session, draft_id))


def texts_of(rows: Sequence[TextRow]) -> dict[str, str]:
    """Keep the texts that were not taken out, by path."""
    return {row.path: row.text for row in rows if row.text is not None}


def read_content(
    session: Session,
    content: Content,
    around: Around,
    language: str,
    *,
    one_page: bool = False,
) -> ReadApart:
    """Have a draft read, with messages in ``language``; raise `PreviewBusy` without time for it.

    A draft's media come from publications, whose diagrams were on the server's disk.
    """
    return read_apart(
        parts_of(session, content),
        slug=content.slug,
        context=read_lists(around),
        language=language,
        limits=around.limits,
        diagrams=True,
        one_page=one_page,
    )


def parts_of(session: Session, content: Content) -> Parts:
    """Gather the texts, and of the media what a reading looks into."""
    texts = {path: text.encode()[: LARGEST_FILE + 1] for path, text in content.texts.items()}
    whole = [sha256 for path, sha256 in content.media.items() if kind_of(path) in TEXTS]
    heads = read_heads(session, set(content.media.values()), HEAD)
    heads |= read_heads(session, set(whole), LARGEST_FILE + 1)
    return Parts(
        files=texts | {path: heads[sha256].start for path, sha256 in content.media.items()},
        digests=dict(content.media),
        sizes={path: heads[sha256].size for path, sha256 in content.media.items()},
    )


def problems_in(read: ReadApart, path: str) -> list[Message]:
    """List the findings about one text."""
    return [message for message in read.reading.messages if message.path == path]
