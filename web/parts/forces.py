"""The forces on a body as arrows: which way each acts, how large it is, and what a refuted line says instead.

What is drawn comes from `tutor.report.forces`. Arrows whose size is known are to scale; one that is not known yet is
dotted and has a question mark, what a refuted line says is dashed and has its value. The meaning is said in words too.
"""

from __future__ import annotations

import math
from typing import Any, Final, NamedTuple

from tutor.report.forces import Arrow, FreeBody
from tutor.report.notation import printed
from web.words import _

# Told apart by those who see no red or no green, on white and on black alike.
BLUE, ORANGE, RED, GREY = "#3b82d6", "#d97706", "#dc4c4c", "#8a8f98"
Spec = dict[str, Any]
WIDE: Final = 300  # of the picture, in points; it fits on a phone
HIGH: Final = 260
LENGTH: Final = 92  # of the largest force
UNKNOWN: Final = 52  # of one whose size is not known
LEAST: Final = 12
BOX: Final = 17  # half of its side
BESIDE: Final = 17  # from an arrow to what a line says of it
HEAD: Final = "M0,-1L0.62,0.9L-0.62,0.9Z"  # of an arrow
UPRIGHT, LEVEL = 0.35, 0.98  # cosines
EDGE: Final = 10
LETTER: Final = 7.4  # width


class Look(NamedTuple):
    """How a kind of arrow is drawn."""

    colour: str
    dash: list[int]
    width: float


KNOWN = Look(BLUE, [1, 0], 3.0)
OPEN = Look(GREY, [2, 4], 2.5)
NET = Look(ORANGE, [1, 0], 4.5)
SAID = Look(RED, [7, 4], 3.0)
LINE = Look(GREY, [1, 0], 2.0)


class Drawn(NamedTuple):
    """An arrow from one place to another, and what is written at its end. side: 1 above or right of it, -1 the other.

    The places are counted from the middle of the body, to the right and up.
    """

    look: Look
    start: tuple[float, float]
    end: tuple[float, float]
    angle: float
    text: str
    side: int = 1


def forces_in_words(body: FreeBody) -> str:
    """What there is to see, arrow by arrow."""
    said = [_in_words(arrow, body) for arrow in body.arrows]
    if body.resultant is not None:
        said.append(_in_words(body.resultant, body))
    if body.balanced:
        said.append(_("Together the forces balance."))
    if body.claimed is not None:
        said.append(_claimed_in_words(body.claimed, body))
    if len({arrow.size is None for arrow in _all(body)}) > 1:
        said.append(_("A dotted arrow shows a direction alone; the others are to scale."))
    return " ".join(said)


def forces_chart(body: FreeBody, said: str = "") -> Spec:
    """The picture in Vega-Lite; said: for those who cannot see it. Its size is fixed, for directions must stay."""
    arrows = (layer for arrow in _drawn(body) for layer in _layers(arrow))
    return {
        "width": WIDE,
        "height": HIGH,
        "layer": [*_surface(body), *arrows],
        "description": said,
        "background": "transparent",
        "config": {"view": {"stroke": None}},
    }


# ---------------------------------------------------------------- in words


def _all(body: FreeBody) -> tuple[Arrow, ...]:
    return body.arrows if body.resultant is None else (*body.arrows, body.resultant)


def _name(role: str) -> str:
    names = {
        "weight": _("The weight"),
        "normal_force": _("The normal force"),
        "friction": _("The friction"),
        "applied_force": _("The applied force"),
        "tension": _("The tension"),
        "thrust": _("The thrust"),
        "drag_force": _("The air resistance"),
        "spring_force": _("The spring force"),
        "horizontal_force": _("The horizontal component"),
        "vertical_force": _("The vertical component"),
        "net_force": _("The resultant"),
        "first_force": _("The first force"),
        "second_force": _("The second force"),
    }
    return names[role]


