"""What a page of ours may load and who may frame it."""

from __future__ import annotations

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "media-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "manifest-src 'self'; frame-src 'self'; frame-ancestors 'none'"
)

FRAMED_BY_SELF = CONTENT_SECURITY_POLICY.replace("frame-ancestors 'none'", "frame-ancestors 'self'")
"""For a preview, which our own pages show in a frame."""


def with_style_nonce(policy: str, nonce: str) -> str:
    """Let a page's own script write the styles that carry this nonce; nothing else may."""
    return policy.replace("style-src 'self'", f"style-src 'self' 'nonce-{nonce}'")
