"""One case for each way to earn each message: the caret shows where it must stand."""

from __future__ import annotations

from tests.dialect.cases_of_slips import TRACES
from tests.dialect.cases_of_types import TYPES
from tests.dialect.cases_shared import Case, front
from tests.dialect.writing import BANK, FRONT, QUIZ, SINGLE, STEP, module


def single(old: str, new: str) -> str:
    """Write a good module with a change in its single choice."""
    assert old in SINGLE, old
    return module(SINGLE.replace(old, new, 1))


def quiz(old: str, new: str) -> str:
    """Write a good module with a change in its quiz."""
    assert old in QUIZ
    return module(quiz=QUIZ.replace(old, new))


DRAW = "\n### Tirage : Au sort {#sort banque=banque nombre=1}\n"
MULTIPLE = """\
### Choix multiple : Plusieurs {#plusieurs}
Lesquels ?
- [x] a) Un
- [x] b) Deux
- [ ] c) Trois
  > Non.
- [ ] d) Quatre
  > Non.

**Explication :** Parce que.
"""
DILEMMA = """\
### Dilemme : Une histoire {#histoire}
Que faire ?
- [Parler](#parler) {avis=exemplaire}
- [Attendre](#attendre)

#### parler
C'est dit.

**Éclairage :** Bien.

#### attendre
Rien ne change.
- [Parler enfin](#parler) {avis=defendable}
"""


def dilemma(old: str, new: str) -> str:
    """Write a good module with a change in its dilemma."""
    assert old in DILEMMA, old
    return module(DILEMMA.replace(old, new, 1))


def multiple(old: str, new: str) -> str:
    """Write a good module with a change in its multiple choice."""
    assert old in MULTIPLE, old
    return module(MULTIPLE.replace(old, new, 1))


METADATA = [
    Case("M101", front("public:", "‸publik: tous\npublic:")),
    Case("M101", front("duree: 10", "duree: 10\n‸couleur: bleu")),
    Case("M102", "‸" + front("duree: 10\n", "")),
    Case("M102", "‸" + front("public: [pn, gn]\n", "")),
    Case("M102", "‸" + front("competences: [probite]\n", "")),
    Case("M102", "‸" + module(front="# Un titre\n"), ("M102", "M102")),
    Case("M103", front("duree: 10", "duree: ‸12:30")),
    Case("M103", front("duree: 10", "duree: ‸010")),
    Case("M103", front("duree: 10", "duree: 10\nniveau: ‸on")),
    Case("M103", front("duree: 10", "duree: 10\nauteurs: Pôle ‸: formation")),
    Case("M103", front("duree: 10", "duree: 10\nniveau: ‸{a: b}")),
    Case("M103", front("duree: 10", "duree: 10\nniveau: ‸un #deux")),
    Case("M103", front("duree: 10", "duree: 10\n‸duree: 12")),
    Case("M103", front("[probite]", "[probite\n‸")),
    Case("M103", front("---\nduree", "‸---\nduree").replace("[probite]\n---", "[probite]")),
    Case("M104", front("duree: 10", "duree: ‸zéro")),
    Case("M104", front("duree: 10", "duree: ‸0")),
    Case("M104", front("duree: 10", "duree: 10\nseuil: ‸101")),
    Case("M104", front("duree: 10", "duree: 10\nrevu_le: ‸2026-02-30")),
    Case("M104", front("duree: 10", "duree: 10\na_revoir_le: ‸demain")),
    Case("M104", front("duree: 10", "duree: 10\nstatut_source: ‸sur")),
    Case("M104", front("duree: 10", "duree: 10\nlangue: ‸de")),
    Case("M104", front("duree: 10", "duree: 10\nprerequis: [‸aceuil]")),
    Case("M104", front("[probite]", "[‸probitee]")),
    Case("M104", front("[probite]", "‸[]")),
    Case("M104", front("duree: 10", 'duree: ‸""')),
    Case("M104", module(SINGLE + "\n**Compétences :** probite, ‸inconnue\n")),
    Case("M201", front("duree: 10", "duree: 10\na_revoir_le: ‸2026-11-22")),
    Case("Q111", front("[pn, gn]", "[pn, ‸gm]")),
    Case("Q111", front("[pn, gn]", "[pn, ‸tou]")),
]

