"""Texts written to hold a reader for long, or to make it fall: one list for every test of them.

`PROSE` is rendered as it is, and as the body of a step; `MODULES` are whole modules.
"""

from __future__ import annotations

from tests.dialect.writing import FRONT, QUIZ, SINGLE, STEP, module

LONG_NOISE = [
    "[" * 10_000,
    "![" * 5_000,
    "[a](" * 3_000,
    "[a](b" * 3_000 + ")" * 3_000,
    "[a][b]" * 3_000,
    "*a **b " * 2_000,
    "***a" * 2_000,
    "~~a" * 2_000,
    "`" * 4_000 + "a" + "`" * 3_000,
    "`a``b```c" * 2_000,
    "<a b='" * 3_000,
    "<!--" * 3_000,
    "&" * 10_000,
    "\\" * 10_000,
    "[^1]" * 3_000,
    "|a" * 2_000 + "\n" + "|-" * 2_000,
    "a\n" * 10_000,
    "- a\n" * 5_000,
    "> a\n\n" * 3_000,
    "# a\n" * 3_000,
    "```a\n" * 4_000,
    "[a]: b\n" * 5_000,
    "\t" * 10_000 + "a",
    " " * 10_000 + "a",
    "1. " * 15 + "a",
]
"""Rendered in time, whatever it looks like."""

TOO_HEAVY = ["\\" * 20_001, "a\n" * 20_001, "x_" * 20_001]
TOO_DEEP = ["> " * 500 + "a", "* " * 500 + "a", "- > " * 12 + "a"]

NESTED = [
    "".join(" " * 2 * depth + "- a\n" for depth in range(60)),
    "".join(" " * 4 * depth + "1. a\n" for depth in range(60)),
    "".join("> " * depth + "a\n" for depth in range(1, 19)) * 40,
    "".join("  " * depth + "- a\n" for depth in range(18)) * 100,
    "".join("> " * (depth % 19) + "- a\n" for depth in range(3_000)),
    "- > " * 9 + "```\n" + "a\n" * 3_000,
    "[" * 200 + "a" + "](b)" * 200,
    "![" * 200 + "a" + "](b)" * 200,
    "*" * 300 + "a" + "*" * 300,
    "_" * 300 + "a" + "_" * 300,
    "**a *b " * 500 + "c* d**" * 500,
    "*a _b " * 700 + "_ *" * 700,
    "~~*a " * 900 + "*~~" * 900,
    "(" * 4_000 + "[a](" + "(" * 400 + ")" * 400,
    "[^a]\n\n" + "".join(f"[^{x}]: [^{y}]\n" for x, y in zip("abcdefg", "bcdefga", strict=True)),
    "> [!NOTE]\n" * 2_000,
    "> [!NOTE]\n> " * 18 + "a",
    "<div>" * 4_000 + "</div>" * 4_000,
]
WIDE_TABLE = ("| a " * 1_200 + "|\n") + ("| - " * 1_200 + "|\n") + ("| a " * 1_200 + "|\n") * 12
CALLS = "a[^n]\n" * 3_000 + "\n[^n]: b\n"
NOTES = "".join(f"a[^{n}]\n\n[^{n}]: b\n\n" for n in range(2_500))
LONG_TARGET = f"[a]: https://x.fr/{'b' * 4_900}\n\n" + "[a] " * 1_200 + ("\n" + "[a] " * 1_200) * 4
TWO_LISTS = "1. a\n1) b\n" * 5_000
BOXES = "- [ ] a\n" * 6_000
REPEATED = [
    WIDE_TABLE,
    CALLS,
    NOTES,
    LONG_TARGET,
    TWO_LISTS,
    BOXES,
    "a" * 4_999 + "\n",
    ("a" * 4_999 + "\n") * 39,
    "a " * 2_400 + "\n",
    ("* " * 2_400 + "\n") * 8,
    ("_a" * 2_000 + "\n") * 4,
    "a_" * 2_400,
    "a*" * 2_400,
    "!" * 4_900,
    "~" * 4_900,
    "=" * 4_900 + "\n" + "=" * 4_900,
    "-" * 4_900 + "\n" + "a\n" + "-" * 4_900,
    "#" * 4_900,
    "######### a\n" * 2_000,
    "{#a}" * 1_200,
    "a {#a .b c=d}\n" * 4_000,
    "[[a ~ b]] " * 480,
    "« a » ; b ! c ? d : e % " * 200 + "\n",
    ("« a » ; b ! c ? d : e % " * 180 + "\n") * 40,
    "CSI R. 434-9, art. 432-12 CP ; " * 150,
    ("CSI R. 434-9, art. 432-12 CP ; " * 150 + "\n\n") * 40,
    "https://" * 600,
    "a@b.fr " * 700,
    "&amp;" * 950,
    "&#x41;" * 800,
    "\u0301" * 4_900,
    "a\u0301\u0323" * 1_600,
    "\u202e\u2066" * 2_400,
    "ﬁ" * 4_900,
    "İ" * 4_900,
    "\x02\x03" * 2_400,
    "wzxhzdk:0" * 500,
    "| a | b |\n| --- | --- |\n" + "| a | b |\n" * 6_000,
    "|" * 4_900 + "\n" + "|-" * 2_400,
    "".join(f"[{n}]: https://x.fr/{n}\n" for n in range(5_000)) + "[1]\n" * 2_000,
    "*[HTML]: a\n" * 4_000 + "HTML " * 900,
    "![a](media/a.png)\n\n" * 4_000,
    "[a](#b)\n" * 6_000,
    "---\n\n" * 6_000,
    "- [x] a\n" * 6_000,
    "-\n" * 8_000,
    ">\n" * 8_000,
    "```\na\n```\n" * 5_000,
    "~~~\n" * 8_001,
    "**Indice :** a\n\n" * 5_000,
    "### Choix unik : a\n" * 4_000,
    "### a {#a corps=xx}\n" * 4_000,
    "## a\n" * 6_000,
    "#### a\n" * 6_000,
]
UNBALANCED = [
    "[a](<" * 900,
    "[a](b 'c" * 500,
    '[a](b "' * 600,
    "](" * 2_400,
    "[]" * 2_400,
    "[](" * 1_600,
    "![]()" * 950,
    "[![a](b)](c" * 400,
    "`" + "``" * 2_400,
    "".join("`" * n + "a" for n in range(1, 97)),
    "**" * 1_200 + "a" + "*" * 1_199,
    "<" * 4_900,
    "<a " * 1_600,
    "<!-" * 1_600,
    "<![CDATA[" * 500,
    "<?" * 2_400,
    "{" * 4_900,
    "## a {#" + "b" * 4_900,
    "## a {" + "b=c " * 1_200,
    '## a {b="' + "c" * 4_900,
    "[[" * 2_400,
    "[[a|" * 1_200,
    "> " * 19 + "- " * 2_000,
]
PROSE = [*LONG_NOISE, *TOO_HEAVY, *TOO_DEEP, *NESTED, *REPEATED, *UNBALANCED]


