"""Drafts are reviewed by somebody else, then published as what was approved."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access import Role
from app.catalogue import services as catalogue
from app.catalogue.models import Module, ModuleVersion
from app.database import utc_now
from app.journal.models import JournalEntry
from app.people import personal_data
from app.people.models import Agent
from app.studio.anchors import find_line
from app.studio.draft_states import DraftState
from app.studio.models import Draft, DraftComment, DraftReview
from app.studio.queries.impact import count_completed, count_under_way
from app.studio.services.drafts import open_version
from tests.catalogue.texts import BANK, MODULE, lay, read
from tests.factories import Factories
from tests.pages import parse
from tests.record_rows import completion, enrolment
from tests.signing_in import sign_in
from tests.studio.drafting import SLUG, Desk, put, token_of

EDITED = MODULE.replace("Le cœur du métier", "Le sens du métier")


@dataclass
class Team:
    """A trainer, a reviewer and a trainer who reviews too, at work on one draft."""

    app: Flask
    session: Session
    desk: Desk
    agents: dict[str, Agent]
    clients: dict[str, FlaskClient] = field(default_factory=dict)

    def client(self, who: str) -> FlaskClient:
        """Give the browser of one of them."""
        if who not in self.clients:
            self.clients[who] = sign_in(self.app, self.agents[who])
        return self.clients[who]

    def act(self, who: str, rest: str, **data: str) -> str:
        """Send a form of the draft's pages, with what its page holds; return what is then shown."""
        client, page = self.client(who), self.desk.address()
        shown = client.get(page).text
        held = dict(re.findall(r'name="(sha256|version_id)"[^>]*value="([^"]*)"', shown))
        sent = held | {"csrf_token": token_of(client, page)} | data
        response = client.post(self.desk.address(rest), data=sent, follow_redirects=True)
        text = response.text.replace("\u00a0", " ").replace("\u202f", " ")
        return text.replace("&#39;", "’")

    def review(self, decision: str = "approved", **data: str) -> str:
        """Ask for a review, and have the reviewer decide."""
        self.act("trainer", "/relecture")
        return self.act("reviewer", "/decision", decision=decision, **data)

    def publish(self, who: str = "reviewer", **data: str) -> str:
        """Publish as the page proposes it."""
        client, address = self.client(who), self.desk.address("/publication")
        page = client.get(address)
        if page.status_code != 200:
            return client.get(page.headers["Location"]).text
        held = dict(re.findall(r'name="(csrf_token|sha256)"[^>]*value="([^"]*)"', page.text))
        kind = re.search(r'<option selected value="(\w+)"', page.text)
        held |= {"kind": kind[1]} if kind else {}
        return client.post(address, data=held | data, follow_redirects=True).text

    def state(self) -> str:
        """Read where the draft is."""
        self.session.rollback()
        return self.session.get_one(Draft, self.desk.id).state

    def versions(self) -> list[ModuleVersion]:
        """List the publications of the module."""
        self.session.rollback()
        return list(self.session.scalars(select(ModuleVersion).order_by(ModuleVersion.number)))


def make_team(app: Flask, session: Session, factories: Factories, desk: Desk) -> Team:
    agents = {
        "trainer": session.get_one(Agent, desk.agent_id),
        "reviewer": factories.agent(Role.REVIEWER, given_name="Noé", family_name="Petit"),
        "both": factories.agent(Role.TRAINER, Role.REVIEWER),
    }
    session.commit()
    return Team(app, session, desk, agents)


@pytest.fixture
def team(app: Flask, session: Session, factories: Factories, trainer: Agent) -> Team:
    return make_team(app, session, factories, Desk(session, trainer.id))


@pytest.fixture
def second(app: Flask, session: Session, factories: Factories, trainer: Agent) -> Team:
    """Give a team that changes a module that is published."""
    done = catalogue.publish(session, read(), author_id=None, now=utc_now())
    desk = Desk.__new__(Desk)
    desk.session, desk.agent_id = session, trainer.id
    desk.clock = utc_now() - timedelta(hours=1)
    desk.id = open_version(session, done.version_id, agent_id=trainer.id, now=desk.clock)
    session.commit()
    return make_team(app, session, factories, desk)


