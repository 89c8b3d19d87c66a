"""What is said about the front matter: M."""

from __future__ import annotations

from app.dialect.sayings.saying import Saying, error, warning

METADATA: dict[str, Saying] = {
    "M101": error(
        "clé inconnue dans l'en-tête : « {key} »",
        "unknown front-matter key “{key}”",
        "retirez la ligne ; le titre du module s'écrit dessous : « # Titre »",
        "take the line out; the title of the module is written below: “# Title”",
    ),
    "M101-near": error(
        "clé inconnue dans l'en-tête : « {key} »",
        "unknown front-matter key “{key}”",
        "vouliez-vous dire « {near} » ?",
        "did you mean “{near}”?",
    ),
    "M102": error(
        "l'en-tête n'a pas de « {key} »",
        "the front matter has no “{key}”",
        "ajoutez une ligne « {key}: … »",
        "add a line “{key}: …”",
    ),
    "M103": error(
        "l'en-tête ne se lit pas à cet endroit",
        "the front matter cannot be read at this place",
        "une ligne « clé: valeur » à la fois, sans tabulation ; guillemets, crochets par paires",
        "one line “key: value” at a time, no tab; straight quotes and brackets in pairs",
    ),
    "M103-open": error(
        "l'en-tête n'est pas fermé",
        "the front matter is not closed",
        "terminez-le par une ligne « --- »",
        "end it with a line “---”",
    ),
    "M103-mapping": error(
        "l'en-tête n'est pas une suite de lignes « clé: valeur »",
        "the front matter is not a series of lines “key: value”",
        "par exemple « duree: 15 », une espace après les deux-points",
        "for instance “duree: 15”, a space after the colon",
    ),
    "M103-twice": error("la clé « {key} » est répétée", "the key “{key}” is repeated"),
    "M103-colon": error(
        "« : » au milieu d'une valeur",
        "“: ” inside a value",
        "mettez la valeur entre guillemets droits",
        "put the value in double quotes",
    ),
    "M103-shape": error(
        "« {key} » attend un texte simple",
        "“{key}” takes a plain text",
        "mettez la valeur entre guillemets droits",
        "put the value in double quotes",
    ),
    "M103-misread": error(
        "« {value} » serait lu autrement par un lecteur YAML",
        "a YAML reader would take “{value}” for something else",
        'écrivez "{value}"',
        'write "{value}"',
    ),
    "M103-cut": error(
        "le texte est coupé par « # »",
        "the text is cut by “ #”",
        "mettez la valeur entre guillemets droits",
        "put the value in double quotes",
    ),
    "M104": error(
        "valeur refusée pour « {key} » : « {value} »",
        "value refused for “{key}”: “{value}”",
        "écrivez par exemple « {example} »",
        "write for instance “{example}”",
    ),
    "M104-near": error(
        "valeur refusée pour « {key} » : « {value} »",
        "value refused for “{key}”: “{value}”",
        "vouliez-vous dire « {near} » ?",
        "did you mean “{near}”?",
    ),
    "M201": warning(
        "la date de relecture est passée ({date})", "the review date has passed ({date})"
    ),
}
