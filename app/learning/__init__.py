"""Enrolments, steps read, attempts, answers, scoring, progress, completions."""
