"""Which part each body plays: hit, vendor, client, maker, attacker, and where it began."""