STRUCTURE = [
    Case("S101", "‸" + module(front=FRONT.replace("# Un titre\n", ""))),
    Case("S101", module("‸# Un titre\n", front=FRONT.replace("# Un titre\n", ""))),
    Case("S102", module("‸# Un autre\n")),
    Case("S103", module("Du texte\n‸---\n")),
    Case("S103", module("Du texte\n‸===\n")),
    Case("S103", module(SINGLE + "‸---\n")),
    Case("S104", module("‸## Sans identifiant\n")),
    Case("S105", module("## Encore {‸#une}\n")),
    Case("S105", module(SINGLE + "\n" + SINGLE.replace("#choix", "‸#choix"))),
    Case("S105", module(DILEMMA.replace("{#histoire}", "{#parler}").replace("#### p", "‸#### p"))),
    Case("S106", module("‸- [x] a) Cochée\n")),
    Case("S106", module("> ‸- [x] Cochée\n".replace("> ‸", "‸> "))),
    Case("S106", module("‸1. [X] Cochée\n")),
    Case("S106", module("### Autre chose : du texte\n‸- [x] a) Cochée\n")),
    Case("S106", single("- [ ] a)", "    ‸- [x] z) Non\n- [ ] a)")),
    Case("S106", module(front=FRONT + "\n‸- [x] a) Cochée\n"), ("S202",)),
    Case("S107", module("‸## Autre {#autre .evaluation}\n"), ()),
    Case("S107", module("## A {#a .animation}\n\n‸## B {#b .animation}\n")),
    Case("S108", module("‸##Étape {#x}\n")),
    Case("S108", module("‸### Titre {#x\n")),
    Case("S108", module("‸### Titre #x}\n")),
    Case("S108", module("‸### Titre {{#x}\n")),
    Case("S108", module("‸### Titre {#x}}\n")),
    Case("S108", module("‸### Titre {#x} suite\n")),
    Case("S108", module("## Titre {‸#Étape}\n")),
    Case("S108", module("## Titre {‸#a--b}\n")),
    Case("S108", module("## Titre {#a ‸#b}\n")),
    Case("S108", module("‸###\n")),
    Case("S108", module("    ‸### Indenté\n")),
    Case("S109", module("‸```python\nx = 1\n")),
    Case("S109", module("‸~~~~\nx = 1\n~~~\n")),
    Case("S109", single("**Explication :** Parce", "**Explication :** ‸~~~\nParce")),
    Case("S110", FRONT + "\n" + SINGLE.replace("###", "‸###") + STEP + QUIZ),
    Case("S201", "‸" + module(quiz="")),
    Case("S202", module(front=FRONT + "\nUne présentation.\n\n‸Une autre.\n")),
    Case("S202", module(front=FRONT + "\nUne présentation :\n‸- une liste\n")),
    Case("S202", module(front=FRONT + "\n‸> Une citation.\n")),
    Case("S202", module(front=FRONT + "\n### ‸Un sous-titre\n\nDu texte.\n"), ("A102",)),
    Case("S202", module(front=FRONT.replace("# Un titre", "‸Avant.\n\n# Un titre"))),
]
STRUCTURE[STRUCTURE.index(next(c for c in STRUCTURE if c.code == "S107"))] = Case(
    "S107", module(quiz=QUIZ + "\n‸## Autre {#autre .evaluation}\n")
)

