"""The steps that bring a journal's tables forward, one file a step, run by Alembic when an older journal is opened.

A step is a frozen copy of what changed: it never imports `tables.py`, which says what the newest step leads to.
"""
