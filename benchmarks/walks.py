"""What the clients do: save answers, take whole attempts, sign in."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from html import unescape
from urllib.parse import urlencode

from benchmarks.connection import Connection
from benchmarks.load import Unit
from benchmarks.world import Visitor

FIELD = re.compile(rb'name="csrf_token"[^>]*value="([^"]+)"')
ITEM = re.compile(rb"/reponses/([\w-]+)")
CHOICE = re.compile(rb'name="choix"[^>]*value="(\w+)"')
FIELDS = re.compile(rb'data-fields="([^"]*)"')
OPTION = re.compile(rb'<option(?: value="([^"]+)")?(?: selected)?>([^<]*)<')
PLAUSIBLE = "12"
"""A text that a number and a word may both be."""
COOKIE = re.compile(rb"\r\nSet-Cookie: (exemplarite=[^;]+)", re.IGNORECASE)


class Sitting:
    """An attempt under way in a client."""

    def __init__(self, connection: Connection, slug: str) -> None:
        self.connection = connection
        opened = connection.post_form(f"/apprendre/{slug}/tentatives", "")
        self.first = opened.location
        self.base = self.first.partition("/questions/")[0]

    def ask(self, number: int) -> tuple[str, list[str]]:
        """Read a question's page; return its item and an answer, the first that comes."""
        return read_question(self.connection.get(f"{self.base}/questions/{number}").body)

    def ask_all(self) -> list[tuple[str, list[str]]]:
        """Read the first question's page, and the others that its script then fetches."""
        self.connection.get(self.first)
        page = self.connection.get(f"{self.base}/questions").body
        return [read_question(part) for part in page.split(b"data-question=")[1:]]

    def save(self, item: str, values: list[str]) -> None:
        """Save an answer, as the page's script does."""
        body = {"token": secrets.token_urlsafe(12), "values": values}
        self.connection.put_json(f"{self.base}/reponses/{item}", body)

    def hand_in(self) -> None:
        """Look over the questions, hand the attempt in and look at the result."""
        self.connection.get(self.base)
        sent = self.connection.post_form(f"{self.base}/remise", "sans_reponse=0")
        self.connection.get(sent.location)


def read_question(page: bytes) -> tuple[str, list[str]]:
    """Read which item a page asks, and an answer to it, the first that comes."""
    item = ITEM.search(page)
    assert item is not None, page[:500]
    return item[1].decode(), first_answer(page)


def first_answer(page: bytes) -> list[str]:
    """Answer a question of any type in the first way that its page offers."""
    fields, choice = FIELDS.search(page), CHOICE.search(page)
    assert fields is not None, page[:500]
    if not fields[1]:
        assert choice is not None, page[:500]
        return [choice[1].decode()]
    names = fields[1].decode().split()
    return [first_value(page, name, rank) for rank, name in enumerate(names, start=1)]


def first_value(page: bytes, name: str, rank: int) -> str:
    """Fill a field in: rows in the order shown, the first choice of a list, else a text."""
    if name.startswith("rang-"):
        return str(rank)
    menu = re.search(rb'<select[^>]*name="%s"[^>]*>(.*?)</select>' % name.encode(), page, re.DOTALL)
    if menu is None:
        return PLAUSIBLE
    offered = (value or text for value, text in OPTION.findall(menu[1]))
    return unescape(next(offered).decode())


def whole_attempt(port: int, slug: str, visitors: list[Visitor], count: int) -> Unit:
    """Take whole attempts of ``count`` questions, each by an agent who has not sat yet.

    What a browser asks for is asked: the first question's page, all questions, each answer, the
    list of them all, handing in, the result.
    """
    turns = iter(visitors)

    def take() -> None:
        connection = Connection(port, next(turns).headers)
        sitting = Sitting(connection, slug)
        asked = sitting.ask_all()
        assert len(asked) == count, len(asked)
        for item, values in asked:
            sitting.save(item, values)
        sitting.hand_in()
        connection.close()

    return take


def page_by_page(port: int, slug: str, visitors: list[Visitor], count: int) -> Unit:
    """Take whole attempts as where questions are not carried along: a page for each."""
    turns = iter(visitors)

    def take() -> None:
        connection = Connection(port, next(turns).headers)
        sitting = Sitting(connection, slug)
        for number in range(1, count + 1):
            sitting.save(*sitting.ask(number))
        sitting.hand_in()
        connection.close()

    return take


def saving(port: int, slug: str, visitor: Visitor, count: int) -> Unit:
    """Open an attempt and save answers to its questions, in turn, again and again."""
    sitting = Sitting(Connection(port, visitor.headers), slug)
    asked = [sitting.ask(number) for number in range(1, count + 1)]
    turns: Iterator[tuple[str, list[str]]] = iter(())

    def save() -> None:
        nonlocal turns
        following = next(turns, None)
        if following is None:
            turns = iter(asked)
            following = next(turns)
        sitting.save(*following)

    sitting.connection.close()
    return save


def inserting(port: int, headers: dict[str, str]) -> Unit:
    """Insert a line in the bare application, again and again."""
    connection = Connection(port, headers)

    def insert() -> None:
        connection.post_form("/", "")

    return insert


def signing_in(port: int, visitors: list[Visitor], password: str) -> Unit:
    """Sign agents in one after another, each from a sign-in page read beforehand."""
    connection = Connection(port, {})
    page = connection.get("/connexion")
    field, cookie = FIELD.search(page.body), COOKIE.search(page.head)
    assert field is not None
    assert cookie is not None
    connection.close()
    connection = Connection(port, {"Cookie": cookie[1].decode()})
    turns = iter(visitors * 100)

    def sign_in() -> None:
        fields = {
            "csrf_token": field[1].decode(),
            "matricule": next(turns).matricule,
            "password": password,
        }
        reply = connection.post_form("/connexion", urlencode(fields))
        assert reply.status in (302, 303), reply.status

    return sign_in
