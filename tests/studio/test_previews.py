"""Previews: as an agent sees it, answerable, and never in the record."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app.catalogue import services
from app.database import utc_now
from tests.catalogue.texts import ENGLISH, MODULE, PNG, lay, read
from tests.studio.conftest import Count

VERSION = "/formateur/modules/cafe-offert/versions/1"
FILES = "/formateur/fichiers/cafe-offert"
BASES = pytest.mark.parametrize("base", [VERSION, FILES])


@pytest.fixture(autouse=True)
def published(session: Session, content: Path) -> Session:
    lay(content)
    services.publish(session, read(english=ENGLISH), author_id=None, now=utc_now())
    session.commit()
    return session


def text_of(data: bytes) -> str:
    return data.decode().replace("\u00a0", " ").replace("\u202f", " ")


def page(client: FlaskClient, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, response.status_code
    return text_of(response.data)


def answer(client: FlaskClient, address: str, **values: object) -> tuple[int, str]:
    """Send an answer as the page's own form would, with its token."""
    token = re.search(r'name="csrf_token" value="([^"]+)"', page(client, address))
    assert token is not None
    response = client.post(address, data={"csrf_token": token.group(1), **values})
    return response.status_code, text_of(response.data)


@BASES
def test_a_preview_starts_at_the_first_page(client: FlaskClient, base: str) -> None:
    response = client.get(f"{base}/?corps=gn")
    assert response.status_code == 302
    assert response.headers["Location"].startswith(f"{base}/geste?corps=gn")


@BASES
def test_each_corps_has_its_own_variant(client: FlaskClient, base: str) -> None:
    police = page(client, f"{base}/geste?corps=pn")
    gendarmes = page(client, f"{base}/geste?corps=gn")
    assert "la brigade en parle" in gendarmes
    assert "la brigade en parle" not in police
    assert "Réservé à la gendarmerie" in gendarmes
    assert "Réservé à la gendarmerie" not in police


@BASES
def test_nothing_of_the_key_stands_in_a_page_before_an_answer(
    client: FlaskClient, base: str
) -> None:
    for name in ("geste", "evaluation"):
        text = page(client, f"{base}/{name}")
        for canary in ("RETOUR", "EXPLICATION", "SUITE", "TAIRE"):
            assert f"CANARI-{canary}" not in text


@BASES
def test_an_answer_shows_its_feedback_and_is_kept_nowhere(
    client: FlaskClient, base: str, count_rows: Count
) -> None:
    before = count_rows()
    status, text = answer(client, f"{base}/geste?question=gerant", choix="a")
    assert status == 200
    assert "CANARI-RETOUR-A" in text
    assert "CANARI-EXPLICATION" in text
    assert "CANARI-RETOUR-A" not in page(client, f"{base}/geste")
    assert count_rows() == before


@BASES
def test_a_dilemma_is_walked_to_its_end_and_is_kept_nowhere(
    client: FlaskClient, base: str, count_rows: Count
) -> None:
    before = count_rows()
    address = f"{base}/geste?corps=pn&question=video"
    _, first = answer(client, f"{address}&chemin=", scene="", choix="1")
    assert "Il écoute, puis hésite." in first
    assert "chemin=1" in first
    assert "CANARI-SUITE" not in first
    _, last = answer(client, f"{address}&chemin=1", scene="parler", choix="1")
    assert "Il la retire." in last
    assert "CANARI-SUITE" in last
    assert "CANARI-TAIRE" not in last
    assert count_rows() == before


@pytest.mark.parametrize("trail", ["9", "x", "1.1.1.1", "²", "", "1." * 500])
def test_a_made_up_trail_leads_nowhere_else(client: FlaskClient, trail: str) -> None:
    address = f"{FILES}/geste?question=video&chemin={trail}"
    assert answer(client, address, scene="", choix="2")[0] == 200


@BASES
def test_a_reflection_is_shown_again_and_is_kept_nowhere(
    client: FlaskClient, base: str, count_rows: Count
) -> None:
    before = count_rows()
    status, text = answer(client, f"{base}/geste?question=et-vous", texte="Une fois, oui.")
    assert status == 200
    assert "Une fois, oui." in text
    assert "Enregistré à" not in text
    assert count_rows() == before


