"""Problem sets as teachers write them, and the problem that a bare statement poses."""

from tutor.problems.sets import Draft, InvalidSet, ProblemSet, load_problem_set, problem_from_object, read_problem_set
from tutor.problems.statement import problem_from_statement

__all__ = [
    "Draft",
    "InvalidSet",
    "ProblemSet",
    "load_problem_set",
    "problem_from_object",
    "problem_from_statement",
    "read_problem_set",
]
