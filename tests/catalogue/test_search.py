"""Search: what is found, in which order, and what can never be."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from app.catalogue import services
from app.catalogue.folding import fold, text_of
from app.catalogue.search import Hit, read_query, search
from app.database import utc_now
from tests.catalogue.texts import ENGLISH, MODULE, read

SECOND = MODULE.replace("# Le café offert", "# La parole donnée").replace(
    "Un café offert chaque matin", "Une promesse chaque matin, puis un café"
)


@pytest.fixture
def published(session: Session) -> Session:
    services.publish(session, read(english=ENGLISH), author_id=None, now=utc_now())
    services.publish(session, read(SECOND, slug="parole"), author_id=None, now=utc_now())
    session.commit()
    return session


def find(session: Session, query: str, corps: str = "pn", language: str = "fr") -> list[Hit]:
    return search(session, query, corps, language)


def test_texts_are_folded_and_stripped_of_tags() -> None:
    assert fold("Le CŒUR d’Élise, œuvre") == "le coeur d’elise, oeuvre"
    assert text_of("<p>Un<b>e</b></p><p>dette &amp; <em>deux</em></p>") == "Une dette & deux"
    noted = (
        '<p>Un mot<sup id="x"><a href="#y">1</a></sup>.</p><details><summary>T</summary>U</details>'
    )
    assert text_of(noted) == "Un mot. T U"


@pytest.mark.parametrize("query", ["café", "CAFE", "caf", "Cafés", "le café"])
def test_accents_case_ends_and_plurals_do_not_matter(published: Session, query: str) -> None:
    assert [(hit.slug, hit.step_id) for hit in find(published, query)][:1] == [
        ("cafe-offert", "geste")
    ]


def test_the_excerpt_marks_what_matches_in_the_text_as_written(published: Session) -> None:
    hit = find(published, "coeur metier")[0]
    assert [part.text for part in hit.excerpt if part.is_match] == ["cœur", "métier"]
    assert "Un café offert" in "".join(part.text for part in hit.excerpt)
    assert "<" not in "".join(part.text for part in hit.excerpt)


def test_every_word_is_asked_for(published: Session) -> None:
    assert [hit.slug for hit in find(published, "promesse café")] == ["parole"]
    assert find(published, "promesse absente") == []


def test_a_title_weighs_more_than_the_text(published: Session) -> None:
    assert [hit.slug for hit in find(published, "café")] == ["cafe-offert", "parole"]
    assert find(published, "parole")[0].module_title == "La parole donnée"


@pytest.mark.parametrize("query", ["brigade", "quartier"])
def test_only_what_the_corps_reads_is_found(published: Session, query: str) -> None:
    assert find(published, query, corps="pn") == []
    assert find(published, query, corps="") == []
    assert find(published, query, corps="gn") != []


@pytest.mark.parametrize(
    "query", ["canari", "CANARI-RETOUR-B", "gérant", "hésite", "attente", "client"]
)
def test_questions_keys_banks_and_sheets_are_never_found(published: Session, query: str) -> None:
    assert find(published, query, corps="gn") == []


def test_the_reader_s_language_is_searched(published: Session) -> None:
    hit = find(published, "ordinary", language="en")[0]
    assert (hit.module_title, hit.language) == ("The free coffee", "en")
    assert find(published, "ordinary", language="fr") == []
    assert find(published, "promesse", language="en")[0].language == "fr"


@pytest.mark.parametrize("query", ["", "   ", "…", "'", "%", "<b>"])
def test_odd_queries_find_nothing_and_break_nothing(published: Session, query: str) -> None:
    assert isinstance(find(published, query), list)


def test_a_query_is_cut_to_a_few_telling_words() -> None:
    assert read_query("l'intérêt de la dette") == ["interet", "dette"]
    assert read_query("à") == ["a"]
    assert len(read_query(" ".join(f"mot{number}" for number in range(50)))) == 8


def test_a_retired_module_is_not_found(published: Session) -> None:
    services.retire(published, "parole", actor_id=None, now=utc_now())
    published.commit()
    assert find(published, "promesse") == []
