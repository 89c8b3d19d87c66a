"""A small module for the tests of learning, compiled from its source as the shipped ones are."""

from __future__ import annotations

from functools import lru_cache

from sqlalchemy.orm import Session

from app.catalogue.differences import Kind
from app.catalogue.services import publish
from app.database import utc_now
from app.dialect.compiled import CompiledModule
from app.dialect.context import Context
from app.dialect.reading import Reading, read_files

SLUG = "cafe-offert"

MODULE = """\
---
duree: 20
public: tous
competences: [probite]
---
# Le café offert

Un module pour apprendre à dire non.

## Comprendre {#comprendre}
Un geste banal crée une **dette invisible**.

> [!EXEMPLE]
> Elle paie son café et sourit.

### Choix unique : Le café {#cafe}
Le gérant refuse que vous payiez.
- [ ] a) Vous acceptez
  > CANARI-RETOUR L'habitude crée une attente.
- [x] b) Vous payez
  > Vous restez libre.
- [ ] c) Vous changez de bar
  > Le message n'est pas passé.

**Indice :** Que penserait la cliente d'à côté ?

**Explication :** CANARI-EXPLICATION La répétition compte.

**Références :** CSI R. 434-9

### Réflexion : Et chez vous ? {#chez-vous}
Pensez à une situation vécue.

## Rendre compte {#rendre-compte corps=pn,gn}
Police et gendarmerie rendent compte à leur hiérarchie.

## En situation {#situation}
Voici une histoire.

### Dilemme : La vidéo {#video}
Un collègue diffuse une vidéo moqueuse.
- [Lui en parler](#en-prive) {avis=defendable}
- [Prévenir la hiérarchie](#hierarchie) {avis=exemplaire}

#### en-prive
Il la retire, mais deux autres l'ont transmise.
- [En rester là](#silence) {avis=a-eviter}
- [Rendre compte](#hierarchie) {avis=exemplaire}

#### hierarchie
La diffusion s'arrête.

**Éclairage :** CANARI-HIERARCHIE Rendre compte protège.

#### silence
La vidéo circule encore.

**Éclairage :** CANARI-SILENCE L'effet ne protège personne.

### Choix multiple : Les signaux {#signaux}
Lesquels doivent alerter ?
- [x] a) Le cadeau se répète
- [ ] b) On vous dit bonjour
- [x] c) On vous demande un service
- [ ] d) On vous demande son chemin

**Explication :** Ce qu'on n'ose pas dire mérite d'être dit.

## Évaluation {#evaluation .evaluation}

### Vrai ou faux : Le principe {#principe voir=comprendre}
Un cadeau partagé reste un cadeau.
- [x] a) Vrai
- [ ] b) Faux
  > CANARI-QUIZ Le partage ne l'efface pas.

**Explication :** CANARI-CLE Le partage répartit l'avantage.

### Tirage : Cas {#cas banque=cas nombre=3}

## Fiche réflexe {#reflexe .reflexe}
Dire, décliner, se retirer.
"""

BANK = """\
### Choix unique : Cas un {#cas-un voir=comprendre}
Le premier cas.
- [x] a) Bonne réponse un
- [ ] b) Autre réponse un
- [ ] c) Encore une autre un

**Explication :** CANARI-BANQUE un.

### Choix multiple : Cas deux {#cas-deux points=2 voir=situation}
Le deuxième cas.
- [x] a) Bonne deux
- [ ] b) Fausse deux
- [x] c) Autre bonne deux
- [ ] d) Autre fausse deux

**Explication :** CANARI-BANQUE deux.

### Choix unique : Cas trois {#cas-trois voir=rendre-compte corps=pn,gn}
Le troisième cas.
- [ ] a) Fausse trois
- [x] b) Bonne trois

**Explication :** CANARI-BANQUE trois.

### Choix unique : Cas quatre {#cas-quatre voir=situation}
Le quatrième cas.
- [ ] a) Fausse quatre
- [50%] b) Presque quatre
- [x] c) Bonne quatre

**Explication :** CANARI-BANQUE quatre.

### Choix unique : Cas cinq {#cas-cinq voir=situation}
Le cinquième cas.
- [ ] a) Fausse cinq
- [x] b) Bonne cinq

**Explication :** CANARI-BANQUE cinq.
"""

KEY = {
    "principe": ["a"], "cas-un": ["a"], "cas-deux": ["a", "c"], "cas-trois": ["b"],
    "cas-quatre": ["c"], "cas-cinq": ["b"],
}  # fmt: skip
"""The right choices of the graded items."""


def read_module(text: str = MODULE, bank: str = BANK, **translations: str) -> Reading:
    """Read a module; ``translations`` are its texts by language."""
    files = {"module.md": text.encode(), "banques/cas.md": bank.encode()}
    for language, translated in translations.items():
        files[f"module.{language}.md"] = translated.encode()
        files[f"banques/cas.{language}.md"] = bank.encode()
    return read_files(files, slug=SLUG, context=Context())


@lru_cache
def compiled() -> CompiledModule:
    """Give the module in French."""
    reading = read_module()
    assert "fr" in reading.modules, reading.messages
    return reading.modules["fr"]


def publish_module(
    session: Session, text: str = MODULE, kind: Kind | None = None, **translations: str
) -> int:
    """Publish a version of the module and return its id, committed."""
    reading = read_module(text, **translations)
    assert not reading.has_errors, reading.messages
    version_id = publish(session, reading, author_id=None, now=utc_now(), kind=kind).version_id
    session.commit()
    return version_id
