"""Tests; the packages mirror those of `tutor`."""
