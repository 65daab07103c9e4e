"""What happened: kinds, data, events, care, authorities, fines."""
