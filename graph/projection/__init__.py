"""From records to a graph: who is who, which claims still stand, what they add up to."""