def test_a_draft_is_published_once_somebody_else_approved_it(team: Team) -> None:
    assert "Approuvé tel qu’il est par Noé Petit" in team.review(note="Clair.")
    assert "est publiée" in team.publish(notes="Première")
    (version,) = team.versions()
    assert version.author_id == team.agents["trainer"].id
    assert version.reviewer_id == team.agents["reviewer"].id
    assert version.sources == {"module.md": MODULE, "banques/cas.md": BANK}
    draft = team.session.get_one(Draft, team.desk.id)
    assert (draft.state, draft.version_id) == (DraftState.PUBLISHED, version.id)
    told = team.session.execute(select(JournalEntry.action, JournalEntry.actor_id)).all()
    reviewer = team.agents["reviewer"].id
    assert ("module_published", reviewer) in told
    assert ("draft_reviewed", reviewer) in told
    page = team.client("reviewer").get(f"/formateur/modules/{SLUG}").text
    assert "Noé Petit" in page


def test_who_wrote_in_a_draft_neither_approves_nor_publishes_it(team: Team) -> None:
    team.desk.save(EDITED, 1, agent_id=team.agents["both"].id)
    team.act("trainer", "/relecture")
    assert "une autre personne doit le relire" in team.act("both", "/decision", decision="approved")
    assert team.session.scalars(select(DraftReview)).all() == []
    team.act("reviewer", "/decision", decision="approved")
    assert "Vous avez écrit dans ce brouillon" in team.publish("both")
    assert team.versions() == []


def test_even_a_text_kept_aside_makes_an_author(team: Team) -> None:
    team.desk.save(EDITED, 1)
    assert team.desk.save("# Autre\n", 1, agent_id=team.agents["both"].id).is_aside
    team.act("trainer", "/relecture")
    assert "une autre personne" in team.act("both", "/decision", decision="approved")


def test_a_trainer_alone_does_not_decide(team: Team) -> None:
    team.act("trainer", "/relecture")
    client = team.client("trainer")
    data = {"csrf_token": token_of(client, team.desk.address()), "decision": "approved"}
    assert client.post(team.desk.address("/decision"), data=data).status_code == 404
    assert client.get(team.desk.address("/publication")).status_code == 404


def test_a_draft_that_changed_is_approved_again(team: Team) -> None:
    team.review()
    team.desk.save(EDITED, 1)
    assert "à approuver à nouveau" in team.client("reviewer").get(team.desk.address()).text
    assert "pas été approuvé" in team.publish()
    assert team.versions() == []
    team.act("reviewer", "/decision", decision="approved")
    team.publish()
    assert [version.sources["module.md"] for version in team.versions()] == [EDITED]


def test_what_was_decided_on_an_older_text_is_refused(team: Team) -> None:
    team.act("trainer", "/relecture")
    shown = team.act("reviewer", "/decision", decision="approved", sha256="0" * 64)
    assert "a changé depuis" in shown
    assert team.session.scalars(select(DraftReview)).all() == []


def test_changes_asked_hand_the_draft_back(team: Team) -> None:
    shown = team.review("changes", note="Trop long.")
    assert "Trop long." in shown
    assert team.state() == DraftState.WRITING
    refused = team.act("reviewer", "/decision", decision="approved", sha256="0" * 64)
    assert "Personne ne demande la relecture" in refused


def test_what_changes_and_for_whom_is_said_before(second: Team, factories: Factories) -> None:
    published = second.versions()[0]
    learner, graduate = factories.agent(), factories.agent()
    enrolment(factories, learner, published)
    completion(factories, graduate, published)
    second.session.commit()
    assert count_under_way(second.session, SLUG) == [(1, 1)]
    assert count_completed(second.session, SLUG) == 1
    second.desk.save(EDITED, 1)
    second.review()
    page = second.client("reviewer").get(second.desk.address("/publication")).text
    assert "Texte modifié" in page
    assert "1 agent est en cours sur la version 1" in page.replace("\u00a0", " ")
    assert '<option selected value="editorial">' in page
    second.publish()
    assert [version.kind for version in second.versions()] == ["substantial", "editorial"]


def test_a_draft_with_errors_is_not_said_to_change_nothing(second: Team) -> None:
    second.desk.save(MODULE + "\n## Encore {#encore}\n\nVoir [là](#nulle-part).\n", 1)
    page = second.client("reviewer").get(second.desk.address()).text
    assert "Les erreurs empêchent de dire tout ce qui change" in page
    assert "Aucun changement dans ce que voient" not in page


def test_a_changed_key_is_an_erratum(second: Team) -> None:
    other = BANK.replace("[x] a) Merci", "[ ] a) Merci").replace("[ ] b) Rien", "[x] b) Rien")
    second.desk.save(other, 1, "banques/cas.md")
    second.review()
    assert "bonne réponse change" in second.client("reviewer").get(second.desk.address()).text
    assert "publiez cette version comme un erratum" in second.publish(kind="editorial")
    second.publish()
    assert [version.kind for version in second.versions()] == ["substantial", "erratum"]


