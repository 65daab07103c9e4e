"""What a text states, and in which words: pure functions of the text, the same whatever else is loaded."""
