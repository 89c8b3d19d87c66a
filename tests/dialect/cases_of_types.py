"""Cases of the types whose answers are rows, texts and gaps; the caret shows the place."""

from __future__ import annotations

from tests.dialect.cases_shared import Case
from tests.dialect.writing import module

ORDERING = """\
### Classement : Les gestes {#gestes}
Dans quel ordre ?
1. Saluer
   > D'abord un regard.
2. Écouter
3. Expliquer

**Explication :** Parce que.
"""
MATCHING = """\
### Association : À chacun {#chacun}
Reliez.
- Policier -> Code commun
- Gendarme -> Code commun
- Pompier -> Charte
  > La leur.
- -> Règlement

**Explication :** Parce que.
"""
NUMBER = """\
### Nombre : Le délai {#delai}
En combien d'heures ?

**Réponse :** 48 ± 2 h

**Explication :** Parce que.
"""
SHORT = """\
### Réponse courte : Le mot {#mot}
Qui conseille ?
- [x] a) Référent déontologue
- [50%] b) Le référent
- [ ] c) Inspection
  > Elle contrôle.

**Explication :** Parce que.
"""
CLOZE = """\
### Texte à trous : La force {#force}
Elle est [[nécessaire]] et [[proportionnée ~ rapide ~ visible]].
Elle [[cesse|prend fin]] avec le trouble.

**Explication :** Parce que.
"""
POLL = """\
### Sondage : Votre avis {#avis}
Qu'en dites-vous ?
- [ ] a) Souvent
- [ ] b) Parfois
- [ ] c) Jamais
"""


def changed(good: str, *changes: tuple[str, str]) -> str:
    """Write a good module around an item with changes in it."""
    for old, new in changes:
        assert old in good, old
        good = good.replace(old, new, 1)
    return module(good)


def ordering(*changes: tuple[str, str]) -> str:
    """Write a good module with changes in its ordering."""
    return changed(ORDERING, *changes)


def matching(*changes: tuple[str, str]) -> str:
    """Write a good module with changes in its matching."""
    return changed(MATCHING, *changes)


def number(*changes: tuple[str, str]) -> str:
    """Write a good module with changes in its number."""
    return changed(NUMBER, *changes)


def short(*changes: tuple[str, str]) -> str:
    """Write a good module with changes in its short answer."""
    return changed(SHORT, *changes)


def cloze(*changes: tuple[str, str]) -> str:
    """Write a good module with changes in its cloze."""
    return changed(CLOZE, *changes)


def poll(*changes: tuple[str, str]) -> str:
    """Write a good module with changes in its poll."""
    return changed(POLL, *changes)


HERE = ("###", "‸###")
ALL_ROWS = "1. Saluer\n   > D'abord un regard.\n2. Écouter\n3. Expliquer\n"
MANY_ROWS = "".join(f"{rank}. Ligne {rank}\n" for rank in range(1, 14))
MANY_DECOYS = "".join(f"- -> Règle {rank}\n" for rank in range(10))
SENTENCES = CLOZE.partition("\n")[2].partition("\n\n")[0]
MANY_GAPS = " ".join(f"[[mot{rank}]]" for rank in range(20)) + " ‸[[de trop]]"
UNEXPLAINED = ("\n**Explication :** Parce que.\n", "")

