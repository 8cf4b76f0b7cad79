"""What stands before and after a line's mathematics: labels, list marks, parts, references to other lines."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from tutor.regex import regex

_ROMAN = r"i{1,3}|iv|v|vi{1,3}|ix"
_LEADING = regex(
    rf"""\s*(?:
      (?P<step>(?:step|stage|question|problem|exercise|q|no\.?|nr\.?)\s*\(?(?P<stepno>\d{{1,3}}|[a-h])\)?(?:\s*[:.)\-–—]\s*|\s+(?=[A-Z(\d\\$])|\s*$))
    | (?:eq(?:uation|n)?s?\.?)\s*\(?(?P<eq>\d{{1,2}})\)?\s*[:.)]\s*
    | part\s*\(?(?P<part>[a-hA-H]|{_ROMAN})\)?\s*(?:[:.)\-–]\s*|$)
    | \((?P<paren>\d{{1,2}}|[a-h]|{_ROMAN}|\*{{1,3}})\)(?:\s*:\s*|\s+)(?![=<>≤≥≈*/^×·÷)(]|[+\-−–]\s)(?=\S)
    | (?P<half>\d{{1,2}}|[a-hA-H]|{_ROMAN})\)\s*(?=\S)(?![=+*/^<>])
    | (?P<dot>\d{{1,2}}|[a-hA-H])\.\s+(?=\S)(?![=+*/^<>])
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_TRAILING = regex(
    rf"(?:(?P<wide>\s{{2,}}|[.…·⋯]{{2,}}\s*|[-–—]{{2,}}>?\s*|…\s*|\s*←\s*)|\s+)"
    rf"[(\[](?:eq(?:uation|n)?\.?\s*)?(?P<label>\d{{1,2}}|{_ROMAN}|\*{{1,3}}|[A-E])[)\]]\s*[.]?\s*$"
    rf"|(?:\s{{2,}}|[.…]{{2,}}\s*)(?:eq(?:uation|n)?\.?\s*)\(?(?P<named>\d{{1,2}})\)?\s*$",
    re.IGNORECASE,
)
_NUMBERED = regex(r"\s*\((\d{1,2}|[a-h])\)\s+(?![=<>≤≥≈*/^×·÷)])(?=\S)")
_CIRCLED = "①②③④⑤⑥⑦⑧⑨"
_REFERENCE = regex(
    r"\b(?:from|into|in|eqs?|eqns?|equations?|sub|substituting|substitute|put|adding|add|subtracting|subtract|using|use|by|and|"
    r"combining|combine|with|of|multiplying|multiply|dividing|divide|minus|plus|rearranging|rearrange|solving|solve|gives|line|"
    r"lines|step|steps)\b\.?\s*(\((\d{1,2}|i{1,3}|iv)\))(?!\s*[(^*/×])",
    re.IGNORECASE,
)
_REFERS = regex(r"\b(?:into|from|in|using|of|and|with|by|eqs?|eqns?|equations?|sub|solve|for|at)\.?\s*$", re.IGNORECASE)
_TERM = (
    r"(?:(?P<n{0}>\d{{1,3}})\s*[×*·x]?\s*)?[(\[]\s*(?:eq\.?\s*)?(?P<r{0}>\d{{1,2}}|i{{1,3}}|iv|[A-E])\s*[)\]]"
    r"(?:\s*[×*·x÷/]\s*(?P<m{0}>\d{{1,3}}))?"
)
_COMBINE = regex(
    r"\s*" + _TERM.format(1) + r"(?:\s*(?P<op>[+\-−–])\s*" + _TERM.format(2) + r")?"
    r"\s*(?P<end>:|⇒|→|=>|->|,|;|\bgives\b|\bgive\b|$|\s{3,})",
    re.IGNORECASE,
)
_EQS = regex(
    r"\s*(?:eq(?:uation|n)?\.?|[eE])\s*(?P<r1>\d)\s*(?P<op>[+\-−–])\s*(?:(?P<n2>\d+)\s*[×*·]?\s*)?"
    r"(?:eq(?:uation|n)?\.?|[eE])\s*(?P<r2>\d)"
    r"\s*(?P<end>:|⇒|→|=>|->|,|$)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Leading:
    """A label before a line. end: where the line goes on. is_part: it names a part of the problem."""

    label: str
    end: int
    is_part: bool = False
    is_step: bool = False


def are_numbered(rows: Iterable[str]) -> bool:
    """Whether rows begin with (1), (2) or (a), (b) and so on in turn, so that what stands in brackets is no factor."""
    found = [m.group(1) for row in rows if (m := _NUMBERED.match(row))]
    return len(found) > 1 and found in ([str(n) for n in range(1, len(found) + 1)], list("abcdefgh"[: len(found)]))


def leading(text: str, start: int, *, numbered: bool = False) -> Leading | None:
    """The label that a line begins with.

    numbered: see `are_numbered`.
    """
    while start < len(text) and text[start] in " \t":
        start += 1
    if start < len(text) and text[start] in _CIRCLED:
        return Leading(str(_CIRCLED.index(text[start]) + 1), start + 1)
    if numbered and (m := _NUMBERED.match(text, start)):
        return Leading(m.group(1), m.end(), is_part=m.group(1).isalpha())
    m = _LEADING.match(text, start)
    if m is None:
        return None
    if m.group("part"):
        return Leading(m.group("part").lower(), m.end(), is_part=True)
    if m.group("step"):
        return Leading(" ".join(m.group("step").strip(" :.)-–—").split()), m.end(), is_step=True)
    label = m.group("eq") or m.group("paren") or m.group("half") or m.group("dot")
    return Leading(label, m.end(), is_part=label.isalpha() and label.lower() in "abcdefgh" and not m.group("eq"))


def trailing(text: str, start: int, end: int, referred: frozenset[str], expected: str) -> tuple[str, int] | None:
    """The label that a line ends with, and where it begins; a lone `(1)` only where the work refers to it."""
    if text[end - 1 : end] not in ")].123456789" and not text[start:end].rstrip().endswith((")", "]")):
        if text[start:end].rstrip()[-1:] in _CIRCLED and text[start:end].rstrip()[-1:]:
            at = start + len(text[start:end].rstrip()) - 1
            return str(_CIRCLED.index(text[at]) + 1), at
        return None
    m = _TRAILING.search(text, start, end)
    if m is None or m.start() == start:
        return None
    label = m.group("label") or m.group("named")
    if m.group("wide") is None and m.group("named") is None and label not in referred and label != expected:
        return None
    before = text[start : m.start()]
    if _REFERS.search(before):
        return None
    if not any(c in before for c in "=<>≤≥≈\\") or before.rstrip()[-1:] in "=+-*/×·":
        return None
    return label, m.start()


@dataclass(frozen=True, slots=True)
class Combination:
    """(1) + 2×(2):  sign and factors of the lines referred to."""

    labels: tuple[str, ...]
    name: str
    factor: str
    end: int


def combination(text: str, start: int, known: frozenset[str]) -> Combination | None:
    """A reference such as `(1)+(2):` that a line begins with."""
    m = _COMBINE.match(text, start) or _EQS.match(text, start)
    if m is None:
        return None
    groups = m.groupdict()
    first, second = groups["r1"], groups.get("r2")
    sure = m.group("end") not in ("", ",") and not m.group("end").isspace()
    if second is None:
        factor = groups.get("n1") or groups.get("m1")
        if not factor or not (sure or first in known):
            return None
        divided = groups.get("m1") is not None and text[m.start("m1") - 1] in "÷/"
        return Combination((first,), "divide" if divided else "multiply", factor, m.end())
    if not (sure or (first in known and second in known)):
        return None
    return Combination((first, second), "combine", "", m.end())


def references(text: str, start: int, end: int) -> list[tuple[str, int, int]]:
    """Labels referred to in words (`from (1)`), with their places."""
    return [(m.group(2), m.start(1), m.end(1)) for m in _REFERENCE.finditer(text, start, end)]


def referred_labels(text: str) -> frozenset[str]:
    """All labels that a text refers to."""
    found = {m.group(2) for m in _REFERENCE.finditer(text)}
    for line in text.split("\n"):
        if line[:1].isspace() or line[:1] in "(0123456789[":
            m = _COMBINE.match(line)
            if m and m.group("r2"):
                found |= {m.group("r1"), m.group("r2")}
    return frozenset(found)
