"""Every type of item can be tried in a preview as an agent would, and leaves nothing behind."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app.catalogue import services
from app.database import utc_now
from app.dialect import items
from app.dialect.compiled import CompiledModule
from app.dialect.context import Context
from app.dialect.items.registry import TYPES
from app.dialect.reading import read_files
from app.learning.exercises import order_of
from app.studio.views.answers import SEED
from tests.learning import every_type
from tests.learning.reader import Reader
from tests.studio.conftest import Count

SLUG = every_type.SLUG
BASES = (f"/formateur/fichiers/{SLUG}", f"/formateur/modules/{SLUG}/versions/1")
OTHERS = """\
### Choix unique : Un seul {#flux-unique}
Que faites-vous ?
- [ ] a) Ceci
  > CANARI-AUTRE Non.
- [x] b) Cela
  > CANARI-BON Oui.

**Explication :** CANARI-EXPLIQUE le choix.

### Choix multiple : Plusieurs {#flux-multiple}
Lesquels ?
- [x] a) Un
  > CANARI-BON Oui.
- [ ] b) Deux
  > CANARI-AUTRE Non.
- [x] c) Trois
  > CANARI-BON Oui.
- [ ] d) Quatre
  > CANARI-AUTRE Non.

**Explication :** CANARI-EXPLIQUE les choix.

### Vrai ou faux : À juger {#flux-juger}
La règle vaut pour tous.
- [x] a) Vrai
  > CANARI-BON Oui.
- [ ] b) Faux
  > CANARI-AUTRE Non.

**Explication :** CANARI-EXPLIQUE la règle.

### Réflexion : Et vous {#flux-pensee}
Avez-vous vécu cela ?

