"""Measure the pages beside bare ones, on the same server, in the same run."""
