"""Gather what waits for the agent who looks: each line leads to the place where it is done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from flask import url_for

from app.access import Role, current_agent
from app.catalogue.editions import REFERENCE_LANGUAGE
from app.catalogue.library import load, open_edition
from app.catalogue.queries import list_references
from app.database import utc_now
from app.days import day_of
from app.dialect.context import article_key
from app.extensions import db
from app.i18n import current_language, ngettext, show_date
from app.i18n import gettext as _
from app.learning.analysing import smallest_group
from app.learning.queries.analyses import list_analyses
from app.learning.services.analyses import read_items
from app.studio.analysed import analyse_items
from app.studio.attention import Attention, attention_of
from app.studio.queries import Published, list_latest
from app.studio.queries.drafts import DraftRow
from app.studio.queries.waiting import list_waiting
from app.studio.tasks import Horizon, Task, TaskKind, in_order
from app.studio.views.errata import tasks_of_errata
from app.studio.wording import say_language
from app.studio.wording_analysed import say_findings

MOST_QUESTIONS = 3
"""Weak questions told for one module; its analysis has them all."""
MOST_ARTICLES = 3


def tasks_of_drafts(drafts: Sequence[DraftRow], titles: Mapping[str, str]) -> list[Task]:
    """List what waits in the drafts."""
    agent = current_agent()
    waiting = list_waiting(db.session, agent.id)
    found: list[Task] = []
    for one in drafts:
        title = titles.get(one.slug, one.slug)
        place = url_for("studio.draft_work", draft_id=one.id) + "#relecture"
        if one.id in waiting.to_review and agent.has(Role.REVIEWER):
            what = (
                _("approuvé tel qu’il est : il reste à le publier")
                if one.id in waiting.to_publish
                else _("une relecture est demandée : lisez, puis approuvez ou dites ce qui manque")
            )
            found.append(Task(TaskKind.REVIEW, title, what, place))
        if one.id in waiting.to_change:
            what = _(
                "des modifications sont demandées : reprenez le texte, puis redemandez une"
                " relecture"
            )
            found.append(Task(TaskKind.CHANGES, title, what, place))
        if one.id in waiting.remarked:
            what = ngettext(
                "%(num)s remarque à traiter", "%(num)s remarques à traiter",
                len(waiting.remarked[one.id]),
            )  # fmt: skip
            first = remark_url(one.id, *waiting.remarked[one.id][0])
            found.append(Task(TaskKind.REMARKS, title, what, first))
    return in_order(found)


def remark_url(draft_id: int, path: str, comment_id: int) -> str:
    """Give the address of a remark."""
    page = url_for("studio.reread", draft_id=draft_id, path=path)
    return f"{page}#remarque-{comment_id}"


def tasks_of_modules(drafts: Sequence[DraftRow]) -> tuple[list[Task], Horizon | None]:
    """List what published modules ask for, and the next day on which one is to be read again."""
    latest = list_latest(db.session)
    offered = [one for one in latest if one.retired_at is None]
    unverified = list_unverified()
    opened = {one.slug: one.id for one in drafts}
    found = list(tasks_of_errata(latest))
    ahead: list[Horizon] = []
    for one in offered:
        asked = attention_to(one, unverified)
        found += tasks_of_module(asked, opened.get(one.slug))
        if asked.review_on is not None and not asked.is_overdue:
            ahead.append(Horizon(asked.title, asked.review_on))
    found += weak_questions(offered)
    return in_order(found), min(ahead, key=lambda one: one.day, default=None)


def list_unverified() -> dict[str, str]:
    """Map the articles that the reference list gives to verify to their names."""
    return {
        article_key(one.code, one.title.removeprefix(one.code).strip()): one.title
        for one in list_references(db.session, current_language())
        if one.status != "verifie"
    }


def attention_to(published: Published, unverified: Mapping[str, str]) -> Attention:
    """Say what a published module asks for."""
    reference = open_edition(db.session, published.version_id, REFERENCE_LANGUAGE)
    others = (one for one in reference.languages if one != reference.language)
    translations = tuple(open_edition(db.session, published.version_id, one) for one in others)
    today = day_of(utc_now())
    return attention_of(reference, translations, today, unverified)


def tasks_of_module(asked: Attention, draft_id: int | None) -> Iterator[Task]:
    """List what the texts of a module ask for."""
    page = url_for("studio.module", slug=asked.slug)
    if asked.is_overdue and asked.review_on:
        what = _(
            "à relire depuis le %(day)s : relisez, puis changez « a_revoir_le »",
            day=show_date(asked.review_on),
        )
        yield Task(TaskKind.OVERDUE, asked.title, what, page)
    for language, count in asked.stale.items():
        yield Task(
            TaskKind.TRANSLATION,
            asked.title,
            say_stale(language, count),
            translation_url(asked.slug, language, draft_id),
        )
    if asked.articles:
        yield Task(
            TaskKind.ARTICLES,
            asked.title,
            say_articles(asked.articles),
            url_for("catalogue.references", module=asked.slug),
        )
    elif asked.is_unsure:
        what = _("se dit à vérifier : vérifiez, puis changez « statut_source »")
        yield Task(TaskKind.ARTICLES, asked.title, what, page)


def say_stale(language: str, count: int) -> str:
    """Say how much of a translation is behind."""
    if not count:
        return _(
            "traduction (%(language)s) relue avant le français : relisez-la côte à côte",
            language=say_language(language),
        )
    return ngettext(
        "traduction (%(language)s) : %(num)s partie à mettre à jour",
        "traduction (%(language)s) : %(num)s parties à mettre à jour",
        count,
        language=say_language(language),
    )


def translation_url(slug: str, language: str, draft_id: int | None) -> str:
    """Give the address where a translation is worked on, or from which a draft is opened."""
    if draft_id is None:
        return url_for("studio.module", slug=slug)
    return url_for("studio.translation", draft_id=draft_id, path=f"module.{language}.md")


def say_articles(articles: Sequence[str]) -> str:
    """Name the articles to verify."""
    named = ", ".join(articles[:MOST_ARTICLES]) + ("…" if len(articles) > MOST_ARTICLES else "")
    return ngettext(
        "%(num)s article cité est à vérifier : %(named)s",
        "%(num)s articles cités sont à vérifier : %(named)s",
        len(articles),
        named=named,
    )


def weak_questions(offered: Sequence[Published]) -> Iterator[Task]:
    """List the weakest questions of the published versions, as last analysed."""
    least, versions = smallest_group(), {one.version_id: one for one in offered}
    for kept in list_analyses(db.session, version_ids=list(versions)):
        one = versions[kept.version_id]
        module = load(db.session, one.version_id, current_language())
        weak = [item for item in analyse_items(module, read_items(kept), least=least)
                if item.findings]  # fmt: skip
        page = url_for("studio.analysis", slug=one.slug, number=one.number)
        for item in weak[:MOST_QUESTIONS]:
            what = _(
                "« %(question)s » : %(sentence)s", question=item.title,
                sentence=say_findings(item)[0],
            )  # fmt: skip
            yield Task(TaskKind.QUESTION, module.title, what, f"{page}#question-{item.id}")
        if len(weak) > MOST_QUESTIONS:
            more = len(weak) - MOST_QUESTIONS
            what = ngettext(
                "et %(num)s autre question à revoir", "et %(num)s autres questions à revoir", more
            )
            yield Task(TaskKind.QUESTION, module.title, what, f"{page}#questions")