def item(body: str) -> str:
    """Write a module whose one exercise is this."""
    return module(SINGLE.replace("Que faites-vous ?", body))


def true_false(number: int) -> str:
    """Write an item of the fewest signs."""
    return f"### Vrai ou faux : v {{#v{number}}}\nv\n- [x] a) v\n- [ ] b) f\n"


def dilemma(scenes: int) -> str:
    """Write a dilemma that goes through many scenes."""
    links = "".join(f"#### s{n}\nt\n- [c](#s{n + 1})\n" for n in range(scenes))
    return f"### Dilemme : d {{#d}}\nt\n- [c](#s0)\n{links}#### s{scenes}\nt\n\n**Éclairage :** f\n"


def many_steps(count: int = 5_000) -> str:
    """Write a module of so many steps."""
    return FRONT + STEP + "".join(f"\n## a {{#a{n}}}\n\nb\n" for n in range(count)) + QUIZ


def many_items(count: int = 2_900) -> str:
    """Write a step of so many items."""
    return FRONT + STEP + "".join(true_false(n) for n in range(count)) + QUIZ


def many_gaps(count: int = 1_000) -> str:
    """Write a step of so many clozes, of twenty gaps each."""
    return module("".join(CLOZE.format(n) for n in range(count)))


def many_choices(count: int = 10_000) -> str:
    """Write an item of so many choices."""
    return module("### Choix unique : c {#c}\nq\n" + "- [ ] a) b\n" * count)


def many_links(count: int = 8_000) -> str:
    """Write a scene of so many choices."""
    return module("### Dilemme : d {#d}\nt\n" + "- [c](#s)\n" * count + "#### s\nt\n")


