"""When: days, spans, and earlier incidents."""
