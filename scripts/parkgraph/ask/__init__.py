"""Asking: question files, their parameters, running them on the graph, and the rows they give."""