TYPES = [
    # Ordering.
    Case("Q105", ordering(HERE, ("2. Écouter\n3. Expliquer\n", ""))),
    Case("Q105", ordering(HERE, (ALL_ROWS, MANY_ROWS))),
    Case("Q112", ordering(("1. Saluer\n   > D'abord un regard.\n2.", "‸2."))),
    Case("Q112", ordering(("2. Écouter\n", "2. Écouter\n‸2. Attendre\n"))),
    Case("Q113", ordering(("2. Écouter", "‸2."))),
    Case("Q204", ordering(("2. Écouter", "2. Écouter\n‸3. écouter"), ("3. Exp", "4. Exp"))),
    Case("Q109", ordering(("2. Écouter", "‸2. [x] Écouter"), ("3. Exp", "2. Exp"))),
    Case("Q114", ordering(("2. Écouter\n", "2. Écouter\n‸Et puis.\n"))),
    Case("Q114", ordering(("2. Écouter\n", "2. Écouter\n‸- Attendre\n"))),
    Case("Q206", ordering(("   > D'abord", "‸> D'abord"))),
    Case("Q206", ordering(("2. Écouter", "   ‸2. Écouter"))),
    Case("Q107", ordering(("{#gestes", "{#gestes ‸melange=non"))),
    Case("Q201", ordering(HERE, UNEXPLAINED)),
    Case("R202", ordering(("Parce que.", "Parce que.\n\n‸> [!NOTE]\n> Un mot."))),
    # Matching.
    Case("Q114", matching(("Parce que.", "Parce que.\n\n‸- a -> b"))),
    Case("Q112", matching(("- Policier ->", "‸- Policier -"))),
    Case("Q112", matching(("- Policier ->", "‸- Policier -->"))),
    Case("Q112", matching(("- Policier ->", "‸- Policier =>"))),
    Case("Q112", matching(("- Policier ->", "‸- Policier -> deux ->"))),
    Case("Q112", matching(("- Policier", "‸Policier"))),
    Case("Q112", matching(HERE, ("Charte", "Code commun"), ("- -> Règlement\n", ""))),
    Case(
        "Q112",
        matching(HERE, ("- Gendarme -> Code commun\n- Pompier -> Charte\n  > La leur.\n", "")),
    ),
    Case("Q113", matching(("- Pompier -> Charte", "‸- Pompier ->"))),
    Case("Q204", matching(("- Gendarme", "‸- Policier"))),
    Case("Q204", matching(("- -> Règlement", "‸- -> charte"))),
    Case("Q109", matching(("- Gendarme", "‸- [x] Gendarme"))),
    Case("Q114", matching(("- Pompier", "‸Du texte.\n- Pompier"))),
    Case("Q105", matching(HERE, ("- -> Règlement\n", MANY_DECOYS))),
    Case("Q201", matching(HERE, UNEXPLAINED)),
    # Number.
    Case("Q112", number(HERE, ("**Réponse :** 48 ± 2 h\n\n", ""))),
    Case("Q112", number(("48 ±", "‸quarante ±"))),
    Case("Q112", number(("48 ± 2 h", "‸48 ±± 2 h"))),
    Case("Q112", number(("48 ± 2 h", "‸48 ± h"))),
    Case("Q112", number(("48 ± 2 h", "‸48\n50"))),
    Case("Q114", number(("**Réponse :** 48", "‸**Réponse** 48")), ("Q112",)),
    Case("Q114", number(("48 ± 2 h\n", "48 ± 2 h\n\n‸**Réponse :** 50\n"))),
    Case("Q114", number(("**Réponse :** 48", "‸Réponse : 48")), ("Q112",)),
    Case("Q109", number(("En combien", "‸- [x] a) En combien")), ("Q113",)),
    Case("Q201", number(HERE, UNEXPLAINED)),
    # Short answer.
    Case("Q112", short(HERE, ("[x] a)", "[50%] a)"))),
    Case("Q113", short(("- [50%] b)", "‸- [x] d)\n- [50%] b)"))),
    Case("Q202", short(("- [ ] c) Inspection\n  > Elle contrôle.", "‸- [ ] c) Inspection"))),
    Case("Q204", short(("- [50%] b) Le référent", "‸- [50%] b) REFERENT  deontologue."))),
    Case("Q208", short(("- [50%] b) Le référent", "‸- [50%] Le référent"))),
    Case("Q106", short(("- [50%] b)", "‸- [50%] a)"))),
    Case("Q201", short(HERE, UNEXPLAINED)),
    # Cloze.
    Case("Q112", cloze(HERE, (SENTENCES, "Un texte sans trou."))),
    Case("Q112", cloze(("Elle est [[nécessaire]]", "‸Elle est [[nécessaire]"))),
    Case("Q112", cloze(("Elle est [[nécessaire]]", "‸Elle est [nécessaire]]"))),
    Case("Q112", cloze(("[[nécessaire]]", "‸[[ ]]"))),
    Case("Q112", cloze(("[[cesse|prend fin]]", "‸[[cesse||prend fin]]"))),
    Case("Q112", cloze(("[[cesse|prend fin]]", "‸[[cesse|Cesse]]"))),
    Case("Q112", cloze(("[[proportionnée ~", "‸[[proportionnée ~~"))),
    Case("Q112", cloze(("[[proportionnée ~", "‸[[proportionnée|juste ~"))),
    Case("Q112", cloze(("[[nécessaire]]", "[voir ‸[[nécessaire]] ici](https://x.fr)"))),
    Case("Q112", cloze(("[[nécessaire]]", "‸[[nécessaire]](https://x.fr)"))),
    Case("Q112", cloze(("Elle est [[nécessaire]]", "‸Elle est \ue000 [[nécessaire]]"))),
    Case("Q112", cloze((SENTENCES, MANY_GAPS))),
    Case("Q201", cloze(HERE, UNEXPLAINED)),
    # Poll.
    Case("Q109", poll(("[ ] b)", "‸[x] b)"))),
    Case("Q105", poll(HERE, ("- [ ] b) Parfois\n- [ ] c) Jamais\n", ""))),
    Case("Q204", poll(("- [ ] b) Parfois", "‸- [ ] b) souvent"))),
    Case("Q113", poll(("- [ ] b) Parfois", "‸- [ ] b)"))),
    Case("Q116", module(quiz=f"\n## Évaluation {{#evaluation .evaluation}}\n\n‸{POLL}")),
    Case("Q107", poll(("{#avis", "{#avis ‸points=2"))),
]
