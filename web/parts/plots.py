"""Pictures of a checked line where they say more than words: two curves that part, solutions on a line of numbers.

What is drawn comes from `tutor.report.pictures`; each picture has its meaning in words beneath it, which is its
alternative text, too. Colour never stands alone: lines are solid, dashed or dotted, places have shapes.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import streamlit as st

from tutor.records import Problem
from tutor.report.forces import forces_of
from tutor.report.notation import printed
from tutor.report.pictures import Curve, Curves, NumberLine, Picture, Piece, picture_of
from tutor.report.words import listed
from web.parts.forces import forces_chart, forces_in_words
from web.words import _

# Written as it is: Altair takes a tenth of a second for one, at every run of a page.
Spec = dict[str, Any]

# Told apart by those who see no red or no green, on white and on black alike.
BLUE, ORANGE, RED, GREY = "#3b82d6", "#d97706", "#dc4c4c", "#8a8f98"
HEIGHT: Final = 260
ROW: Final = 64
WIDE: Final = 3.0  # stroke
SHORT: Final = 6  # letters


def draw_picture(step: Mapping[str, Any], problem: Problem | None, report: Mapping[str, Any]) -> None:
    """What a picture adds to the words on a line, closed until it is wanted; nothing where it would add nothing."""
    if "ruling" in step:
        return
    picture = picture_of(step)
    if picture is None:
        _draw_forces(step, problem, report)
        return
    said = in_words(picture)
    with st.expander(_("See line {line} in a picture").format(line=step["line"] + 1)):
        st.vega_lite_chart(spec=chart_of(picture, said), width="stretch")
        st.text(said)


def _draw_forces(step: Mapping[str, Any], problem: Problem | None, report: Mapping[str, Any]) -> None:
    body = None if problem is None else forces_of(problem, report, step)
    if body is None:
        return
    said = forces_in_words(body)
    with st.expander(_("See the forces in a picture, line {line}").format(line=step["line"] + 1)):
        st.vega_lite_chart(spec=forces_chart(body, said), width="content")
        st.text(said)


def chart_of(picture: Picture, said: str = "") -> Spec:
    """The picture in Vega-Lite; said: for those who cannot see it."""
    return {
        **(_curves(picture) if isinstance(picture, Curves) else _number_line(picture)),
        "description": said,
        "background": "transparent",
        "autosize": {"type": "fit-x", "contains": "padding"},
        "config": {
            "view": {"strokeOpacity": 0},
            "axis": {"grid": False, "domainColor": GREY, "tickColor": GREY},
        },
    }


def _layer(rows: Sequence[Mapping[str, object]], mark: Spec, **encoding: Spec) -> Spec:
    return {"data": {"values": rows}, "mark": mark, "encoding": encoding}


def _number(field: str) -> Spec:
    return {"field": field, "type": "quantitative"}


def _name(field: str, **more: object) -> Spec:
    return {"field": field, "type": "nominal", **more}


def in_words(picture: Picture) -> str:
    """What there is to see."""
    match picture:
        case Curves():
            return _curves_in_words(picture)
        case NumberLine():
            return _line_in_words(picture)


# ---------------------------------------------------------------- two curves


def _curves_in_words(picture: Curves) -> str:
    where = _("At {value}").format(value=printed(f"{picture.name} = {picture.at_text}"))
    if picture.solves:
        where = _("At {value}, which solves the line before").format(value=printed(picture.solves))
    left, right = printed(picture.left.text), printed(picture.right.text)
    one, other = printed(picture.left.value_text), printed(picture.right.value_text)
    if right == other:
        said = _("{where}, {left} is {one}, not {other}: there the two do not meet.")
    else:
        said = _("{where}, {left} is {one} and {right} is {other}: there the two do not meet.")
    said = said.format(where=where, left=left, right=right, one=one, other=other)
    if picture.held:
        held = listed(printed(f"{name} = {value}") for name, value in picture.held)
        said += " " + _("Drawn for {values}.").format(values=held)
    return said


def _curves(picture: Curves) -> Spec:
    left, right = printed(picture.left.text), printed(picture.right.text)
    rows = [
        {"x": dot.x, "y": dot.y, "side": name, "stroke": f"{name}{k}"}
        for name, curve in ((left, picture.left), (right, picture.right))
        for k, stroke in enumerate(curve.strokes)
        for dot in stroke
    ]
    legend = {
        "title": None,
        "orient": "top",
        "direction": "vertical",
        "labelLimit": 300,
        "labelFontSize": 14,
        "symbolSize": 600,
        "columns": 1,
        "symbolType": "stroke",
        "symbolStrokeWidth": WIDE,
    }
    colours = {"domain": [left, right], "range": [BLUE, ORANGE]}
    dashes = {"domain": [left, right], "range": [[1, 0], [7, 5]]}
    x, y = _number("x"), _number("y")
    axis = {"title": printed(picture.name), "axis": {"tickCount": 6}, "scale": {"nice": False}}
    lines = _layer(
        rows,
        {"type": "line", "strokeWidth": WIDE, "clip": True},
        x={**x, **axis},
        y={**y, "title": None, "scale": {"domain": [picture.low, picture.high], "nice": False}},
        color=_name("side", scale=colours, legend=legend),
        strokeDash=_name("side", scale=dashes, legend=legend),
        detail=_name("stroke"),
    )
    gap = _layer(
        [{"x": picture.at, "y": picture.left.value, "y2": picture.right.value}],
        {"type": "rule", "color": RED, "strokeWidth": 2.5, "strokeDash": [3, 3]},
        x=x,
        y=y,
        y2={"field": "y2"},
    )
    foot = _layer(
        [{"x": picture.at, "text": printed(f"{picture.name} = {picture.at_text}")}],
        {"type": "text", "color": RED, "fontSize": 13, "fontWeight": "bold", "dy": -8, "baseline": "bottom"},
        x=x,
        y={"value": HEIGHT},
        text=_name("text"),
    )
    layers = [lines, gap, foot]
    for curve, other, colour, shape in (
        (picture.left, picture.right, BLUE, "circle"),
        (picture.right, picture.left, ORANGE, "square"),
    ):
        dy = -10 if curve.value > other.value else 12
        place = [{"x": picture.at, "y": curve.value, "text": _label(curve)}]
        point = {"type": "point", "filled": True, "size": 120, "opacity": 1, "color": colour, "shape": shape}
        words = {"type": "text", "fontSize": 15, "fontWeight": "bold", "align": "left", "dx": 9, "dy": dy}
        layers.append(_layer(place, point, x=x, y=y))
        layers.append(_layer(place, {**words, "color": colour}, x=x, y=y, text=_name("text")))
    return {"layer": layers, "height": HEIGHT}


def _label(curve: Curve) -> str:
    """The value in the picture, short."""
    shown = printed(curve.value_text)
    return shown if len(shown) <= SHORT else printed(f"{curve.value:.4g}")


# ---------------------------------------------------------------- a line of numbers


def _line_in_words(picture: NumberLine) -> str:
    before = printed(picture.before_text)
    after = printed(picture.after_text)
    said = [_("The line before has the solutions {before}; this line has {after}.").format(before=before, after=after)]
    if picture.lost:
        said.append(_("Lost: {what}.").format(what=_listed(picture, picture.lost)))
    if picture.gained:
        said.append(
            _("New, but no solutions of the line before: {what}.").format(what=_listed(picture, picture.gained))
        )
    return " ".join(said)


def _listed(picture: NumberLine, pieces: Sequence[Piece]) -> str:
    return listed(_in_signs(piece, picture.name, dict(picture.ends)) for piece in pieces)


def _in_signs(piece: Piece, name: str, ends: Mapping[float, str]) -> str:
    """-2 < x ≤ 3, as it is printed."""
    if piece.is_point:
        return printed(f"{name} = {ends[piece.low]}")
    low_sign, high_sign = ("<=" if closed else "<" for closed in (piece.closed_low, piece.closed_high))
    if math.isinf(piece.low) and math.isinf(piece.high):
        return _("every number")
    if math.isinf(piece.low):
        return printed(f"{name} {high_sign} {ends[piece.high]}")
    if math.isinf(piece.high):
        return printed(f"{name} {low_sign.replace('<', '>')} {ends[piece.low]}")
    return printed(f"{ends[piece.low]} {low_sign} {name} {high_sign} {ends[piece.high]}")


def _number_line(picture: NumberLine) -> Spec:
    ends = [end for end, _text in picture.ends]
    room = max(1.0, 0.35 * (ends[-1] - ends[0])) if ends else 5.0
    low, high = (ends[0] - room, ends[-1] + room) if ends else (-room, room)
    before, after = _("before"), _("this line")
    kept, lost, gained = _("in both"), _("lost"), _("new")
    kinds = [
        (before, kept, picture.kept),
        (before, lost, picture.lost),
        (after, kept, picture.held),
        (after, gained, picture.gained),
    ]
    shown = [kind for kind in (kept, lost, gained) if any(own == kind and pieces for _row, own, pieces in kinds)]
    look = {kept: (BLUE, [1, 0], "circle"), lost: (RED, [6, 4], "cross"), gained: (ORANGE, [2, 3], "diamond")}
    colours, dashes, shapes = ({"domain": shown, "range": [look[kind][n] for kind in shown]} for n in range(3))
    legend = {"title": None, "orient": "top", "labelFontSize": 14, "symbolSize": 160, "symbolStrokeWidth": 3}
    named, nameless = _name("kind", scale=colours, legend=legend), _name("kind", scale=colours, legend=None)
    rows = _name(
        "row",
        scale={"domain": [before, after]},
        title=None,
        axis={"labelFontSize": 13, "ticks": False, "domain": False},
    )
    x, x2 = _number("x"), {"field": "x2"}
    axis = {"values": ends, "labelExpr": _labels(picture), "labelFontSize": 14, "labelOverlap": True, "tickSize": 7}
    scale = {"domain": [low, high], "nice": False}
    layers = [
        _layer(
            [{"row": row, "x": low, "x2": high} for row in (before, after)],
            {"type": "rule", "color": GREY, "strokeWidth": 1},
            x={**x, "title": printed(picture.name), "scale": scale, "axis": axis},
            x2=x2,
            y=rows,
        )
    ]
    strokes = [
        {"row": row, "kind": kind, "x": max(low, piece.low), "x2": min(high, piece.high)}
        for row, kind, pieces in kinds
        for piece in pieces
        if not piece.is_point
    ]
    if strokes:
        mark = {"type": "rule", "strokeWidth": 5, "opacity": 1}
        dash = _name("kind", scale=dashes, legend=legend)
        layers.append(_layer(strokes, mark, x=x, x2=x2, y=rows, color=named, strokeDash=dash))
    points = [
        {"row": row, "kind": kind, "x": piece.low} for row, kind, pieces in kinds for piece in pieces if piece.is_point
    ]
    if points:
        mark = {"type": "point", "filled": True, "size": 210, "opacity": 1}
        shape = _name("kind", scale=shapes, legend=legend)
        layers.append(_layer(points, mark, x=x, y=rows, color=named, shape=shape))
    for closed in (True, False):
        found = [one for row, kind, pieces in kinds for piece in pieces for one in _ends(row, kind, piece, closed)]
        if found:
            mark = {"type": "point", "filled": closed, "size": 150, "opacity": 1, "strokeWidth": 2.5, "shape": "circle"}
            layers.append(_layer(found, mark, x=x, y=rows, color=nameless))
    arrows = [
        {"row": row, "kind": kind, "x": edge, "angle": angle}
        for row, kind, pieces in kinds
        for piece in pieces
        for edge, angle, endless in ((low, 270, math.isinf(piece.low)), (high, 90, math.isinf(piece.high)))
        if endless
    ]
    if arrows:
        mark = {"type": "point", "filled": True, "shape": "triangle-up", "size": 190, "opacity": 1}
        angle = {**_number("angle"), "scale": None}
        layers.append(_layer(arrows, mark, x=x, y=rows, angle=angle, color=nameless))
    return {"layer": layers, "height": 2 * ROW}


def _ends(row: str, kind: str, piece: Piece, closed: bool) -> Iterator[dict[str, object]]:
    """The ends of an interval that belong to it, or those that do not."""
    if not piece.is_point:
        for end, belongs in ((piece.low, piece.closed_low), (piece.high, piece.closed_high)):
            if math.isfinite(end) and belongs is closed:
                yield {"row": row, "kind": kind, "x": end}


def _labels(picture: NumberLine) -> str:
    """A Vega expression that names the ends; it holds numbers and signs from our own trees alone."""
    found = "''"
    for end, text in picture.ends:
        label = printed(text).replace("\\", "").replace("'", "")
        found = f"abs(datum.value - ({end!r})) < 1e-9 ? '{label}' : {found}"
    return found
