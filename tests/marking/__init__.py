"""Marks, by errors and by explicit schemes."""
