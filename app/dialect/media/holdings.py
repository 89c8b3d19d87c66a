"""The media of a module, as its pages show them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from app.dialect.media.companions import Companion, captions_of, transcript_of
from app.dialect.media.sizes import Pixels

Address = Callable[[str], str]


def same(path: str) -> str:
    """Leave a path as it is."""
    return path


@dataclass(frozen=True, slots=True)
class Holdings:
    """What a rendering knows of the media: their addresses, sizes, captions and transcripts."""

    address: Address = same
    names: Collection[str] = ()
    sizes: Mapping[str, Pixels] = field(default_factory=dict)
    """Of the pictures, by path."""
    transcripts: Mapping[str, str] = field(default_factory=dict)
    """Texts by path."""
    reference: str = "fr"
    """The language of the module's first text, and of what does not say its own."""

    def captions(self, film: str) -> list[Companion]:
        """List the captions of a film."""
        return captions_of(film, self.names)

    def transcript(self, media: str, language: str) -> Companion | None:
        """Find the transcript to show on a page in a language."""
        return transcript_of(media, self.transcripts, language, self.reference)
