"""Agents, organisational units, roles, sign-in and sessions, directory import."""
