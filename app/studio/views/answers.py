"""The answer that one request of a preview brings, and where its exercises lead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from flask import abort, request

from app.dialect.compiled import AnyItem, Dilemma, Draw, Reflection, Step
from app.studio.answering import Given, read_answer, trail_of
from app.studio.preview import find_item
from app.studio.views.previewed import Preview


@dataclass(frozen=True, slots=True)
class Answered:
    """What was answered, and the addresses that learning's parts ask for."""

    preview: Preview
    page: Step
    given: dict[str, Sequence[Given]] = field(default_factory=dict)
    wrong: str = ""
    typed: str | None = None

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
    item_id = request.args.get("question", "")
    item = find_item(preview.module, page, preview.corps, item_id)
    if item is None or isinstance(item, Draw):
        abort(404)
    if request.form.get("action") == "effacer":
        return Answered(preview, page)
    try:
        given = read_answer(item, sent_values(item), request.args.get("chemin", ""))
    except ValueError:
        return Answered(preview, page, wrong=item_id, typed=request.form.get("texte"))
    if not given[-1].value:
        return Answered(preview, page, wrong="" if isinstance(item, Reflection) else item_id)
    return Answered(preview, page, {item_id: given})


def sent_values(item: AnyItem) -> list[str]:
    """List what the form sent, in the shape of the item's type."""
    if isinstance(item, Dilemma):
        return [request.form.get("scene", ""), request.form.get("choix", "")]
    if isinstance(item, Reflection):
        return [request.form.get("texte", "").replace("\r\n", "\n")]
    return request.form.getlist("choix")
