"""Check the articles that a text cites against the reference list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from app.dialect.checks.runs import Run
from app.dialect.context import article_key
from app.dialect.labels import fold
from app.dialect.messages import Report

Citation = tuple[int, int, str, str]
CODES = {
    "csi": "CSI", "code de la securite interieure": "CSI",
    "cp": "CP", "code penal": "CP",
    "cpp": "CPP", "code de procedure penale": "CPP",
    "cgfp": "CGFP", "code general de la fonction publique": "CGFP",
    "crpa": "CRPA", "cgct": "CGCT", "csp": "CSP", "cja": "CJA",
    "code de la defense": "code de la défense", "code du travail": "code du travail",
}  # fmt: skip
CODE = (
    r"(?P<code{n}>(?-i:CSI|CPP|CP|CGFP|CRPA|CGCT|CSP|CJA)\b|code\s+p[ée]nal|code\s+du\s+travail"
    r"|code\s+de\s+(?:la\s+d[ée]fense|la\s+s[ée]curit[ée]\s+int[ée]rieure|proc[ée]dure\s+p[ée]nale)"
    r"|code\s+g[ée]n[ée]ral\s+de\s+la\s+fonction\s+publique)"
)
NUMBER = r"(?:[LRDA]\.?\s?\*?\s?)?\d{1,5}(?:-\d{1,4}){0,5}"
AFTER = re.compile(
    CODE.format(n=1) + rf"\s*,?\s*(?:articles?\s+|art\.\s*)?(?P<number1>{NUMBER})", re.IGNORECASE
)
BEFORE = re.compile(
    rf"\b(?:articles?\s+|art\.\s*)(?P<number2>{NUMBER})\s+(?:du\s+)?" + CODE.format(n=2),
    re.IGNORECASE,
)
HINTS = ("CSI", "CP", "CGFP", "CRPA", "CGCT", "CSP", "CJA")
"""What every citation holds, or the word « code »: most texts have none."""
NEXT = re.compile(r"\s*(?:,|et|ou|à)\s+(?P<number>[LRDA]\.?\s?\*?\s?\d{1,5}(?:-\d{1,4}){0,5})")


def check_articles(run: Run, known: frozenset[str], report: Report) -> None:
    """Report the articles that the list does not know."""
    for start, end, code, number in find_articles(run.text):
        if article_key(code, number) not in known and not run.in_code(start):
            cited = " ".join(f"{code} {number}".split())
            report.add("E203", run.span(start, end), article=cited)


def find_articles(text: str) -> tuple[Citation, ...]:
    """List the articles cited: place, code, number."""
    hinted = any(hint in text for hint in HINTS) or "code" in text.casefold()
    return citations(text) if hinted else ()


@lru_cache(maxsize=512)
def citations(text: str) -> tuple[Citation, ...]:
    """List the articles that a text cites: several checks ask for those of the same text."""
    return tuple(read_citations(text))


def read_citations(text: str) -> Iterator[Citation]:
    """Go through the articles cited."""
    for match in BEFORE.finditer(text):
        yield match.start(), match.end(), code_name(match["code2"]), match["number2"]
    for match in AFTER.finditer(text):
        code = code_name(match["code1"])
        yield match.start(), match.end(), code, match["number1"]
        place = match.end()
        while more := NEXT.match(text, place):
            yield more.start("number"), more.end(), code, more["number"]
            place = more.end()


def code_name(written: str) -> str:
    """Give the usual name of a code."""
    return CODES.get(fold(written), written)
