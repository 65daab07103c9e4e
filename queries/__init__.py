"""One .cypher file per question; the folder is the registry."""
