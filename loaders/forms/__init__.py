"""The forms that people write: incident files and mapping files, and how a mistake in them is told."""
