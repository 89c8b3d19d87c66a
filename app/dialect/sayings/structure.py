"""What is said about titles, steps and ids: S."""

from __future__ import annotations

from app.dialect.sayings.saying import Saying, error, warning

STRUCTURE: dict[str, Saying] = {
    "S101": error(
        "le module n'a pas de titre",
        "the module has no title",
        "ajoutez une ligne « # Titre »",
        "add a line “# Title”",
    ),
    "S101-late": error(
        "le titre du module vient avant la première étape",
        "the title of the module comes before the first step",
    ),
    "S102": error(
        "second titre de module",
        "second module title",
        "un seul « # » : les étapes commencent par « ## »",
        "only one “#”: steps begin with “##”",
    ),
    "S103": error(
        "ce soulignement ferait un titre du paragraphe au-dessus",
        "this underline would turn the paragraph above into a heading",
        "laissez une ligne vide avant, ou écrivez le titre avec « # »",
        "leave a blank line before it, or write the heading with “#”",
    ),
    "S104": error(
        "étape sans identifiant",
        "step without an id",
        "ajoutez {{#{near}}} à la fin du titre",
        "add {{#{near}}} at the end of the heading",
    ),
    "S104-reference": error(
        "étape sans identifiant",
        "step without an id",
        "reprenez celui de la référence",
        "take that of the reference",
    ),
    "S105": error(
        "identifiant « {id} » déjà pris (ligne {line})",
        "id “{id}” already taken (line {line})",
        "donnez-en un autre à ce titre",
        "give this heading another",
    ),
    "S105-elsewhere": error(
        "identifiant « {id} » déjà pris dans {path}, ligne {line}",
        "id “{id}” already taken in {path}, line {line}",
        "donnez-en un autre à ce titre",
        "give this heading another",
    ),
    "S106": error(
        "case cochée hors d'une question : elle montrerait la bonne réponse",
        "ticked box outside a question: it would show the right answer",
        "une question commence par « ### Choix unique : titre »",
        "a question begins with “### Single choice: title”",
    ),
    "S106-mark": error(
        "case cochée qui ne se lit pas comme une réponse",
        "ticked box that cannot be read as an answer",
        "écrivez « - [x] a) texte »",
        "write “- [x] a) text”",
    ),
    "S107": error("second bloc « .{name} » du module", "second “.{name}” of the module"),
    "S108-space": error(
        "ce titre ne sera pas lu comme tel",
        "this heading will not be read as one",
        "une à six marques « # », puis une espace ordinaire, sans retrait",
        "one to six “#”, then an ordinary space, not indented",
    ),
    "S108-empty": error("titre vide", "empty heading"),
    "S108-braces": error(
        "accolades mal fermées dans le titre",
        "unbalanced braces in the heading",
        "le titre finit par {{#identifiant}}, une seule fois",
        "the heading ends with {{#id}}, once",
    ),
    "S108-id": error(
        "« {id} » ne peut pas servir d'identifiant",
        "“{id}” cannot be an id",
        "minuscules sans accent, chiffres et tirets simples",
        "lower-case letters without accents, digits and single hyphens",
    ),
    "S109": error(
        "bloc de code jamais fermé",
        "code fence never closed",
        "ajoutez une ligne {marks}",
        "add a line {marks}",
    ),
    "S109-part": error(
        "un bloc de code ne commence pas sur la ligne d'une rubrique",
        "a code fence does not begin on the line of a part",
        "mettez-le à la ligne suivante",
        "put it on the next line",
    ),
    "S110": error(
        "question avant la première étape",
        "question before the first step",
        "placez-la sous un titre « ## »",
        "put it under a “##” heading",
    ),
    "S201": warning(
        "le module n'a pas d'évaluation notée",
        "the module has no graded quiz",
        "ajoutez « ## Évaluation {{#evaluation .evaluation}} »",
        "add “## Evaluation {{#evaluation .evaluation}}”",
    ),
    "S202": warning(
        "avant la première étape, un seul paragraphe, sous le titre, présente le module",
        "before the first step, one paragraph alone, under the title, introduces the module",
        "gardez ce paragraphe ; mettez le reste sous un titre « ## »",
        "keep that paragraph; put the rest under a “##” heading",
    ),
    "S202-bank": warning(
        "une banque ne contient que des questions : ce texte ne sera pas montré",
        "a bank only holds questions: this text will not be shown",
    ),
    "S203": warning(
        "ces sous-titres laissent de côté : {corps}", "these sub-headings leave out: {corps}"
    ),
}
