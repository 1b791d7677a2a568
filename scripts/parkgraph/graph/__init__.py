"""The graph: from files to one store with four named graphs, and its cache."""
