"""Colour a text by a TextMate grammar: as much of an editor's engine as the tests need."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

Rule = dict[str, Any]


@dataclass(slots=True)
class Token:
    """A piece of a line, with the names that the grammar gives to it."""

    text: str
    scopes: tuple[str, ...]


@dataclass(slots=True)
class Open:
    """A rule that begins and ends, between the two."""

    rule: Rule
    end: re.Pattern[str]


@dataclass(slots=True)
class Colouring:
    """Goes through the lines of a text."""

    grammar: Rule
    stack: list[Open] = field(default_factory=list)
    is_first: bool = True

    def rules(self, patterns: list[Rule]) -> list[Rule]:
        """List the rules that some patterns stand for; other grammars are left out."""
        found = []
        for pattern in patterns:
            name = pattern.get("include", "")
            if name.startswith("#"):
                found += self.rules([self.grammar["repository"][name[1:]]])
            elif not name:
                found += (
                    self.rules(pattern["patterns"]) if set(pattern) == {"patterns"} else [pattern]
                )
        return found

    def colour(self, line: str) -> list[Token]:
        """Cut a line into tokens; what no rule names has the scopes of what it stands in."""
        tokens: list[Token] = []
        place = 0
        while place <= len(line):
            found = self.next(line, place)
            if found is None:
                break
            match, rule = found
            self.add(tokens, line[place : match.start()], self.scopes())
            if rule is None:
                self.capture(
                    tokens, match, self.stack[-1].rule.get("endCaptures", {}), self.scopes()
                )
                self.stack.pop()
            elif "begin" in rule:
                self.stack.append(Open(rule, re.compile(fill(rule["end"], match))))
                self.capture(tokens, match, rule.get("beginCaptures", {}), self.scopes())
            else:
                name = rule.get("name")
                scopes = (*self.scopes(), *([name] if name else []))
                self.capture(tokens, match, rule.get("captures", {}), scopes)
            place = match.end() if match.end() > match.start() else match.end() + 1
        self.add(tokens, line[place:], self.scopes())
        self.is_first = False
        return tokens

    def next(self, line: str, place: int) -> tuple[re.Match[str], Rule | None] | None:
        """Find the first match: of the end of what is open, else of the first rule that has it."""
        patterns = (
            self.stack[-1].rule.get("patterns", []) if self.stack else self.grammar["patterns"]
        )
        found: list[tuple[int, int, re.Match[str], Rule | None]] = []
        if self.stack and (match := self.stack[-1].end.search(line, place)):
            found.append((match.start(), -1, match, None))
        for rank, rule in enumerate(self.rules(patterns)):
            source = rule.get("match") or rule["begin"]
            match = self.search(source, line, place)
            if match:
                found.append((match.start(), rank, match, rule))
        if not found:
            return None
        _, _, match, first = min(found, key=lambda one: one[:2])
        return match, first

    def search(self, source: str, line: str, place: int) -> re.Match[str] | None:
        """Look for a pattern; the start of the text is that of its first line only."""
        if source.startswith("\\A") and not (self.is_first and place == 0):
            return None
        return re.compile(source).search(line, place)

    def scopes(self) -> tuple[str, ...]:
        """Give the names of what is open."""
        return tuple(one.rule["name"] for one in self.stack if "name" in one.rule)

    def capture(
        self, tokens: list[Token], match: re.Match[str], captures: Rule, scopes: tuple[str, ...]
    ) -> None:
        """Cut a match into its groups."""
        place = match.start()
        for number in sorted(map(int, captures)):
            start, end = match.span(number)
            if start < place:
                continue
            self.add(tokens, match.string[place:start], scopes)
            inner = captures[str(number)]
            text = match.string[start:end]
            if "patterns" in inner and text:
                nested = Colouring({**self.grammar, "patterns": inner["patterns"]}, is_first=False)
                tokens += [Token(one.text, (*scopes, *one.scopes)) for one in nested.colour(text)]
            else:
                self.add(tokens, text, (*scopes, *inner["name"].split()))
            place = end
        self.add(tokens, match.string[place : match.end()], scopes)

    def add(self, tokens: list[Token], text: str, scopes: tuple[str, ...]) -> None:
        """Add a token, if it is not empty."""
        if text:
            tokens.append(Token(text, scopes))


def fill(pattern: str, match: re.Match[str]) -> str:
    """Put what the groups of a match hold in place of their numbers in another pattern."""
    return re.sub(r"\\(\d)", lambda one: re.escape(match[int(one[1])]), pattern)


def colour(grammar: Rule, text: str) -> list[list[Token]]:
    """Give the tokens of each line of a text."""
    colouring = Colouring(grammar)
    return [colouring.colour(line) for line in text.split("\n")]
