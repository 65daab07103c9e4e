"""Descriptions of a breach portal, in English: who supplied whom, by role phrases."""
