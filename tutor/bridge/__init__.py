"""The only place that builds SymPy, flint and Pint objects: exact numbers, balls, normal forms, roots, units."""
