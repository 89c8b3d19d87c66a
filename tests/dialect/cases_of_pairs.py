"""Translations that do not follow their reference: the caret shows where it is told."""

from __future__ import annotations

from typing import NamedTuple

from tests.dialect.cases import DILEMMA, MULTIPLE
from tests.dialect.cases_of_types import CLOZE, MATCHING, NUMBER, ORDERING, POLL, SHORT
from tests.dialect.writing import BANK, CARET, FRONT, QUIZ, module

SECOND_STEP = """\

## Une suite {#suite corps=pn}

### Pour les uns {corps=pn,gn}

Texte.

### Pour tous

Texte.

### Réflexion : Et vous {#vous}
Dites.
"""
DATED = FRONT.replace("duree: 10", "duree: 10\nrevu_le: 2026-05-02")
BODY = "\n".join([MULTIPLE, DILEMMA, ORDERING, MATCHING, NUMBER, SHORT, CLOZE, POLL])
DRAW = "\n### Tirage : Au sort {#sort banque=banque nombre=2}\n"
REFERENCE = module(BODY + SECOND_STEP, front=DATED, quiz=QUIZ + DRAW)
TWO = BANK + "\n" + BANK.replace("#en-banque", "#encore")
HERE = CARET + "### "


class Pair(NamedTuple):
    """A translation of the module, the code it earns at the caret, and those that come with it."""

    code: str
    text: str
    others: tuple[str, ...] = ()
    bank: str = TWO


def pair(code: str, *changes: tuple[str, str], others: tuple[str, ...] = ()) -> Pair:
    """Translate the module with changes in it."""
    text = REFERENCE
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return Pair(code, text, others)


def bank_pair(code: str, *changes: tuple[str, str], others: tuple[str, ...] = ()) -> Pair:
    """Translate its bank with changes in it."""
    text = TWO
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return Pair(code, REFERENCE, others, text)


def cut(text: str, start: str, end: str) -> str:
    """Take a piece of a text."""
    return text[text.index(start) : text.index(end, text.index(start))]


MULTIPLE_HEADING = "### Choix multiple : Plusieurs {#plusieurs}"
NUMBER_HEADING = "### Nombre : Le délai {#delai}"
REFLECTION = "\n### Réflexion : Et vous {#vous}\nDites.\n"
EXTRA_SCENE = "\n#### fuir\nParti.\n\n**Éclairage :** Non.\n"

