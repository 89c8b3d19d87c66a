"""Every sentence a check may say, in French and English, with its severity.

A key is a code, or a code and a case of it (``S108-braces``): the code alone is shown.
"""

from __future__ import annotations

from typing import NamedTuple


class Saying(NamedTuple):
    """A sentence and the advice that goes with it, in both languages."""

    severity: str
    fr: str
    en: str
    fix_fr: str = ""
    fix_en: str = ""


def error(fr: str, en: str, fix_fr: str = "", fix_en: str = "") -> Saying:
    """Make a saying about what an officer would see broken."""
    return Saying("error", fr, en, fix_fr, fix_en)


def warning(fr: str, en: str, fix_fr: str = "", fix_en: str = "") -> Saying:
    """Make a saying about what could be better."""
    return Saying("warning", fr, en, fix_fr, fix_en)


METADATA = {
    "M101": error("clé inconnue dans l'en-tête : « {key} »", "unknown front-matter key “{key}”"),
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
    "M103": error("l'en-tête ne se lit pas : {why}", "the front matter cannot be read: {why}"),
    "M103-open": error(
        "l'en-tête n'est pas fermé",
        "the front matter is not closed",
        "terminez-le par une ligne « --- »",
        "end it with a line “---”",
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
        "valeur refusée pour « {key} » : « {value} »", "value refused for “{key}”: “{value}”"
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

STRUCTURE = {
    "S101": error(
        "le module n'a pas de titre",
        "the module has no title",
        "ajoutez une ligne « # Titre »",
        "add a line “# Title”",
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
    "S105": error(
        "identifiant « {id} » déjà pris (ligne {line})", "id “{id}” already taken (line {line})"
    ),
    "S105-elsewhere": error(
        "identifiant « {id} » déjà pris dans {path}, ligne {line}",
        "id “{id}” already taken in {path}, line {line}",
    ),
    "S106": error(
        "case cochée hors d'une question : elle montrerait la bonne réponse",
        "ticked box outside a question: it would show the right answer",
    ),
    "S107": error("second bloc « .{name} » du module", "second “.{name}” of the module"),
    "S108-space": error(
        "ce titre ne sera pas lu comme tel",
        "this heading will not be read as one",
        "une à six marques « # », puis une espace, sans retrait",
        "one to six “#”, then a space, not indented",
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
        "texte avant la première étape : il ne sert que de présentation au catalogue",
        "text before the first step: it only introduces the module in the catalogue",
    ),
    "S202-bank": warning(
        "une banque ne contient que des questions : ce texte ne sera pas montré",
        "a bank only holds questions: this text will not be shown",
    ),
}

QUESTION = {
    "Q101": error(
        "question sans identifiant",
        "question without an id",
        "ajoutez {{#{near}}} à la fin du titre",
        "add {{#{near}}} at the end of the heading",
    ),
    "Q102": error("type de question inconnu : « {label} »", "unknown question type “{label}”"),
    "Q102-near": error(
        "type de question inconnu : « {label} »",
        "unknown question type “{label}”",
        "vouliez-vous dire « {near} » ?",
        "did you mean “{near}”?",
    ),
    "Q102-later": error(
        "le type « {label} » n'est pas encore disponible",
        "the type “{label}” is not available yet",
    ),
    "Q102-level": error(
        "une question commence par « ### », ni plus ni moins",
        "a question begins with “###”, no more, no less",
    ),
    "Q102-colon": error(
        "le titre d'une question s'écrit « {label} : titre »",
        "a question's heading is written “{label} : title”",
    ),
    "Q103": error(
        "il faut exactement une bonne réponse, il y en a {count}",
        "exactly one right answer is needed, there are {count}",
    ),
    "Q103-two": error(
        "un vrai ou faux a deux réponses, il y en a {count}",
        "a true or false has two answers, there are {count}",
    ),
    "Q104": error("aucune bonne réponse cochée", "no right answer is ticked"),
    "Q105": error(
        "il faut de 2 à 8 réponses, il y en a {count}",
        "2 to 8 answers are needed, there are {count}",
    ),
    "Q106": error("la lettre « {letter} » sert deux fois", "the letter “{letter}” is used twice"),
    "Q107": error("option inconnue : « {option} »", "unknown option “{option}”"),
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
        "pn, gn, pm, sp ou pref",
        "pn, gn, pm, sp or pref",
    ),
    "Q112": error(
        "un dilemme commence par des choix « - [texte](#scene) »",
        "a dilemma begins with choices “- [text](#scene)”",
    ),
    "Q113": error("la question n'a pas d'énoncé", "the question has no stem"),
    "Q113-choice": error("réponse sans texte", "answer without a text"),
    "Q114": error("ce texte n'a pas sa place ici", "this text belongs nowhere"),
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
    "Q115-absent": error("la banque « {bank} » n'existe pas", "the bank “{bank}” does not exist"),
    "Q116": error(
        "un « {label} » ne peut pas être noté",
        "a “{label}” cannot be graded",
        "placez-le dans une étape",
        "put it in a step",
    ),
    "Q116-draw": error("un tirage se place dans l'évaluation", "a draw belongs in the graded quiz"),
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
    "Q209": warning(
        "« {corps} » ne fait pas partie du public du module",
        "“{corps}” is not in the module's audience",
    ),
    "Q209-nobody": warning("personne ne verra ce passage", "nobody will see this passage"),
}

OTHERS = {
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
        "ce texte demande trop de temps à mettre en forme", "this text takes too long to render"
    ),
    "R105": error("le fichier n'est pas en UTF-8", "the file is not UTF-8"),
    "R105-nul": error("caractère nul dans le texte", "NUL character in the text"),
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
    ),
    "R203": warning(
        "lignes de tableau sans ligne de séparation",
        "table rows without a delimiter row",
        "ajoutez « | --- | --- | » sous la première",
        "add “| --- | --- |” under the first",
    ),
    "E201": warning(
        "aucun cas de conduite exemplaire",
        "no case of exemplary conduct",
        "ajoutez un encadré « > [!EXEMPLE] »",
        "add a call-out “> [!EXEMPLE]”",
    ),
    "E203": warning(
        "article absent de la liste de référence : « {article} »",
        "article unknown to the reference list: “{article}”",
    ),
}

SAYINGS: dict[str, Saying] = METADATA | STRUCTURE | QUESTION | OTHERS
