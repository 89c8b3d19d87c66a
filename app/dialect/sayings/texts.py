"""What is said about dilemmas, links, accessibility, rendering and citations: D, L, A, R, E."""

from __future__ import annotations

from app.dialect.sayings.saying import Saying, error, warning

OTHERS: dict[str, Saying] = {
    "D101": error("la scène « {scene} » n'existe pas", "the scene “{scene}” does not exist"),
    "D101-near": error(
        "la scène « {scene} » n'existe pas",
        "the scene “{scene}” does not exist",
        "vouliez-vous dire « {near} » ?",
        "did you mean “{near}”?",
    ),
    "D102": error(
        "aucun choix ne mène à la scène « {scene} »", "no choice leads to the scene “{scene}”"
    ),
    "D103": error(
        "la scène « {scene} » tourne en rond, sans fin possible",
        "the scene “{scene}” loops without an end",
    ),
    "D201": warning(
        "fin de dilemme sans éclairage",
        "ending without a debrief",
        "ajoutez « **Éclairage :** … »",
        "add “**Debrief:** …”",
    ),
    "L101": error("la cible « {target} » n'existe pas", "the target “{target}” does not exist"),
    "L102": error(
        "média distant : « {target} »",
        "remote media “{target}”",
        "copiez le fichier dans media/",
        "copy the file into media/",
    ),
    "L103": error(
        "lien refusé : « {target} »",
        "link refused: “{target}”",
        "https, http, mailto, tel, ou un fichier du module",
        "https, http, mailto, tel, or a file of the module",
    ),
    "A101": error(
        "image sans texte de remplacement",
        "image without alternative text",
        "décrivez-la entre les crochets",
        "describe it between the brackets",
    ),
    "A102": error(
        "niveau de titre sauté : {level} marques après {before}",
        "skipped heading level: {level} marks after {before}",
    ),
    "A103": error("tableau sans en-tête", "table without a header"),
    "R101": error("fichier de plus de 200 ko", "file over 200 kB"),
    "R102": error("ligne de plus de {limit} caractères", "line over {limit} characters"),
    "R103": error("plus de {limit} niveaux d'imbrication", "nesting over {limit} levels"),
    "R104": error(
        "ce texte demande plus de {seconds} s à mettre en forme",
        "this text takes more than {seconds} s to render",
        "coupez-le en plusieurs étapes, ou simplifiez-le",
        "cut it into several steps, or make it simpler",
    ),
    "R104-marks": error(
        "un seul passage de plus de {limit} lignes et marques",
        "one passage of more than {limit} lines and marks",
        "coupez-le en plusieurs étapes, ou simplifiez-le",
        "cut it into several steps, or make it simpler",
    ),
    "R104-cpu": error(
        "ce module demande plus de {seconds} s de calcul : l'aperçu s'est arrêté là",
        "this module takes more than {seconds} s of work: the preview stopped there",
        "cherchez un passage très répétitif ou très imbriqué",
        "look for a passage that repeats or nests a great deal",
    ),
    "R104-wall": error(
        "l'aperçu n'a pas fini en {seconds} s : le serveur est très occupé",
        "the preview was not over in {seconds} s: the server is very busy",
        "réessayez dans un moment",
        "try again in a moment",
    ),
    "R105": error("le fichier n'est pas en UTF-8", "the file is not UTF-8"),
    "R105-nul": error("caractère nul dans le texte", "NUL character in the text"),
    "R106": error(
        "ce module demande plus de {size} Mo de mémoire : l'aperçu s'est arrêté là",
        "this module takes more than {size} MB of memory: the preview stopped there",
        "cherchez un passage très répétitif ou très imbriqué",
        "look for a passage that repeats or nests a great deal",
    ),
    "R107": error(
        "ce module, une fois mis en forme, dépasse {size} Mo : l'aperçu s'est arrêté là",
        "this module, once rendered, is over {size} MB: the preview stopped there",
        "partagez-le en plusieurs modules",
        "split it into several modules",
    ),
    "R107-files": error(
        "les fichiers de ce module dépassent {size} Mo : l'aperçu ne les lit pas",
        "the files of this module are over {size} MB: the preview does not read them",
        "partagez-le en plusieurs modules",
        "split it into several modules",
    ),
    "R108": error(
        "une erreur de notre part empêche de lire ce module",
        "a mistake of ours keeps this module from being read",
        "elle est notée au journal du serveur : signalez-la à qui l'administre",
        "it is in the server's log: tell who runs it",
    ),
    "R108-crash": error(
        "l'aperçu s'est arrêté sans donner de raison",
        "the preview stopped without a reason",
        "réessayez ; si cela recommence, signalez-le à qui administre le serveur",
        "try again; if it happens again, tell who runs the server",
    ),
    "R201": warning(
        "balise HTML : elle sera montrée comme du texte", "HTML tag: it will be shown as text"
    ),
    "R202": warning(
        "encadré inconnu : « {name} »",
        "unknown call-out “{name}”",
        "NOTE, TIP, IMPORTANT, WARNING, CAUTION ou EXEMPLE",
        "NOTE, TIP, IMPORTANT, WARNING, CAUTION or EXEMPLE",
    ),
    "R202-text": warning(
        "l'encadré ne sera pas reconnu : le repère doit être seul sur sa ligne",
        "the call-out will not be recognised: its marker must be alone on its line",
        "mettez le texte à la ligne suivante, après « > »",
        "put the text on the next line, after “>”",
    ),
    "R202-empty": warning(
        "encadré vide",
        "empty call-out",
        "écrivez son texte sur les lignes suivantes, après « > »",
        "write its text on the next lines, after “>”",
    ),
    "R202-item": warning(
        "cet encadré fait partie de la question : il ne sera montré qu'après la réponse",
        "this call-out is part of the question: it will be shown only after the answer",
        "écrivez « --- » avant lui pour l'en séparer",
        "write “---” before it to set it apart",
    ),
    "R203": warning(
        "lignes de tableau sans ligne de séparation",
        "table rows without a delimiter row",
        "ajoutez « | --- | --- | » sous la première",
        "add “| --- | --- |” under the first",
    ),
    "R204": warning(
        "« {mark} » n'a pas sa pareille : elle sera montrée",
        "“{mark}” has no partner: it will be shown",
        "mettez la marque des deux côtés, ou écrivez « \\ » devant",
        "put the mark on both sides, or write “\\” before it",
    ),
    "R204-link": warning(
        "ce lien ne se lit pas : ses marques seront montrées",
        "this link cannot be read: its marks will be shown",
        "écrivez « [texte](adresse) »",
        "write “[text](address)”",
    ),
    "R205": warning("cette ligne répète la précédente", "this line repeats the one before"),
    "R206": warning(
        "cette ligne sera lue comme la suite de la liste",
        "this line will be read as part of the list",
        "décalez-la de deux espaces, ou laissez une ligne vide avant",
        "indent it by two spaces, or leave a blank line before it",
    ),
    "R206-twice": warning(
        "cette ligne ne commence pas une liste",
        "this line does not begin a list",
        "un seul tiret, puis une espace",
        "a single dash, then a space",
    ),
    "R207": warning(
        "cette ligne sera seule sous la précédente, en retrait",
        "this line will hang alone under the one before",
        "supprimez le retrait, si elle est de la même liste",
        "remove the indentation, if it is of the same list",
    ),
    "R208": warning(
        "cette ligne ne sera pas lue comme la suite de la citation",
        "this line will not be read as the rest of the quote",
        "un seul « > », sans retrait",
        "a single “>”, not indented",
    ),
    "R208-lazy": warning(
        "cette ligne sera lue comme la suite de la citation",
        "this line will be read as the rest of the quote",
        "laissez une ligne vide avant, ou écrivez « > » devant",
        "leave a blank line before it, or write “>” before it",
    ),
    "R203-again": warning(
        "ligne de séparation au milieu du tableau",
        "delimiter row in the middle of the table",
        "gardez celle qui suit l'en-tête",
        "keep the one that follows the header",
    ),
    "E201": warning(
        "aucun cas de conduite exemplaire",
        "no case of exemplary conduct",
        "ajoutez un encadré « > [!EXEMPLE] »",
        "add a call-out “> [!EXEMPLE]”",
    ),
    "E202": warning(
        "{told} des {count} cas et énoncés parlent de sanction",
        "{told} of the {count} cases and stems speak of sanctions",
        "montrez d'abord ce qui se fait bien",
        "show first what is done well",
    ),
    "E203": warning(
        "article absent de la liste de référence : « {article} »",
        "article unknown to the reference list: “{article}”",
    ),
}
