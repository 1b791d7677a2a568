"""Inference: the OWL 2 RL closure of a graph, its contradictions, and why each thing follows."""
