"""An agent in front of the pages, without JavaScript: links and plain forms only."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from flask.testing import FlaskClient
from lxml import html  # type: ignore[import-untyped]
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests.learning.modules import KEY, SLUG

HOME = f"/apprendre/{SLUG}"


class Reader:
    """Reads pages, follows redirects, fills forms in."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client
        self.page: Any = None
        self.response: TestResponse

    def get(self, url: str, status: int = 200) -> Any:
        return self.see(self.client.get(url), status)

    def see(self, response: TestResponse, status: int = 200) -> Any:
        seen = 0
        while response.status_code in {302, 303} and seen < 5:
            response = self.client.get(response.location)
            seen += 1
        assert response.status_code == status, (response.status_code, response.text[:500])
        self.response = response
        self.page = html.fromstring(response.text)
        return self.page

    def send(self, form_action: str, status: int = 200, **fields: Any) -> Any:
        """Submit the form of the page whose action ends so, with these fields filled in."""
        form = next(
            f
            for f in self.page.forms
            if (f.get("action") or "").split("#")[0].endswith(form_action)
        )
        hidden = {
            i.get("name"): i.get("value") for i in form.iter("input") if i.get("type") == "hidden"
        }
        url = form.get("action").split("#")[0]
        return self.see(self.client.post(url, data=hidden | fields), status)

    def all(self, path: str) -> list[Any]:
        """List the elements of the page that an XPath finds."""
        return list(self.page.xpath(path))

    @property
    def text(self) -> str:
        return " ".join(self.page.find(".//main").text_content().split())

    @property
    def title(self) -> str:
        return " ".join(self.page.find(".//h1").text_content().split())

    @property
    def path(self) -> str:
        return self.response.request.path


def count(session: Session, model: Any) -> int:
    session.commit()
    return session.scalar(sa.select(sa.func.count()).select_from(model)) or 0


def walk_steps(reader: Reader) -> None:
    """Read the module up to its quiz."""
    reader.get(f"/modules/{SLUG}")
    reader.send("/inscription")
    reader.send("/etapes/comprendre")
    reader.send("/etapes/rendre-compte")
    reader.send("/exercices/video", choix="2")
    reader.send("/etapes/situation")


def answer_quiz(reader: Reader, wrong: bool = False) -> None:
    reader.send("/tentatives")
    while "question" in reader.path:
        action = next(
            f.get("action") for f in reader.page.forms if "/reponses/" in f.get("action", "")
        )
        item_id = action.rsplit("/", 1)[1]
        right = KEY[item_id]
        choice = ("b" if "a" in right else "a") if wrong else right
        reader.send(f"/reponses/{item_id}", choix=choice)


def put(reader: Reader, attempt: int, item: str, **content: Any) -> TestResponse:
    return reader.client.put(f"{HOME}/tentatives/{attempt}/reponses/{item}", json=content)
