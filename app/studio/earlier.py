"""What a text said when a block of its translation was last declared up to date."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from sqlalchemy.orm import Session

from app.dialect.following import Following, Pair
from app.studio.beginnings import source_of
from app.studio.draft_reading import Content
from app.studio.line_differences import LineChange, compare_lines
from app.studio.previewing import PreviewBusy
from app.studio.queries.published import list_sources
from app.studio.queries.revisions import find_first_text
from app.studio.readings import ReadApart
from app.studio.translating import Side, without_mark

MOST_VERSIONS = 4
"""Publications in which the words that were translated are looked for, the latest first."""


def find_earlier(
    session: Session,
    content: Content,
    path: str,
    pairs: Sequence[Pair],
    read: Callable[[Content], ReadApart],
) -> dict[str, list[LineChange] | None]:
    """Tell what changed in the source of each block that is behind, by the mark that it bears.

    A block whose source is nowhere to be found any more is left out.
    """
    wanted = {
        pair.own.mark: pair.source
        for pair in pairs
        if pair.following is Following.STALE and pair.own and pair.source
    }
    origin, found = source_of(path), {}
    if not wanted or origin is None:
        return {}
    now = Side(content.texts[origin], ())
    try:
        for text in earlier_texts(session, content, origin):
            before = Side(text, read(content.with_text(origin, text)).reading.stretches[origin])
            for one in before.stretches:
                if one.digest in wanted and one.digest not in found:
                    found[one.digest] = compare_lines(
                        whole(before.runs(one)), whole(now.runs(wanted[one.digest]))
                    )
            if len(found) == len(wanted):
                break
    except (PreviewBusy, KeyError):
        return found  # The page is of use without.
    return found


def whole(runs: list[str]) -> str:
    """Give the text of a stretch."""
    return "\n".join(without_mark(run) for run in runs)


def earlier_texts(session: Session, content: Content, path: str) -> Iterator[str]:
    """Go through what a text was: as the draft began, then as it was published."""
    seen = {content.texts[path]}
    first = find_first_text(session, content.draft_id, path)
    published = (one.get(path) for one in list_sources(session, content.slug, most=MOST_VERSIONS))
    for text in [first, *published]:
        if text and text not in seen:
            seen.add(text)
            yield text
