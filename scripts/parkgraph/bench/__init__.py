"""Benchmarks: made-up graphs of many parks, measurements of every stage, and their comparison."""
