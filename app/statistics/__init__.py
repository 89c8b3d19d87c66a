"""Dated snapshots, figures, charts, exports; it reads only but for its snapshots."""
