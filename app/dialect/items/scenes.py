"""Read the body of a dilemma: choices that are links, and scenes that are headings."""

from __future__ import annotations

import re
from collections.abc import Collection

from app.dialect.attributes import is_id, read_attributes, split_braces
from app.dialect.compiled import OPINIONS
from app.dialect.draft import ItemDraft, LinkDraft, SceneDraft
from app.dialect.items.body import BodyReader, Part
from app.dialect.labels import fold, nearest, only_near
from app.dialect.messages import Edit, Report
from app.dialect.options import check_options, complain
from app.dialect.scanner import Kind, Scanned
from app.dialect.source import Line, join, trim

ENTRY = re.compile(r"[ ]{0,3}[-*+][ \t]+")
LINK_LIKE = re.compile(r"\]?\(#|\]#|\{\s*avis")


class ScenesReader(BodyReader):
    """Reads a dilemma; the opening is the scene without id."""

    def __init__(self, draft: ItemDraft, parts: Collection[str], report: Report) -> None:
        super().__init__(draft, parts, report)
        self.scene = SceneDraft("", draft.heading, self.stem)
        draft.scenes.append(self.scene)
        self.after_links = False
        self.debrief: list[Line] | None = None

    def read(self) -> None:
        """Read the body into the draft."""
        super().read()
        for scene in self.draft.scenes:
            scene.text = list(trim(scene.text))
            scene.debrief = trim(scene.debrief)

    def take_heading(self, scanned: Scanned) -> None:
        """Begin a scene."""
        if scanned.level != 4:
            self.report.add("Q114", scanned.line.visible())
            return
        title, inside = split_braces(scanned.title)
        check_options(read_attributes(inside), (), self.report)
        if not is_id(title.text):
            key = "S108-id" if title.text else "S108-empty"
            self.report.add(key, scanned.line.visible(), id=title.text)
        self.close_debrief()
        self.scene = SceneDraft(title.text, scanned.line)
        self.draft.scenes.append(self.scene)
        self.sink = self.scene.text
        self.after_links = False

    def close_debrief(self) -> None:
        """Keep the debrief of the scene that ends."""
        if self.debrief is not None:
            self.scene.debrief = tuple(self.debrief)
        self.debrief = None

    def begin_part(self, part: Part, line: Line) -> None:
        """Begin a part; a debrief inside a scene is that scene's."""
        self.after_links = False
        if part.name != "debrief" or not self.scene.id:
            super().begin_part(part, line)
            return
        if self.debrief is not None:
            self.report.add("Q114-twice", line.visible(), label=self.label(part.name))
        self.debrief = self.sink = [part.rest]

    def take_answer(self, line: Line) -> bool:
        """Read a choice, or refuse a line that only resembles one."""
        if super().take_answer(line):
            return True
        if self.read_link(line):
            return True
        if LINK_LIKE.search(line.text) and not line.text.lstrip().startswith(">"):
            self.report.add("Q114-link", line.visible())
            return True
        return False

    def read_link(self, line: Line) -> bool:
        """Read ``- [text](#scene) {avis=…}``; False when the line is not that."""
        entry = ENTRY.match(line.text)
        body, inside = split_braces(line)
        middle = body.text.rfind("](#")
        if not entry or middle < 0 or not body.text.startswith("[", entry.end()):
            return False
        if not body.text.endswith(")") or re.search(r"[\s(){}]", body.text[middle + 3 : -1]):
            return False
        text = body.cut(entry.end() + 1, middle).stripped()
        target = body.text[middle + 3 : -1]
        self.check_text(text, line)
        opinion = self.read_opinion(inside)
        self.scene.links.append(LinkDraft(line, (text,), target, opinion))
        self.after_links = True
        self.sink = None
        return True

    def read_opinion(self, inside: Line | None) -> str | None:
        """Read the opinion that the braces of a choice hold, if any."""
        attributes = read_attributes(inside)
        check_options(attributes, ("avis",), self.report)
        for extra in attributes.ids:
            complain(f"#{extra.value}", extra, ("avis",), self.report)
        opinion = attributes.options.get("avis")
        if opinion is None:
            return None
        if opinion.value not in OPINIONS:
            near = nearest(opinion.value, OPINIONS)
            key = "Q108-near" if near else "Q108"
            only = only_near(opinion.value, OPINIONS)
            edits = (Edit(*opinion.span, f"avis={only}"),) if only else ()
            self.report.add(
                key, opinion.span, edits=edits, option="avis", value=opinion.value, near=near
            )
        return opinion.value

    def check_text(self, text: Line, line: Line) -> None:
        """Report a choice without text, with a lost bracket, or with another's text."""
        if not text.text:
            self.report.add("Q113-choice", line.visible())
        if text.text.count("[") != text.text.count("]"):
            self.report.add("Q114-link", line.visible())
        if any(fold(join(link.text)) == fold(text.text) for link in self.scene.links):
            self.report.add("Q204", line.visible())

    def put(self, line: Line) -> None:
        """Add a line to what is being read; a text after the choices belongs nowhere."""
        if self.after_links and not line.is_blank:
            self.report.add("Q114", line.visible())
        elif self.sink is not None:
            self.sink.append(line)

    def take(self, scanned: Scanned) -> None:
        """Put one line where it belongs."""
        if scanned.kind is Kind.FENCE and self.after_links:
            self.report.add("Q114", scanned.line.visible())
        else:
            super().take(scanned)


def read_scenes(draft: ItemDraft, parts: Collection[str], report: Report) -> None:
    """Read the opening and the scenes of a dilemma."""
    reader = ScenesReader(draft, parts, report)
    reader.read()
    reader.close_debrief()
    for scene in draft.scenes:
        scene.debrief = trim(scene.debrief)
