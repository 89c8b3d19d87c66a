"""Every sentence a check may say, in French and English, with its severity.

A key is a code, or a code and a case of it (``S108-braces``): the code alone is shown.
"""

from __future__ import annotations

from app.dialect.sayings.advice import ADVICE
from app.dialect.sayings.editorial import EDITORIAL
from app.dialect.sayings.glossary import GLOSSARY
from app.dialect.sayings.media import MEDIA
from app.dialect.sayings.metadata import METADATA
from app.dialect.sayings.published import PUBLISHED
from app.dialect.sayings.questions import QUESTION
from app.dialect.sayings.saying import Saying
from app.dialect.sayings.structure import STRUCTURE
from app.dialect.sayings.texts import OTHERS
from app.dialect.sayings.translation import TRANSLATION

SAYINGS: dict[str, Saying] = (
    METADATA
    | STRUCTURE
    | QUESTION
    | ADVICE
    | EDITORIAL
    | OTHERS
    | MEDIA
    | GLOSSARY
    | PUBLISHED
    | TRANSLATION
)
