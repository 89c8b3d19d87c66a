"""A module that shows every kind of media, published beside the demonstration's."""

from __future__ import annotations

import shutil
from pathlib import Path

from app.catalogue import services
from app.database import utc_now, write
from app.dialect.context import read_context
from app.dialect.reading import read_folder
from app.learning.services.enrolments import enrol
from tests.e2e.record import Record
from tests.pictures import mp3, png
from tests.servers import ROOT

SLUG = "essai-media"
PAGE = f"/apprendre/{SLUG}/etapes/regarder"
SECONDS = 90
"""How long the sound lasts: more than one answer of the server holds."""
TEXTS = {
    "film.fr.vtt": "WEBVTT\n\n00:00.000 --> 00:02.000\nMerci, vraiment.\n",
    "film.en.vtt": "WEBVTT\n\n00:00.000 --> 00:02.000\nThank you, really.\n",
    "film.transcription.md": "## Au comptoir\n\n**Le gérant :** Laissez, c'est pour moi.\n\n"
    "**La brigadière :** Merci, vraiment. Je préfère payer.\n",
    "appel.transcription.md": "(Une sonnerie.)\n\n**L'opérateur :** Police secours, j'écoute.\n",
}


def lay_showcase(folder: Path) -> Path:
    """Write the module's folder."""
    module = folder / SLUG
    media = module / "media"
    media.mkdir(parents=True)
    for name in ("module.md", "module.en.md"):
        shutil.copyfile(ROOT / "tests" / "e2e" / "showcase" / name, module / name)
    for name in ("film.webm", "gestes.svg"):
        shutil.copyfile(ROOT / "tests" / "e2e" / "showcase" / name, media / name)
    for name, text in TEXTS.items():
        (media / name).write_text(text, encoding="utf-8")
    (media / "appel.mp3").write_bytes(mp3(SECONDS))
    (media / "comptoir.png").write_bytes(png(640, 360))
    return module


def publish_showcase(record: Record, folder: Path, *, reader: str) -> None:
    """Publish the module, and enrol someone on it."""
    context = read_context(ROOT / "content")
    reading = read_folder(lay_showcase(folder), context=context)
    assert [str(message) for message in reading.messages if message.is_error] == []
    agent_id = record.agent_id(reader)
    with record.app.app_context():
        write(services.publish, reading, author_id=None, now=utc_now())
        write(enrol, agent_id=agent_id, slug=SLUG, now=utc_now())
