"""Trainers put media in a draft, take them out and put them back; agents see what is published."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access import Role
from app.catalogue import services as catalogue
from app.catalogue.models import HeldMedia, Media, ModuleVersion
from app.dialect.media.cleaning.refusals import Reason, Refused
from app.people.models import Agent
from app.studio import personal, receiving
from app.studio.draft_reading import content_of
from app.studio.media_names import name_media, plain, write_markdown
from app.studio.media_uses import Use, find_uses
from app.studio.models import DraftMedia, DraftMediaChange
from app.studio.queries.drafts import list_authors, list_media
from app.studio.services import media as services
from app.studio.services.drafts import withdraw
from app.studio.services.media import Added, add_media
from app.studio.services.reviewing import digest_now
from app.studio.views.draft_parts import read as read_draft
from tests.catalogue.texts import MODULE, read
from tests.factories import Factories
from tests.pictures import VTT, mp3, png
from tests.signing_in import sign_in
from tests.studio.drafting import START, Desk, token_of
from tests.studio.hostile_media import box, mp4
from tests.studio.hostile_pictures import picture
from tests.studio.sending import send_media, sent

WORDS = "Un comptoir vu de face"


@pytest.fixture
def desk(session: Session, trainer: Agent) -> Desk:
    return Desk(session, trainer.id)


def spaces(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def put_picture(client: FlaskClient, desk: Desk, name: str = "Le comptoir.PNG") -> dict[str, str]:
    response = send_media(client, desk, fichier=sent(png(64, 48), name), description=WORDS)
    assert response.status_code == 201, response.text
    return dict(response.get_json())


def media_of(desk: Desk) -> dict[str, str]:
    desk.session.rollback()
    held = list_media(desk.session, desk.id)
    desk.session.rollback()
    return held


def press(client: FlaskClient, desk: Desk, label: str) -> str:
    """Press a button of the draft's page by its name for screen readers; return the next page."""
    page = spaces(client.get(desk.address()).text)
    found = re.search(
        rf'<form action="([^"]+)"[^<]*<input[^<]*<button[^>]*aria-label="{label}', page
    )
    assert found, label
    token = token_of(client, desk.address())
    return spaces(client.post(found[1], data={"csrf_token": token}, follow_redirects=True).text)


def test_a_picture_is_added_described_and_ready_to_be_written(
    client: FlaskClient, desk: Desk
) -> None:
    told = put_picture(client, desk)
    assert told["path"] == "media/le-comptoir.png"
    assert told["markdown"] == f"![{WORDS}](media/le-comptoir.png)"
    page = spaces(client.get(desk.address()).text)
    assert "64 × 48" in page
    assert "Montré nulle part." in page
    assert told["markdown"] in page
    desk.save(MODULE + f"\n{told['markdown']}\n", 1)
    page = spaces(client.get(desk.address()).text)
    assert f"« {WORDS} »" in page
    assert "Montré nulle part." not in page


def test_the_plain_form_does_the_same(client: FlaskClient, desk: Desk) -> None:
    file = sent(png(), "a.png")
    response = send_media(client, desk, accept="text/html", fichier=file, description=WORDS)
    assert response.status_code == 303
    page = spaces(client.get(desk.address()).text)
    assert f"écrivez dans un texte : ![{WORDS}](media/a.png)" in page


@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_words_are_asked_for_a_picture(client: FlaskClient, desk: Desk, accept: str) -> None:
    response = send_media(
        client, desk, accept=accept, fichier=sent(png(), "a.png"), description=" "
    )
    assert response.status_code == 422
    said = response.text if accept == "text/html" else response.get_json()["message"]
    assert "sans ces mots, rien n’est ajouté" in spaces(said)
    assert media_of(desk) == {}


