"""What a text says is to be verified is found, sentence by sentence, most urgent first."""

from __future__ import annotations

import pytest

from app.dialect.doubts import Priority, find_doubts


def found(text: str, unsure: frozenset[str] = frozenset()) -> list[tuple[int, str, Priority]]:
    return [(one.line, one.text, one.priority) for one in find_doubts({"module.md": text}, unsure)]


@pytest.mark.parametrize(
    ("text", "priority"),
    [
        ("Le maire commande (CSI R. 515-5, à revérifier).", Priority.MUNICIPAL_POLICE),
        ("Pour la police municipale, à vérifier.", Priority.MUNICIPAL_POLICE),
        ("Voir CGFP L. 121-5 : à vérifier.", Priority.CONFLICT_OF_INTEREST),
        ("Voir CP art. 432-12 (à vérifier).", Priority.CONFLICT_OF_INTEREST),
        ("Voir CPP art. 78-2 : version ancienne, à vérifier.", Priority.CRIMINAL_PROCEDURE),
        ("Voir CRPA L. 114-5, à vérifier.", Priority.OTHER_ARTICLE),
        ("C'est un usage, à vérifier dans vos consignes.", Priority.NO_ARTICLE),
        ("This is custom, to be verified.", Priority.NO_ARTICLE),
    ],
)
def test_each_is_ranked_by_what_it_rests_on(text: str, priority: Priority) -> None:
    assert [one[2] for one in found(text)] == [priority]


def test_only_the_sentence_concerned_is_given_with_its_line() -> None:
    first = "Un premier point sûr.\nUn second (CSI R. 434-9, vérifié) ; un"
    text = f"{first}\ntroisième, qui reste dans les consignes, à\nvérifier. Fin."
    said = "un troisième, qui reste dans les consignes, à vérifier."
    assert found(text) == [(3, said, Priority.NO_ARTICLE)]


def test_a_mark_alone_speaks_of_the_sentence_before_it() -> None:
    (doubt,) = find_doubts({"module.md": "Le format a changé (CPP art. 40). À vérifier."})
    assert doubt.text == "Le format a changé (CPP art. 40). À vérifier."
    assert doubt.articles == ("CPP 40",)


def test_the_note_that_explains_the_mark_is_no_doubt() -> None:
    assert found("> « À vérifier » : le texte a pu changer, ou n'a pas été lu.") == []
    assert found("Il faut vérifier son arme.") == []


def test_an_article_of_the_list_that_is_unsure_is_given_where_it_is_cited() -> None:
    (doubt,) = find_doubts({"module.md": "Voir CSI R. 515-7."}, frozenset({"csi r515-7"}))
    assert (doubt.is_marked, doubt.articles) == (False, ("CSI R. 515-7",))


def test_parts_and_tables_and_fences_are_read_and_translations_are_left_out() -> None:
    text = "**Références :** CPP art. 40 (à vérifier).\n\n```\nà vérifier\n```\n"
    sources = {"module.md": text, "module.en.md": text, "banques/a.en.md": text}
    assert [one.text for one in find_doubts(sources)] == ["CPP art. 40 (à vérifier)."]
