"""The truth: what sources say, in their own terms, and the folder that a newsroom keeps it in."""
