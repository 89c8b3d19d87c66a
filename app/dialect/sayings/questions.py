"""What is said about items that would be shown or scored wrongly: Q1."""

from __future__ import annotations

from app.dialect.sayings.saying import Saying, error

QUESTION: dict[str, Saying] = {
    "Q101": error(
        "question sans identifiant",
        "question without an id",
        "ajoutez {{#{near}}} à la fin du titre",
        "add {{#{near}}} at the end of the heading",
    ),
    "Q101-reference": error(
        "question sans identifiant",
        "question without an id",
        "reprenez celui de la référence",
        "take that of the reference",
    ),
    "Q102": error(
        "type de question inconnu : « {label} »",
        "unknown question type “{label}”",
        "écrivez l'un de ceux-ci : {types}",
        "write one of these: {types}",
    ),
    "Q102-near": error(
        "type de question inconnu : « {label} »",
        "unknown question type “{label}”",
        "vouliez-vous dire « {near} » ?",
        "did you mean “{near}”?",
    ),
    "Q102-level": error(
        "une question commence par « ### », ni plus ni moins",
        "a question begins with “###”, no more, no less",
    ),
    "Q102-colon": error(
        "le titre d'une question s'écrit « {label} : titre »",
        "a question’s heading is written “{label}: title”",
        "un seul « : », après le type",
        "a single “:”, after the type",
    ),
    "Q103": error(
        "il faut exactement une bonne réponse, il y en a {count}",
        "exactly one right answer is needed, there are {count}",
        "écrivez « - [x] » devant la bonne réponse, « - [ ] » devant les autres",
        "write “- [x]” before the right answer, “- [ ]” before the others",
    ),
    "Q103-two": error(
        "un vrai ou faux a deux réponses, il y en a {count}",
        "a true or false has two answers, there are {count}",
    ),
    "Q104": error(
        "aucune bonne réponse cochée",
        "no right answer is ticked",
        "écrivez « - [x] » devant chaque bonne réponse",
        "write “- [x]” before each right answer",
    ),
    "Q105": error(
        "il faut de 2 à 8 réponses, il y en a {count}",
        "2 to 8 answers are needed, there are {count}",
        "une réponse par ligne : « - [ ] a) texte »",
        "one answer a line: “- [ ] a) text”",
    ),
    "Q105-rows": error(
        "il faut de 2 à 12 lignes, il y en a {count}",
        "2 to 12 rows are needed, there are {count}",
    ),
    "Q106": error(
        "la lettre « {letter} » sert deux fois",
        "the letter “{letter}” is used twice",
        "donnez à l'une des deux une lettre qui n'a pas servi",
        "give one of the two a letter that was not used",
    ),
    "Q107": error(
        "option inconnue : « {option} »",
        "unknown option “{option}”",
        "un identifiant s'écrit « #mon-id », une option « voir=etape », sans espace au milieu",
        "an id is written “#my-id”, an option “voir=step”, without a space inside",
    ),
    "Q107-near": error(
        "option inconnue : « {option} »",
        "unknown option “{option}”",
        "vouliez-vous dire « {near} » ?",
        "did you mean “{near}”?",
    ),
    "Q107-twice": error("l'option « {option} » est répétée", "the option “{option}” is repeated"),
    "Q108": error(
        "valeur refusée pour « {option} » : « {value} »",
        "value refused for “{option}”: “{value}”",
    ),
    "Q108-near": error(
        "valeur refusée pour « {option} » : « {value} »",
        "value refused for “{option}”: “{value}”",
        "vouliez-vous dire « {near} » ?",
        "did you mean “{near}”?",
    ),
    "Q108-step": error(
        "« voir » ne nomme aucune étape à lire : « {value} »",
        "“voir” names no step to read: “{value}”",
        "écrivez l'identifiant d'un titre « ## » : voir=etape",
        "write the id of a “##” heading: voir=step",
    ),
    "Q109": error(
        "« [{mark}] » n'a pas de sens ici",
        "“[{mark}]” means nothing here",
        "{allowed}",
        "{allowed}",
    ),
    "Q109-broken": error(
        "cette ligne ressemble à une réponse mais ne se lit pas",
        "this line looks like an answer but cannot be read as one",
        "écrivez « - [ ] a) texte » ou « - [x] a) texte »",
        "write “- [ ] a) text” or “- [x] a) text”",
    ),
    "Q110": error(
        "le tirage demande {count} questions, la banque « {bank} » n'en a que {held} pour {corps}",
        "the draw asks for {count} questions, the bank “{bank}” holds only {held} for {corps}",
    ),
    "Q111": error(
        "corps inconnu : « {corps} »",
        "unknown corps “{corps}”",
        "pn, gn, pm, sp ou pref ; après « corps= », plusieurs se suivent sans espace : corps=pn,gn",
        "pn, gn, pm, sp or pref; after “corps=” several follow without a space: corps=pn,gn",
    ),
    "Q112": error(
        "un dilemme commence par des choix « - [texte](#scene) »",
        "a dilemma begins with choices “- [text](#scene)”",
    ),
    "Q112-number": error(
        "cette ligne devrait porter le numéro {expected}, elle porte {found}",
        "this row should be number {expected}, it is {found}",
        "numérotez les lignes 1, 2, 3… dans le bon ordre",
        "number the rows 1, 2, 3… in the right order",
    ),
    "Q112-arrow": error(
        "cette ligne n'a pas de flèche, ou en a plusieurs",
        "this row has no arrow, or several",
        "écrivez « - gauche -> droite »",
        "write “- left -> right”",
    ),
    "Q112-pairs": error(
        "il faut au moins deux lignes à relier, et deux réponses différentes",
        "at least two rows to match are needed, and two different answers",
    ),
    "Q112-answer": error(
        "la question n'a pas de réponse",
        "the question has no answer",
        "ajoutez « **Réponse :** 48 ± 2 h »",
        "add “**Answer:** 48 ± 2 h”",
    ),
    "Q112-number-text": error(
        "« {text} » ne se lit pas comme un nombre",
        "“{text}” cannot be read as a number",
        "écrivez un nombre, puis s'il le faut « ± tolérance » et une unité : 48 ± 2 h",
        "write a number, then if needed “± tolerance” and a unit: 48 ± 2 h",
    ),
    "Q112-accepted": error(
        "aucune réponse n'est acceptée",
        "no answer is accepted",
        "cochez-en une : « - [x] a) texte »",
        "tick one: “- [x] a) text”",
    ),
    "Q112-gapless": error(
        "le texte n'a pas de trou",
        "the text has no gap",
        "écrivez « [[mot]] » ou « [[bon ~ leurre ~ leurre]] »",
        "write “[[word]]” or “[[right ~ decoy ~ decoy]]”",
    ),
    "Q112-gap": error(
        "ce trou ne se lit pas",
        "this gap cannot be read",
        "sur une seule ligne : « [[mot|variante]] » ou « [[bon ~ leurre ~ leurre]] »",
        "on one line: “[[word|variant]]” or “[[right ~ decoy ~ decoy]]”",
    ),
    "Q112-gap-link": error(
        "un trou ne peut pas se trouver dans un lien ni dans une image",
        "a gap cannot stand in a link or in an image",
    ),
    "Q112-gaps": error("plus de {most} trous", "more than {most} gaps"),
    "Q113": error(
        "la question n'a pas d'énoncé",
        "the question has no stem",
        "écrivez-le sous le titre, avant les réponses",
        "write it under the heading, before the answers",
    ),
    "Q113-choice": error(
        "réponse sans texte",
        "answer without a text",
        "écrivez-le au bout de la ligne, ou retirez la ligne",
        "write it at the end of the line, or take the line out",
    ),
    "Q114": error(
        "ce texte n'a pas sa place ici",
        "this text belongs nowhere",
        "terminez la question par une ligne « --- » entre deux lignes vides, puis écrivez-le",
        "end the question by a line “---” between two empty lines, then write it",
    ),
    "Q114-draw": error(
        "un tirage n'a pas de texte : celui-ci ne serait pas montré",
        "a draw has no text: this one would not be shown",
        "placez-le avant le tirage, ou après une ligne « --- »",
        "put it before the draw, or after a line “---”",
    ),
    "Q114-answer": error(
        "ce texte ne se rattache à aucune réponse",
        "this text belongs to no answer",
        "décalez de deux espaces la suite d'une réponse",
        "indent by two spaces what continues an answer",
    ),
    "Q114-part": error(
        "la rubrique « {label} » ne se lit pas",
        "the part “{label}” cannot be read",
        "écrivez « **{label} :** » en début de ligne",
        "write “**{label}:**” at the start of the line",
    ),
    "Q114-other": error(
        "la rubrique « {label} » n'existe pas dans ce type de question",
        "this type of question has no part “{label}”",
    ),
    "Q114-twice": error("la rubrique « {label} » est répétée", "the part “{label}” is repeated"),
    "Q114-empty": error("la rubrique « {label} » est vide", "the part “{label}” is empty"),
    "Q114-rule": error(
        "cette ligne ne sépare rien",
        "this line separates nothing",
        "écrivez « --- » sans retrait, après une ligne vide",
        "write “---”, not indented, after a blank line",
    ),
    "Q114-link": error(
        "cette ligne ressemble à un choix mais ne se lit pas",
        "this line looks like a choice but cannot be read as one",
        "écrivez « - [texte](#scene) »",
        "write “- [text](#scene)”",
    ),
    "Q115": error("le tirage doit dire « {option}= »", "the draw must say “{option}=”"),
    "Q115-absent": error(
        "la banque « {bank} » n'existe pas",
        "the bank “{bank}” does not exist",
        "ajoutez le texte banques/{bank}.md, ou nommez une banque du module",
        "add the text banques/{bank}.md, or name a bank of the module",
    ),
    "Q116": error(
        "un « {label} » ne peut pas être noté",
        "a “{label}” cannot be graded",
        "placez-le dans une étape",
        "put it in a step",
    ),
    "Q116-draw": error("un tirage se place dans l'évaluation", "a draw belongs in the graded quiz"),
}
