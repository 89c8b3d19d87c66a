"""What is said about items that could be better: Q2."""

from __future__ import annotations

from app.dialect.sayings.saying import Saying, warning

ADVICE: dict[str, Saying] = {
    "Q201": warning(
        "pas d'explication",
        "no explanation",
        "ajoutez « **Explication :** … »",
        "add “**Explanation:** …”",
    ),
    "Q202": warning(
        "mauvaise réponse sans retour",
        "wrong answer without feedback",
        "ajoutez dessous « > pourquoi »",
        "add “> why” below it",
    ),
    "Q202-mark": warning(
        "cette ligne sera lue comme la suite de la réponse",
        "this line will be read as part of the answer",
        "écrivez « > » devant, si c'est un retour",
        "write “>” before it, if it is feedback",
    ),
    "Q203": warning(
        "la bonne réponse est nettement la plus longue", "the right answer is clearly the longest"
    ),
    "Q204": warning("deux réponses ont le même texte", "two answers have the same text"),
    "Q205": warning(
        "il faudrait au moins deux mauvaises réponses",
        "there should be at least two wrong answers",
    ),
    "Q206": warning(
        "une forge détacherait cette ligne de sa réponse",
        "a forge would cut this line from its answer",
        "décalez-la de deux espaces",
        "indent it by two spaces",
    ),
    "Q206-code": warning(
        "ce retrait ferait du texte un bloc de code",
        "this indentation would turn the text into code",
        "supprimez le retrait",
        "remove the indentation",
    ),
    "Q206-answer": warning(
        "une forge mettrait cette réponse sous la précédente",
        "a forge would nest this answer in the one before",
        "supprimez le retrait",
        "remove the indentation",
    ),
    "Q207": warning(
        "question notée sans étape à relire",
        "graded question without a step to read again",
        "ajoutez « voir=<étape> » dans les accolades",
        "add “voir=<step>” in the braces",
    ),
    "Q208": warning(
        "réponse sans lettre",
        "answer without a letter",
        "écrivez « {letter}) » après les crochets",
        "write “{letter})” after the brackets",
    ),
    "Q210": warning(
        "les lettres passent par-dessus « {letter} » : une réponse a-t-elle disparu ?",
        "the letters pass over “{letter}”: has an answer been lost?",
        "tant que la question n'est pas publiée, renommez les suivantes",
        "as long as the question is not published, rename the next ones",
    ),
    "Q209": warning(
        "« {corps} » ne fait pas partie du public du module",
        "“{corps}” is not in the module’s audience",
    ),
    "Q209-nobody": warning("personne ne verra ce passage", "nobody will see this passage"),
}
