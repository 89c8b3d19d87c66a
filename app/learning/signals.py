"""What learning tells the features above it, in its own transaction."""

from __future__ import annotations

from blinker import Signal

completed = Signal()
"""Sent as ``completed.send(session, completion=…)`` once a completion has its id."""
