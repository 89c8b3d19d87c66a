"""Pages of certificates: one's own, the public verification, the revocation."""

from app.certificates.views import own, revocation, verification
from app.certificates.views.blueprint import bp

__all__ = ["bp", "own", "revocation", "verification"]