QUESTION = [
    Case("Q101", single("### Choix unique : Un choix {#choix}", "‸### Choix unique : Un choix")),
    Case("Q102", single("Choix unique", "‸Choix uniqe")),
    Case("Q102", module("### ‸Devinette : Quoi {#quoi}\nDu texte.\n")),
    Case("Q102", module("### ‸Clasement : Un ordre {#ordre}\nDu texte.\n")),
    Case("Q102", module("### ‸Pol : Votes {#votes}\nDu texte.\n")),
    Case("Q102", single("Choix unique :", "‸Choix unique")),
    Case("Q102", module("#### ‸Dilemme : Trop bas\n"), ("A102",)),
    Case("Q102", module("## ‸Réflexion : Trop haut {#haut}\n")),
    Case("Q103", single("### Choix", "‸### Choix").replace("[x] b)", "[ ] b)", 1)),
    Case("Q103", single("### Choix", "‸### Choix").replace("[ ] a)", "[x] a)", 1)),
    Case("Q103", quiz("### V", "‸### V").replace("- [ ] b) Faux\n  > Non.\n", "")),
    Case(
        "Q103",
        quiz("### V", "‸### V").replace(
            "  > Non.\n", "  > Non.\n- [ ] c) Ni l'un ni l'autre\n  > Non.\n"
        ),
    ),
    Case("Q104", multiple("### C", "‸### C").replace("[x]", "[ ]", 2), ("Q202", "Q202")),
    Case("Q105", single("### C", "‸### C").replace("- [ ] a) Ceci\n  > Non.\n", "")),
    Case(
        "Q105",
        single("### C", "‸### C").replace(
            "  > Oui.\n",
            "  > Oui.\n" + "".join(f"- [ ] {x}) R{x}\n  > Non.\n" for x in "cdefghi"),
            1,
        ),
    ),
    Case("Q106", single("- [x] b)", "‸- [x] a)")),
    Case("Q107", single("{#choix}", "{#choix ‸coleur=bleu}")),
    Case("Q107", single("{#choix}", "{#choix ‸point=2}")),
    Case("Q107", single("{#choix}", "{#choix ‸.note}")),
    Case("Q107", single("{#choix}", "{#choix ‸points}")),
    Case("Q107", single("{#choix}", "{#choix points=2 ‸points=3}")),
    Case("Q107", module("## Suite {#suite ‸evaluation}\n")),
    Case("Q107", module("### Un titre {‸points=2}\n")),
    Case("Q107", dilemma("{avis=exemplaire}", "{‸avi=exemplaire}")),
    Case("Q107", dilemma("{avis=exemplaire}", "{‸#x}")),
    Case("Q108", single("{#choix}", "{#choix ‸points=0}")),
    Case("Q108", single("{#choix}", "{#choix ‸points=deux}")),
    Case("Q108", single("{#choix}", "{#choix ‸melange=peut-être}")),
    Case("Q108", single("{#choix}", "{#choix ‸voir=deux}")),
    Case("Q108", single("{#choix}", "{#choix ‸voir=evaluation}")),
    Case("Q108", single("{#choix}", "{#choix ‸ancien=É}")),
    Case("Q108", single("{#choix}", '{#choix ‸erratum=""}')),
    Case("Q108", single("- [ ] a)", "- ‸[150%] a)")),
    Case("Q108", dilemma("{avis=exemplaire}", "{‸avis=exemplair}")),
    Case("Q108", dilemma("{avis=exemplaire}", "{‸avis=moyen}")),
    Case("Q109", single("- [ ] a)", "- ‸[] a)")),
    Case("Q109", single("- [ ] a)", "- ‸[y] a)")),
    Case("Q109", single("- [ ] a)", "- ‸[xx] a)")),
    Case("Q109", single("- [ ] a)", "‸- ] a)"), ("Q105",)),
    Case("Q109", single("- [ ] a)", "‸- [ a)"), ("Q105",)),
    Case("Q109", single("- [ ] a)", "‸-[ ] a)"), ("Q105",)),
    Case("Q109", single("- [ ] a)", "‸[ ] a)"), ("Q105",)),
    Case("Q109", single("- [ ] a)", "‸• [ ] a)"), ("Q105",)),
    Case("S106", single("- [x] b)", "‸– [x] b)"), ("Q103", "Q105")),
    Case("Q109", single("- [ ] a)", "‸- - [ ] a)"), ("Q105",)),
    Case("Q109", multiple("- [ ] c)", "- ‸[50%] c)")),
    Case("Q109", quiz("- [ ] b)", "- ‸[50%] b)")),
    Case("Q109", module("### Réflexion : Et vous {#vous}\nDites.\n‸- [x] a) Coché\n")),
    Case("Q109", module("### Réflexion : Et vous {#vous}\nDites.\n‸- [ ] a) Non coché\n")),
    Case("Q109", dilemma("- [Parler](#parler)", "‸- [x] [Parler](#parler)"), ("L101",)),
    Case(
        "Q110",
        module(quiz=QUIZ + DRAW.replace("###", "‸###").replace("nombre=1", "nombre=2")),
        (),
        {"banque": BANK},
    ),
    Case(
        "Q110",
        module(quiz=QUIZ + DRAW.replace("###", "‸###")),
        (),
        {"banque": BANK.replace("voir=une", "voir=une corps=pn")},
    ),
    Case(
        "Q110",
        module(quiz=QUIZ + DRAW + DRAW.replace("###", "‸###").replace("#sort", "#encore")),
        (),
        {"banque": BANK},
    ),
    Case("Q111", module("### Un titre {‸corps=pn,xx}\n")),
    Case("Q111", single("{#choix}", "{#choix ‸corps=}")),
    Case("Q112", module("‸### Dilemme : Rien {#rien}\nUne histoire sans choix.\n")),
    Case("Q113", single("### C", "‸### C").replace("Que faites-vous ?\n", "")),
    Case("Q113", dilemma("#### parler", "‸#### parler").replace("C'est dit.\n", "")),
    Case("Q113", single("- [ ] a) Ceci", "‸- [ ] a)")),
    Case("Q113", dilemma("- [Attendre]", "‸- []")),
    Case("Q114", single("  > Oui.\n", "  > Oui.\n\n‸Un texte perdu.\n")),
    Case("Q114", single("  > Oui.\n", "  > Oui.\n‸Un texte perdu.\n")),
    Case("Q114", single("  > Oui.\n", "  > Oui.\n\n  ‸Un autre paragraphe.\n")),
    Case("Q114", single("- [ ] a) Ceci\n", "- [ ] a) Ceci\n  ‸- une liste\n")),
    Case("Q114", single("**Explication :**", "‸*Explication :**"), ("Q201",)),
    Case("Q114", single("**Explication :**", "‸**Explication :*"), ("Q201",)),
    Case("Q114", single("**Explication :**", "‸**Explication**"), ("Q201",)),
    Case("Q114", single("**Explication :**", "‸**Explicaton :**"), ("Q201",)),
    Case("Q114", single("**Explication :**", "‸***Explication :**"), ("Q201",)),
    Case("Q114", module(SINGLE + "\n‸**Éclairage :** Non.\n")),
    Case("Q114", module(SINGLE + "\n‸**Explication :** Encore.\n")),
    Case("Q114", module(SINGLE + "\n‸**Indice :**\n")),
    Case("Q114", module(SINGLE + "\n‸#### Un titre\n")),
    Case("Q114", dilemma("C'est dit.", "C'est dit.\n\n‸##### Un titre")),
    Case(
        "Q114",
        dilemma("- [Attendre](#attendre)\n", "- [Attendre](#attendre)\n\n‸Un texte perdu.\n"),
    ),
    Case(
        "Q114",
        dilemma("- [Attendre](#attendre)\n", "- [Attendre](#attendre)\n‸```\nx\n```\n"),
        ("Q114", "Q114"),
    ),
    Case("Q114", dilemma("- [Attendre](#attendre)", "‸- [Attendre(#attendre)"), ("D102",)),
    Case("Q114", dilemma("- [Attendre](#attendre)", "‸[Attendre](#attendre)"), ("D102", "L101")),
    Case(
        "Q114",
        dilemma("- [Attendre](#attendre)", "‸- [Attendre](#attendre) ou pas"),
        ("D102", "L101"),
    ),
    Case(
        "Q114",
        dilemma("**Éclairage :** Bien.", "**Éclairage :** Bien.\n\n‸**Éclairage :** Encore."),
    ),
    Case("Q115", module(quiz=QUIZ + DRAW.replace("###", "‸###").replace(" banque=banque", ""))),
    Case(
        "Q115",
        module(quiz=QUIZ + DRAW.replace("###", "‸###").replace(" nombre=1", "")),
        (),
        {"banque": BANK},
    ),
    Case("Q115", module(quiz=QUIZ + DRAW.replace("banque=b", "‸banque=b"))),
    Case("Q116", module(quiz=QUIZ + "\n‸### Réflexion : Et vous {#vous}\nDites.\n")),
    Case("Q116", module(quiz=QUIZ + "\n" + DILEMMA.replace("### D", "‸### D", 1))),
    Case("Q116", module(DRAW.replace("###", "‸###")), (), {"banque": BANK}),
    Case("Q201", single("### C", "‸### C").replace("**Explication :** Parce que.\n", "", 1)),
    Case("Q202", single("- [ ] a) Ceci\n  > Non.\n", "‸- [ ] a) Ceci\n")),
    Case(
        "Q203",
        single("- [x] b) Cela", "‸- [x] b) Cela, mais avec beaucoup de précautions et de nuances"),
    ),
    Case("Q204", single("- [x] b) Cela", "‸- [x] b)  CÉCI").replace("a) Ceci", "a) Céci")),
    Case("Q205", multiple("### C", "‸### C").replace("- [ ] d) Quatre\n  > Non.\n", "")),
    Case("Q206", single("  > Non.", " ‸> Non.")),
    Case("Q206", single("  > Non.", "‸> Non.")),
    Case("Q206", single("  > Non.", "        ‸> Non.")),
    Case("Q206", single("- [x] b)", "  ‸- [x] b)"), ("Q206",)),
    Case("Q207", quiz("### V", "‸### V").replace(" voir=une", "")),
    Case("Q208", single("- [x] b) Cela", "‸- [x] Cela")),
    Case("Q209", module("### Un titre {‸corps=pn,sp}\n")),
    Case("Q209", single("{#choix}", "{#choix ‸corps=pref}")),
    Case(
        "Q209",
        module(
            "## Suite {#suite corps=pn}\n\n"
            + SINGLE.replace("###", "‸###").replace("#choix", "#choix corps=gn")
        ),
    ),
]

