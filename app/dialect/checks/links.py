"""Check where links and images lead."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import unquote

from app.dialect.checks.inline import Link, find_addresses, find_links
from app.dialect.checks.runs import Run
from app.dialect.media.companions import captions_of, stem, transcript_of
from app.dialect.media.kinds import PLAYED, SHOWN, MediaKind, kind_of
from app.dialect.messages import Report
from app.dialect.source import Span

SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
ALLOWED = ("https", "http", "mailto", "tel")
HALF_ADDRESS = re.compile(r"(?i:https?):(?!//[^/])")
REFUSED = re.compile(r"[\\\x00-\x20\x7f]")


@dataclass(frozen=True, slots=True)
class Targets:
    """What links may name."""

    media: Collection[str]
    ids: Collection[str]
    scene_lines: Collection[int]
    """The lines of a dilemma's choices, which are checked with their scenes."""
    folder: str = ""
    """The folder of the file inside the module."""
    languages: tuple[str, str] | None = None
    """That of the file and that of the module's first text; None where films have no player."""
    has_pages: bool = False
    """Whether links may name pages of the site, as ``/modules/x``: texts beside the modules."""

    def find(self, target: str) -> str:
        """Give the path of the media that a target names; empty where there is none."""
        path = unquote(re.split(r"[?#]", target, maxsplit=1)[0])
        inside = posixpath.normpath(posixpath.join(self.folder, path)) if path else ""
        return next((one for one in (inside, path) if one in self.media), "")


def check_links(run: Run, targets: Targets, report: Report) -> None:
    """Report links and images that lead nowhere, elsewhere, or show nothing."""
    if "[" not in run.text and "<" not in run.text:
        return
    for link in find_links(run):
        if link.is_image and not link.text.strip():
            report.add("A101", run.span(link.start, link.end))
        if link.target is not None:
            check_target(link, run, targets, report)
    for link in find_addresses(run):
        check_target(link, run, targets, report)


def check_target(link: Link, run: Run, targets: Targets, report: Report) -> None:
    """Report the target of one link or image, if something is wrong with it."""
    target = link.target or ""
    span = run.span(link.start, link.end)
    scene = target.startswith("#") and span.line in targets.scene_lines
    key = None if scene else judge(target, targets, is_image=link.is_image)
    if key is None and is_remote(target) and is_player(link, run, target):
        key = "L102"
    if key:
        report.add(key, span, target=target[:120])
    elif path := targets.find(target):
        check_media(link, path, span, targets, report)


def check_media(link: Link, path: str, span: Span, targets: Targets, report: Report) -> None:
    """Report an image that is no picture, and a film or a sound without what goes with it."""
    kind = kind_of(path)
    if link.is_image and kind not in SHOWN:
        report.add("L104-picture", span, target=path)
    if link.is_image or kind not in PLAYED or targets.languages is None:
        return
    language, reference = targets.languages
    base = stem(path)
    spoken = {one.language for one in captions_of(path, targets.media)}
    if kind is MediaKind.FILM and language not in spoken:
        report.add("A104-captions", span, name=f"{base}.{language}.vtt")
    if transcript_of(path, targets.media, language, reference) is None:
        report.add("A104-transcript", span, name=f"{base}.transcription.md")


def judge(target: str, targets: Targets, *, is_image: bool) -> str | None:
    """Give the code of what is wrong with a target; None when it is good."""
    scheme = SCHEME.match(target)
    if scheme or target.startswith("//"):
        good = scheme is not None and scheme[1].lower() in ALLOWED
        remote = target.startswith("//") or (scheme and scheme[1].lower() in ("http", "https"))
        if is_image:
            return "L102" if remote else "L103"
        broken = REFUSED.search(target) or HALF_ADDRESS.match(target)
        return None if good and not broken else "L103"
    if target.startswith("#") and not is_image:
        return None if unquote(target[1:]) in targets.ids else "L101"
    return judge_path(target, targets)


def judge_path(target: str, targets: Targets) -> str | None:
    """Give the code of what is wrong with a path."""
    path = unquote(re.split(r"[?#]", target, maxsplit=1)[0])
    if REFUSED.search(path):
        return "L103"
    if path.startswith("/"):
        return None if targets.has_pages else "L103"
    inside = posixpath.normpath(posixpath.join(targets.folder, path)) if path else ""
    if inside.startswith("../") or inside == "..":
        return "L103"
    return None if targets.find(target) else "L101"


def is_remote(target: str) -> bool:
    """Tell whether a target is on another site."""
    return bool(re.match(r"(?i:https?:)?//", target))


def is_player(link: Link, run: Run, target: str) -> bool:
    """Tell whether a link stands alone and names a film or a sound."""
    alone = run.text.strip() == run.text[link.start : link.end].strip()
    return alone and kind_of(re.split(r"[?#]", target, maxsplit=1)[0]) in PLAYED
