"""Trainers: modules and their findings, preview."""
