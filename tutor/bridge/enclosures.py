"""Balls made from numbers: what a written decimal may stand for, a point of the plane."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from flint import acb, arb, fmpq


def decimal_ball(value: Fraction, unit: Fraction, *, cut: bool) -> Any:
    """All numbers that round to `value` at this unit of the last place; with `cut`, those cut off there too."""
    middle = arb(fmpq(value.numerator, value.denominator))
    half = arb(fmpq(unit.numerator, 2 * unit.denominator))
    ball = middle + arb(0, half)
    return ball.union(middle + half * (2 if value >= 0 else -2)) if cut else ball


def plane_point(real: int, imaginary: int) -> Any:
    """real + imaginary i"""
    return acb(real, imaginary)
