"""Films and sounds: a paragraph that is only a link to one becomes its player."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol
from xml.etree.ElementTree import Element, SubElement

from app.dialect.media.companions import Companion
from app.dialect.media.holdings import Holdings
from app.dialect.media.kinds import PLAYED, MediaKind, kind_of

NAMES = {"fr": "Français", "en": "English", "de": "Deutsch", "es": "Español", "it": "Italiano"}
"""Languages in their own words; another is called by its code."""
TRANSCRIPT = {"fr": "Transcription", "en": "Transcript"}


class MediaPage(Protocol):
    """A page being rendered, as far as players need it."""

    language: str
    holdings: Holdings

    def media_path(self, target: str) -> str:
        """Give the path of a media that a link names; empty where it names none."""

    def transcript(self, found: Companion) -> str:
        """Give the HTML of a transcript."""


Stash = Callable[[str], str]


def show_players(root: Element, page: MediaPage, stash: Stash) -> None:
    """Put a player in place of each paragraph that is only a link to a film or a sound."""
    for parent in list(root.iter()):
        for rank, child in enumerate(list(parent)):
            link = lone_link(child)
            path = page.media_path(link.get("href", "")) if link is not None else ""
            if link is not None and kind_of(path) in PLAYED and path in page.holdings.names:
                player = make_player(link, path, page, stash)
                player.tail = child.tail
                parent[rank] = player


def lone_link(element: Element) -> Element | None:
    """Give the link that is all of a paragraph."""
    if element.tag != "p" or len(element) != 1 or (element.text or "").strip():
        return None
    link = element[0]
    return link if link.tag == "a" and not (link.tail or "").strip() else None


def make_player(link: Element, path: str, page: MediaPage, stash: Stash) -> Element:
    """Make a player, its title, and the transcript that opens under it."""
    is_film = kind_of(path) is MediaKind.FILM
    title = title_of(link, path)
    box = Element("div", {"class": "player"})
    figure = SubElement(box, "figure")
    played = {"src": page.holdings.address(path), "controls": "", "preload": "metadata"}
    player = SubElement(figure, "video" if is_film else "audio", {**played, "aria-label": title})
    for one in page.holdings.captions(path) if is_film else []:
        player.append(make_track(one, page))
    SubElement(figure, "figcaption").text = title
    transcript = page.holdings.transcript(path, page.language)
    if transcript is not None:
        box.append(make_transcript(transcript, page, stash))
    return box


def title_of(link: Element, path: str) -> str:
    """Give the words of a link; of one that shows a picture, those that stand for it."""
    pictures = [image.get("alt", "") for image in link.iter("img")]
    return " ".join("".join([*link.itertext(), *pictures]).split()) or path.rpartition("/")[2]


def make_track(captions: Companion, page: MediaPage) -> Element:
    """Offer captions; those of the page's language are shown unless the reader hides them."""
    track = {
        "kind": "captions", "srclang": captions.language,
        "label": NAMES.get(captions.language, captions.language),
        "src": page.holdings.address(captions.name),
    }  # fmt: skip
    if captions.language == page.language:
        track["default"] = ""
    return Element("track", track)


def make_transcript(found: Companion, page: MediaPage, stash: Stash) -> Element:
    """Put a transcript where it opens, marked where it is in another language than the page."""
    details = Element("details", {"class": "transcript"})
    summary = SubElement(details, "summary")
    summary.text = TRANSCRIPT.get(page.language, TRANSCRIPT["en"])
    body = SubElement(details, "div")
    body.text = stash(page.transcript(found))
    if found.language != page.language:
        summary.text += f" ({NAMES.get(found.language, found.language)})"
        body.set("lang", found.language)
    return details
