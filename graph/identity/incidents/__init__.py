"""Who is who among incidents: which records tell of one event."""
