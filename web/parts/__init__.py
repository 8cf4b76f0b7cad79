"""Pieces that pages share; each draws one record."""
