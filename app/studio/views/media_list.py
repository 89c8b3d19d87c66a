"""The media of a draft as its page lists them: what each is, where it is used, what went."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.dialect.media.kinds import HEAD, PLAYED, MediaKind, kind_of
from app.dialect.media.sizes import Pixels, picture_size
from app.extensions import db
from app.studio.draft_reading import Content
from app.studio.media_form import ACCEPTED, MediaForm
from app.studio.media_names import write_markdown
from app.studio.media_uses import Use, find_played, find_uses
from app.studio.queries.contents import read_heads
from app.studio.queries.media import ChangeRow, list_media_changes, list_media_rows
from app.studio.wording import say_path
from app.studio.wording_media import say_kind, say_size


@dataclass(frozen=True, slots=True)
class Shown:
    """A media of a draft."""

    path: str
    sha256: str
    kind: str
    size: str
    pixels: Pixels | None
    uses: Sequence[Use]
    plays_with: str | None
    """The film or sound that it goes with."""
    markdown: str
    """What to write to show it; empty for what nobody described."""


class MediaList:
    """What the page of a draft says of its media."""

    accepted = ACCEPTED
    say_path = staticmethod(say_path)
    say_kind = staticmethod(say_kind)

    def __init__(self, content: Content, form: MediaForm | None) -> None:
        changes = list_media_changes(db.session, content.draft_id)
        self.rows = list(show_rows(content, changes))
        self.removed = removed_from(changes, content)
        self.played = [row.path for row in self.rows if kind_of(row.path) in PLAYED]
        self.is_wrong = form is not None
        self.form = form or MediaForm(self.played)


def show_rows(content: Content, changes: Sequence[ChangeRow]) -> list[Shown]:
    """List the media of a draft as they are shown."""
    rows = list_media_rows(db.session, content.draft_id)
    uses = find_uses(content.texts)
    described = {one.path: one.description for one in reversed(changes) if one.description}
    pictures = {row.sha256 for row in rows if kind_of(row.path) is MediaKind.PICTURE}
    heads = read_heads(db.session, pictures, HEAD)
    return [
        Shown(
            path=row.path,
            sha256=row.sha256,
            kind=say_kind(row.path),
            size=say_size(row.size),
            pixels=picture_size(heads[row.sha256].start) if row.sha256 in heads else None,
            uses=uses.get(row.path, ()),
            plays_with=find_played(row.path, content.media),
            markdown=write_markdown(row.path, described.get(row.path, "")),
        )
        for row in rows
    ]


def removed_from(changes: Sequence[ChangeRow], content: Content) -> list[ChangeRow]:
    """List the last state of what is no longer in a draft: taken out, or replaced."""
    last: dict[str, ChangeRow] = {}
    for one in changes:  # The newest first.
        if one.sha256 is not None and content.media.get(one.path) != one.sha256:
            last.setdefault(one.path, one)
    return sorted(last.values(), key=lambda one: one.path)
