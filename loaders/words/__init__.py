"""What cells, names and references say, in our terms: what several sources write alike."""
