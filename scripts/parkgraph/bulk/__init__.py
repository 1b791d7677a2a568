"""The graph for the bulk loaders of triple stores: compressed N-Quads in parts, and a script a store."""
