"""Render a run of text, or the inside of one line."""

from __future__ import annotations

import html as entities
import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from app.dialect.glossary.marking import ATTRIBUTE, Mark, Marker
from app.dialect.media.companions import Companion
from app.dialect.media.holdings import Holdings
from app.dialect.rendering.blocks import Leaf, TooHeavyError
from app.dialect.rendering.engine import engine
from app.dialect.rendering.gfm import read_blocks
from app.dialect.rendering.pictures import defer_pictures, size_picture
from app.dialect.rendering.players import Stash, show_players
from app.dialect.rendering.polish import HEADINGS
from app.dialect.rendering.sanitising import sanitise
from app.dialect.rendering.typography import space, space_inside

ONE_PARAGRAPH = re.compile(r"<p>((?:(?!</?p>).)*)</p>", re.DOTALL)
BLOCK_START = re.compile(r"(?:[-+*](?=\s|$)|[#>=|~:]|`{3})")
NUMBER_START = re.compile(r"(\d{1,9})([.)])")
SPECIAL = re.compile(r"[\\`*_\[\]<&~^{}\x00-\x08\x0b-\x1f\x7f\u00a0]|  \n")
"""What only Python-Markdown reads, or what the sanitiser writes otherwise."""
WEIGHTY = re.compile(r"[\\`*_\[<&~|\n]")
LIGHT = 20_000
"""How many lines and marks one text may hold: about a second of work."""
BLANKS = re.compile(r"[ \t\n]+")
TAG = re.compile(r"<[^>]*>")