### Dilemme : La vidéo {#flux-dilemme}
Un collègue diffuse une vidéo.
- [En parler](#parler) {avis=exemplaire}
- [Se taire](#taire) {avis=a-eviter}

#### parler
Il écoute.
- [Insister](#suite) {avis=defendable}

#### suite
Il la retire.

**Éclairage :** CANARI-EXPLIQUE la suite.

#### taire
Elle circule.

**Éclairage :** CANARI-AUTRE Rien ne change.

"""
TEXT = every_type.MODULE.replace("### Sondage", OTHERS + "### Sondage")
BANK = every_type.ITEMS.format(where="quiz", see=" voir=essayer")
FILES = {"module.md": TEXT.encode(), "banques/types.md": BANK.encode()}

RIGHT: dict[str, Any] = {
    **every_type.RIGHT, "unique": "b", "multiple": ["a", "c"], "juger": "a",
}  # fmt: skip
WRONG: dict[str, Any] = {
    **every_type.WRONG, "unique": "a", "multiple": ["b"], "juger": "b",
}  # fmt: skip
NO_ANSWER: dict[str, dict[str, Any]] = {
    "ordre": {"rang-a": "1", "rang-b": "1", "rang-c": "3"},
    "paires": {"paire-1": "z", "paire-2": "", "paire-3": ""},
    "nombre": {"texte": "douze"},
    "mot": {"texte": "x" * 200},
    "trous": {"trou-1": "x" * 200, "trou-2": ""},
    "unique": {},
    "multiple": {},
    "juger": {"choix": "z"},
    "avis": {},
    "pensee": {"texte": "x" * 10_001},
    "dilemme": {"scene": "absente", "choix": "1"},
}


@pytest.fixture(scope="module")
def compiled() -> CompiledModule:
    reading = read_files(FILES, slug=SLUG, context=Context())
    assert not reading.has_errors, reading.messages
    return reading.modules["fr"]


@pytest.fixture
def reader(client: FlaskClient, session: Session, content: Path) -> Reader:
    for name, text in FILES.items():
        path = content / "modules" / SLUG / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text)
    reading = read_files(FILES, slug=SLUG, context=Context())
    services.publish(session, reading, author_id=None, now=utc_now())
    session.commit()
    return Reader(client)


def filled(module: CompiledModule, item_id: str, value: Any) -> dict[str, Any]:
    """Fill an exercise in as an agent would, in the order that the preview shows."""
    item = module.item(item_id)
    assert item is not None
    raw = items.raw_of(item, value, order_of(item, SEED))
    names = items.fields(item)
    return dict(zip(names, raw, strict=True)) if names else {"choix": list(raw)}


def try_answer(reader: Reader, page: str, item_id: str, fields: dict[str, Any]) -> str:
    """Fill the exercise's own form in; return what its section then says."""
    reader.get(page)
    reader.send(f"question={item_id}&chemin=", **fields)
    return section(reader, item_id)


def section(reader: Reader, item_id: str) -> str:
    (found,) = reader.all(f"//section[@id='exercice-{item_id}']")
    return " ".join(found.text_content().split())


def test_the_module_has_every_type(compiled: CompiledModule) -> None:
    names = {str(item.__struct_config__.tag) for item in compiled.every_item()}
    assert names == {kind.name for kind in TYPES.values()}
    assert len(names) == 12


ON_BOTH = pytest.mark.parametrize("base", BASES, ids=["files", "version"])


@ON_BOTH
def test_a_right_answer_and_a_wrong_one_are_told_apart(
    reader: Reader, compiled: CompiledModule, count_rows: Count, base: str
) -> None:
    before, page = count_rows(), f"{base}/essayer"
    for name, right in RIGHT.items():
        item_id = f"flux-{name}"
        told = try_answer(reader, page, item_id, filled(compiled, item_id, right))
        assert "C’est la réponse attendue" in told, name
        assert "CANARI-EXPLIQUE" in told, name
        told = try_answer(reader, page, item_id, filled(compiled, item_id, WRONG[name]))
        assert "Ce qui aide à répondre" in told, name
        assert "CANARI" in told, name
    assert count_rows() == before


@ON_BOTH
def test_a_poll_a_thought_and_a_story_are_taken_as_they_are(
    reader: Reader, count_rows: Count, base: str
) -> None:
    before, page = count_rows(), f"{base}/essayer"
    assert "C’est noté" in try_answer(reader, page, "flux-avis", {"choix": "b"})
    assert "CANARI-AVIS" in section(reader, "flux-avis")
    assert "Une fois." in try_answer(reader, page, "flux-pensee", {"texte": "Une fois."})
    assert "Il écoute" in try_answer(reader, page, "flux-dilemme", {"scene": "", "choix": "1"})
    reader.send("question=flux-dilemme&chemin=1", scene="parler", choix="1")
    assert "CANARI-EXPLIQUE la suite" in section(reader, "flux-dilemme")
    assert count_rows() == before


@ON_BOTH
def test_what_a_draw_may_bring_is_tried_in_the_quiz(
    reader: Reader, compiled: CompiledModule, base: str
) -> None:
    for name, value in every_type.RIGHT.items():
        item_id, page = f"quiz-{name}", f"{base}/evaluation"
        told = try_answer(reader, page, item_id, filled(compiled, item_id, value))
        assert "C’est la réponse attendue" in told, name


def test_what_is_no_answer_is_said_and_stays_typed(reader: Reader, count_rows: Count) -> None:
    before, page = count_rows(), f"{BASES[0]}/essayer"
    for name, fields in NO_ANSWER.items():
        reader.get(page)
        reader.send(f"question=flux-{name}&chemin=", 422, **fields)
        assert fields.get("texte", fields.get("trou-1", "")) in reader.response.text, name
        assert "CANARI" not in section(reader, f"flux-{name}"), name
    assert count_rows() == before


def test_no_type_shows_its_key_before_an_answer(reader: Reader) -> None:
    for base in BASES:
        for page in ("essayer", "evaluation"):
            reader.get(f"{base}/{page}")
            assert "CANARI" not in reader.response.text
            assert "4871" not in reader.response.text
