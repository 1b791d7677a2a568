"""Evidence: the text of a source, its passages, and what of the text the graph covers."""
