"""Read an answered page: its words, its links, its forms."""

from __future__ import annotations

from typing import Any

import lxml.html
from werkzeug.test import TestResponse


def parse(response: TestResponse) -> Any:
    """Parse the HTML of an answer."""
    return lxml.html.document_fromstring(response.get_data(as_text=True))


def words(response: TestResponse) -> str:
    """Give the words of a page's main part, one plain space between them."""
    (main,) = parse(response).xpath("//main")
    return " ".join(main.text_content().replace("\u00a0", " ").replace("\u202f", " ").split())


def token(response: TestResponse) -> str:
    """Give the anti-forgery token of a page's forms."""
    return str(parse(response).xpath("//input[@name='csrf_token']/@value")[0])


def default_act(response: TestResponse, url: str) -> str | None:
    """Give what Enter in a field of a form does: its first button."""
    (form,) = parse(response).xpath("//main//form[@action=$url]", url=url)
    value: str | None = form.xpath(".//button")[0].get("value")
    return value


def focused(response: TestResponse) -> str:
    """Give the words of what takes the focus when the page opens, or nothing."""
    return " ".join(parse(response).xpath("string(//*[@autofocus])").split())
