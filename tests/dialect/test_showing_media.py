"""Pictures keep their place; films and sounds get a player, captions and a transcript."""

from __future__ import annotations

import hashlib

import pytest

from app.dialect.media.holdings import Holdings
from app.dialect.media.sizes import Pixels
from app.dialect.reading import Reading, read_files, read_folder
from app.dialect.rendering.prose import Renderer
from tests.dialect.test_reading import prose
from tests.dialect.writing import CONTEXT, module
from tests.pictures import MP4, SVG, VTT, png

NAMES = ("media/film.mp4", "media/film.fr.vtt", "media/film.en.vtt", "media/son.mp3")
HOLDINGS = Holdings(
    address=lambda path: f"/m/{path.removeprefix('media/')}",
    names=NAMES,
    sizes={"media/plan.png": Pixels(640, 480), "media/trois gestes.svg": Pixels(320, 120)},
    transcripts={
        "media/film.transcription.md": "## Scène\n\n**Inès :** Bonjour[^1].\n\n[^1]: Fort.",
        "media/film.transcription.en.md": "**Inès:** Good morning.",
        "media/son.transcription.md": "[Le film](film.mp4)\n\n[Le film](media/film.mp4)",
    },
)
FILM = "[Le *café* offert](media/film.mp4)"


def show(text: str, language: str = "fr") -> str:
    return Renderer(language, HOLDINGS).block(text)


def test_a_picture_says_its_size_and_a_diagram_has_a_sheet() -> None:
    assert show("![Un plan](media/plan.png)") == (
        '<p><img alt="Un plan" height="480" src="/m/plan.png" width="640"></p>'
    )
    for target in (
        "<media/trois gestes.svg>",
        "media/trois%20gestes.svg",
        "../media/trois%20gestes.svg?x",
    ):
        assert show(f"![Trois gestes]({target})") == (
            '<p><img alt="Trois gestes" class="diagram" height="120" src="/m/trois gestes.svg" '
            'width="320"></p>'
        )


def test_a_picture_out_of_sight_waits() -> None:
    picture = "![Un plan](media/plan.png)"
    page = Renderer("fr", HOLDINGS)
    assert 'loading="lazy"' not in page.block(f"Un mot. {picture}")
    assert 'loading="lazy"' in page.block(picture)
    assert 'loading="lazy"' in Renderer("fr", HOLDINGS).block(f"{'mot ' * 200}\n\n{picture}")
    assert Renderer("fr", HOLDINGS).block(f"{picture}\n\n{picture}").count("lazy") == 1


def test_a_link_alone_to_a_film_is_its_player() -> None:
    assert show(f"Avant.\n\n{FILM}\n\nAprès.") == (
        "<p>Avant.</p>\n"
        '<div class="player"><figure>'
        '<video aria-label="Le café offert" controls="" preload="metadata" src="/m/film.mp4">'
        '<track kind="captions" label="English" src="/m/film.en.vtt" srclang="en">'
        '<track default="" kind="captions" label="Français" src="/m/film.fr.vtt" srclang="fr">'
        "</video><figcaption>Le café offert</figcaption></figure>"
        '<details class="transcript"><summary>Transcription</summary><div>'
        "<p><strong>Scène</strong></p>\n"
        '<p><strong>Inès\u202f:</strong> Bonjour<sup id="fnref:2-1"><a class="footnote-ref" '
        'href="#fn:2-1">1</a></sup>.</p>\n<div class="footnote">\n<hr>\n<ol>\n<li id="fn:2-1">\n'
        '<p>Fort.&nbsp;<a class="footnote-backref" href="#fnref:2-1" '
        'title="Revenir à l’appel de note 1">↩︎</a></p>\n</li>\n</ol>\n</div></div></details>'
        "</div>\n<p>Après.</p>"
    )


def test_a_transcript_is_in_the_language_of_the_page_or_says_which() -> None:
    english = show(FILM, "en")
    assert "<summary>Transcript</summary><div><p><strong>Inès:</strong> Good" in english
    assert '<track default="" kind="captions" label="English"' in english
    german = show(FILM, "de")
    assert '<summary>Transcript (Français)</summary><div lang="fr">' in german
    assert "default" not in german


def test_a_sound_has_a_player_without_captions_and_its_transcript_has_no_player() -> None:
    html = show("[Un son](media/son.mp3)")
    assert (
        '<audio aria-label="Un son" controls="" preload="metadata" src="/m/son.mp3"></audio>'
        in html
    )
    assert "track" not in html
    assert html.count('<p><a href="/m/film.mp4">Le film</a></p>') == 2


@pytest.mark.parametrize(
    "text",
    [
        f"Voir {FILM}",
        f"{FILM}.",
        f"- {FILM}",
        "[absent](media/absent.mp4)",
        "[ailleurs](https://exemple.fr/film.mp4)",
        "[plan](media/plan.png)",
        "`[film](media/film.mp4)`",
    ],
)
def test_a_link_among_words_or_to_something_else_stays_a_link(text: str) -> None:
    assert "<video" not in show(text)
    assert "<figure" not in show(text)


def test_players_stand_in_quotes_and_loose_lists_but_not_in_choices() -> None:
    assert "<video" in show(f"> {FILM}")
    assert "<video" in show(f"- {FILM}\n\n- b")
    assert Renderer("fr", HOLDINGS).inline(FILM) == (
        '<a href="/m/film.mp4">Le <em>café</em> offert</a>'
    )


def test_a_link_that_shows_a_picture_takes_its_words() -> None:
    assert 'aria-label="Un plan"' in show("[![Un plan](media/plan.png)](media/film.mp4)")
    assert 'aria-label="film.mp4"' in show("[](media/film.mp4)")


def read(**options: bool) -> Reading:
    text = module("[Le film](media/film.mp4)\n\n![Un plan](media/plan.png) ![S](media/s.svg)\n")
    files = {
        "module.md": text.encode(), "media/film.mp4": MP4, "media/film.fr.vtt": VTT,
        "media/film.transcription.md": "Inès dit bonjour.".encode(),
        "media/plan.png": png(640, 480), "media/s.svg": SVG,
    }  # fmt: skip
    return read_files(files, slug="essai", context=CONTEXT, **options)


def test_a_module_of_ours_shows_its_media_by_their_digests() -> None:
    reading = read(diagrams=True)
    assert reading.messages == ()
    html = prose(reading.modules["fr"].steps[0])
    for data in (MP4, VTT, png(640, 480), SVG):
        assert f'src="/media/{hashlib.sha256(data).hexdigest()}"' in html
    assert "<p>Inès dit bonjour.</p>" in html
    assert 'alt="Un plan" height="480"' in html
    assert 'alt="S" class="diagram" height="120"' in html


def test_what_somebody_sends_has_no_diagram() -> None:
    assert [message.code for message in read().messages] == ["L104"]


def test_a_folder_on_disk_may_hold_diagrams(tmp_path) -> None:
    folder = tmp_path / "essai"
    (folder / "media").mkdir(parents=True)
    (folder / "media" / "s.svg").write_bytes(SVG)
    (folder / "module.md").write_text(module("![Trois gestes](media/s.svg)\n"), encoding="utf-8")
    assert read_folder(folder, context=CONTEXT).messages == ()
