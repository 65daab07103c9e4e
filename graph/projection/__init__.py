"""From records and who is who to a graph: which claims still stand, what they add up to."""
