"""What an editor would say: E2."""

from __future__ import annotations

from app.dialect.sayings.saying import Saying, warning

EDITORIAL: dict[str, Saying] = {
    "E204": warning(
        "la bonne réponse est la plus longue dans {percent} % des {count} choix uniques",
        "the right answer is the longest in {percent}% of the {count} single choices",
        "donnez aux réponses des longueurs voisines",
        "give the answers similar lengths",
    ),
    "E204-short": warning(
        "la bonne réponse est la plus courte dans {percent} % des {count} choix uniques",
        "the right answer is the shortest in {percent}% of the {count} single choices",
        "donnez aux réponses des longueurs voisines",
        "give the answers similar lengths",
    ),
    "E205": warning(
        "la bonne réponse porte la lettre « {letter} » dans {percent} % des {count} choix uniques",
        "the right answer has the letter “{letter}” in {percent}% of the {count} single choices",
        "répartissez les bonnes réponses entre les lettres des questions à venir",
        "spread the right answers over the letters of the questions to come",
    ),
    "E206": warning(
        "cette étape se lit difficilement : {score} sur l'échelle de Kandel et Moles",
        "this step reads with difficulty: {score} on the scale of Kandel and Moles",
        "visez {least} : des phrases plus courtes, des mots plus courants",
        "aim at {least}: shorter sentences, more common words",
    ),
    "E207": warning(
        "l'article « {article} » semble cité mot pour mot",
        "the article “{article}” seems to be quoted word for word",
        "résumez-le, sans guillemets : un résumé n'est pas le texte",
        "sum it up, without quotation marks: a summary is not the text",
    ),
    "E208": warning(
        "{good} encadrés de bonne conduite sur {total} : les mises en garde dominent",
        "{good} call-outs of good conduct out of {total}: the warnings dominate",
        "racontez plus souvent ce qui est bien fait (au moins 60 %)",
        "tell more often what is done well (at least 60%)",
    ),
}