def test_a_publication_made_meanwhile_is_seen_before_it_is_replaced(second: Team) -> None:
    second.desk.save(EDITED, 1)
    second.review()
    files = read(MODULE.replace("dette invisible", "dette cachée"))
    newer = catalogue.publish(second.session, files, author_id=None, now=utc_now())
    second.session.commit()
    page = second.client("trainer").get(second.desk.address()).text
    assert "a été publiée depuis le début de ce brouillon" in page
    assert "Une version plus récente a été publiée" in second.publish().replace("\u00a0", " ")
    assert len(second.versions()) == 2
    shown = second.act("trainer", "/suite")
    assert "est à relire" in shown.replace("il est à relire", "est à relire")
    second.review()
    second.publish()
    assert len(second.versions()) == 3
    draft = second.session.get_one(Draft, second.desk.id)
    assert draft.base_version_id == newer.version_id


def test_an_older_text_comes_back_as_a_new_version(second: Team) -> None:
    second.desk.save(EDITED, 1)
    second.review()
    second.publish()
    module = f"/formateur/modules/{SLUG}"
    client = second.client("trainer")
    data = {"csrf_token": token_of(client, second.desk.address())}
    page = client.get(module).text
    assert "Revenir à ce texte" in page
    response = client.post(f"{module}/versions/1/brouillon", data=data)
    second.desk.id = int(response.headers["Location"].rsplit("/", 1)[-1])
    second.review()
    second.publish()
    versions = second.versions()
    assert [version.number for version in versions] == [1, 2, 3]
    assert versions[2].sha256 == versions[0].sha256


def test_a_draft_with_errors_is_not_approved(team: Team) -> None:
    team.desk.save(MODULE.replace("[x] b) Vous payez", "[ ] b) Vous payez"), 1)
    assert "ne peut être ni approuvé ni publié" in team.act("trainer", "/relecture")
    page = team.client("reviewer").get(team.desk.address()).text
    assert "ne peut être ni approuvé ni publié" in page
    assert "Approuver tel quel" not in page
    assert "voyez plus bas pourquoi" in team.act("reviewer", "/decision", decision="approved")
    assert team.session.scalars(select(DraftReview)).all() == []
    said = team.act("reviewer", "/decision", decision="changes", note="À revoir.")
    assert "revient à ses auteurs" in said


def test_a_draft_approved_before_an_error_was_seen_is_refused(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.studio.views.reviews.check_ready", lambda draft, sha256: None)
    team.desk.save(MODULE.replace("[x] b) Vous payez", "[ ] b) Vous payez"), 1)
    team.review()
    assert "une erreur à corriger" in team.publish().replace("\u00a0", " ")
    assert team.versions() == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("{#gerant}", "{#tenancier}", "a disparu"),
        ("- [ ] a) ", "- [ ] ", "Un avertissement empêche de publier"),
    ],
)
def test_both_are_told_what_would_stop_the_publication(
    second: Team, old: str, new: str, told: str
) -> None:
    text, path = (MODULE, "module.md") if old in MODULE else (BANK, "banques/cas.md")
    assert old in text
    second.desk.save(text.replace(old, new, 1), 1, path=path)
    assert told in second.act("trainer", "/relecture")
    assert told in second.act("reviewer", "/decision", decision="approved")
    assert second.session.scalars(select(DraftReview)).all() == []


def test_a_corps_without_a_quiz_is_told_before_the_review(team: Team) -> None:
    mine = MODULE.replace("{#regle", "{#regle corps=pn").replace("{#tirage", "{#tirage corps=pn")
    team.desk.save(mine, 1)
    assert "n’a pas d’évaluation notée" in team.act("trainer", "/relecture")


