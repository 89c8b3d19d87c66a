"""How large a directory file may be: what is beyond is refused before it fills the memory."""

from __future__ import annotations

MOST_COLUMNS = 200
MOST_ROWS = 2_000_000
MOST_UNITS = 200_000
LONGEST_CELL = 10_000
"""Characters; a longer cell ends the reading, a shorter one may still be too long for its field."""
LONGEST_ROW = 1_000_000
MOST_UNZIPPED = 2_000_000_000
"""Bytes of one part of a workbook."""
MOST_SWELLING = 200
"""How many bytes one compressed byte may give, past the first ten million."""
FREE_BYTES = 10_000_000
MOST_SHARED = 200_000_000
"""Bytes of memory that a workbook's shared texts may take."""
TEXT_COST = 60
"""Bytes that a text takes beside its characters."""
MOST_PARTS = 2_000
"""Files in a workbook's archive."""
