"""A conversion between different kinds of quantity is wrong whatever else stands in the work."""

from tutor.pipeline import check_work
from tutor.problems import problem_from_statement
from tutor.records import DimensionMismatch


def test_kilograms_are_no_metres_though_nothing_else_is_physics():
    posed = problem_from_statement("A car drives 100 m in 20 s. Find its speed v.")
    (step,) = check_work("5 kg = 5 m", posed)
    assert isinstance(step.evidence, DimensionMismatch)
