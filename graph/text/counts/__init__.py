"""How many people, and of whom."""
