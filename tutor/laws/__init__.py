"""Physics as data: laws with roles, the words that roles go by, and a statement read as givens and unknowns."""
