"""Check each language of a module, then compare them, and with what was published."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from app.dialect.checks.behind import Pairs, check_no_marks, report_behind
from app.dialect.checks.identity import check_identity
from app.dialect.checks.parity import check_translation
from app.dialect.context import Context
from app.dialect.drafting import check_draft
from app.dialect.parsing import Parsed


def check_languages(parsed: Parsed, media: Collection[str], context: Context) -> None:
    """Check each language of a module on its own."""
    first, *others = parsed.drafts
    check_draft(first, media, context, published=parsed.published)
    for report, outline in first.parts:
        check_no_marks(outline, report)
    for draft in others:
        check_draft(draft, media, context, reference=first.language)


def compare_languages(parsed: Parsed, pairs: Mapping[str, Pairs]) -> None:
    """Compare the module with what was published of it, and its translations with it.

    Nothing of what is said here keeps a language from being compiled: it may be previewed.
    """
    if parsed.published:
        check_identity(parsed.reference, parsed.published)
    for draft in parsed.drafts[1:]:
        check_translation(parsed.reference, draft)
        report_behind(parsed.reference, draft, pairs[draft.language])
