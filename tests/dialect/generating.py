"""Make modules up, nearly always sound: hypothesis draws what they are made of."""

from __future__ import annotations

import random

from hypothesis import strategies as st

RNG = random.Random(20261125)
WORDS = (
    "un", "mot", "geste", "café", "l'équipe", "**fort**", "*doux*", "`code`", "12", "48 h", "(ici)",
    "« dit »", ":", ";", "-", "+", "#", "*", "_", "a_b", "[lien](https://x.fr)", "https://x.fr/a_b",
    "\\*", "\\#", "&", "<", "é", "œuvre", "1.", "2)", "~~non~~", "e.g.", "—", "…", "100 %", "[sic]",
    "CSI R. 434-9", "![plan](media/plan.png)", "l'on ne sait pas,", "une phrase entière.",
    "{accolade}", "a|b", "\\|", "<b>", "==",
)  # fmt: skip
TOLD = ("Ceci", "Cela", "Autre", "Rien", "Tout", "Parfois", "Jamais", "Souvent", "Encore")
SHAPES = (
    "{0}",
    "{0}\n{1}",
    "- {0}\n- {1}\n  {2}",
    "- {0}\n  - {1}\n  - {2}\n- fin",
    "1. {0}\n2. {1}",
    "> [!NOTE]\n> {0}\n> {1}",
    "> {0}",
    "```\n{0}\n# non\n- [x] non\n```",
    "| {0} | b |\n| --- | :-: |\n| {1} |  |",
    "Une note[^1].\n\n[^1]: {0}",
    "~~~~ texte\n{0}\n\n```\n~~~~",
    "    du code {0}",
    "Fin  \n{0}\\\n{1}",
)


def line() -> str:
    """Put some words together."""
    return " ".join(RNG.choice(WORDS) for _ in range(RNG.randint(1, 8)))


def sentence() -> str:
    """Put some words together that begin nothing but a sentence."""
    return f"{RNG.choice(TOLD)} {line()}"


def text(shapes: tuple[str, ...]) -> str:
    """Put some blocks together."""
    count = RNG.randint(1, 3)
    return "\n\n".join(
        RNG.choice(shapes).format(sentence(), sentence(), sentence()) for _ in range(count)
    )


# Pools, so that hypothesis draws a few numbers for a module and not thousands of letters.
LINES = st.sampled_from([line() for _ in range(300)])
TITLES = st.sampled_from([sentence().replace("{accolade}", "") for _ in range(200)])
SENTENCES = st.sampled_from([sentence() for _ in range(300)])
TEXTS = st.sampled_from([text(SHAPES) for _ in range(300)])
PLAIN = st.sampled_from([text(("{0}", "> {0}", SHAPES[7])) for _ in range(100)])
"""Texts without lists, whose items would be answers."""
OPTIONS = st.tuples(
    st.sampled_from(["", "points=3"]),
    st.sampled_from(["", "voir=une"]),
    st.sampled_from(["", 'erratum="une raison"', "ancien=vieux,autre"]),
)
EXPLAINED = st.sampled_from(
    ["**Explication :** Ah.\n\n", "**Explanation**:\n", "**explication:**\n\n"]
)


def heading(label: str, title: str, name: str, *options: str) -> str:
    """Write the heading of an item."""
    braces = " ".join([f"#{name}", *filter(None, options)])
    return f"### {label} : {title} {{{braces}}}"


@st.composite
def ticked(draw: st.DrawFn, name: str, *, gradable: bool) -> str:
    """Write an item whose answers are ticked."""
    labels = ["Choix unique", "Multiple choice", "vrai  ou FAUX", "Réponse courte"]
    label = draw(st.sampled_from(labels if gradable else [*labels, "Sondage"]))
    count = 2 if label.startswith("vrai") else draw(st.integers(2, 5))
    right = 99 if label == "Sondage" else draw(st.integers(0, count - 1))
    lines = []
    for rank, word in enumerate(draw(st.permutations(TOLD))[:count]):
        partial = rank != right and label in ("Choix unique", "Réponse courte")
        mark = "x" if rank == right else draw(st.sampled_from([" ", "50%" if partial else " "]))
        more = "" if label == "Réponse courte" else draw(TITLES)
        start = draw(st.sampled_from(["-", "*", "+", "-  "[:2]]))
        lines.append(f"{start} [{mark}] {chr(97 + rank)}) {word} {more}".rstrip())
        if label != "Réponse courte" and draw(st.booleans()):
            lines.append(f"  {draw(SENTENCES)}")
        if draw(st.booleans()):
            lines += [f"   > {one}".rstrip() for one in draw(TEXTS).split("\n")]
    options = draw(OPTIONS) if label != "Sondage" else ("melange=non",)
    body = "\n".join(lines)
    return f"{heading(label, draw(TITLES), name, *options)}\n{draw(TEXTS)}\n\n{body}"