def test_a_refusal_says_what_is_wrong_what_is_kept_and_what_to_do(
    client: FlaskClient, desk: Desk
) -> None:
    file = sent(b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a.png")
    page = send_media(client, desk, accept="text/html", fichier=file, description=WORDS)
    assert page.status_code == 422
    for said in ("Un dessin en SVG", "Rien n’a été ajouté", "Exportez-le en PNG", WORDS):
        assert said in spaces(page.text)
    token = token_of(client, desk.address())
    client.post("/langue/en", data={"csrf_token": token})
    page = send_media(client, desk, fichier=sent(b"", "a.png"), description=WORDS)
    assert page.get_json()["message"].startswith("This file is empty. Nothing was added")


def test_the_same_picture_again_is_the_one_that_is_there(client: FlaskClient, desk: Desk) -> None:
    assert put_picture(client, desk)["path"] == put_picture(client, desk)["path"]
    assert len(media_of(desk)) == 1
    other = send_media(
        client, desk, fichier=sent(png(9, 9), "le comptoir.png"), description="Autre"
    )
    assert other.get_json()["path"] == "media/le-comptoir-2.png"


def test_what_is_taken_out_can_be_put_back(client: FlaskClient, desk: Desk) -> None:
    path = put_picture(client, desk)["path"]
    before = media_of(desk)
    (given,) = personal.export_for(desk.session, desk.agent_id)["media"]
    assert (given["path"], given["description"]) == (path, WORDS)
    page = press(client, desk, f"Retirer du brouillon : {path}")
    assert media_of(desk) == {}
    assert "Médias retirés" in page
    page = press(client, desk, f"Remettre {path}")
    assert media_of(desk) == before
    assert "Médias retirés" not in page
    query = select(DraftMediaChange.sha256).order_by(DraftMediaChange.id)
    changes = desk.session.scalars(query).all()
    assert [bool(one) for one in changes] == [True, False, True]


def test_a_picture_of_a_publication_is_kept_when_it_is_taken_out(
    client: FlaskClient, session: Session, desk: Desk, trainer: Agent
) -> None:
    file = Added(png(), ".png", WORDS, "a.png")
    add_media(session, desk.id, [file], agent_id=trainer.id, now=START)
    session.execute(HeldMedia.__table__.delete())
    session.commit()
    press(client, desk, "Retirer du brouillon : media/a.png")
    press(client, desk, "Remettre media/a.png")
    assert list(media_of(desk)) == ["media/a.png"]


def test_who_changes_media_is_an_author_and_has_the_draft_approved_again(
    session: Session, factories: Factories, desk: Desk
) -> None:
    other = factories.agent(Role.TRAINER)
    session.commit()
    before = digest_now(session, desk.id)
    file = Added(png(), ".png", WORDS, "a.png")
    add_media(session, desk.id, [file], agent_id=other.id, now=START)
    assert other.id in list_authors(session, desk.id)
    assert digest_now(session, desk.id) != before


def test_agents_see_a_picture_once_it_is_published(
    app: Flask, client: FlaskClient, session: Session, factories: Factories, desk: Desk
) -> None:
    put_picture(client, desk)
    sha256 = media_of(desk)["media/le-comptoir.png"]
    officer, reviewer = factories.agent(), factories.agent(Role.REVIEWER)
    session.commit()
    assert client.get(f"/media/{sha256}").status_code == 200
    assert sign_in(app, reviewer).get(f"/media/{sha256}").status_code == 200
    assert sign_in(app, officer).get(f"/media/{sha256}").status_code == 404
    assert app.test_client().get(f"/media/{sha256}").status_code == 302
    content = client.get(f"/media/{sha256}").data
    reading = read(text=MODULE, media={"media/a.png": content})
    catalogue.publish(session, reading, author_id=None, now=START)
    session.commit()
    assert session.scalars(select(ModuleVersion)).one().media == {"media/a.png": sha256}
    assert sign_in(app, officer).get(f"/media/{sha256}").status_code == 200


def test_only_trainers_change_media(
    app: Flask, session: Session, factories: Factories, desk: Desk
) -> None:
    for role, status in [(None, 404), (Role.REVIEWER, 404), (Role.HR_READER, 404)]:
        agent = factories.agent(role) if role else factories.agent()
        session.commit()
        client = sign_in(app, agent)
        token = token_of(client, "/mon-compte")
        response = send_media(
            client, desk, token=token, fichier=sent(png(), "a.png"), description=WORDS
        )
        assert response.status_code == status
        for rest in ("/retraits/media/a.png", "/retours/1"):
            address = desk.address(f"/medias{rest}")
            assert client.post(address, data={"csrf_token": token}).status_code == status
    assert media_of(desk) == {}


def test_a_film_comes_with_its_captions_and_its_transcript(
    client: FlaskClient, session: Session, desk: Desk
) -> None:
    response = send_media(
        client, desk, fichier=sent(mp4(), "Film été.mp4"), description="Un [café] offert",
        sous_titres=sent(VTT, "n'importe.vtt"), langue="fr", transcription="Bonjour.\r\nMerci.",
    )  # fmt: skip
    assert response.status_code == 201
    told = response.get_json()
    assert told["markdown"] == r"[Un \[café\] offert](media/film-ete.mp4)"
    assert told["is_block"] is True
    assert sorted(media_of(desk)) == [
        "media/film-ete.fr.vtt", "media/film-ete.mp4", "media/film-ete.transcription.fr.md",
    ]  # fmt: skip
    text = MODULE.replace("Le cœur du métier reste libre.", f"\n\n{told['markdown']}\n")
    desk.save(text, 1)
    with client.application.test_request_context():
        found = read_draft(content_of(session, desk.id, "cafe-offert"))
    assert [one.code for one in found.reading.messages if one.code[0] in "LA"] == []
    assert "Un [café] offert" in str(found.reading.modules["fr"].steps[0])


def test_captions_and_a_transcript_may_come_later(client: FlaskClient, desk: Desk) -> None:
    send_media(client, desk, fichier=sent(mp3(), "appel.mp3"), description="Un appel")
    send_media(client, desk, fichier=sent(mp4(), "film.mp4"), description="Un film")
    for fields in (
        {"fichier": sent(VTT, "film.en.vtt")},
        {"fichier": sent(VTT, "x.vtt"), "pour": "media/film.mp4", "langue": "fr"},
        {"pour": "media/appel.mp3", "langue": "fr", "transcription": "Une sonnerie."},
        {"pour": "media/appel.mp3", "langue": "fr", "transcription": "Une autre."},
    ):
        response = send_media(client, desk, **fields)
        assert response.status_code == 201, response.get_json()
    assert sorted(media_of(desk)) == [
        "media/appel.mp3", "media/appel.transcription.fr.md", "media/film.en.vtt",
        "media/film.fr.vtt", "media/film.mp4",
    ]  # fmt: skip
    page = spaces(client.get(desk.address()).text)
    assert "Va avec media/film.mp4" in page
    alone = send_media(client, desk, fichier=sent(VTT, "autre.fr.vtt"))
    assert (alone.status_code, alone.get_json()["error"]) == (422, "alone")


@pytest.mark.parametrize("published", [False, True])
def test_what_was_replaced_can_be_put_back(
    client: FlaskClient, session: Session, desk: Desk, published: bool
) -> None:
    send_media(client, desk, fichier=sent(mp3(), "appel.mp3"), description="Un appel")
    path = "media/appel.transcription.fr.md"
    first, second = (Added(f"{text}\n".encode(), ".md").sha256 for text in ("Long.", "Court."))
    fields = {"pour": "media/appel.mp3", "langue": "fr"}
    if published:  # It came with the publication that the draft changes: no change tells of it.
        kept = Media(sha256=first, content_type="text/markdown", size=6, content=b"Long.\n")
        session.add_all([kept, DraftMedia(draft_id=desk.id, path=path, sha256=first)])
        session.commit()
    else:
        send_media(client, desk, **fields, transcription="Long.")
    send_media(client, desk, **fields, transcription="Court.")
    assert media_of(desk)[path] == second
    press(client, desk, f"Remettre {path}")
    assert media_of(desk)[path] == first
    press(client, desk, f"Remettre {path}")
    assert media_of(desk)[path] == second


def test_a_draft_that_is_over_or_full_takes_no_more(
    client: FlaskClient, session: Session, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "MOST_BYTES", 100)
    full = send_media(client, desk, fichier=sent(png(300, 300), "a.png"), description=WORDS)
    assert (full.status_code, full.get_json()["error"]) == (422, "total")
    assert media_of(desk) == {}
    token = token_of(client, desk.address())
    withdraw(session, desk.id, agent_id=desk.agent_id, now=START)
    session.commit()
    over = send_media(client, desk, token=token, fichier=sent(png(), "a.png"), description=WORDS)
    assert (over.status_code, over.get_json()["error"]) == (409, "closed")


def test_one_file_is_read_at_a_time(
    client: FlaskClient, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receiving, "PATIENCE_SECONDS", 0.05)
    token = token_of(client, desk.address())
    with receiving.TURN:
        busy = send_media(
            client, desk, token=token, fichier=sent(png(), "a.png"), description=WORDS
        )
    assert (busy.status_code, busy.headers["Retry-After"]) == (503, "5")
    with pytest.raises(Refused) as refused, receiving.TURN:
        receiving.receive_file(png())
    assert refused.value.reason is Reason.BUSY


def test_sending_too_often_is_refused(
    make_app: Callable[..., Flask], session: Session, desk: Desk, trainer: Agent
) -> None:
    client = sign_in(make_app(RATE_LIMITS=True), trainer)
    token = token_of(client, desk.address())
    statuses = [send_media(client, desk, token=token).status_code for _ in range(61)]
    assert statuses == [422] * 60 + [429]


def test_a_picture_keeps_its_pixels_upright_and_nothing_else() -> None:
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = 6, "canari"
    received = receiving.receive_file(picture("JPEG", (400, 100), exif=exif))
    made = Image.open(BytesIO(received.content))
    assert (received.ending, made.size, received.width) == (".jpg", (100, 400), 100)
    assert not made.getexif()
    large = receiving.receive_file(picture("PNG", (3_000, 1_500)))
    assert (large.width, large.height) == (2_400, 1_200)
    clear = Image.new("RGBA", (5, 5), (10, 20, 30, 0))
    written = BytesIO()
    clear.save(written, "PNG")
    again = Image.open(BytesIO(receiving.receive_file(written.getvalue()).content))
    assert (again.mode, again.getpixel((2, 2))) == ("RGBA", (10, 20, 30, 0))


def test_a_film_that_a_browser_recorded_is_kept() -> None:
    # Chromium ends the place of the pictures, which is the film itself, with a NUL.
    film = mp4(data=box(b"url ", b"\x00\x00\x00\x01\x00"))
    assert receiving.receive_file(film).content == film.replace(b"VideoHandler", bytes(12))


def test_names_are_made_plain() -> None:
    assert plain("C:\\Photos\\Été à Nîmes.JPG") == "ete-a-nimes"
    assert plain("photo.v2.png") == "photo-v2"
    assert name_media("", ".png", ()) == "media/image.png"
    assert name_media("a.html", ".png", {"media/a-html.png"}) == "media/a-html-2.png"
    assert write_markdown("media/a.png", "Une\n[note] `x`") == r"![Une \[note\] \`x\`](media/a.png)"
    assert write_markdown("media/a.fr.vtt", "x") == ""


def test_uses_are_found_with_their_words() -> None:
    texts = {
        "module.md": "x\n![Un \\[mot\\]](media/a.png) et ![](<media/b%20c.png>)",
        "banques/x.md": "[Film](../media/f.mp4#t=3)",
    }
    assert find_uses(texts) == {
        "media/f.mp4": [Use("banques/x.md", 1, "Film")],
        "media/a.png": [Use("module.md", 2, "Un [mot]")],
        "media/b c.png": [Use("module.md", 2, "")],
    }