OTHERS = [
    Case("D101", dilemma("- [Attendre](#attendre)", "- [Attendre](#attendre)\n‸- [Fuir](#fuite)")),
    Case(
        "D101", dilemma("- [Attendre](#attendre)", "- [Attendre](#attendre)\n‸- [Répondre](#parle)")
    ),
    Case(
        "D102",
        dilemma("#### attendre", "‸#### oubli\nRien.\n\n**Éclairage :** Rien.\n\n#### attendre"),
    ),
    Case(
        "D103",
        dilemma("- [Parler enfin](#parler) {avis=defendable}", "- [Encore](#attendre)").replace(
            "#### a", "‸#### a"
        ),
    ),
    Case("D201", dilemma("#### parler", "‸#### parler").replace("**Éclairage :** Bien.\n", "")),
    Case(
        "S108",
        dilemma("#### attendre", "‸#### En attente").replace("#attendre", "#En"),
        ("D101", "D102"),
    ),
    Case("L101", module("Voir ‸[là](#nulle-part).\n")),
    Case("L101", module("Voir ‸[là](media/absent.pdf).\n")),
    Case("L101", module("Voir ‸[là]().\n")),
    Case(
        "L101",
        module(
            "![Un plan](media/un.png) ‸![Un plan](media/absent.png)\n".replace(
                "![Un plan](media/un.png) ", ""
            )
        ),
    ),
    Case("L101", module("Voir [là][plan].\n\n[plan]: ‸media/absent.png\n")),
    Case("L102", module("‸![Un plan](https://exemple.fr/plan.png)\n")),
    Case("L102", module("‸![Un plan](//exemple.fr/plan.png)\n")),
    Case("L102", module("‸[Un film](https://exemple.fr/film.mp4)\n")),
    Case("L103", module("Voir ‸[là](javascript:alert).\n")),
    Case("L103", module("Voir ‸[là](ftp://exemple.fr).\n")),
    Case("L103", module("Voir ‸[là](../autre/module.md).\n")),
    Case("L103", module("Voir ‸[là](/modules/autre).\n")),
    Case("L103", module("Voir ‸[là](//exemple.fr).\n")),
    Case("L103", module("Voir ‸<ftp://exemple.fr>.\n")),
    Case("L103", module("‸![Un plan](data:image/png;base64,xx)\n")),
    Case("L103", module("Voir ‸[là](media\\plan.png).\n")),
    Case("A101", module("‸![](media/plan.png)\n")),
    Case("A101", module("‸![ ](media/plan.png)\n")),
    Case("A102", module("‸#### Trop bas\n")),
    Case("A102", module("### Bien\n\n‸##### Trop bas\n")),
    Case("A103", module("‸|  |  |\n| --- | --- |\n| a | b |\n")),
    Case("R103", module("> " * 20 + "‸> trop\n")),
    Case("R103", module("".join("  " * n + "- x\n" for n in range(20)) + "  " * 20 + "‸- x\n")),
    Case("R201", module("Du ‸<b>gras</b>.\n")),
    Case("R201", module("‸<!-- caché -->\n")),
    Case("R202", module("> ‸[!INFO]\n> Texte.\n")),
    Case("R202", module("> ‸[!NOTE] Texte.\n")),
    Case("R202", module("> ‸[NOTE]\n> Texte.\n")),
    Case("R202", module("> ‸!NOTE]\n> Texte.\n")),
    Case("R202", module("‸[!NOTE]\n> Texte.\n")),
    Case("R202", module("> Texte.\n> ‸[!NOTE]\n")),
    Case("R203", module("‸| a | b |\n| c | d |\n")),
    Case("R203", module("‸| a | b |\n| --- | -- -\n| c | d |\n")),
    Case("E201", "‸" + module().replace("> [!EXEMPLE]", "> [!NOTE]")),
    Case(
        "E202",
        "‸"
        + module(
            SINGLE.replace("Que faites-vous ?", "Quel blâme ?"),
            quiz=QUIZ.replace("Une phrase", "La révocation, une phrase"),
        ),
    ),
    Case("E203", module("Voir ‸CSI R. 434-99.\n")),
    Case("E203", module("Voir l'‸art. 432-13 CP.\n")),
    Case("E203", module("Voir CSI R. 434-9 et ‸R. 434-98.\n")),
    Case("E203", module("Voir l'‸article 40 du code de procédure pénale.\n")),
]