PAIRS = [
    # The front matter.
    pair("T201", ("2026-05-02", CARET + "2026-05-01")),
    Pair("T201", CARET + REFERENCE.replace("revu_le: 2026-05-02\n", "")),
    pair("T101", ("duree: 10", f"duree: {CARET}12")),
    pair("T101", ("[pn, gn]", f"[{CARET}pn, gn, pm]")),
    pair("T101", ("[probite]", f"[{CARET}discernement]")),
    pair("T101", ("duree: 10", f"duree: 10\nseuil: {CARET}90")),
    # Steps and sub-headings.
    pair("T101", ("## Une étape {#une}", f"{CARET}## Une étape {{#un}}"),
         others=("T101", "Q108", "Q108", "Q108")),
    Pair("T101", REFERENCE.replace(SECOND_STEP, "").replace("## Éval", CARET + "## Éval")),
    Pair("T101", REFERENCE.replace("## Éval", f"{CARET}## Autre {{#autre}}\n\nTexte.\n\n## Éval")),
    pair("T101", ("{#suite corps=pn}", f"{{#suite {CARET}corps=gn}}"),),
    pair("T101", ("## Une suite {#suite corps=pn}", CARET + "## Une suite {#suite}")),
    pair("T101", ("### Pour les uns {corps=pn,gn}", CARET + "### Pour les uns {corps=pn}")),
    pair("T101", ("### Pour tous", CARET + "### Pour tous {corps=pn}")),
    pair("T101", ("### Pour les uns {corps=pn,gn}\n\nTexte.\n\n", ""),
         ("## Une suite", CARET + "## Une suite")),
    pair("T101", ("{#suite corps=pn}", "{#suite corps=pn .animation}"),
         ("## Une suite", CARET + "## Une suite")),
    Pair("T101", REFERENCE.replace(SECOND_STEP, "").replace(
        "\n## Une étape", "\n" + CARET + SECOND_STEP[1:] + "\n## Une étape")),
    # Items.
    pair("T101", (MULTIPLE, ""), ("## Une étape", CARET + "## Une étape")),
    pair("T101", ("#plusieurs}", "#plusieurz}"), (MULTIPLE_HEADING[:8], CARET + "### Choi"),
         others=("T101",)),
    pair("T101", ("{#plusieurs}", f"{{#plusieurs {CARET}points=2}}")),
    pair("T101", ("{#plusieurs}", f"{{#plusieurs {CARET}corps=pn}}")),
    pair("T101", ("{#plusieurs}", f"{{#plusieurs {CARET}melange=non}}")),
    pair("T101", ("{#juger voir=une}", f"{{#juger {CARET}voir=suite}}")),
    pair("T101", ("nombre=2", CARET + "nombre=1")),
    pair("T101", (NUMBER, ""), (REFLECTION, f"\n{CARET}{NUMBER}{REFLECTION}")),
    pair("T101", (MULTIPLE, ""), (ORDERING, f"{ORDERING}\n{MULTIPLE}"),
         ("### Dilemme", CARET + "### Dilemme")),
    pair("T101", ("### Sondage : Votre avis", CARET + "### Choix unique : Votre avis"),
         ("- [ ] a) Souvent\n- [ ] b) Parfois\n- [ ] c) Jamais\n",
          "- [x] a) Souvent\n- [ ] b) Parfois\n  > Non.\n- [ ] c) Jamais\n  > Non.\n\n"
          "**Explication :** Oui.\n")),
    # Banks.
    bank_pair("T101", (BANK + "\n", ""), (HERE[1:], HERE), others=("Q110",)),
    Pair("T101", REFERENCE, ("Q110",), CARET + BANK),
    bank_pair("T101", ("#encore", "#autre"), others=("T101",)),
    bank_pair("T103", ("[x] a) Vrai\n  > Oui.\n- [ ]", "[ ] a) Vrai\n  > Oui.\n- [x]"),
              ("- [ ] a)", CARET + "- [ ] a)"), others=("T103",)),
    # Letters.
    pair("T102", ("- [ ] d) Quatre\n  > Non.\n", ""), (MULTIPLE_HEADING, CARET + MULTIPLE_HEADING),
         others=("Q205",)),
    pair("T102", ("- [ ] d) Quatre\n", f"- [ ] d) Quatre\n  > Non.\n{CARET}- [ ] e) Cinq\n")),
    pair("T102", ("- [ ] c) Jamais", CARET + "- [ ] d) Jamais"), others=("T102",)),
    # Keys, numbers, rows, gaps.
    pair("T103", ("- [x] b) Deux", CARET + "- [ ] b) Deux\n  > Non.")),
    pair("T103", ("48 ± 2 h", CARET + "48 ± 3 hours")),
    pair("T103", ("48 ± 2 h", CARET + "47 ± 2 h")),
    pair("T103", ("2. Écouter\n3. Expliquer\n", "2. Écouter\n"),
         ("### Classement", CARET + "### Classement")),
    pair("T103", ("- Pompier -> Charte", CARET + "- Pompier -> Code commun"),
         ("- -> Règlement", "- -> Règlement\n- -> Charte"), others=()),
    pair("T103", ("- -> Règlement\n", ""), ("### Association", CARET + "### Association")),
    pair("T103", ("[[nécessaire]]", "nécessaire"), ("### Texte", CARET + "### Texte")),
    pair("T103", (" ~ visible]]", "]]"), ("### Texte", CARET + "### Texte")),
    # Branches.
    pair("T104", ("- [Parler](#parler)", f"{CARET}- [Parler](#attendre)"),
         ("- [Attendre](#attendre)", "- [Attendre](#parler)"), others=("T104",)),
    pair("T104", ("- [Parler](#parler) {avis=exemplaire}",
                  f"{CARET}- [Parler](#parler) {{avis=defendable}}")),
    pair("T104", ("- [Attendre](#attendre)", "- [Attendre](#attendre)\n- [Fuir](#fuir)"),
         ("\n#### attendre", f"{EXTRA_SCENE}\n#### attendre"),
         ("#### fuir", CARET + "#### fuir"), others=("T104",)),
    pair("T104", ("#### parler", "#### parlons"), ("(#parler)", "(#parlons)"),
         ("(#parler)", "(#parlons)"), ("### Dilemme", CARET + "### Dilemme"),
         others=("T104", "T104", "T104")),
]  # fmt: skip
