"""What the trainers' room says of media: what they are, why one is refused and what to do."""

from __future__ import annotations

from app.dialect.media.cleaning.refusals import LARGEST, MOST_PIXELS, Reason, Refused
from app.dialect.media.kinds import MediaKind, kind_of
from app.i18n import gettext as _
from app.i18n import show_number
from app.studio.services.media import MOST_BYTES, MOST_MEDIA


def say_kind(path: str) -> str:
    """Name what a media is."""
    return {
        MediaKind.PICTURE: _("Image"),
        MediaKind.DIAGRAM: _("Schéma"),
        MediaKind.SOUND: _("Son"),
        MediaKind.FILM: _("Film"),
        MediaKind.CAPTIONS: _("Sous-titres"),
        MediaKind.TRANSCRIPT: _("Transcription"),
        None: _("Fichier"),
    }[kind_of(path)]


def say_size(size: int) -> str:
    """Write a number of bytes."""
    if size < 1_000_000:
        return _("%(count)s ko", count=show_number(max(1, round(size / 1000))))
    return _("%(count)s Mo", count=show_number(round(size / 1_000_000, 1)))


def say_refused(refused: Refused) -> str:
    """Say what is wrong with a file, what is kept, and what to do."""
    wrong, advice = (about_pictures() | about_files())[refused.reason]
    if refused.line:
        wrong = _("Ces sous-titres ne se lisent pas à la ligne %(line)s.", line=refused.line)
    kept = _("Rien n’a été ajouté ; vos textes n’ont pas changé.")
    return f"{wrong} {kept} {advice}"


def about_pictures() -> dict[Reason, tuple[str, str]]:
    """Say of a picture, by reason, what is wrong and what to do."""
    return {
        Reason.DIAGRAM: (
            _("Un dessin en SVG peut contenir un programme : il ne s’envoie pas, quel que soit son"
              " nom."),
            _("Exportez-le en PNG ou en WebP."),
        ),
        Reason.OTHER_PICTURE: (
            _("Ce type d’image ne s’affiche pas partout (HEIC, AVIF, GIF, BMP, TIFF…)."),
            _("Enregistrez-la en JPEG, en PNG ou en WebP."),
        ),
        Reason.PIXELS: (
            _("Cette image dépasse %(most)s millions de points.", most=MOST_PIXELS // 1_000_000),
            _("Réduisez-la : 1 600 points de large suffisent."),
        ),
        Reason.ANIMATED: (
            _("Cette image est animée."),
            _("Enregistrez-en une seule vue, ou faites-en un film avec sa transcription."),
        ),
        Reason.HEAVY: (
            _("Cette image, même réduite, dépasse %(most)s Mo.", most=LARGEST // 1_000_000),
            _("Enregistrez-la en JPEG ou en WebP."),
        ),
        Reason.MEMORY: (
            _("Cette image demande trop de mémoire pour être lue."),
            _("Réduisez-la, puis recommencez."),
        ),
    }  # fmt: skip


def about_files() -> dict[Reason, tuple[str, str]]:
    """Say of any file, by reason, what is wrong and what to do."""
    return {
        Reason.EMPTY: (_("Ce fichier est vide."), _("Choisissez-en un autre.")),
        Reason.SIZE: (
            _("Ce fichier dépasse %(most)s Mo.", most=LARGEST // 1_000_000),
            _("Réduisez-le, puis recommencez."),
        ),
        Reason.UNKNOWN: (
            _("Ce que contient ce fichier n’est ni une image, ni un son, ni un film, ni des"
              " sous-titres, quel que soit son nom."),
            _("Choisissez un PNG, un JPEG, un WebP, un MP3, un MP4, un WebM ou un WebVTT."),
        ),
        Reason.DAMAGED: (
            _("Ce fichier est abîmé ou incomplet : il n’a pas pu être lu jusqu’au bout."),
            _("Enregistrez-le à nouveau dans le même type, puis recommencez."),
        ),
        Reason.TIME: (
            _("Ce fichier demande trop de temps pour être lu."),
            _("Réduisez-le, ou enregistrez-le à nouveau, puis recommencez."),
        ),
        Reason.CAPTIONS: (
            _("Ces sous-titres ne sont pas du WebVTT lisible, de 200 ko au plus."),
            _("Corrigez-les : chaque réplique commence par « 00:01.000 --> 00:04.000 »."),
        ),
        Reason.ALONE: (
            _("Ces sous-titres ne disent pas avec quel film ils vont."),
            _("Choisissez-le dans « Film ou son », ou nommez-les comme lui : « film.fr.vtt »."),
        ),
        Reason.BUSY: (
            _("Un autre fichier est en cours de lecture."), _("Recommencez dans un moment."),
        ),
        Reason.TOTAL: (
            _("Ce brouillon contient déjà tout ce qu’il peut : %(bytes)s Mo en tout, médias retirés"
              " compris, et %(count)s médias.", bytes=MOST_BYTES // 1_000_000, count=MOST_MEDIA),
            _("Publiez-le, ou réduisez ce que vous ajoutez."),
        ),
    }  # fmt: skip
