"""Evidence: the text of a source, its passages, and what of the text the graph covers.

For the other rooms: `audit.audit(root, texts) -> Audit` (its `findings` are the result of the check),
`text.load(path) -> SourceText`, `sources.read_sources(facts)`.
"""