def _way(arrow: Arrow, body: FreeBody) -> str:
    """Where an arrow points."""
    if body.slope:
        ways = {
            0: _("up the slope"),
            90: _("away from the slope, at right angles to it"),
            180: _("down the slope"),
        }
        turned = round(arrow.angle - body.slope) % 360
        if turned in ways:
            return ways[turned]
    angle = round(arrow.angle, 1) % 360
    straight: dict[float, str]
    if body.above:
        straight = {0: _("to the right"), 90: _("at right angles to the first"), 180: _("to the left")}
    else:
        straight = {0: _("to the right"), 90: _("straight up"), 180: _("to the left"), 270: _("straight down")}
    if angle in straight:
        return straight[angle]
    if angle > 270:
        return _("to the right, {degrees}° below the horizontal").format(degrees=f"{360 - angle:g}")
    if body.above:
        return _("between the two")
    return _("to the right, {degrees}° above the horizontal").format(degrees=f"{angle:g}")


def _in_words(arrow: Arrow, body: FreeBody) -> str:
    name, symbol, way = _name(arrow.role), printed(arrow.symbol), _way(arrow, body)
    if arrow.size is None:
        return _("{name} {symbol} points {way}; its size is not known yet.").format(name=name, symbol=symbol, way=way)
    size = printed(arrow.text)
    return _("{name} {symbol} = {size} points {way}.").format(name=name, symbol=symbol, size=size, way=way)


def _claimed_in_words(claimed: Arrow, body: FreeBody) -> str:
    own = next((arrow for arrow in _all(body) if arrow.role == claimed.role), claimed)
    said = printed(f"{claimed.symbol} = {claimed.text}")
    if own.angle != claimed.angle:
        return _("Dashed: what the line says, {said}, which points the other way.").format(said=said)
    if own.size is None:
        return _("Dashed: what the line says, {said}.").format(said=said)
    return _("Dashed: what the line says, {said} in place of {right}.").format(said=said, right=printed(own.text))


# ---------------------------------------------------------------- in points


def _drawn(body: FreeBody) -> list[Drawn]:
    known = [arrow.size for arrow in (*_all(body), body.claimed) if arrow is not None and arrow.size]
    unit = LENGTH / max(known, default=1.0)

    def length(arrow: Arrow) -> float:
        return UNKNOWN if arrow.size is None else max(LEAST, unit * arrow.size)

    found = []
    middle = _middle(body)
    for arrow in body.arrows:
        look = OPEN if arrow.size is None else KNOWN
        found.append(_arrow(look, (0.0, 0.0), arrow, length(arrow), _label(arrow), _side(arrow)))
    if body.resultant is not None:
        net, long = body.resultant, length(body.resultant)
        look = OPEN if net.size is None else NET
        found.append(_arrow(look, _shifted(middle, net.angle, -long / 2), net, long, _label(net), _side(net)))
    if body.claimed is not None:
        claimed, long = body.claimed, length(body.claimed)
        at = _shifted(middle, claimed.angle, -long / 2) if claimed.role == "net_force" else (0.0, 0.0)
        text = _("line: {said}").format(said=printed(claimed.text))
        beside = _shifted(at, _aside(claimed.angle), BESIDE)
        found.append(_arrow(SAID, beside, claimed, long, text, 1 if claimed.angle == 270 else -1))
    return found


def _side(arrow: Arrow) -> int:
    """Below and left of what points down."""
    return -1 if arrow.angle % 360 > 180 else 1


def _aside(angle: float) -> float:
    """Where what a line says is drawn beside an arrow: below it; left of one up, right of one down."""
    if abs(math.cos(math.radians(angle))) < UPRIGHT:
        return angle + 90
    return angle + 90 if math.cos(math.radians(angle)) < 0 else angle - 90


def _middle(body: FreeBody) -> tuple[float, float]:
    """Of the resultant, out of the way of the forces."""
    net = body.resultant
    if net is None:
        return 0.0, 0.0
    across = abs(math.cos(math.radians(net.angle)))
    if body.above and across < LEVEL:
        return -75.0, -72.0
    if across < UPRIGHT:
        return 98.0, 0.0
    return (78.0, -66.0) if body.slope else (72.0, -66.0)


def _label(arrow: Arrow) -> str:
    return printed(f"{arrow.symbol} = {arrow.text}") if arrow.size is not None else printed(arrow.symbol) + " = ?"


