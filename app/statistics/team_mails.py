"""The weekly mail to supervisors who asked for one: numbers of their own units, and no name."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.campaigns.digests import Fate
from app.campaigns.letters import public_address, render
from app.campaigns.rules import start_of, week_of
from app.campaigns.services.reminding import Letter
from app.campaigns.services.team_mails import write_team_letters
from app.campaigns.stopping import sign_stop
from app.database import write
from app.extensions import db
from app.i18n import force_language
from app.i18n import gettext as _
from app.people.mail_states import MailKind
from app.statistics import names
from app.statistics.standing import Owing
from app.statistics.supervisors import Supervisor, list_supervisors
from app.statistics.team_counts import TeamCounts, count_team, group_by_agent

AT_ONCE = 200
"""How many supervisors are read, then written to, at once."""


@dataclass(frozen=True, slots=True)
class Team:
    """A unit of a supervisor, as the mail tells of it."""

    name: str
    counts: TeamCounts


def write_to_supervisors(*, today: date, now: datetime, is_dry: bool = False) -> Counter[Fate]:
    """Write to every supervisor who asked for it, once a week, and count what became of each."""
    counts: Counter[Fate] = Counter()
    after = 0
    while found := list_supervisors(db.session, today=today, after=after, limit=AT_ONCE):
        after = found[-1].agent_id
        teams = read_teams(found, today)
        fates = {one.agent_id: decide(one, teams[one.agent_id]) for one in found}
        counts.update(fates.values())
        going = [one for one in found if fates[one.agent_id] is Fate.GOES]
        if going and not is_dry:
            letters = [write_letter(one, teams[one.agent_id], today) for one in going]
            written = write(write_team_letters, letters=letters, today=today, now=now)
            counts[Fate.GOES] -= len(going) - written
            counts[Fate.REMINDED] += len(going) - written
    return counts


def decide(supervisor: Supervisor, teams: list[Team]) -> Fate:
    """Tell whether the mail goes, and else the first thing that stands against it."""
    if supervisor.was_written_to:
        return Fate.REMINDED
    if supervisor.is_away:
        return Fate.AWAY
    if not supervisor.has_address:
        return Fate.NO_ADDRESS
    return Fate.GOES if any(team.counts.asked for team in teams) else Fate.QUIET


def read_teams(supervisors: list[Supervisor], today: date) -> dict[int, list[Team]]:
    """Count the people of each supervisor's units, in two statements for all of them."""
    ids = sorted({unit_id for one in supervisors for unit_id in one.unit_ids})
    rows: dict[int, list[Owing]] = {unit_id: [] for unit_id in ids}
    for row in names.list_team(db.session, unit_ids=ids, today=today):
        rows[row.unit_id].append(row)
    named = names.map_unit_names(db.session, ids=ids)
    teams = {
        unit_id: Team(name, count_team(group_by_agent(rows[unit_id], unit_id), today))
        for unit_id, name in named.items()
    }
    return {
        one.agent_id: [team for unit_id, team in teams.items() if unit_id in one.unit_ids]
        for one in supervisors
    }


def write_letter(supervisor: Supervisor, teams: list[Team], today: date) -> Letter:
    """Write the mail of a supervisor, which may be stopped by its link."""
    stop_url = public_address("mails.stop", signature=sign_stop(supervisor.agent_id, MailKind.TEAM))
    with force_language(supervisor.language):
        said = {
            "subject": _("Le point de la semaine sur vos équipes"), "teams": teams,
            "full_name": supervisor.full_name, "language": supervisor.language,
            "stop_url": stop_url, "page_url": public_address("statistics.teams"),
        }  # fmt: skip
        body, html = (render(f"emails/teams.{kind}", said) for kind in ("txt", "html"))
    next_week = start_of(week_of(today) + timedelta(days=7))
    return Letter(supervisor.agent_id, str(said["subject"]), body, html, next_week, stop_url)
