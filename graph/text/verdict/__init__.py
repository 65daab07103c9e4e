"""The verdict on an article: one incident, several, or none and why."""
