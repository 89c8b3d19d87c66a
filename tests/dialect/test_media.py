"""Media are what their names say, as large as they may be, with what goes with them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.dialect.context import Context
from app.dialect.media.companions import captions_of, transcript_of
from app.dialect.media.inspection import inspect
from app.dialect.media.kinds import HEAD, bytes_needed, content_type, type_of
from app.dialect.media.sizes import Pixels, has_exif, picture_size
from tests.dialect.writing import CONTEXT, codes, messages, module, read
from tests.pictures import MP4, SVG, VTT, WEBM, jpeg, mp3, png, webp

SOUND_TYPES = {
    "a.png": png(), "a.jpg": jpeg(4, 3), "a.JPEG": jpeg(4, 3), "a.webp": webp(4, 3),
    "a.mp3": mp3(0.1), "a.mp4": MP4, "a.webm": WEBM, "a.fr.vtt": VTT, "a.svg": SVG,
    "b.mp3": b"ID3\x04\x00" + b"\x00" * 20, "b.fr.vtt": b"\xef\xbb\xbfWEBVTT - Titre\n",
    "c.fr.vtt": b"WEBVTT",
}  # fmt: skip
FILM = "[Un film](media/film.mp4)\n"
WITH_ALL = {"film.mp4": MP4, "film.fr.vtt": VTT, "film.transcription.md": b"Bonjour.\n"}


def problems(name: str, data: bytes, context: Context = CONTEXT, **options: object) -> list[str]:
    return [key for key, _, _ in inspect(name, data, context, diagrams=True, **options).problems]  # type: ignore[arg-type]


@pytest.mark.parametrize(("name", "data"), SOUND_TYPES.items())
def test_a_file_that_is_what_its_name_says_earns_nothing(name: str, data: bytes) -> None:
    assert problems(f"media/{name}", data) == []


@pytest.mark.parametrize("name", [name for name in SOUND_TYPES if name.startswith("a.")])
@pytest.mark.parametrize("other", [name for name in SOUND_TYPES if name.startswith("a.")])
def test_a_file_that_is_something_else_is_told(name: str, other: str) -> None:
    if content_type(name) != content_type(other):
        assert problems(name, SOUND_TYPES[other])[:1] == ["L105"]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.png", b""), ("a.png", b"<html>"), ("a.jpg", b"GIF89a"), ("a.webp", b"RIFF\0\0\0\0WAVE"),
        ("a.mp3", b"\xff\xff\x50"), ("a.webm", b"\x1a\x45\xdf\xa3\x42\x82\x88matroska"),
        ("a.mp4", b"ftypmp42"), ("a.fr.vtt", b"WEBVTTX"), ("a.fr.vtt", b"WEBVTT\n\xff\xfe"),
    ],
)  # fmt: skip
def test_bytes_that_only_look_right_are_told(name: str, data: bytes) -> None:
    assert problems(name, data) == ["L105"]


@pytest.mark.parametrize("name", ["a.gif", "a.pdf", "a.html", "a", "a.svgz", "notes.md", "a.js"])
def test_a_type_that_no_page_shows_is_told(name: str) -> None:
    assert problems(f"media/{name}", b"x") == ["L104"]
    assert type_of(name) is None


def test_a_picture_whose_size_cannot_be_read_is_told_when_it_is_whole() -> None:
    cut = jpeg(4, 3, padding=60_000)[:1000]
    assert problems("a.jpg", cut) == ["L105-size"]
    assert problems("a.jpg", cut, size=70_000) == []
    assert problems("a.png", png()[:14]) == ["L105-size"]


def test_large_files_are_told_with_their_limit() -> None:
    small = replace(CONTEXT, largest_picture=100, largest_film=100, largest_file=100)
    for name, data in SOUND_TYPES.items():
        assert problems(name, data + b" " * 200, small) == ["L106"], name
        assert problems(name, data[:90], small, size=101) == ["L106"], name
    assert problems("a.png", png(5001, 5001)) == ["L106-pixels"]
    assert problems("a.png", png(), replace(CONTEXT, heavy_picture=10)) == ["L201"]


def test_a_photograph_that_says_where_it_was_taken_is_told() -> None:
    photograph = jpeg(40, 30, orientation=6)
    assert problems("a.jpg", photograph) == ["L202"]
    assert has_exif(photograph)
    assert not has_exif(jpeg(40, 30))


@pytest.mark.parametrize(
    ("data", "size"),
    [
        (png(640, 480), (640, 480)),
        (jpeg(640, 480), (640, 480)),
        (jpeg(640, 480, orientation=1), (640, 480)),
        (jpeg(640, 480, orientation=6), (480, 640)),
        (jpeg(640, 480, orientation=8, padding=50_000), (480, 640)),
        (webp(640, 480), (640, 480)),
        (webp(16_384, 1, b"VP8L"), (16_384, 1)),
        (webp(640, 480, b"VP8 "), (640, 480)),
        (webp(640, 480)[:25], None),
        (webp(640, 480, b"XXXX"), None),
        (png(0, 4), None),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 40, None),
        (b"\xff\xd8\xff", None),
        (b"\xff\xd8\xff\xda\x00\x02", None),
    ],
)  # fmt: skip
def test_the_size_of_a_picture_stands_in_its_first_bytes(
    data: bytes, size: tuple[int, int] | None
) -> None:
    assert picture_size(data) == (Pixels(*size) if size else None)


@given(st.binary(max_size=200), st.sampled_from([b"\x89PNG", b"\xff\xd8", b"RIFF"]))
def test_broken_pictures_have_no_size_and_do_no_harm(noise: bytes, head: bytes) -> None:
    size = picture_size(head + noise)
    assert size is None or (size.width > 0 and size.height > 0)


def test_pillow_agrees_on_the_sizes() -> None:
    image = pytest.importorskip("PIL.Image")
    import io

    for form in ("PNG", "JPEG", "WEBP"):
        for lossless in (False, True):
            kept = io.BytesIO()
            image.new("RGB", (123, 45)).save(kept, form, lossless=lossless)
            assert picture_size(kept.getvalue()) == (123, 45), form


def test_what_is_read_of_a_media_has_a_limit() -> None:
    assert bytes_needed("media/a.png", 200_000) == HEAD
    for name in ("a.svg", "a.fr.vtt", "a.transcription.md"):
        assert bytes_needed(name, 200_000) == 200_001


def test_captions_and_transcripts_go_by_name_and_language() -> None:
    names = [
        "media/a.mp4", "media/a.fr.vtt", "media/a.en.vtt", "media/ab.de.vtt", "media/a.xyz.vtt",
        "media/a.transcription.md", "media/a.transcription.en.md", "media/b.transcription.fr.md",
    ]  # fmt: skip
    assert [one.language for one in captions_of("media/a.mp4", names)] == ["en", "fr"]
    assert transcript_of("media/a.mp4", names, "en", "fr") == ("en", "media/a.transcription.en.md")
    assert transcript_of("media/a.mp4", names, "de", "fr") == ("fr", "media/a.transcription.md")
    assert transcript_of("media/b.mp3", names, "en", "fr") == ("fr", "media/b.transcription.fr.md")
    assert transcript_of("media/c.mp3", names, "en", "fr") is None


def test_a_film_with_all_that_goes_with_it_earns_nothing() -> None:
    assert messages(module(FILM), media=WITH_ALL) == ()
    assert messages(module("[Un son](media/s.mp3)\n"), media={
        "s.mp3": mp3(), "s.transcription.fr.md": b"Bonjour.\n"}) == ()  # fmt: skip


@pytest.mark.parametrize(
    ("missing", "name"),
    [("film.fr.vtt", "film.fr.vtt"), ("film.transcription.md", "film.transcription.md")],
)
def test_a_film_without_captions_or_transcript_is_told_where_it_is_linked(
    missing: str, name: str
) -> None:
    media = {one: data for one, data in WITH_ALL.items() if one != missing}
    (message,) = messages(module(FILM), media=media)
    assert (message.code, message.line, message.column) == ("A104", 13, 1)
    assert message.fix is not None
    assert message.fix.title == f"ajoutez media/{name}"
    assert "A104" in codes(module(f"Voir {FILM}"), media=media)


def test_captions_are_those_of_the_text_s_language() -> None:
    english = {"module.en.md": module(FILM)}
    found = messages(module(FILM), media=WITH_ALL, files=english)
    assert [(m.path, m.code) for m in found] == [("module.en.md", "A104")]
    assert found[0].fix is not None
    assert "film.en.vtt" in found[0].fix.title
    more = {**WITH_ALL, "film.en.vtt": VTT}
    assert messages(module(FILM), media=more, files=english) == ()


def test_a_sound_needs_no_captions() -> None:
    (message,) = messages(module("[Un son](media/s.mp3)\n"), media={"s.mp3": mp3()})
    assert message.code == "A104"
    assert "transcription" in message.message


def test_an_image_that_is_a_film_is_told() -> None:
    (message,) = messages(module("![Un film](media/film.mp4)\n"), media=WITH_ALL)
    assert (message.code, message.line, message.column) == ("L104", 13, 1)


def test_a_transcript_is_checked_like_the_other_texts() -> None:
    media = {**WITH_ALL, "film.transcription.md": b"Du <b>gras</b>.\n\n[x](media/absent.png)\n"}
    found = messages(module(FILM), media=media)
    assert [(m.path, m.line, m.column, m.code) for m in found] == [
        ("media/film.transcription.md", 1, 4, "R201"),
        ("media/film.transcription.md", 3, 1, "L101"),
    ]
    media = {**WITH_ALL, "film.transcription.md": b"\xff"}
    assert codes(module(FILM), media=media) == ["R105"]


def test_a_file_of_media_that_is_wrong_stops_the_publication_and_is_not_shown() -> None:
    reading = read(module(), media={"x.svg": SVG, "a.png": b"<script>", "b.png": png()})
    assert [(m.path, m.code) for m in reading.messages] == [
        ("media/a.png", "L105"),
        ("media/x.svg", "L104"),
    ]
    assert reading.has_errors
    assert [reading.refuses(f"media/{name}") for name in ("a.png", "b.png")] == [True, False]


def test_two_files_of_one_ending_are_told_apart() -> None:
    reading = read(module(), media={"sous/a.png": b"x", "a.png": png()})
    assert reading.refuses("media/sous/a.png")
    assert not reading.refuses("media/a.png")
