"""Cases of what a slip of the hand leaves in prose, lists, quotes and series."""

from __future__ import annotations

from tests.dialect.cases_of_types import MATCHING, POLL
from tests.dialect.cases_shared import Case
from tests.dialect.writing import BANK, FRONT, QUIZ, SINGLE, module

CALLOUT = "> [!NOTE]\n> Une note\n> sur deux lignes.\n"
LIST = "- un\n- deux\n- trois\n"
TABLE = "| a | b |\n| --- | --- |\n| c | d |\n"
SERIES = "".join(
    f"### Votre texte {{corps={corps}}}\n\nPour {corps}.\n\n" for corps in ("pn", "gn", "pm")
)
WIDE = FRONT.replace("[pn, gn]", "[pn, gn, pm, sp]")
DRAW = "\n### Tirage : Au sort {#sort banque=banque nombre=1}\n"


def prose(text: str) -> str:
    """Write a good module around a piece of prose."""
    return module(text)


LONE = [
    Case("R204", prose("Un *mot*‸* fort.\n")),
    Case("R204", prose("Un ‸**mot* fort.\n")),
    Case("R204", prose("Un mot‸* fort.\n")),
    Case("R204", prose("Un ‸_mot fort.\n")),
    Case("R204", prose("Un ‸~~mot fort.\n")),
    Case("R204", prose("Un ‸`mot fort.\n")),
    Case("R204", prose("- un **mot**\n- un ‸**mot\n- fort**\n"), ("R204",)),
    Case("R204", prose("Un ‸[mot fort.\n")),
    Case("R204", prose("Un mot‸] fort.\n")),
    Case("R204", prose("Un ‸[[mot](https://x.fr) fort.\n")),
    Case("R204", prose("Un [mot‸]((https://x.fr) fort.\n")),
    Case("R204", prose("Un [mot‸](https://x.fr fort.\n")),
    Case("R204", prose("Un [mot‸]https://x.fr) fort.\n")),
    Case("R204", prose("- ‸[Parler\n- Se taire](https://x.fr)\n"), ("R204",)),
    Case("R204", prose("**Mot :** ‸[a |\n- b ] c\n"), ("R204",)),
    Case("R204", prose("‸**Mot {#un :** deux }} trois.\n")),
    Case("R204", prose("*Vérifié,\nété 2025.*‸*\n")),
    Case("R204", module(SINGLE.replace("Parce que.", "Parce ‸*que.")), ()),
]
LISTS = [
    Case("R206", prose(LIST.replace("- deux", "‸deux"))),
    Case("R206", prose(LIST.replace("- deux", " ‸deux"))),
    Case("R206", prose(LIST.replace("- deux", "‸-- deux"))),
    Case("R206", prose(LIST.replace("- un", "‸-- un"))),
    Case("R206", prose("- un\n      ‸- deux\n- trois\n")),
    Case("R206", prose("1. un\n‸suite\n2. deux\n")),
    Case("R207", prose(LIST.replace("- deux", "  ‸- deux"))),
    Case("R207", prose(LIST.replace("- trois", "    ‸- trois"))),
    Case("R207", prose(LIST.replace("- deux", "\t‸- deux"))),
    Case("R207", module(SINGLE.replace("Parce que.", "Parce que :\n\n- un\n  ‸- deux\n- trois"))),
]
REPEATS = [
    Case("R205", prose("Une phrase.\n‸Une phrase.\n")),
    Case("R205", prose(LIST.replace("- deux", "- deux\n‸- deux"))),
    Case("R205", prose("### Un titre\n\n‸### Un titre\n\nTexte.\n")),
    Case("R205", prose("Une phrase.\n\n---\n‸---\n\nUne autre.\n")),
    Case("R203", prose(TABLE.replace("| c |", "‸| --- | --- |\n| c |"))),
    Case("R203", prose("‸" + TABLE.replace("| ---", "    | ---", 1))),
]
QUOTES = [
    Case("R208", prose(CALLOUT.replace("> sur", "‸>> sur"))),
    Case("R208", prose(CALLOUT.replace("> sur", "    ‸> sur"))),
    Case("R208", prose("‸>> Une citation.\n")),
    Case("R208", prose(CALLOUT + "‸Du texte.\n")),
    Case("R208", prose("  > Une note\n‸> sur deux lignes.\n")),
    Case("R208", module(SINGLE.replace("  > Non.", "  ‸>> Non."))),
]
SERIES_CASES = [
    Case("S203", module("‸" + SERIES, front=WIDE)),
    Case("Q209", module("### Un {corps=pn}\n\nTexte.\n\n‸#### Deux {corps=gn}\n\nTexte.\n")),
    Case("Q210", module("‸" + SINGLE.replace("b) Cela", "c) Cela"))),
    Case("Q210", module("‸" + POLL.replace("- [ ] a) Souvent\n", ""))),
    Case("Q114", module(quiz=QUIZ + DRAW + "‸Un texte perdu.\n"), (), {"banque": BANK}),
    Case("Q112", module(MATCHING.replace("- Gendarme", " ‸Gendarme"))),
    Case("Q112", module(MATCHING.replace("- -> Règlement", " ‸-> Règlement"))),
]
TRACES = [*LONE, *LISTS, *REPEATS, *QUOTES, *SERIES_CASES]
"""What was silent once: most of what a lost or doubled mark does to prose."""

HARMLESS = [
    "Un * entre deux, 5 * 3, et a_b_c, snake_case.\n",
    "Un \\*mot et un \\[mot, `*`, `[`, `code ** non`.\n",
    "Voir https://x.fr/a_b*c et <https://x.fr/*>.\n",
    "***Très* fort** et **très *fort***.\n",
    "Un [lien](https://x.fr/a_(b)) et ![plan](media/plan.png).\n",
    "*Une phrase\nsur deux lignes* et **une\nautre**.\n",
    "[sic] et [1] et [x].\n",
    "- un\n  suite\n- deux\n\n  un paragraphe\n- trois\n\nFin.\n",
    "- un\n  - a\n  - b\n- deux\n",
    "1. un\n   - a\n   - b\n2. deux\n",
    "Une phrase qui finit par\n115. La suite n'est pas une liste.\n",
    "- un\n> Une citation.\n",
    "| a | b |\n| --- | --- |\n| c | d |\n| c | e |\n",
    "> Une citation.\n>\n> > Une autre, dedans.\n",
    "> Une citation.\n\nDu texte.\n",
    "--- ou --\n",
    "```\n**\n[\n- x\n- x\n```\n",
    "Une note[^1].\n\n[^1]: La *note*.\n",
    "**Attention :** un mot.\n",
    "### Un titre {corps=pn}\n\nTexte.\n\n### Un titre {corps=gn}\n\nTexte.\n",
]