@st.composite
def rows(draw: st.DrawFn, name: str) -> str:
    """Write an ordering or a matching."""
    label = draw(st.sampled_from(["Association", "Ordering"]))
    lines = []
    count = draw(st.integers(2, 6))
    for rank, word in enumerate(draw(st.permutations(TOLD))[:count], start=1):
        more = draw(st.sampled_from(["", " **fort**", " [a](https://x.fr)"]))
        arrow = draw(st.sampled_from(["->", "→"]))
        pair = f"- {word}{more} {arrow} Droite {rank % 2}"
        lines.append(pair if label == "Association" else f"{rank}. {word}{more}")
        if draw(st.booleans()):
            lines.append(f"   {draw(st.sampled_from(TOLD))} encore")
        if draw(st.booleans()):
            lines.append(f"   > {draw(SENTENCES)}")
    if label == "Association" and draw(st.booleans()):
        lines.append("- -> Leurre")
    body = "\n".join(lines)
    return f"{heading(label, draw(TITLES), name, *draw(OPTIONS))}\n{draw(PLAIN)}\n\n{body}"


@st.composite
def typed(draw: st.DrawFn, name: str, *, gradable: bool) -> str:
    """Write a number, a cloze or a reflection."""
    labels = ["Nombre", "Texte à trous"]
    label = draw(st.sampled_from(labels if gradable else [*labels, "Réflexion"]))
    first = heading(label, draw(TITLES), name, *draw(OPTIONS))
    if label == "Nombre":
        answer = draw(st.sampled_from(["48", "48 ± 2 h", "-3,5", "1 500 €", "0,25 ± 0,05"]))
        return f"{first}\n{draw(TEXTS)}\n\n**Réponse :** {answer}"
    if label == "Réflexion":
        return f"{first}\n{draw(TEXTS)}"
    gap = draw(st.sampled_from(["[[mot]]", "[[mot|terme]]", "[[bon ~ faux ~ non]]"]))
    return f"{first}\nAvant {gap} après.\n{draw(SENTENCES)}"


@st.composite
def story(draw: st.DrawFn, name: str) -> str:
    """Write a dilemma that goes down from scene to scene."""
    depth = draw(st.integers(1, 4))
    pieces = [f"{heading('Dilemme', draw(TITLES), name)}\n{draw(PLAIN)}"]
    for rank in range(depth):
        opinion = draw(st.sampled_from(["", " {avis=exemplaire}", " {avis=a-eviter}"]))
        pieces.append(f"- [Parler {rank}](#{name}-{rank}){opinion}\n- [Fin](#{name}-{depth - 1})")
        if draw(st.booleans()) and rank == 0:
            pieces.append(f"**Références :** {draw(SENTENCES)}")
        pieces.append(f"#### {name}-{rank}\n{draw(PLAIN)}")
    return "\n\n".join([*pieces, f"**Éclairage :** Bien.\n\n{draw(TEXTS)}"])


@st.composite
def item(draw: st.DrawFn, name: str, *, gradable: bool = False) -> str:
    """Write an item of any type."""
    kinds = [ticked(name, gradable=gradable), rows(name), typed(name, gradable=gradable)]
    if not gradable and draw(st.integers(0, 3)) == 0:
        return draw(story(name))
    written = [draw(st.one_of(kinds))]
    written += [f"**Indice :** {rank} {draw(LINES)}" for rank in range(draw(st.integers(0, 2)))]
    written.append(draw(EXPLAINED) + draw(TEXTS))
    if draw(st.booleans()):
        written.append("**Compétences :** probite")
    return "\n\n".join(written)


@st.composite
def modules(draw: st.DrawFn) -> dict[str, str]:
    """Write a module and its bank."""
    level = draw(st.sampled_from(["fondamental", '"on : off"', '"12:30"']))
    public = draw(st.sampled_from(["tous", "[pn, gn]"]))
    body = [
        f"---\nduree: 15\npublic: {public}\ncompetences: [probite]\nniveau: {level}\n---\n"
        f"# {draw(TITLES)}"
    ]
    if draw(st.booleans()):
        body.append(draw(TEXTS))
    for rank in range(draw(st.integers(1, 3))):
        name = "une" if rank == 0 else f"etape-{rank} corps=pn,gn"
        body.append(f"## {draw(TITLES)} {{#{name}}}\n\n> [!EXEMPLE]\n> {draw(SENTENCES)}")
        for place in range(draw(st.integers(0, 3))):
            body.append(draw(st.one_of(
                TEXTS.map(lambda words: f"---\n\n{words}"),
                item(f"q-{rank}-{place}"),
                TITLES.map(lambda title: f"### Pour {title} {{corps=pn}}\n\nTexte."),
                TITLES.map(lambda title: f"### Titre {title}\n\nTexte.\n\n#### Bas #\n\nFin."),
            )))  # fmt: skip
    body.append("## Évaluation {#evaluation .evaluation}")
    body.append(draw(item("note", gradable=True)))
    body.append("### Tirage : Au sort {#sort banque=banque nombre=1}")
    bank = draw(item("banque-un", gradable=True))
    return {"module.md": "\n\n".join(body) + "\n", "banques/banque.md": bank + "\n"}
