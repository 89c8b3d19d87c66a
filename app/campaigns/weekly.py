"""The weekly reminders: written in batches of agents, each agent's once, whatever cuts a run."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime

from app.campaigns.audience import Moment
from app.campaigns.digests import Debtor, Fate, decide
from app.campaigns.letters import Titles, write_weekly
from app.campaigns.nightly import list_spans
from app.campaigns.queries.digests import list_debtors
from app.campaigns.rules import week_of
from app.campaigns.services.reminding import note_week, write_letters
from app.catalogue.queries import list_offered
from app.database import write
from app.extensions import db
from app.i18n import LANGUAGES

SPAN = 2_000
"""How many ids of agents are read, then written, at once."""


def remind_all(*, today: date, now: datetime, is_dry: bool = False) -> Counter[Fate]:
    """Write to everyone to whom a reminder is due this week, and count what became of each.

    Again in the same week it writes to nobody twice. A dry run writes nothing.
    """
    counts: Counter[Fate] = Counter()
    titles = map_titles()
    for first, last in list_spans(SPAN):
        debtors = list_debtors(db.session, Moment(today, now, first, last))
        going = [one for one in debtors if decide(one, today) is Fate.GOES]
        counts.update(decide(one, today) for one in debtors)
        if going and not is_dry:
            written = write_to(going, titles, today=today, now=now)
            # Whom another run, or a supervisor, wrote to meanwhile, and who stopped it.
            counts[Fate.GOES] -= len(going) - written
            counts[Fate.REMINDED] += len(going) - written
    if counts[Fate.GOES] and not is_dry:
        write(note_week, week_on=week_of(today), letters=counts[Fate.GOES])
    return counts


def write_to(going: list[Debtor], titles: Titles, *, today: date, now: datetime) -> int:
    """Write to these agents, and count the letters."""
    letters = [write_weekly(one, titles, today) for one in going]
    return write(write_letters, letters=letters, actor_id=None, today=today, now=now)


def map_titles() -> Titles:
    """Map the modules offered to their titles, in each language."""
    offered = list_offered(db.session)
    return {code: {one.slug: one.title(code) for one in offered} for code in LANGUAGES}
