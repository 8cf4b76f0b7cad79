"""Where work leaves the problem's own path: the first line whose value the worked solution cannot lead to."""

from tutor.path.blaming import with_departure
from tutor.path.departing import Departure, first_departure
from tutor.path.solution import Route, in_notation, route_of

__all__ = ["Departure", "Route", "first_departure", "in_notation", "route_of", "with_departure"]
