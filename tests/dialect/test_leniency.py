"""What may be written in several ways is read alike, and good prose earns nothing."""

from __future__ import annotations

import pytest

from tests.dialect.cases_of_slips import HARMLESS
from tests.dialect.cases_of_types import CLOZE, MATCHING, NUMBER, ORDERING, POLL, SHORT
from tests.dialect.writing import SINGLE, compiled, messages, module
from tests.pictures import png


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("- [x] b)", "- [X] b)"),
        ("- [x] b)", "* [x] b)"),
        ("- [x] b)", "+ [x] B)"),
        ("  > Non.", "   > Non."),
        ("  > Non.", "    > Non."),
        ("  > Non.", "\t> Non."),
        ("  > Non.", "\n  > Non."),
        ("  > Non.\n", "  > Non.\n\n"),
        ("- [x] b) Cela\n  > Oui.", " - [x] b) Cela\n   > Oui."),
        ("### Choix unique : Un choix {#choix}", "### Choix unique : Un choix {#choix} ##"),
        ("### Choix unique : Un choix {#choix}", "  ### Choix unique : Un choix  { #choix }  "),
        ("Que faites-vous ?", "Que faites-vous ?\n\n- ceci [a](https://x.fr)\n- [sic] cela\n"),
        ("Que faites-vous ?", "Que faites-vous ?\n\n```\n- [x] z) du code\n```\n"),
        ("Parce que.", "Parce que.\n\n**Attention :** un autre paragraphe."),
        ("Parce que.", "Parce que.\n\nRéponse : un texte."),
        ("Ceci", "Ceci,\n  sur deux lignes"),
        ("[ ] a)", "[50%] a)"),
        ("[ ] a)", "[ 0 % ] a)"),
    ],
)
def test_these_are_read_alike(old: str, new: str) -> None:
    text = module(SINGLE.replace(old, new, 1))
    assert messages(text) == ()
    assert compiled(text).item("choix") is not None


GOOD_PROSE = [
    "Un `[x]` et un - tiret, 12:30.\n",
    "```\n# pas un titre\n- [x] pas une case\n<b>\n![](x)\n```\n",
    "> ```\n> - [x] pas une case\n> ```\n",
    "~~~~\n```\n~~~~\n",
    "- un\n\n  ```\n  - [x] code\n  ```\n",
    "Un tableau :\n\n| a | b |\n| --- | :-: |\n| 1 | 2 |\n",
    "| a |  |\n| --- | --- |\n| 1 | 2 |\n",
    "Un | seul | trait et `a | b`\nsur deux lignes.\n",
    "> [!NOTE]\n> Un texte.\n\n> [!tip]\n> Deux.\n",
    "> Une citation\n> [lien](https://x.fr)\n",
    "[a](https://x.fr) [b](http://x.fr) [c](mailto:a@x.fr) [d](tel:17) <https://x.fr> <a@x.fr>\n",
    "[a](#une) [b](#sous-titre) [c](media/plan.png) ![Un plan](media/plan.png)\n\n### Sous-titre\n",
    "[Un film](https://x.fr/film.mp4) à voir.\n",
    "a < b, \\<b>, `<b>`, <https://x.fr>\n",
    "Voir CSI R. 434-9, CSI, R. 434-9 et l'art. 432-12 CP.\n",
    "Le code de la sécurité intérieure,\nR. 434-9, en parle. Le CSI aussi, en 2026.\n",
    "***\n\nUn trait.\n\n* * *\n",
    "### Mots : d'autres mots\n\nTexte.\n",
    "### Un titre {#ancre corps=pn}\n\nTexte.\n",
    "Ligne\nsuivie d'un - tiret.\n",
    "`#### pas un titre`\n",
    "![Un plan][p]\n\n[p]: media/plan.png\n",
    "Une note[^1].\n\n[^1]: La note.\n",
    "\\# pas un titre\n",
    "Une note[^1].\n\n[^1]: La note.\n\n    Sa suite.\n",
    "- un\n\n    suite\n\n    encore\n",
    "- un\n\n  ```\n  x\n  ```\n\n    encore\n",
    "Une ligne ( [x] entre parenthèses ).\n",
]


@pytest.mark.parametrize("text", [*GOOD_PROSE, *HARMLESS])
def test_good_prose_earns_nothing(text: str) -> None:
    assert messages(module(text), media={"plan.png": png()}) == ()


@pytest.mark.parametrize(
    ("good", "old", "new"),
    [
        (ORDERING, "Parce que.", "Parce que :\n\n1. d'abord,\n2. ensuite (été\n2025) ; enfin."),
        (ORDERING, "1. Saluer", "1) Saluer"),
        (ORDERING, "2. Écouter", "1. Écouter\n"),
        (ORDERING, "2. Écouter", "2. Écouter\n   sans interrompre"),
        (MATCHING, "Parce que.", "Parce que :\n\n- un point,\n- un autre."),
        (MATCHING, "Policier ->", "Policier →"),
        (MATCHING, "- Policier", "* Policier"),
        (NUMBER, "48 ± 2 h", "48 +/- 2\u00a0h"),
        (NUMBER, "48 ± 2 h", "1\u202f500,5"),
        (NUMBER, "48 ± 2 h", "-4"),
        (SHORT, "- [x] a) Réf", "- [X]  A) Réf"),
        (CLOZE, "[[nécessaire]]", "[[ nécessaire ]]"),
        (CLOZE, "[[nécessaire]]", "`[[code]]` et [[nécessaire]]"),
        (POLL, "- [ ] b) Parfois", "- [ ] b) Parfois\n  > Merci."),
    ],
)
def test_these_answers_are_read_alike(good: str, old: str, new: str) -> None:
    assert old in good
    if good is ORDERING and new.startswith("1. Éc"):
        new, good = new.strip(), good.replace("3. Exp", "1. Exp")
    assert messages(module(good.replace(old, new, 1))) == ()
