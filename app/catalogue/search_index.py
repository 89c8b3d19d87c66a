"""An index of what an edition gives to read: never its questions, its keys or its sheets."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from app.catalogue.folding import Word, text_of, words_of
from app.dialect.compiled import CompiledModule, Prose, sees

EXCERPT_BEFORE, EXCERPT_AFTER = 60, 140
TITLE_WEIGHT, STEP_WEIGHT = 8, 4


@dataclass(frozen=True, slots=True)
class Fragment:
    """A piece of an excerpt, marked where it matches."""

    text: str
    is_match: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """A step that has all the words of a query."""

    step_id: str
    step_title: str
    excerpt: tuple[Fragment, ...]
    score: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of text of a step, or a title, and who reads it."""

    step_id: str
    text: str
    corps: tuple[str, ...]
    words: tuple[Word, ...]
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Place:
    """A word of a passage."""

    passage: int
    word: Word


@dataclass(slots=True)
class Index:
    """The words of one edition, in order, with their places."""

    titles: dict[str, str]
    """Title of each step, by id, in the order of the module."""
    audiences: dict[str, tuple[str, ...]]
    passages: list[Passage]
    places: dict[str, list[Place]] = field(default_factory=dict)
    vocabulary: list[str] = field(default_factory=list)

    def starting_with(self, prefix: str) -> Iterator[Place]:
        """Go through the places of the words that begin with ``prefix``."""
        rank = bisect_left(self.vocabulary, prefix)
        while rank < len(self.vocabulary) and self.vocabulary[rank].startswith(prefix):
            yield from self.places[self.vocabulary[rank]]
            rank += 1


def make_index(module: CompiledModule) -> Index:
    """Index the titles and the prose of a module."""
    index = Index(
        titles={step.id: step.title for step in module.steps},
        audiences={step.id: step.corps for step in module.steps},
        passages=list(read_passages(module)),
    )
    places: dict[str, list[Place]] = defaultdict(list)
    for rank, passage in enumerate(index.passages):
        for word in passage.words:
            places[word.folded].append(Place(rank, word))
    index.places, index.vocabulary = dict(places), sorted(places)
    return index


def read_passages(module: CompiledModule) -> Iterator[Passage]:
    """Go through what an agent reads: the module's title and summary, then each step."""
    for text, weight in [(module.title, TITLE_WEIGHT), (module.summary, 1)]:
        yield Passage("", text, (), tuple(words_of(text)), weight)
    for step in module.steps:
        title = tuple(words_of(step.title))
        yield Passage(step.id, step.title, step.corps, title, STEP_WEIGHT)
        for block in step.blocks:
            if isinstance(block, Prose):
                text = text_of(block.html)
                yield Passage(step.id, text, block.corps, tuple(words_of(text)))


def find_matches(index: Index, prefixes: list[str], corps: str) -> list[Match]:
    """List the steps that an agent of this corps sees and that have every word, best first.

    A word of the module's own title counts for all its steps; where it has them all and no step
    has any, the first step stands for the module.
    """
    scores: dict[str, dict[str, int]] = {prefix: defaultdict(int) for prefix in prefixes}
    found: dict[str, list[Place]] = defaultdict(list)
    for prefix in prefixes:
        for place in index.starting_with(prefix):
            passage = index.passages[place.passage]
            if sees(passage.corps, corps):
                whole = 2 if place.word.folded == prefix else 1
                scores[prefix][passage.step_id] += passage.weight * whole
                found[passage.step_id].append(place)
    seen = [step_id for step_id in index.titles if sees(index.audiences[step_id], corps)]
    with_words = [step_id for step_id in seen if found[step_id]] or seen[:1]
    matches = []
    for step_id in with_words:
        each = [scores[prefix][step_id] or scores[prefix][""] for prefix in prefixes]
        if all(each):
            excerpt = cut_excerpt(index, found[step_id] or found[""])
            score = sum(min(one, 20) for one in each)
            matches.append(Match(step_id, index.titles[step_id], excerpt, score))
    return sorted(matches, key=lambda match: -match.score)


def cut_excerpt(index: Index, places: list[Place]) -> tuple[Fragment, ...]:
    """Cut the passage with most matches around the first of them, in fragments."""
    prose = [place for place in places if index.passages[place.passage].weight == 1] or places
    ranks = [place.passage for place in prose]
    best = max(sorted(set(ranks)), key=ranks.count)
    text = index.passages[best].text
    spans = sorted({(p.word.start, p.word.end) for p in prose if p.passage == best})
    start, end = window(text, spans[0][0])
    fragments, here = [Fragment("… ")] if start else [], start
    for left, right in spans:
        if right <= end:
            fragments += [Fragment(text[here:left]), Fragment(text[left:right], is_match=True)]
            here = right
    fragments.append(Fragment(text[here:end] + (" …" if end < len(text) else "")))
    return tuple(fragment for fragment in fragments if fragment.text)


def window(text: str, first: int) -> tuple[int, int]:
    """Choose where an excerpt around a place begins and ends, between words."""
    start = max(0, first - EXCERPT_BEFORE)
    end = min(len(text), first + EXCERPT_AFTER)
    if start:
        start = text.find(" ", start, first) + 1 or first
    if end < len(text):
        end = max(text.rfind(" ", first, end), first + 1)
    return start, end
