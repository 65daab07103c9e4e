"""Who is named in an article, or only described, and who speaks."""
