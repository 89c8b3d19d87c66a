"""What is weak in a question, in a sentence that says what to do."""

from __future__ import annotations

from app.i18n import gettext as _
from app.learning.weaknesses import Finding, Weakness
from app.studio.analysed import AnalysedItem


def say_findings(item: AnalysedItem) -> list[str]:
    """Say all that was found in a question, the gravest first."""
    return [say_finding(one, item) for one in item.findings]


def say_finding(finding: Finding, item: AnalysedItem) -> str:
    """Say what was found, and what to do."""
    sentences = {
        Weakness.INVERTED: _(
            "Ceux qui réussissent le reste y échouent plus que les autres. "
            "Vérifiez d’abord la bonne réponse, puis l’énoncé."
        ),
        Weakness.HARD: _(
            "Peu répondent juste. Vérifiez que l’étape à relire enseigne bien ce point, "
            "et que l’énoncé ne demande pas autre chose."
        ),
        Weakness.WEAK: _(
            "La question distingue mal ceux qui savent. "
            "Cherchez ce qui se devine ou se discute : un mot ambigu, une réponse défendable."
        ),
        Weakness.LEFT: _(
            "Beaucoup la laissent sans réponse. "
            "Raccourcissez l’énoncé, ou dites ce qui est demandé."
        ),
        Weakness.EASY: _(
            "Presque tous répondent juste : la question ne distingue rien. "
            "Rendez les mauvaises réponses plus plausibles, ou gardez-la pour ce qu’elle rappelle."
        ),
    }
    return sentences.get(finding.weakness) or say_choice(finding, item)


def say_choice(finding: Finding, item: AnalysedItem) -> str:
    """Say what was found about one choice."""
    choice = item.choice(finding.letter)
    if finding.weakness is Weakness.ATTRACTS_BEST:
        return _(
            "La réponse %(letter)s) « %(text)s », comptée fausse, attire ceux qui réussissent le "
            "reste. Elle se défend peut-être : vérifiez le droit, ou précisez l’énoncé.",
            letter=choice.name, text=choice.text,
        )  # fmt: skip
    return _(
        "Personne ne choisit %(letter)s) « %(text)s ». "
        "Remplacez-la par une erreur que l’on fait vraiment.",
        letter=choice.name, text=choice.text,
    )  # fmt: skip
