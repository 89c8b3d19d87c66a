"""Words of the screens in the reader's language, with French spacing added by us."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from functools import lru_cache
from typing import Any

import flask_babel
from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal
from flask import g, has_request_context, request, session
from flask_babel.speaklater import LazyString
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext

from app.access import find_current_agent
from app.days import PARIS, day_of
from app.markup import words

LANGUAGES = {"fr": "Français", "en": "English"}
PERCENT = re.compile(r" %(?!\()")
"""A percent sign after a space, but not a place to fill, as ``%(name)s``."""
NARROW, WIDE = "\u202f", "\u00a0"


def select_language() -> str:
    """Choose the language: asked for in this browser, the agent's own, the browser's, French."""
    if not has_request_context():
        return "fr"
    if session.get("language") in LANGUAGES:
        return str(session["language"])
    agent = None if g.get("failing") else find_current_agent()
    if agent is not None:
        return agent.language
    return request.accept_languages.best_match(LANGUAGES) or "fr"


SPOKEN: ContextVar[str] = ContextVar("spoken", default="")
"""The language of the request once it is known: a page asks for it some forty times."""


def current_language() -> str:
    """Tell the language of the page being made."""
    known = SPOKEN.get()
    if known:
        return known
    locale = flask_babel.get_locale()
    language = locale.language if locale is not None else "fr"
    if has_request_context():
        SPOKEN.set(language)
    return language


def forget_language(_error: BaseException | None = None) -> None:
    """Forget the language at the end of a request: the next one in this thread has its own."""
    SPOKEN.set("")


@contextmanager
def force_language(language: str) -> Iterator[None]:
    """Speak a language for a while, whoever asks: a mail is in its reader's own."""
    spoken = SPOKEN.set(language)
    try:
        with flask_babel.force_locale(language):
            yield
    finally:
        SPOKEN.reset(spoken)


@lru_cache(maxsize=4096)
def space_french(text: str) -> str:
    """Put the spaces that French wants before high punctuation and inside guillemets."""
    for mark in ";?!":
        text = text.replace(f" {mark}", f"{NARROW}{mark}")
    text = text.replace(" :", f"{WIDE}:")
    text = PERCENT.sub(f"{WIDE}%", text)
    return text.replace("« ", f"«{WIDE}").replace(" »", f"{WIDE}»")


def space(text: str, language: str) -> str:
    """Space a message as its language wants."""
    return space_french(text) if language == "fr" else text


@lru_cache(maxsize=8192)
def translate(message: str, language: str) -> str:
    """Translate a message into the current language, which is named to be remembered by."""
    return space(flask_babel.get_translations().ugettext(message), language)


@lru_cache(maxsize=8192)
def translate_for_page(message: str, language: str) -> str:
    """Translate a message without places for a page: safe, and its ``%%`` read as ``%``."""
    return words(translate(message, language)) % {}


def gettext(message: str, **variables: Any) -> str:
    """Translate a message of the screens."""
    text = translate(message, current_language())
    return text % variables if variables else text


@pass_eval_context
def gettext_in_template(context: EvalContext, message: str, **variables: Any) -> str:
    """Translate a message for a template; in a page, what fills its places is escaped."""
    language = current_language()
    if not context.autoescape:
        return translate(message, language) % variables
    if not variables:
        return translate_for_page(message, language)
    return words(translate(message, language)) % variables


def choose_plural(singular: str, plural: str, num: int) -> str:
    """Translate a message that counts and space it; its places are left to fill (templates)."""
    # French counts nothing as one.
    language = current_language()
    counted = 1 if language == "fr" and num == 0 else num
    return translate_plural(singular, plural, counted, language)


@lru_cache(maxsize=8192)
def translate_plural(singular: str, plural: str, counted: int, language: str) -> str:
    """Translate a message that counts into the current language, named to be remembered by."""
    return space(flask_babel.get_translations().ungettext(singular, plural, counted), language)


def ngettext(singular: str, plural: str, num: int, **variables: Any) -> str:
    """Translate a message that counts; ``%(num)s`` is the number."""
    return choose_plural(singular, plural, num) % ({"num": num} | variables)


def lazy_gettext(message: str, **variables: Any) -> LazyString:
    """Translate a message when it is shown (labels of forms)."""
    return LazyString(gettext, message, **variables)


def show_date(day: date | datetime | None) -> str:
    """Write a day in full, as « 23 novembre 2026 », in Europe/Paris."""
    if day is None:
        return ""
    if isinstance(day, datetime):
        day = day_of(day)
    return write_date(day, current_language())


@lru_cache(maxsize=1024)
def write_date(day: date, language: str) -> str:
    """Write a day in full, in a language: in English as in Europe, like the moments beside it."""
    return mark_first(format_date(day, "d MMMM y", locale=language), language)


def mark_first(written: str, language: str) -> str:
    """Write the first day of a month as French does: « 1er »."""
    return f"1er{written[1:]}" if language == "fr" and written.startswith("1 ") else written


def show_month(day: date) -> str:
    """Write a month and its year, as « juillet 2025 »."""
    return format_date(day, "MMMM y", locale=current_language())


def show_moment(moment: datetime | None) -> str:
    """Write a day and an hour, in Europe/Paris."""
    if moment is None:
        return ""
    language = current_language()
    written = format_datetime(moment, "d MMMM y, HH:mm", tzinfo=PARIS, locale=language)
    return mark_first(written, language)


def show_time(moment: datetime) -> str:
    """Write an hour, as « 14:32 », in Europe/Paris."""
    return f"{moment.astimezone(PARIS):%H:%M}"


def show_number(number: float, digits: int = 0) -> str:
    """Write a number with the separators of the language."""
    return write_number(
        number, "#,##0" + ("." + "#" * digits if digits else ""), current_language()
    )


@lru_cache(maxsize=4096)
def write_number(number: float, pattern: str, language: str) -> str:
    """Write a number by a pattern, in a language."""
    return format_decimal(number, format=pattern, locale=language)


def show_difference(number: float) -> str:
    """Write a difference with its sign and one decimal."""
    return write_number(number, "+0.0;−0.0" if number else "0.0", current_language())


def show_percent(part: int, whole: int) -> str:
    """Write a share with one decimal, or a dash when there is nothing to share."""
    if not whole:
        return "–"
    number = format_decimal(100 * part / whole, format="0.0", locale=current_language())
    return f"{number}{NARROW}%" if current_language() == "fr" else f"{number}%"