def _shifted(place: tuple[float, float], angle: float, by: float) -> tuple[float, float]:
    turn = math.radians(angle)
    return place[0] + by * math.cos(turn), place[1] + by * math.sin(turn)


def _arrow(look: Look, start: tuple[float, float], arrow: Arrow, long: float, text: str, side: int = 1) -> Drawn:
    return Drawn(look, start, _shifted(start, arrow.angle, long), arrow.angle, text, side)


def _layers(arrow: Drawn) -> list[Spec]:
    look = arrow.look
    line = _rule(arrow.start, _shifted(arrow.end, arrow.angle, -6), look)
    head = {"type": "point", "filled": True, "shape": HEAD, "size": 150, "opacity": 1, "color": look.colour}
    head["angle"] = (90 - arrow.angle) % 360
    x, y, align = _place(arrow)
    return [
        line,
        _at(_shifted(arrow.end, arrow.angle, -5), head),
        _at((x, y), _text(arrow.text, look.colour, align)),
    ]


def _place(arrow: Drawn) -> tuple[float, float, str]:
    """Of what is written: beside the end of an arrow, else above or below it; never off the edge."""
    x, y = arrow.end
    across, half, most = math.cos(math.radians(arrow.angle)), LETTER * len(arrow.text) / 2, WIDE / 2 - 4
    way = arrow.side if abs(across) < UPRIGHT else math.copysign(1, across)
    fits = abs(x) + EDGE + 2 * half < most
    slants = UPRIGHT <= abs(across) <= LEVEL
    if fits and (not slants or (arrow.look is SAID and arrow.angle % 360 < 180)):
        return x + way * EDGE, y, "left" if way > 0 else "right"
    if slants:  # clear of the body
        x, y = _shifted(arrow.start, arrow.angle, max(math.dist(arrow.start, arrow.end), 2.4 * BOX))
    return max(half - most, min(most - half, x)), y + arrow.side * 15, "center"


def _surface(body: FreeBody) -> list[Spec]:
    """The body, on what it rests."""
    turn = body.slope or 0.0
    corners = [_corner(turn, x, y) for x, y in ((1, 1), (-1, 1), (-1, -1), (1, -1))]
    round_about = zip(corners, corners[1:] + corners[:1], strict=True)
    sides = [_rule(one, other, LINE) for one, other in round_about]
    if body.slope is None:
        return sides
    foot = _shifted((0.0, 0.0), turn - 90, BOX)
    low, high = (_shifted(foot, turn, way) for way in (-125, 125))
    sides.append(_rule(low, high, LINE))
    if turn:
        sides.append(_rule(low, (high[0], low[1]), LINE))
        sides.append(_at(_shifted(low, turn / 2, 46), _text(f"{turn:g}°", GREY, "center")))
    return sides


def _corner(turn: float, x: float, y: float) -> tuple[float, float]:
    return _shifted(_shifted((0.0, 0.0), turn, x * BOX), turn + 90, y * BOX)


def _text(words: str, colour: str, align: str) -> Spec:
    return {
        "type": "text", "text": words, "color": colour, "align": align, "baseline": "middle", "fontSize": 14,
        "fontWeight": "bold",
    }  # fmt: skip


def _at(place: tuple[float, float], mark: Spec) -> Spec:
    x, y = _points(place)
    return {"data": {"values": [{}]}, "mark": mark, "encoding": {"x": {"value": x}, "y": {"value": y}}}


def _rule(start: tuple[float, float], end: tuple[float, float], look: Look) -> Spec:
    mark = {"type": "rule", "color": look.colour, "strokeWidth": look.width, "strokeDash": look.dash, "opacity": 1}
    places = zip(("x", "y", "x2", "y2"), (*_points(start), *_points(end)), strict=True)
    return {"data": {"values": [{}]}, "mark": mark, "encoding": {name: {"value": value} for name, value in places}}


def _points(place: tuple[float, float]) -> tuple[float, float]:
    """From the upper left corner, as the drawing counts."""
    return round(WIDE / 2 + place[0], 2), round(HIGH / 2 - place[1], 2)
