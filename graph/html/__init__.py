"""Interactive pages: one HTML file each, which opens from disk, asks the network for nothing and runs no foreign word."""