@BASES
def test_the_quiz_shows_all_that_a_draw_may_bring(client: FlaskClient, base: str) -> None:
    text = page(client, f"{base}/evaluation")
    assert "1 question tirée parmi les 2" in text
    assert "CANARI-BANQUE" in text
    _, answered = answer(client, f"{base}/evaluation?question=premier", choix="a")
    assert "On remercie." in answered


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("gerant", {}),
        ("gerant", {"choix": "z"}),
        ("gerant", {"choix": ["a", "b"]}),
        ("video", {"scene": "absente", "choix": "1"}),
        ("video", {"scene": "", "choix": "9"}),
        ("et-vous", {"texte": "x" * 20_000}),
    ],
)
def test_what_is_no_answer_is_said_so(
    client: FlaskClient, question: str, values: dict[str, str]
) -> None:
    status, text = answer(client, f"{FILES}/geste?question={question}", **values)
    assert status == 422
    assert "CANARI" not in text


@pytest.mark.parametrize("question", ["absent", "", "tirage", "regle"])
def test_an_answer_to_what_the_page_does_not_hold_is_not_found(
    client: FlaskClient, question: str
) -> None:
    assert answer(client, f"{FILES}/geste?question={question}", choix="a")[0] == 404


def test_an_answer_may_be_wiped(client: FlaskClient) -> None:
    address = f"{FILES}/geste?question=gerant"
    status, text = answer(client, address, action="effacer")
    assert (status, "CANARI" in text) == (200, False)


def test_an_answer_without_its_token_is_refused(client: FlaskClient) -> None:
    response = client.post(f"{FILES}/geste?question=gerant", data={"choix": "a"})
    assert response.status_code in {400, 403}


@BASES
def test_both_sheets_can_be_previewed(client: FlaskClient, base: str) -> None:
    assert "CANARI-ANIMATION" in page(client, f"{base}/animation")
    assert "n’est pas montrée aux agents" in page(client, f"{base}/animation")
    assert "Remercier, payer, le dire." in page(client, f"{base}/reflexe")


def test_a_version_is_shown_in_the_language_asked_for(client: FlaskClient) -> None:
    assert "An ordinary gesture" in page(client, f"{VERSION}/geste?langue=en")
    assert "Un geste banal" in page(client, f"{VERSION}/geste?langue=xx")
    assert "Un geste banal" in page(client, f"{FILES}/geste?langue=en")


@BASES
def test_odd_readers_get_the_first_corps_of_the_audience(client: FlaskClient, base: str) -> None:
    assert '<option value="pn" selected>' in page(client, f"{base}/geste?corps=roi")


@BASES
def test_a_preview_may_be_framed_by_our_own_pages_only(client: FlaskClient, base: str) -> None:
    policy = client.get(f"{base}/geste").headers["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in policy
    assert "frame-ancestors 'none'" in client.get("/formateur/").headers["Content-Security-Policy"]


def test_an_old_version_stays_as_it_was_published(client: FlaskClient, content: Path) -> None:
    lay(content, text=MODULE.replace("dette invisible", "dette cachée"))
    assert "dette invisible" in page(client, f"{VERSION}/geste")
    assert "dette cachée" in page(client, f"{FILES}/geste")


def test_media_are_served_before_publication(client: FlaskClient, content: Path) -> None:
    shown = MODULE.replace("Le cœur du métier", "![Le bar](media/bar.png) Le cœur du métier")
    folder = lay(content, text=shown)
    (folder / "media").mkdir()
    (folder / "media" / "bar.png").write_bytes(PNG)
    digest = hashlib.sha256(PNG).hexdigest()
    assert f"{FILES}/media/{digest}" in page(client, f"{FILES}/geste")
    response = client.get(f"{FILES}/media/{digest}")
    assert (response.data, response.content_type) == (PNG, "image/png")
    assert "sandbox" in response.headers["Content-Security-Policy"]


def test_files_with_errors_lead_to_what_is_wrong_with_them(
    client: FlaskClient, content: Path
) -> None:
    lay(content, text=MODULE.replace("[x] b) Vous payez", "[ ] b) Vous payez"))
    response = client.get(f"{FILES}/geste")
    assert response.headers["Location"] == "/formateur/modules/cafe-offert/verification"
    assert "Q103" in page(client, response.headers["Location"])
    assert page(client, f"{VERSION}/geste")
