"""Write reminders: what is owed, in its reader's language, as text and as HTML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from flask import current_app

from app.campaigns.digests import Debtor, Owed
from app.campaigns.rules import start_of, week_of
from app.campaigns.services.reminding import Letter
from app.campaigns.stopping import sign_stop
from app.i18n import force_language, ngettext

Titles = Mapping[str, Mapping[str, str]]
"""The titles of modules by language, then by slug."""
LASTS = timedelta(days=7)
"""How long a reminder that somebody asked for may wait for the server."""


@dataclass(frozen=True, slots=True)
class Line:
    """A module in a reminder."""

    title: str
    due_on: date
    is_late: bool
    url: str


def public_address(endpoint: str, **values: Any) -> str:
    """Give the address of a page as people type it, with or without a request at hand."""
    path = current_app.url_map.bind("localhost").build(endpoint, values)
    return str(current_app.config["PUBLIC_URL"].rstrip("/") + path)


def write_weekly(debtor: Debtor, titles: Titles, today: date) -> Letter:
    """Write the weekly reminder, which may be stopped by its link."""
    stop_url = public_address("mails.stop", signature=sign_stop(debtor.agent_id))
    next_week = start_of(week_of(today) + timedelta(days=7))
    return write_letter(debtor, titles, today, expires_at=next_week, stop_url=stop_url)


def write_asked(
    debtor: Debtor, titles: Titles, sender: str, *, today: date, now: datetime
) -> Letter:
    """Write the reminder that somebody asked for: ``sender`` is ``supervisor`` or ``hr``."""
    return write_letter(debtor, titles, today, expires_at=now + LASTS, sender=sender)


def make_lines(owed: Sequence[Owed], titles: Mapping[str, str], today: date) -> list[Line]:
    """Say each module that is offered: what is late comes first."""
    return [
        Line(
            titles[one.slug], one.due_on, one.is_late(today),
            public_address("learning.resume", slug=one.slug),
        )
        for one in sorted(owed, key=lambda one: one.due_on)
        if one.slug in titles
    ]  # fmt: skip


def write_letter(
    debtor: Debtor,
    titles: Titles,
    today: date,
    *,
    expires_at: datetime,
    stop_url: str = "",
    sender: str = "",
) -> Letter:
    """Write a reminder; without ``stop_url`` it is one that its ``sender`` asked for."""
    lines = make_lines(debtor.owed, titles[debtor.language], today)
    with force_language(debtor.language):
        subject = ngettext("Un module vous attend", "%(num)s modules vous attendent", len(lines))
        said = {
            "subject": subject, "full_name": debtor.full_name, "lines": lines,
            "language": debtor.language, "stop_url": stop_url, "sender": sender,
        }  # fmt: skip
        body, html = (render(f"emails/reminder.{kind}", said) for kind in ("txt", "html"))
    return Letter(debtor.agent_id, subject, body, html, expires_at, stop_url)


def render(template: str, said: dict[str, Any]) -> str:
    """Render a mail without what pages share: it has no menu, and often no request."""
    return current_app.jinja_env.get_template(template).render(said)
