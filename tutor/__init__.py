"""A tutor that checks a student's own mathematics line by line, with evidence for every verdict."""

__version__ = "0.1.0"
