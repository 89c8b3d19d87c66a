"""The answer that one request of a preview brings, and where its exercises lead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from flask import abort, request
from werkzeug.datastructures import MultiDict

from app.dialect.compiled import AnyItem, Draw, Reflection, Step
from app.dialect.items import Unreadable
from app.learning.exercises import order_of
from app.learning.forms import sent_values
from app.learning.scoring import is_blank
from app.learning.shown import Refused
from app.studio.answering import Given, read_answer, trail_of
from app.studio.preview import find_item
from app.studio.views.previewed import Preview

SEED = "aperçu"
"""What draws the order of choices in a preview: always the same."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What was answered, and the addresses that learning's parts ask for."""

    preview: Preview
    page: Step
    given: dict[str, Sequence[Given]] = field(default_factory=dict)
    refused: Refused | None = None

    def act(self, item_id: str) -> str:
        """Give the address that an exercise posts to: it carries the walk made so far."""
        trail = trail_of(self.given.get(item_id, ()))
        target = self.preview.url(self.page.id, question=item_id, chemin=trail)
        return f"{target}#exercice-{item_id}"

    def again(self, item_id: str) -> str:
        """Give the address that shows the page unanswered."""
        return f"{self.preview.url(self.page.id)}#exercice-{item_id}"


def read_answered(preview: Preview, page: Step) -> Answered:
    """Read the answer of this request, if it brings one."""
    if request.method != "POST":
        return Answered(preview, page)
    item = find_item(preview.module, page, preview.corps, request.args.get("question", ""))
    if item is None:
        abort(404)
    return answer(preview, page, item, request.form, request.args.get("chemin", ""))


def answer(
    preview: Preview, page: Step, item: AnyItem, sent: MultiDict[str, str], trail: str
) -> Answered:
    """Read what was sent about an item; the walk made so far comes as its trail."""
    if isinstance(item, Draw):
        abort(404)
    if sent.get("action") == "effacer":
        return Answered(preview, page)
    values = sent_values(item, sent)
    try:
        given = read_answer(item, values, trail, order_of(item, SEED))
    except Unreadable as bad:
        return Answered(preview, page, refused=Refused(item.id, tuple(values), bad.reason))
    if is_blank(given[-1].value) and not isinstance(item, Reflection):
        return Answered(preview, page, refused=Refused(item.id, tuple(values)))
    return Answered(preview, page, {item.id: given})