def test_nobody_approves_what_nobody_had_time_to_check(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(content: object) -> None:
        return None

    team.act("trainer", "/relecture")
    monkeypatch.setattr("app.studio.views.reviews.try_to_read", busy)
    team.act("reviewer", "/decision", decision="approved")
    assert team.session.scalars(select(DraftReview)).all() == []


def test_who_approved_may_still_hand_the_draft_back(team: Team) -> None:
    assert "Demander des modifications" in team.review()
    said = team.act("reviewer", "/decision", decision="changes", note="À revoir.")
    assert "revient à ses auteurs" in said
    assert "pas été approuvé tel qu" in team.publish()


def test_a_draft_is_not_handed_back_without_a_word(team: Team) -> None:
    team.act("trainer", "/relecture")
    assert "ce qui est à changer" in team.act("reviewer", "/decision", decision="changes", note=" ")
    assert team.session.scalars(select(DraftReview)).all() == []


def test_a_remark_in_the_text_says_what_to_change(team: Team) -> None:
    team.act("trainer", "/relecture")
    team.act("reviewer", "/relecture/module.md?ligne=3", remark="Plus court.")
    said = team.act("reviewer", "/decision", decision="changes")
    assert "revient à ses auteurs" in said


def test_a_draft_keeps_its_title_while_its_text_is_broken(second: Team) -> None:
    title = "Le café offert"
    second.desk.save("# Rien\n\n### Choix unik : Un {#un}\n", 1)
    page = second.client("trainer").get(second.desk.address()).text
    assert f"<h1>{title}" in page


def test_a_refused_decision_keeps_the_word_to_the_authors(team: Team) -> None:
    word = "Le deuxième cas est le meilleur."
    team.act("trainer", "/relecture")
    assert word in team.act("reviewer", "/decision", decision="changes", note=word, sha256="0")
    assert word in team.act("reviewer", "/decision", decision="maybe", note=word)
    assert "caractères" in team.act("reviewer", "/decision", decision="changes", note="x" * 2001)
    team.review("changes", note="À revoir.")
    assert word in team.act("reviewer", "/decision", decision="changes", note=word)


def test_what_was_approved_waits_to_be_published(team: Team) -> None:
    home = team.client("reviewer")
    team.review()
    assert "il reste à le publier" in home.get("/formateur/").text.replace("\u00a0", " ")
    row = team.desk.row()
    team.desk.save(EDITED, row.number, now=utc_now() + timedelta(seconds=1))
    assert "une relecture est demandée" in home.get("/formateur/").text.replace("\u00a0", " ")


def test_who_publishes_what_changed_meanwhile_keeps_their_sentence(team: Team) -> None:
    team.review()
    team.desk.save(EDITED, 1)
    shown = team.act("reviewer", "/publication", notes="Le cœur du métier.")
    assert "n’a pas été approuvé tel qu’il est" in shown
    assert "Le cœur du métier." in shown


def test_a_refused_remark_is_shown_again(team: Team) -> None:
    word = "Quel quartier, au juste ?"
    assert word in team.act("reviewer", "/relecture/module.md?ligne=99999", remark=word)
    team.act("trainer", "/abandon")
    assert word in team.act("reviewer", "/relecture/module.md?ligne=3", remark=word)


def test_what_changed_since_the_publication_is_marked_line_by_line(second: Team) -> None:
    desk, client = second.desk, second.client("reviewer")
    reread = desk.address("/relecture/module.md")
    assert "Ce texte est celui de la version" in client.get(reread).text
    assert "modifié depuis" not in client.get(desk.address()).text
    desk.save(MODULE.replace("Le quartier, seulement.", "La brigade."), 1)
    page = parse(client.get(reread))
    line = MODULE.split("\n").index("Le quartier, seulement.") + 1
    assert page.xpath("//li[.//ins]/@id") == [f"ligne-{line}"]
    assert f"#ligne-{line}" in page.xpath("//details[@open]//td/a/@href")
    assert "modifié depuis" in client.get(desk.address()).text


def test_a_new_module_has_nothing_to_be_compared_with(team: Team) -> None:
    page = team.client("reviewer").get(team.desk.address("/relecture/module.md")).text
    assert "depuis la version" not in page
    assert "<ins" not in page


def test_a_remark_follows_its_line(team: Team) -> None:
    line = MODULE.split("\n").index("Le quartier, seulement.") + 1
    address = f"/relecture/module.md?ligne={line}"
    client = team.client("reviewer")
    assert "Ajouter la remarque" in client.get(team.desk.address(address)).text
    team.act("reviewer", f"/relecture/module.md?ligne={line}", remark="Quel quartier ?")
    team.desk.save(f"# Avant\n\n{MODULE}", 1)
    page = client.get(team.desk.address("/relecture/module.md")).text
    moved = page.index(f'id="ligne-{line + 2}"')
    assert moved < page.index("Quel quartier ?") < page.index(f'id="ligne-{line + 3}"')
    assert "1 remarque à traiter" in client.get(team.desk.address()).text.replace("\u00a0", " ")
    team.desk.save(MODULE.replace("Le quartier, seulement.", "La brigade."), 2)
    page = client.get(team.desk.address("/relecture/module.md")).text
    assert "Remarques sur des lignes qui ont changé" in page
    comment = team.session.scalars(select(DraftComment)).one()
    team.act("trainer", f"/remarques/{comment.id}")
    team.session.rollback()
    assert comment.resolved_by_id == team.desk.agent_id
    assert "remarque à traiter" not in client.get(team.desk.address()).text


@pytest.mark.parametrize("values", [{"remark": ""}, {"remark": "x" * 2_001}])
def test_a_malformed_remark_is_shown_again(team: Team, values: dict[str, str]) -> None:
    assert "field__error" in team.act("reviewer", "/relecture/module.md?ligne=3", **values)


def test_a_remark_on_no_line_is_refused(team: Team) -> None:
    for line in ("0", "99999", "x"):
        team.act("reviewer", f"/relecture/module.md?ligne={line}", remark="Où ?")
    assert team.session.scalars(select(DraftComment)).all() == []


@pytest.mark.parametrize(
    ("lines", "line", "found"),
    [(["a", "b"], 2, 2), (["a", "x", "b"], 2, 3), (["b", "a", "b"], 2, 1), (["a"], 1, None)],
)
def test_a_quote_is_found_nearest_to_where_it_stood(
    lines: list[str], line: int, found: int | None
) -> None:
    assert find_line(lines, "b", line) == found


def test_files_that_changed_are_shown_beside_the_draft(second: Team, content: Path) -> None:
    client = second.client("trainer")
    lay(content)
    assert "Ce qui change dans les fichiers" not in client.get(second.desk.address()).text
    lay(content, text=EDITED)
    assert "Ce qui change dans les fichiers" in client.get(second.desk.address()).text


def test_a_reviewer_takes_a_module_out_of_the_catalogue_and_brings_it_back(second: Team) -> None:
    address, client = f"/formateur/modules/{SLUG}/catalogue", second.client("reviewer")
    assert second.client("trainer").get(address).status_code == 404
    for action, is_retired in (("retire", True), ("restore", False)):
        page = client.get(address).text
        assert f'name="action" value="{action}"' in page
        data: dict[str, Any] = {"csrf_token": token_of(client, address), "action": action}
        for _time in ("once", "again, by a second press"):
            assert client.post(address, data=data).status_code == 302
        second.session.rollback()
        retired_at = second.session.scalars(select(Module.retired_at)).one()
        assert (retired_at is not None) is is_retired


def test_a_script_cannot_decide_by_saving(team: Team) -> None:
    team.review()
    reply = put(
        team.client("trainer"), team.desk.address("/fichiers/module.md"), text=EDITED, base=1
    )
    assert reply.status_code == 200
    assert team.state() == DraftState.IN_REVIEW
    assert "pas été approuvé" in team.publish()


def test_what_an_agent_wrote_is_given_and_their_remarks_are_erased(team: Team) -> None:
    team.act("reviewer", "/relecture/module.md?ligne=3", remark="Un mot.")
    team.review("changes", note="À revoir.")
    trainer, reviewer = team.agents["trainer"].id, team.agents["reviewer"].id
    team.session.rollback()
    given = personal_data.export_everything(team.session, reviewer)["studio"]
    assert [one["text"] for one in given["remarks"]] == ["Un mot."]
    assert [one["note"] for one in given["reviews"]] == ["À revoir."]
    written = personal_data.export_everything(team.session, trainer)["studio"]
    assert [one["module"] for one in written["drafts"]] == [given["remarks"][0]["module"]]
    assert [one["path"] for one in written["revisions"]] == ["banques/cas.md", "module.md"]
    personal_data.erase_everything(team.session, reviewer)
    team.session.commit()
    assert team.session.scalars(select(DraftComment.text)).all() == [""]
    assert "(effacé)" in team.client("trainer").get(team.desk.address("/relecture/module.md")).text


def waiting_for(client: FlaskClient) -> str:
    """Read the list of what waits for the agent of a page."""
    page = client.get("/formateur/brouillons").text.replace("\u00a0", " ")
    found = re.search(r'id="attente".*?</ul>', page, re.DOTALL)
    return found[0] if found else ""


def test_each_is_told_what_waits_for_them(team: Team) -> None:
    assert waiting_for(team.client("trainer")) == ""
    team.act("trainer", "/relecture")
    assert "une relecture est demandée" in waiting_for(team.client("reviewer"))
    assert waiting_for(team.client("trainer")) == ""
    team.act("reviewer", "/relecture/module.md?ligne=3", remark="Un mot.")
    team.act("reviewer", "/decision", decision="changes")
    told = waiting_for(team.client("trainer"))
    assert "des modifications sont demandées" in told
    assert "1 remarque à traiter" in told
    assert waiting_for(team.client("reviewer")) == ""
