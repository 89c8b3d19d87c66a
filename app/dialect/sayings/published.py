"""What is said about questions that were published: P."""

from __future__ import annotations

from app.dialect.sayings.saying import Saying, error

PUBLISHED: dict[str, Saying] = {
    "P101": error(
        "la question publiée « {id} » a disparu",
        "the published question “{id}” has vanished",
        "remettez-la, ou écrivez « ancien={id} » sur celle qui la remplace",
        "put it back, or write “ancien={id}” on the one that replaces it",
    ),
    "P102": error(
        "la bonne réponse de « {id} » n'est plus celle qui est publiée",
        "the right answer of “{id}” is no longer the one that is published",
        'si c\'est une correction, ajoutez erratum="raison" dans les accolades',
        'if it is a correction, add erratum="reason" in the braces',
    ),
    "P102-type": error(
        "« {id} » est publiée avec un autre type de question ({type})",
        "“{id}” is published as another type of question ({type})",
        "donnez un nouvel identifiant, avec « ancien={id} »",
        "give it a new id, with “ancien={id}”",
    ),
    "P103": error(
        "la lettre « {letter} » est publiée pour un autre texte",
        "the letter “{letter}” is published for another text",
        'prenez une autre lettre ; pour le même sens, ajoutez erratum="raison" au titre',
        'take another letter; if the meaning is the same, add erratum="reason" to the heading',
    ),
    "P104": error(
        "cette ligne d'ids.lock ne se lit pas",
        "this line of ids.lock cannot be read",
        "reprenez le fichier tel qu'il était, ou refaites-le par « content lock »",
        "take the file as it was, or make it again with “content lock”",
    ),
}
