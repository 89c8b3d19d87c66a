"""What people tells the features above it, in its own transaction."""

from __future__ import annotations

from blinker import Signal

people_loaded = Signal()
"""Sent as ``people_loaded.send(session)`` once a directory file is applied."""
