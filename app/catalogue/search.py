"""Search the modules: titles and prose of the steps that an agent sees."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.catalogue.folding import words_of
from app.catalogue.library import open_edition
from app.catalogue.queries import list_offered
from app.catalogue.search_index import Fragment, find_matches

MOST_WORDS, LONGEST_QUERY, MOST_HITS = 8, 200, 50


@dataclass(frozen=True, slots=True)
class Hit:
    """A step found, in its module, with an excerpt whose matches are marked."""

    slug: str
    module_title: str
    language: str
    """The language of the texts."""
    step_id: str
    step_title: str
    excerpt: tuple[Fragment, ...]
    score: int


def search(session: Session, query: str, corps: str, language: str) -> list[Hit]:
    """List the steps that have every word of a query, by its beginning, best first."""
    prefixes = read_query(query)
    if not prefixes:
        return []
    hits = []
    for offered in list_offered(session):
        edition = open_edition(session, offered.version_id, language)
        for match in find_matches(edition.index, prefixes, corps):
            hits.append(
                Hit(
                    edition.slug, edition.title, edition.language, match.step_id,
                    match.step_title, match.excerpt, match.score,
                )
            )  # fmt: skip
    return sorted(hits, key=lambda hit: -hit.score)[:MOST_HITS]


def read_query(query: str) -> list[str]:
    """List the folded words to look for; articles and elisions give way to longer words."""
    words = list(dict.fromkeys(word.folded for word in words_of(query[:LONGEST_QUERY])))
    telling = [word for word in words if len(word) > 2]
    return list(dict.fromkeys(map(singular, telling or words)))[:MOST_WORDS]


def singular(word: str) -> str:
    """Drop the mark of a plural, so that « conflits » also finds « conflit »."""
    return word[:-1] if len(word) > 4 and word[-1] in "sx" else word
