"""Unpublished files on the pages: never read by the server, refused by name, never in the way."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app.catalogue import services
from app.database import utc_now
from app.dialect import doubts as dialect_doubts
from app.dialect import reading as dialect_reading
from app.dialect.sandbox.frames import Limits
from app.dialect.sandbox.protocol import Answer, Job
from app.dialect.sandbox.refusals import SAID
from app.people.models import Agent
from app.studio import module_files, previewing
from app.studio.previewing import PREVIEWER, PreviewBusy
from app.studio.views.blueprint import module_files_of
from tests.catalogue.texts import MODULE, lay, read
from tests.dialect.hostile import many_choices, many_gaps, many_items, many_links, many_steps
from tests.signing_in import sign_in

FILES = "/formateur/fichiers/cafe-offert"
ROOM = "/formateur/modules/cafe-offert"
Answering = Callable[[Answer | Exception], None]


@pytest.fixture
def answering(monkeypatch: pytest.MonkeyPatch) -> Answering:
    """Have the sandbox answer what a test says, or be busy."""

    def answer(told: Answer | Exception) -> None:
        def read_told(_job: Job, _limits: Limits, *, may_wait: bool = True) -> Answer:
            if isinstance(told, Exception):
                raise told
            return told

        monkeypatch.setattr(PREVIEWER, "read", read_told)

    return answer


def lay_alone(content: Path, text: str, slug: str = "cafe-offert") -> None:
    """Write a module of one file."""
    folder = lay(content, slug, text)
    (folder / "banques" / "cas.md").unlink()


def text_of(client: FlaskClient, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, response.status_code
    return response.get_data(as_text=True).replace("\u00a0", " ").replace("\u202f", " ")


def english(client: FlaskClient) -> FlaskClient:
    token = re.search(r'name="csrf_token" value="([^"]+)"', text_of(client, "/formateur/"))
    assert token is not None
    client.post("/langue/en", data={"csrf_token": token[1]})
    return client


@pytest.mark.parametrize(
    "address",
    ["/formateur/", ROOM, f"{ROOM}/verification", f"{ROOM}/a-verifier", f"{ROOM}/publication",
     f"{FILES}/geste", f"{ROOM}/comparaison?avant=1&apres=fichiers"],
)  # fmt: skip
def test_the_server_itself_reads_no_unpublished_file(
    client: FlaskClient,
    session: Session,
    content: Path,
    monkeypatch: pytest.MonkeyPatch,
    address: str,
) -> None:
    services.publish(session, read(), author_id=None, now=utc_now())
    session.commit()
    lay(content, text=MODULE.replace("dette invisible", "dette cachée"))
    for name in ("read_files", "parse", "check_languages", "compile_drafts"):
        monkeypatch.setattr(dialect_reading, name, None)
    monkeypatch.setattr(dialect_doubts, "find_doubts", None)
    assert "offert" in text_of(client, address)


@pytest.mark.parametrize("refusal", sorted(SAID))
def test_each_refusal_is_a_finding_in_both_languages(
    client: FlaskClient, content: Path, answering: Answering, refusal: str
) -> None:
    lay(content)
    answering(Answer(refusal=refusal))
    code = SAID[refusal].partition("-")[0]
    french = text_of(client, f"{ROOM}/verification")
    assert f"<code>{code}</code>" in french
    assert "1 erreur, 0 avertissement" in french
    assert "<code>module.md</code>" in french
    named = {"cpu": "1 s", "wall": "60 s", "memory": "256 Mo", "answer": "2 Mo", "files": "64 Mo"}
    assert named.get(refusal, "") in french
    translated = text_of(english(client), f"{ROOM}/verification")
    assert f"<code>{code}</code>" in translated
    assert "1 error, 0 warnings" in translated
    for address in (f"{FILES}/geste", f"{ROOM}/a-verifier"):
        assert client.get(address).headers["Location"] == f"{ROOM}/verification"


def test_a_refusal_does_not_stay_when_the_machine_was_at_fault(
    client: FlaskClient, content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay(content)
    with monkeypatch.context() as patch:
        patch.setattr(PREVIEWER, "read", lambda *_, **__: Answer(refusal="wall"))
        assert "R104" in text_of(client, f"{ROOM}/verification")
    assert "Rien à signaler" in text_of(client, f"{ROOM}/verification")


@pytest.mark.parametrize(
    "address", [ROOM, f"{ROOM}/verification", f"{ROOM}/publication", f"{FILES}/geste"]
)
def test_a_busy_preview_asks_to_come_again(
    client: FlaskClient, content: Path, answering: Answering, address: str
) -> None:
    lay(content)
    answering(PreviewBusy())
    response = client.get(f"{address}?corps=gn")
    assert (response.status_code, response.headers["Retry-After"]) == (503, "2")
    page = response.get_data(as_text=True)
    assert "Aperçu occupé, réessayez" in page
    assert f'href="{address}?corps=gn"' in page
    script = client.get(address, headers={"Accept": "application/json"})
    assert (script.status_code, script.get_json()) == (503, {"error": "preview_busy"})


def test_what_was_typed_is_kept_and_sent_again(
    client: FlaskClient, content: Path, answering: Answering, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay(content)
    address = f"{FILES}/geste?question=et-vous"
    token = re.search(r'name="csrf_token" value="([^"]+)"', text_of(client, address))
    assert token is not None
    typed = 'Une fois.\n<b>Deux</b> "fois".'
    with monkeypatch.context():
        answering(PreviewBusy())
        module_files.FILES.things.clear()
        response = client.post(address, data={"csrf_token": token[1], "texte": typed})
    assert response.status_code == 503
    page = response.get_data(as_text=True)
    assert f'action="{address}"' in page
    assert page.count('name="csrf_token"') >= 1
    assert "Une fois.\n&lt;b&gt;Deux&lt;/b&gt; &#34;fois&#34;." in page
    assert f'value="{token[1]}"' not in page.partition('name="texte"')[2]


def test_the_list_shows_what_was_not_read_yet(
    client: FlaskClient, content: Path, answering: Answering
) -> None:
    lay(content)
    answering(PreviewBusy())
    page = text_of(client, "/formateur/")
    assert "pas encore vérifié" in page
    assert "rechargez la page" in page


def test_the_list_does_not_wait_for_ever(app: Flask, client: FlaskClient, content: Path) -> None:
    lay(content)
    lay(content, "second")
    assert "pas encore vérifié" not in text_of(client, "/formateur/")
    lay(content, text=MODULE.replace("dette", "charge"))
    app.config["PREVIEW_WALL_SECONDS"] = 0
    page = text_of(client, "/formateur/")
    assert page.count("pas encore vérifié") == 1  # What was read before is known.


def test_a_page_of_thousands_of_questions_is_cut_short(client: FlaskClient, content: Path) -> None:
    for text, most in ((many_items(400), 201), (many_gaps(100), 90), (many_links(3_000), 1)):
        lay_alone(content, text)
        page = text_of(client, f"{FILES}/une")
        assert "La suite de cette page n’est pas montrée" in page
        assert page.count("data-exercise") <= most
        assert len(page) < 400_000
    lay_alone(content, MODULE.replace("\n### Tirage : Deux cas {#tirage banque=cas nombre=1}", ""))
    assert "n’est pas montrée" not in text_of(client, f"{FILES}/geste")


def test_an_outline_of_thousands_of_steps_is_cut_short(client: FlaskClient, content: Path) -> None:
    lay_alone(content, many_steps(400))
    assert text_of(client, f"{FILES}/a300").count(f'href="{FILES}/') == 200


def test_thousands_of_findings_are_counted_and_the_first_are_shown(
    client: FlaskClient, content: Path
) -> None:
    lay_alone(content, many_choices(1_000))
    page = text_of(client, f"{ROOM}/verification")
    assert "Seuls les 500 premiers constats sont montrés" in page
    assert "1001 erreurs" in page


def test_thousands_of_doubts_are_counted_and_the_first_are_shown(
    client: FlaskClient, content: Path
) -> None:
    lay_alone(content, MODULE + "\n" + "Le délai a changé deux fois (à vérifier).\n\n" * 700)
    page = text_of(client, f"{ROOM}/a-verifier")
    assert "700 points à vérifier" in page
    assert page.count("Le délai a changé") == 500


def test_thousands_of_changes_are_counted_and_the_first_are_said(
    client: FlaskClient, session: Session, content: Path
) -> None:
    services.publish(session, read(), author_id=None, now=utc_now())
    session.commit()
    lay_alone(content, many_items(400))
    page = text_of(client, f"{ROOM}/comparaison?avant=1&apres=fichiers")
    assert re.search(r"Et \d+ autres changements\.", page)
    assert page.count("<li>") < 300


def test_a_walk_through_endless_scenes_stops(client: FlaskClient, content: Path) -> None:
    loop = "".join(f"- [c{n}](#tour)\n" for n in range(300))
    tour = f"### Dilemme : d {{#d}}\nt\n{loop}- [f](#fin)\n#### tour\nt\n{loop}- [f](#fin)\n"
    text = MODULE.replace(
        "### Réflexion : Et vous", f"{tour}#### fin\nt\n\n### Réflexion : Et vous"
    )
    lay_alone(content, text.replace("\n### Tirage : Deux cas {#tirage banque=cas nombre=1}", ""))
    trail = ".".join(["1"] * 59)
    token = re.search(r'name="csrf_token" value="([^"]+)"', text_of(client, f"{FILES}/geste"))
    assert token is not None
    response = client.post(
        f"{FILES}/geste?question=d&chemin={trail}",
        data={"csrf_token": token[1], "scene": "tour", "choix": "1"},
    )
    assert response.status_code == 200
    assert len(response.data) < 600_000


def test_a_link_to_what_stands_elsewhere_is_no_part_of_a_module(
    client: FlaskClient, content: Path, tmp_path: Path
) -> None:
    secret = tmp_path / "secret.vtt"
    secret.write_text("CANARI")
    folder = lay(content)
    (folder / "media").mkdir()
    (folder / "media" / "a.vtt").symlink_to(secret)
    (folder / "module.en.md").symlink_to(secret)
    assert "Rien à signaler" in text_of(client, f"{ROOM}/verification")


def test_media_are_read_from_the_disk_and_only_as_they_were(
    client: FlaskClient, trainer: Agent, app: Flask, session: Session, content: Path
) -> None:
    folder = lay(content, text=MODULE.replace("Le cœur", "![Le bar](media/bar.png) Le cœur"))
    (folder / "media").mkdir()
    picture = folder / "media" / "bar.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(300_000))
    page = text_of(client, f"{FILES}/geste")
    found = re.search(rf'src="({FILES}/media/[0-9a-f]{{64}})"', page)
    assert found is not None
    assert client.get(found[1]).data == picture.read_bytes()
    client = sign_in(app, trainer)
    form = text_of(client, f"{ROOM}/publication")
    fields = dict(re.findall(r'<input[^>]*name="(csrf_token|sha256)"[^>]*value="([^"]*)"', form))
    with app.test_request_context():
        held = module_files_of("cafe-offert")
    assert held is not None
    assert held.reading.media == {}
    picture.write_bytes(picture.read_bytes() + b"x")
    response = client.post(f"{ROOM}/publication", data=fields)
    assert response.status_code == 422
    assert held.read_all_media() is None
    picture.unlink()
    assert held.read_all_media() is None
    assert held.find_media(held.digests["media/bar.png"]) is None


def test_a_refused_drawing_is_not_given_whatever_else_is_wrong(
    client: FlaskClient, content: Path, answering: Answering
) -> None:
    bad = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    # The findings of the bank fill the page: the drawing's is cut.
    folder = lay(content, bank="### Choix unique : c {#c}\nq\n" + "- [ ] a) b\n" * 1_000)
    (folder / "media").mkdir()
    (folder / "media" / "z.svg").write_bytes(bad)
    assert "z.svg" not in text_of(client, f"{ROOM}/verification")
    address = f"{FILES}/media/{hashlib.sha256(bad).hexdigest()}"
    assert client.get(address).status_code == 404
    module_files.FILES.things.clear()
    answering(Answer(refusal="cpu"))
    assert client.get(address).status_code == 404


def test_previews_leave_the_server_half_of_its_threads() -> None:
    assert previewing.PLACES * 2 <= 4
