"""The entries of one source each: a row of the portal, a notice, a coded incident, a post."""
