"""Every table, so that the metadata is whole whoever asks for it."""

from app.campaigns import models as campaigns
from app.catalogue import models as catalogue
from app.certificates import models as certificates
from app.journal import models as journal
from app.learning import models as learning
from app.people import import_models as imports
from app.people import models as people
from app.statistics import models as statistics
from app.studio import models as studio

__all__ = [
    "campaigns",
    "catalogue",
    "certificates",
    "imports",
    "journal",
    "learning",
    "people",
    "statistics",
    "studio",
]
