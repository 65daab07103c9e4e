"""What the graph is and where it is kept: records, schema, identity, projection, store, exports."""
