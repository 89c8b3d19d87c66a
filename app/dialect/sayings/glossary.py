"""What is said about the glossary: G."""

from __future__ import annotations

from app.dialect.sayings.saying import Saying, error, warning

GLOSSARY: dict[str, Saying] = {
    "G101": error(
        "terme sans identifiant",
        "term without an id",
        "ajoutez {{#identifiant}} à la fin du titre, le même dans chaque langue",
        "add {{#id}} at the end of the heading, the same in each language",
    ),
    "G102": error(
        "« {form} » est déjà une forme de « {other} » (ligne {line})",
        "“{form}” is already a form of “{other}” (line {line})",
        "une forme n'a qu'un sens : gardez-la à un seul endroit",
        "a form has one meaning: keep it in one place",
    ),
    "G103": error(
        "terme sans définition",
        "term without a definition",
        "commencez par un paragraphe qui dit ce que c'est",
        "begin with a paragraph that says what it is",
    ),
    "G103-empty": error(
        "aucun terme dans ce glossaire",
        "no term in this glossary",
        "un terme commence par « ## Terme {{#identifiant}} »",
        "a term begins with “## Term {{#id}}”",
    ),
    "G104": error(
        "le terme « {term} » ({id}) n'est pas traduit",
        "the term “{term}” ({id}) is not translated",
    ),
    "G104-unknown": error(
        "le terme « {id} » n'est pas dans le glossaire de référence",
        "the term “{id}” is not in the reference glossary",
    ),
    "G201": warning(
        "définition de {count} signes : on la lit par-dessus le texte, {limit} suffisent",
        "definition of {count} signs: it is read over the text, {limit} are enough",
        "gardez l'essentiel au premier paragraphe, le reste au suivant",
        "keep the essential in the first paragraph, the rest in the next",
    ),
}