CLOZE = "### Texte à trous : c {{#c{}}}\n" + "[[a]] " * 20 + "\n\n"
WEB = "".join(f"#### s{n}\nt\n" + "".join(f"- [c](#s{m})\n" for m in range(60)) for n in range(60))
MANY_GRADED = FRONT + STEP + QUIZ + "".join(true_false(n) for n in range(2_900))
DEEP_STEM = item("- a\n" * 20_000)
DEEP_FRONT = "---\n" + "[" * 4_000 + "\n---\n"
MODULES = [
    many_steps(),
    many_items(),
    MANY_GRADED,
    many_gaps(),
    many_choices(),
    many_links(),
    DEEP_STEM,
    DEEP_FRONT,
    "",
    "\x00" * 100_000,
    "a" * 200_001,
    "a" * 3_000_000,
    "é" * 99_999,
    "\n" * 199_999,
    "---\n" * 40_000,
    "---\n" + "a: b\n" * 20_000 + "---\n",
    "---\n" + "{a: " * 1_200 + "\n---\n",
    "---\na: &a [x]\n" + "".join(f"b{n}: &b{n} [*a, *a]\n" for n in range(2_000)) + "---\n",
    "---\n" + "".join(f"{'- ' * n}a\n" for n in range(1, 90)) + "---\n",
    "---\npublic: [" + "pn, " * 1_200 + "]\n---\n",
    "---\nduree: " + "9" * 4_900 + "\n---\n# a\n",
    FRONT.replace("# Un titre", "# " + "*a " * 1_600) + STEP + QUIZ,
    FRONT.replace("# Un titre", "# " + "[" * 4_900) + STEP + QUIZ,
    FRONT + "".join(f"\n## a {{#a{n}}}\n\nb\n" for n in range(8_000)) + QUIZ,
    FRONT + STEP + "### Vrai ou faux : v {#v}\nv\n- [x] a) v\n- [ ] b) f\n" * 3_000 + QUIZ,
    item("[" * 4_900),
    item("*a " * 1_600),
    item("> " * 500 + "a"),
    module(SINGLE.replace("Parce que.", "[" * 4_900)),
    module(SINGLE.replace("Ceci", "*a " * 1_600)),
    module(SINGLE.replace("Non.", "[" * 4_900)),
    module("### Choix multiple : c {#c}\nq\n" + "- [x] a) b\n  > c\n" * 8_000),
    module("### Classement : c {#c}\nq\n" + "1. a\n" * 12_000),
    module("### Association : c {#c}\nq\n" + "- a -> b\n" * 12_000),
    module("### Association : c {#c}\nq\n- " + "a -> " * 900 + "\n"),
    module("### Nombre : c {#c}\nq\n\n**Réponse :** " + "9" * 4_900 + " ± " + "9" * 90 + "\n"),
    module("### Nombre : c {#c}\nq\n\n**Réponse :** " + "1 " * 2_400 + "\n"),
    module("### Réponse courte : c {#c}\nq\n" + "- [x] a) b\n" * 10_000),
    module("### Texte à trous : c {#c}\n" + ("[[a]] " * 800 + "\n") * 30),
    module("### Texte à trous : c {#c}\n[[" + "a|" * 2_400 + "b]]\n"),
    module("### Texte à trous : c {#c}\n[[" + "a ~ " * 1_200 + "b]]\n"),
    module("### Réflexion : c {#c}\n" + "q\n" * 12_000),
    module("### Sondage : c {#c}\nq\n" + "- [ ] a) b\n" * 12_000),
    module(dilemma(4_000)),
    module(dilemma(4_000).replace("#s1)", "#s0)")),
    module("### Dilemme : d {#d}\nt\n- [c](#s0)\n" + WEB),
    module("### Tirage : t {#t banque=b nombre=" + "9" * 4_000 + "}\n"),
    module("### " + "Choix unique : " * 320 + "\n"),
    module("".join(f"### {'Choixx' * 700} : a {{#a{n}}}\n" for n in range(40))),
    module("".join(f"[a](#id-{n})\n" for n in range(8_000))),
    module("".join(f"## a {{#id-{n} corps=pn,gn,pm,sp,pref}}\n" for n in range(4_000))),
]
"""Whole modules: front matter, items, scenes and steps of no author."""

HEAVIEST = [
    *(module(text + "\n") for text in (WIDE_TABLE, CALLS, NOTES, LONG_TARGET, TWO_LISTS, BOXES)),
    many_steps(),
    many_items(),
    MANY_GRADED,
    many_gaps(),
    many_choices(),
    many_links(),
    DEEP_STEM,
    DEEP_FRONT,
]
"""Those that take the most: of a reader's time, or of the server that shows what it read."""
