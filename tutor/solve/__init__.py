"""Problems that solve themselves: from givens and an unknown, by laws, to a worked solution."""

from tutor.solve.solution import Solution, Solved
from tutor.solve.solver import solve

__all__ = ["Solution", "Solved", "solve"]
