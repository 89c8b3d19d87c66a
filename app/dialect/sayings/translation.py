"""What is said about translations beside their reference: T."""

from __future__ import annotations

from app.dialect.sayings.saying import Saying, error, warning

TRANSLATION: dict[str, Saying] = {
    "T101": error(
        "la référence dit « {key} : {theirs} », pas « {ours} »",
        "the reference says “{key}: {theirs}”, not “{ours}”",
    ),
    "T101-step": error(
        "il manque ici l'étape « {id} » de la référence",
        "the step “{id}” of the reference is missing here",
    ),
    "T101-item": error(
        "il manque ici la question « {id} » de la référence",
        "the question “{id}” of the reference is missing here",
    ),
    "T101-extra": error("« {id} » n'est pas dans la référence", "“{id}” is not in the reference"),
    "T101-moved": error(
        "« {id} » est ailleurs dans la référence", "“{id}” stands elsewhere in the reference"
    ),
    "T101-order": error(
        "dans la référence, « {id} » vient à une autre place",
        "in the reference, “{id}” comes in another place",
    ),
    "T101-type": error(
        "« {id} » est d'un autre type dans la référence ({type})",
        "“{id}” is of another type in the reference ({type})",
    ),
    "T101-section": error(
        "dans la référence, ce sous-titre est pour : {theirs}",
        "in the reference, this sub-heading is for: {theirs}",
    ),
    "T101-sections": error(
        "il manque ici un sous-titre réservé, dans la référence, à : {theirs}",
        "a sub-heading kept in the reference for {theirs} is missing here",
    ),
    "T101-bank": error(
        "cette banque traduite n'a pas de référence", "this translated bank has no reference"
    ),
    "T102": error(
        "il manque la réponse « {letter} » de la référence",
        "the answer “{letter}” of the reference is missing",
    ),
    "T102-extra": error(
        "la réponse « {letter} » n'est pas dans la référence",
        "the answer “{letter}” is not in the reference",
    ),
    "T103": error(
        "la bonne réponse n'est pas celle de la référence",
        "the right answer is not that of the reference",
    ),
    "T103-number": error("la référence attend « {theirs} »", "the reference expects “{theirs}”"),
    "T103-count": error(
        "la référence n'a pas le même nombre de lignes ou de trous",
        "the reference has another number of rows or gaps",
    ),
    "T104": error(
        "il manque la scène « {scene} » de la référence",
        "the scene “{scene}” of the reference is missing",
    ),
    "T104-extra": error(
        "la scène « {scene} » n'est pas dans la référence",
        "the scene “{scene}” is not in the reference",
    ),
    "T104-count": error(
        "la référence a {theirs} choix ici, pas {ours}",
        "the reference has {theirs} choices here, not {ours}",
    ),
    "T104-link": error(
        "dans la référence, ce choix mène à « {theirs} »",
        "in the reference, this choice leads to “{theirs}”",
    ),
    "T104-opinion": error(
        "dans la référence, l'avis de ce choix est « {theirs} »",
        "in the reference, the opinion on this choice is “{theirs}”",
    ),
    "T201": warning(
        "la traduction est relue du {ours}, la référence du {theirs}",
        "the translation was reviewed on {ours}, the reference on {theirs}",
        "relisez la traduction, puis sa date « revu_le »",
        "review the translation, then its date “revu_le”",
    ),
    "T201-part": warning(
        "cette partie traduit un texte de la référence qui a changé depuis",
        "this part translates a text of the reference that has changed since",
        "relisez-la à côté de la référence, puis dites qu'elle est à jour",
        "read it again beside the reference, then say that it is up to date",
    ),
    "T201-copied": warning(
        "cette partie est copiée de la référence : elle reste à traduire",
        "this part is copied from the reference: it remains to be translated",
        "traduisez-la, puis dites qu'elle est à jour",
        "translate it, then say that it is up to date",
    ),
    "T201-absent": warning(
        "la traduction ne dit pas quand elle a été relue (référence : {theirs})",
        "the translation does not say when it was reviewed (reference: {theirs})",
        "ajoutez « revu_le »",
        "add “revu_le”",
    ),
}
