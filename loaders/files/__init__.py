"""From the bytes of a file to rows or objects, read strictly, with all that is odd about them said."""