@dataclass(slots=True)
class Renderer:
    """Renders the texts of one page: their headings and notes share one set of ids."""

    language: str = "fr"
    holdings: Holdings = field(default_factory=Holdings)
    links: Mapping[str, str] = field(default_factory=dict)
    """Addresses that the prose of the page writes instead of some targets."""
    used_ids: dict[str, int] = field(default_factory=dict)
    prefix: int = 0
    linking: bool = False
    in_line: bool = False
    is_transcript: bool = False
    length: int = 0
    """How much of the page is rendered so far, in characters."""
    terms: Marker | None = None
    """Marks the glossary's terms in the prose of the page."""

    def block(self, text: str) -> str:
        """Give the HTML of a text; nothing for an empty one.

        Raise `TooDeepError` or `TooHeavyError` for what no author writes.
        """
        if not text.strip():
            return ""
        if len(text) > LIGHT and len(WEIGHTY.findall(text)) > LIGHT:
            raise TooHeavyError
        self.prefix += 1
        if not SPECIAL.search(text):
            paragraphs = plain_paragraphs(text)
            if paragraphs is not None:
                self.length += len(text)
                found: set[str] = set()
                return "\n".join(f"<p>{self.plain_html(one, found)}</p>" for one in paragraphs)
        one = engine(self.language, inner=self.is_transcript)
        return sanitise(one.convert(text, self, prefix=self.prefix)).strip()

    def page(self, text: str) -> str:
        """Give the HTML of a text that is only shown on its page, with its links."""
        self.linking = True
        try:
            return self.block(text)
        finally:
            self.linking = False

    def plain_html(self, text: str, found: set[str]) -> str:
        """Put the language's spaces in a plain text, and write it as HTML with its terms."""
        spaced = space_inside(text, follows=False, goes_on=False) if self.is_french else text
        if self.terms is None or not self.linking:
            return spaced.replace(">", "&gt;")
        return "".join(
            f'<span {ATTRIBUTE}="{piece.id}">{piece.text}</span>'
            if isinstance(piece, Mark)
            else piece.replace(">", "&gt;")
            for piece in self.terms.split(spaced, found)
        )

    @property
    def is_french(self) -> bool:
        """Tell whether French typography applies."""
        return self.language == "fr"

    def address(self, target: str) -> str:
        """Give the address to write for the target of a link or an image."""
        if target.startswith("#"):
            return self.links.get(target, target) if self.linking else target
        path = self.media_path(target)
        return self.holdings.address(path) if path else target

    def media_path(self, target: str) -> str:
        """Give the path of a media that a link or an image names; empty where it names none."""
        bare = unquote(re.split(r"[?#]", target, maxsplit=1)[0])
        beside = posixpath.normpath(posixpath.join("media", bare))
        if self.is_transcript and beside in self.holdings.names:
            return beside
        path = posixpath.normpath(bare) if bare.startswith((".", "media/")) else bare
        path = path.removeprefix("../")
        return path if path.startswith("media/") else ""

    def show_media(self, root: Element, stash: Stash) -> None:
        """Put pictures and players where the text names media."""
        if not self.in_line and not self.is_transcript:
            show_players(root, self, stash)
        for image in root.iter("img"):
            path = self.media_path(image.get("src", ""))
            if path:
                size_picture(image, path, self.holdings)
                image.set("src", self.holdings.address(path))
        self.length = defer_pictures(root, self.length)

    def finish(self, root: Element) -> None:
        """Mark the terms of prose; take the headings of a transcript out of the outline."""
        if self.terms is not None and self.linking:
            self.terms.mark(root, set())
        for element in list(root.iter()) if self.is_transcript else ():
            if element.tag in HEADINGS:
                del element.attrib["id"]
                element.tag = "strong"
                wrap(element, "p")

    def transcript(self, found: Companion) -> str:
        """Give the HTML of a transcript; its notes have ids that no other text of the page has."""
        inner = Renderer(
            found.language,
            self.holdings,
            prefix=self.prefix,
            is_transcript=True,
        )
        html = inner.block(self.holdings.transcripts[found.name])
        self.prefix = inner.prefix
        return html

    def inline(self, text: str) -> str:
        """Give the HTML of a text read as one paragraph, without the paragraph."""
        flat = flatten(text)
        flat = (
            BLOCK_START.sub(lambda m: "\\" + m[0], flat, count=1)
            if BLOCK_START.match(flat)
            else flat
        )
        flat = NUMBER_START.sub(r"\1\\\2", flat, count=1) if NUMBER_START.match(flat) else flat
        self.in_line, before = True, self.in_line
        try:
            rendered = self.block(flat)
        finally:
            self.in_line = before
        one = ONE_PARAGRAPH.fullmatch(rendered)
        return one[1] if one else rendered

    def plain(self, text: str) -> str:
        """Give the text without its marks, for a title; it is not HTML."""
        if not re.search(r"[\\`*_\[\]<>&~!{]", text):
            flat = flatten(text)
            return space(flat) if self.is_french else flat
        return entities.unescape(TAG.sub("", self.inline(text)))

    def words(self, text: str) -> str:
        """Give the words of a text of any length, on one line; it is not HTML."""
        return flatten(entities.unescape(TAG.sub("", self.block(text))))


def flatten(text: str) -> str:
    """Put a text on one line."""
    return BLANKS.sub(" ", text).strip(" ")


def plain_paragraphs(text: str) -> list[str] | None:
    """Give the paragraphs of a text that has nothing else; None when it has."""
    blocks = read_blocks(text.split("\n"))
    if not all(isinstance(block, Leaf) and block.kind == "paragraph" for block in blocks):
        return None
    return [
        "\n".join(line.strip() for line in block.lines)
        for block in blocks
        if isinstance(block, Leaf)
    ]


def wrap(element: Element, tag: str) -> None:
    """Put what an element is inside an element of another kind that stands in its place."""
    inner = Element(element.tag, dict(element.attrib))
    inner.text, inner[:] = element.text, list(element)
    element.tag, element.text, element[:] = tag, None, [inner]
    element.attrib.clear()


def render_prose(text: str, language: str = "fr", holdings: Holdings | None = None) -> str:
    """Give the safe HTML of a Markdown text."""
    return Renderer(language, holdings or Holdings()).block(text.replace("\r\n", "\n"))
