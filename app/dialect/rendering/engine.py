"""Python-Markdown, set up once per thread and language."""

from __future__ import annotations

import re
import threading
from xml.etree.ElementTree import Element

import markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from pymdownx.tilde import DeleteSubExtension

from app.dialect.rendering.callouts import mark_callouts
from app.dialect.rendering.notes import Notes
from app.dialect.rendering.polish import Page, Polish
from app.dialect.rendering.tree import TreeParser

CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
"""Python-Markdown keeps some of them for its own marks."""
PUNCTUATION = list("\\`*_{}[]()>#+-.!\"$%&',/:;<=?@^|~")


class Callouts(Treeprocessor):
    """Turns the quotes that begin with a marker into call-outs."""

    language = "fr"

    def run(self, root: Element) -> None:
        """Work on the whole tree, before what stands inline is read."""
        mark_callouts(root, self.language)


class Dialect(Extension):
    """Takes out of Python-Markdown what the dialect does not have, and adds ours."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language = language
        self.notes = Notes(language)
        self.polish = Polish(language)

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802
        """Register the processors."""
        md.preprocessors.deregister("html_block")
        md.preprocessors.deregister("normalize_whitespace")
        md.inlinePatterns.deregister("html")
        md.parser = TreeParser(md, self.notes)
        self.notes.register(md)
        md.ESCAPED_CHARS = PUNCTUATION
        callouts = Callouts(md)
        callouts.language = self.language
        md.treeprocessors.register(callouts, "callouts", 30)
        self.polish.md = md
        md.treeprocessors.register(self.polish, "polish", -10)


class Engine:
    """One Python-Markdown for one language."""

    def __init__(self, language: str) -> None:
        dialect = Dialect(language)
        self.notes, self.polish = dialect.notes, dialect.polish
        self.markdown = markdown.Markdown(extensions=[DeleteSubExtension(subscript=False), dialect])

    def convert(self, text: str, page: Page, *, prefix: int) -> str:
        """Give the HTML of a text, not yet sanitised."""
        self.markdown.reset()
        self.notes.start(prefix)
        self.polish.page = page
        return self.markdown.convert(CONTROLS.sub("", text))


THREAD = threading.local()


def engine(language: str, *, inner: bool = False) -> Engine:
    """Give this thread's engine for a language; an inner one serves while the other is at work."""
    engines: dict[tuple[str, bool], Engine] | None = getattr(THREAD, "engines", None)
    if engines is None:
        engines = THREAD.engines = {}
    if (language, inner) not in engines:
        engines[language, inner] = Engine(language)
    return engines[language, inner]