BANKS = [
    Case("S105", module(quiz=QUIZ + DRAW), (), {"banque": BANK.replace("{#en-banque", "{‸#une")}),
    Case("S202", module(quiz=QUIZ + DRAW), (), {"banque": "‸Du texte.\n\n" + BANK}),
    Case("S202", module(quiz=QUIZ + DRAW), (), {"banque": "‸## Une partie\n\n" + BANK}),
    Case("Q207", module(quiz=QUIZ + DRAW), (), {"banque": "‸" + BANK.replace(" voir=une", "")}),
    Case(
        "Q116",
        module(quiz=QUIZ + DRAW),
        (),
        {"banque": BANK + "\n‸### Réflexion : Et vous {#vous}\nDites.\n"},
    ),
    Case(
        "Q116",
        module(quiz=QUIZ + DRAW),
        (),
        {"banque": BANK + "\n‸### Tirage : Encore {#plus banque=banque nombre=1}\n"},
    ),
    Case(
        "A102", module(quiz=QUIZ + DRAW), ("S202",), {"banque": BANK + "\n---\n\n‸##### Trop bas\n"}
    ),
]

SLIPS = [
    Case("M103", "‸---\nduree: 10\n\ntexte sans fin", ("M103", "S101", "S201", "E201")),
    Case(
        "M103",
        front("duree: 10\npublic: [pn, gn]\ncompetences: [probite]", "‸- a\n- b"),
        ("M102",) * 3,
    ),
    Case("M104", front("[pn, gn]", '‸""')),
    Case("Q114", single("  > Non.\n", "  > Non.\n‸```\nx\n```\n"), ("Q114", "Q114")),
    Case("Q114", single("Que faites", "‸#### Un titre\n\nQue faites")),
    Case("S109", module("‸> ```a\n> x\n\n> ```b\n")),
    Case("Q102", module("#### ‸Nombre : Trop bas\n"), ("A102",)),
    Case("Q202", single("  > Oui.", "  ‸Oui.")),
    Case("Q206", single("Que faites-vous ?", "    ‸Que faites-vous ?")),
    Case("Q206", single("Parce que.", "Parce que.\n\n\t‸Suite.")),
    Case("Q109", single("- [ ] a) ", "‸- [ ] a)) ")),
    Case("Q114", single("Parce que.\n", "Parce que.\n\n‸--\n\nAprès.\n")),
    Case("Q114", single("Parce que.\n", "Parce que.\n\n    ‸---\n\nAprès.\n"), ("Q206",)),
    Case("Q114", dilemma("- [Attendre](#attendre)", "‸- [[Attendre](#attendre)")),
    Case("Q204", dilemma("- [Attendre]", "- [Attendre](#attendre)\n‸- [Attendre]")),
    Case("Q206", module("    ‸> [!NOTE]\n    > Texte.\n")),
    Case("Q206", module("\t‸Un texte.\n\n    Encore.\n")),
    Case("R202", module("> ‸[!NOTE]\n\nTexte.\n")),
    Case("Q114", module(SINGLE + "\n**Indice :** Un.\n\n‸**Indice :** Un.\n")),
    Case("R202", module("> ‸[[!NOTE]\n> Texte.\n")),
    Case("L103", module("Voir ‸[là](https:/exemple.fr).\n")),
    Case("Q102", single("### Choix unique :", "### ‸Choix unique ::")),
]
"""What a slip of the hand does: each was silent once."""

CASES = [*METADATA, *STRUCTURE, *QUESTION, *OTHERS, *BANKS, *SLIPS, *TRACES, *TYPES]
