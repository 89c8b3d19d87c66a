"""Nothing harmful survives: hostile texts, rendered and loaded in a browser under our policy."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from playwright.sync_api import Browser

from app.content_security import CONTENT_SECURITY_POLICY
from app.dialect.glossary.marking import marker
from app.dialect.glossary.sections import Spoken
from app.dialect.media.holdings import Holdings
from app.dialect.media.sizes import Pixels
from app.dialect.rendering.prose import Renderer
from tests.dialect.payloads import EVIL, MARKUP, payloads
from tests.pictures import png

pytestmark = pytest.mark.browser
COUNT = int(os.environ.get("PAYLOADS", "5000"))
ON_ONE_PAGE = 500
TOGETHER = 25
"""How many texts stand in one transcript."""
TERMS = marker((Spoken("alerte", ("alert", "script", "Avant")),))
WATCH = """
  window.ran = []
  for (const name of ["alert", "confirm", "prompt", "msgbox"])
    window[name] = () => window.ran.push(name)
  window.reports = []
  addEventListener("securitypolicyviolation", event =>
    window.reports.push(`${event.violatedDirective} ${event.blockedURI}`))
"""
PROVOKE = """async () => {
  const events = ["mouseover", "mouseenter", "focus", "click", "toggle", "load", "error", "begin"]
  document.addEventListener("click", event => event.preventDefault())
  for (const element of document.querySelectorAll("section *"))
    for (const name of events)
      element.dispatchEvent(new Event(name, { bubbles: true, cancelable: true }))
  await new Promise(done => setTimeout(done, 300))
  const found = []
  const banned = "script,style,iframe,object,embed,form,input,base,meta,link,svg,math,template"
  for (const element of document.querySelectorAll("section *")) {
    if (element.matches(banned)) found.push(element.outerHTML)
    for (const { name } of element.attributes)
      if (name.startsWith("on") || ["style", "srcset", "ping", "srcdoc"].includes(name))
        found.push(element.outerHTML)
    const isLink = element.matches("a[href]")
    if (isLink && !["https:", "http:", "mailto:", "tel:"].includes(element.protocol)
        || isLink && element.hash !== element.getAttribute("href")
           && element.host && element.host !== location.host
           && !/^https?:\\/\\/[^/]/.test(element.getAttribute("href")))
      found.push(element.outerHTML)
  }
  return { ran: window.ran, reports: window.reports, found: [...new Set(found)],
           sections: document.querySelectorAll("section").length }
}"""


@dataclass
class Seen:
    """What a browser did with some pages."""

    ran: list[str] = field(default_factory=list)
    reports: list[str] = field(default_factory=list)
    found: list[str] = field(default_factory=list)
    remote: list[str] = field(default_factory=list)
    sections: int = 0


@pytest.fixture(scope="module")
def pages() -> list[str]:
    """Render every text as a step's prose, as a choice and in a transcript, on few pages."""
    texts = payloads(COUNT)
    shown = [f"<section>{render(text)}</section>" for text in texts]
    played = [
        render_film("\n\n".join(texts[start : start + TOGETHER]))
        for start in range(0, len(texts), TOGETHER)
    ]
    return [
        "".join([
            *shown[start : start + ON_ONE_PAGE],
            *played[start // TOGETHER : (start + ON_ONE_PAGE) // TOGETHER],
        ])
        for start in range(0, len(shown), ON_ONE_PAGE)
    ]  # fmt: skip


def render(text: str) -> str:
    """Render a text as the prose of a step, then inside a line."""
    holdings = Holdings(lambda path: f"/{path}", sizes={"media/plan.png": Pixels(4, 3)})
    renderer = Renderer("fr", holdings, terms=TERMS)
    return f"{renderer.page(text)}<label>{renderer.inline(text)}</label>"


def render_film(transcript: str) -> str:
    """Render a player with its transcript."""
    held = {"media/film.transcription.md": transcript}
    holdings = Holdings(lambda path: f"/{path}", ["media/film.webm"], transcripts=held)
    return Renderer("fr", holdings).page("[Un film](media/film.webm)")


@contextmanager
def serving(bodies: list[str], policy: str) -> Iterator[str]:
    """Serve pages by their rank under a policy, and a picture for all the rest."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            name = self.path.strip("/")
            is_page = name.isdecimal() and int(name) < len(bodies)
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8" if is_page else "image/png")
            self.send_header("Cache-Control", "max-age=600")
            if policy:
                self.send_header("Content-Security-Policy", policy)
            self.end_headers()
            body = f"<!doctype html><body>{bodies[int(name)]}".encode() if is_page else png()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def visit(browser: Browser, bodies: list[str], policy: str) -> Seen:
    """Load pages, provoke all that could run, and collect what did."""
    seen = Seen()
    context = browser.new_context()
    context.add_init_script(WATCH)
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    with serving(bodies, policy) as ours:
        for rank in range(len(bodies)):
            page = context.new_page()
            page.goto(f"{ours}{rank}", wait_until="load")
            told = page.evaluate(PROVOKE)
            for name in ("ran", "reports", "found"):
                getattr(seen, name).extend(told[name])
            seen.sections += told["sections"]
            assert page.url == f"{ours}{rank}"
            page.close()
        context.close()
    seen.remote = [url for url in asked if not url.startswith(ours)]
    return seen


def test_nothing_harmful_survives_under_our_policy(browser: Browser, pages: list[str]) -> None:
    seen = visit(browser, pages, CONTENT_SECURITY_POLICY)
    assert seen.sections == COUNT
    assert (seen.ran, seen.found, seen.remote, seen.reports) == ([], [], [], [])


def test_nothing_harmful_survives_without_a_policy(browser: Browser, pages: list[str]) -> None:
    # The renderer alone; a sample, unless the size is asked for.
    seen = visit(browser, pages if "PAYLOADS" in os.environ else pages[::4], "")
    assert seen.sections > 0
    assert (seen.ran, seen.found, seen.remote) == ([], [], [])


def test_the_same_texts_would_have_been_seen(browser: Browser) -> None:
    bodies = ["".join(f"<section>{text}</section>" for text in MARKUP[:8])]
    free = visit(browser, bodies, "")
    assert len(free.ran) > 4
    assert len(free.found) > 5
    assert any(EVIL in url for url in free.remote)
    held = visit(browser, bodies, CONTENT_SECURITY_POLICY)
    assert held.ran == []
    assert len(held.reports) > 4
