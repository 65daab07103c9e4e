"""Where the graph is kept, how it is asked, and how its rows are shown."""
