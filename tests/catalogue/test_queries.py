"""What the catalogue answers."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from app.catalogue import queries, services, services_pages
from app.catalogue.path_file import BadFileError, read_paths, read_skills
from app.catalogue.services_pages import UnknownModulesError
from app.database import utc_now
from tests.catalogue.texts import ENGLISH, MODULE, read

PATHS = """
terrain:
  label: {fr: Terrain, en: Field}
  audience: [pn, gn]
  modules: [cafe-offert]
  delay_days: 60
encadrants:
  label: {fr: Encadrants}
  audience: [pn]
  categories: [officiers]
  modules: [cafe-offert]
  validity_months: 24
"""


@pytest.fixture
def published(session: Session) -> Session:
    services.publish(session, read(english=ENGLISH), author_id=None, now=utc_now())
    session.commit()
    return session


def test_the_latest_version_is_offered(published: Session) -> None:
    other = read(MODULE.replace("# Le café offert", "# Le thé offert"))
    services.publish(published, other, author_id=None, now=utc_now())
    published.commit()
    offered = queries.find_offered(published, "cafe-offert")
    assert offered is not None
    assert (offered.number, offered.title("fr"), offered.title("en")) == (
        2, "Le thé offert", "Le thé offert",
    )  # fmt: skip
    assert offered.language("en") == "fr"
    assert queries.list_offered(published) == [offered]
    first = queries.find_version(published, "cafe-offert", 1)
    assert first is not None
    assert first.title("en") == "The free coffee"


def test_what_was_never_published_is_not_there(session: Session) -> None:
    assert queries.find_offered(session, "absent") is None
    assert queries.list_offered(session) == []
    assert queries.find_version(session, "absent", 1) is None
    assert queries.find_latest(session, "absent") is None
    assert queries.find_page(session, "absent", "fr") is None
    assert queries.find_media(session, "0" * 64) is None
    assert queries.list_labels(session, "fr") == {}


def test_a_retired_module_keeps_its_versions_but_is_not_offered(published: Session) -> None:
    services.retire(published, "cafe-offert", actor_id=None, now=utc_now())
    published.commit()
    assert queries.find_offered(published, "cafe-offert") is None
    assert queries.find_latest(published, "cafe-offert") is not None


def test_paths_are_those_of_the_file(published: Session) -> None:
    drafts = read_paths(PATHS)
    assert services_pages.publish_paths(published, drafts, now=utc_now()) == [
        "terrain", "encadrants",
    ]  # fmt: skip
    assert services_pages.publish_paths(published, drafts, now=utc_now()) == []
    paths = queries.list_paths(published)
    assert [(path.slug, path.delay_days, path.validity_months) for path in paths] == [
        ("terrain", 60, None), ("encadrants", None, 24),
    ]  # fmt: skip
    assert paths[1].is_for("pn", "officiers")
    assert not paths[1].is_for("pn", "application")
    assert not paths[0].is_for("sp", "officiers")


def test_a_path_that_leaves_the_file_is_no_longer_offered(published: Session) -> None:
    both = read_paths(PATHS)
    services_pages.publish_paths(published, both, now=utc_now())
    assert services_pages.publish_paths(published, both[1:], now=utc_now()) == [
        "encadrants", "terrain",
    ]  # fmt: skip
    assert [path.slug for path in queries.list_paths(published)] == ["encadrants"]
    services_pages.publish_paths(published, both, now=utc_now())
    assert [path.slug for path in queries.list_paths(published)] == ["terrain", "encadrants"]


def test_a_path_with_an_unknown_module_is_refused(session: Session) -> None:
    with pytest.raises(UnknownModulesError) as refused:
        services_pages.publish_paths(session, read_paths(PATHS), now=utc_now())
    assert refused.value.slugs == ["cafe-offert"]


@pytest.mark.parametrize(
    ("text", "entry", "key"),
    [
        ("x: [", "", "YAML, line 1"),
        ("- a", "", "YAML"),
        ("x: y", "x", ""),
        (PATHS.replace("{fr: Terrain, en: Field}", "{en: Field}"), "terrain", "label"),
        (PATHS.replace("{fr: Terrain, en: Field}", "{fr: [a]}"), "terrain", "label"),
        (PATHS.replace("[pn, gn]", "[police]"), "terrain", "audience"),
        (PATHS.replace("[pn, gn]", "[]"), "terrain", "audience"),
        (PATHS.replace("modules: [cafe-offert]", "modules: []", 1), "terrain", "modules"),
        (PATHS.replace("modules: [cafe-offert]", "modules: x", 1), "terrain", "modules"),
        (PATHS.replace("60", "zéro"), "terrain", "delay_days"),
        (PATHS.replace("60", "0"), "terrain", "delay_days"),
        (PATHS.replace("24", "99999999999999"), "encadrants", "validity_months"),
    ],
)
def test_a_bad_paths_file_says_where(text: str, entry: str, key: str) -> None:
    with pytest.raises(BadFileError) as bad:
        read_paths(text)
    assert bad.value.entry == entry
    assert bad.value.key.startswith(key)


def test_an_empty_paths_file_has_no_path() -> None:
    assert read_paths("# rien\n") == []


def test_labels_of_skills_fall_back_to_french(session: Session) -> None:
    pages = read_skills("probite: {fr: Probité, en: Integrity}\ntact: {fr: Tact}\n")
    for language, sections in pages.items():
        assert services_pages.publish_page(
            session, "competences", language, sections, now=utc_now()
        )  # fmt: skip
    assert queries.list_labels(session, "en") == {"probite": "Integrity", "tact": "Tact"}
    assert queries.list_labels(session, "de") == {"probite": "Probité", "tact": "Tact"}


def test_a_page_is_published_again_only_when_it_changes(session: Session) -> None:
    section = {"id": "cadeau", "title": "On m'offre", "html": "<p>Merci.</p>"}
    moment = utc_now()
    assert services_pages.publish_page(session, "que-faire-si", "fr", [section], now=moment)
    assert not services_pages.publish_page(session, "que-faire-si", "fr", [section], now=utc_now())
    page = queries.find_page(session, "que-faire-si", "en")
    assert page is not None
    assert (page.language, page.published_at) == ("fr", moment)
    assert page.sections[0].html == "<p>Merci.</p>"
    changed = section | {"html": "<p>Non merci.</p>"}
    assert services_pages.publish_page(session, "que-faire-si", "fr", [changed], now=utc_now())


def test_the_shipped_lists_can_be_read() -> None:
    content = Path(__file__).parents[2] / "content"
    assert read_paths((content / "parcours.yml").read_text(encoding="utf-8"))
    assert read_skills((content / "competences.yml").read_text(encoding="utf-8"))["en"]
