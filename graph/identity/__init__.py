"""Who is who across sources: which mentions are the same thing, and why."""
