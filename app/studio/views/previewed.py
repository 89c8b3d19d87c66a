"""What a preview's address names: a module, and the reader for whom it is shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import abort, redirect, request, url_for

from app.catalogue.editions import is_behind, reference_of
from app.catalogue.library import open_edition
from app.catalogue.queries import find_version
from app.dialect.compiled import CORPS, CompiledModule
from app.extensions import db
from app.i18n import LANGUAGES, current_language
from app.studio.views.blueprint import get_module_files

REVIEWING = "relecture"
"""What an address says of the view that shows the keys."""


@dataclass(frozen=True, slots=True)
class Preview:
    """The module of a preview and for whom it is shown."""

    module: CompiledModule
    slug: str
    number: int | None
    """The version; None for the files and for a draft."""
    corps: str
    language: str
    languages: tuple[str, ...]
    is_behind: bool = False
    """Whether the reference was reviewed after this translation."""
    draft_id: int | None = None
    """The draft; None for a version or the files."""
    reviewing: bool = False
    """Whether the keys and what is said of each answer are shown at once."""

    def url(self, page_id: str, **answer: str) -> str:
        """Give the address of a page of this preview, for the same reader."""
        query: dict[str, Any] = {"corps": self.corps, "langue": self.language, **answer}
        if self.reviewing:
            query["vue"] = REVIEWING
        if self.draft_id is not None:
            return url_for("studio.written_page", draft_id=self.draft_id, page_id=page_id, **query)
        if self.number is None:
            return url_for("studio.draft_page", slug=self.slug, page_id=page_id, **query)
        return url_for(
            "studio.version_page", slug=self.slug, number=self.number, page_id=page_id, **query
        )


def preview_version(slug: str, number: int) -> Preview:
    """Open a published version for the reader that the address names."""
    found = find_version(db.session, slug, number)
    if found is None:
        abort(404)
    edition = open_edition(db.session, found.id, asked_language())
    corps = asked_corps(edition.module)
    return Preview(
        edition.module,
        slug,
        number,
        corps,
        edition.language,
        edition.languages,
        edition.is_behind,
        reviewing=asks_for_keys(),
    )


def preview_draft(slug: str) -> Preview:
    """Open a module's files for the reader that the address names."""
    modules = get_module_files(slug).previewed
    module = modules.get(asked_language()) or next(iter(modules.values()), None)
    if module is None:  # The findings say why there is nothing to show.
        abort(redirect(url_for("studio.findings", slug=slug)))
    corps = asked_corps(module)
    behind = is_behind(module, reference_of(modules))
    return Preview(
        module, slug, None, corps, module.language, tuple(modules), behind,
        reviewing=asks_for_keys(),
    )  # fmt: skip


def asked_language() -> str:
    """Read the language of the texts asked for; by default the reader's own."""
    language = request.args.get("langue", "")
    return language if language in LANGUAGES else current_language()


def asked_corps(module: CompiledModule) -> str:
    """Read the corps asked for; by default the first of the audience."""
    corps = request.args.get("corps", "")
    return corps if corps in CORPS else module.audience[0]


def asks_for_keys() -> bool:
    """Tell whether the address asks for the reviewer's view."""
    return request.args.get("vue") == REVIEWING
