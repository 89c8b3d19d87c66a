"""Name the media of a draft, and write the line of Markdown that shows one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

from app.dialect.media.companions import stem
from app.dialect.media.kinds import SHOWN, TYPES, MediaKind, kind_of

FOLDER = "media/"
LONGEST = 60
"""Characters of a name that is kept."""
LONGEST_DESCRIPTION = 300
NAMES = {
    MediaKind.PICTURE: "image",
    MediaKind.FILM: "film",
    MediaKind.SOUND: "son",
    MediaKind.CAPTIONS: "sous-titres",
}
LANGUAGES = ("fr", "en")
CAPTIONS = re.compile(r"(?P<film>.+)\.(?P<language>[a-z]{2})\.vtt")


def name_media(sent: str, ending: str, taken: Collection[str]) -> str:
    """Give the path of a file that was sent under a name, which is believed in nothing."""
    base = plain(sent) or NAMES[TYPES[ending].kind]
    tries = [base, *(f"{base}-{number}" for number in range(2, len(taken) + 3))]
    return next(path for one in tries if (path := f"{FOLDER}{one}{ending}") not in taken)


def plain(sent: str) -> str:
    """Write a name in small letters, digits and hyphens, without folder and ending."""
    last = re.split(r"[/\\]", sent[-400:])[-1]
    known = any(last.lower().endswith(ending) for ending in TYPES)
    ascii_only = unicodedata.normalize("NFKD", stem(last) if known else last)
    kept = re.sub(r"[^a-z0-9]+", "-", ascii_only.encode("ascii", "ignore").decode().lower())
    return kept.strip("-")[:LONGEST].strip("-")


def captions_ending(language: str) -> str:
    """Give how the name of captions ends, after that of their film."""
    return f".{language}.vtt"


def transcript_ending(language: str) -> str:
    """Give how the name of a transcript ends, after that of its film or sound."""
    return f".transcription.{language}.md"


def played_by(sent: str, played: Collection[str]) -> tuple[str, str] | None:
    """Find the film that captions name, and their language: ``film.fr.vtt`` goes with film.mp4."""
    found = CAPTIONS.fullmatch(re.split(r"[/\\]", sent[-400:])[-1].lower())
    if found is None or found["language"] not in LANGUAGES:
        return None
    film = FOLDER + plain(found["film"])
    return next(((one, found["language"]) for one in played if stem(one) == film), None)


def write_markdown(path: str, description: str) -> str:
    """Write what shows a media in a text; empty for what goes with a film."""
    kind = kind_of(path)
    words = re.sub(r"([\\\[\]*_`<>])", r"\\\1", " ".join(description.split()))
    if kind in SHOWN:
        return f"![{words}]({path})"
    return f"[{words}]({path})" if kind in (MediaKind.SOUND, MediaKind.FILM) else ""
