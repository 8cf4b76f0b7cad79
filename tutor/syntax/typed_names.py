"""Names whose subscript is typed beside the letter: `vf`, `Ek`, `Fnet`, `μk`, `KEmax`, `1/Rt`, `Vs/Vp = Ns/Np`.

Two letters side by side are a product (`ma`, `gh`, `Fd`) or one name. Which of the two is told by a table of what is
written in physics, and for doubtful pairs by the work: what stands alone on a left side is a name.
"""

from __future__ import annotations

from collections.abc import Iterator, Set

from tutor.regex import regex
from tutor.syntax import names

# Letter -> subscripts of one letter with which it is a name wherever it stands beside a sign.
_ALWAYS = {
    "v": "fioxyz", "u": "fixyz", "V": "fioxyz", "F": "fgcNnbk", "f": "ks", "E": "kp", "K": "if", "U": "ifgs",
    "T": "chifCH", "a": "c", "Q": "hcHC", "L": "fv", "d": "io", "x": "fo", "y": "fio", "p": "f", "X": "LC",
    "θ": "ic", "ω": "iof", "μ": "ks",
}  # fmt: skip
# The same, where it stands alone on a left side somewhere in the work: Fx = F cos θ, but W = Fx.
_ON_A_LEFT_SIDE = {
    "F": "xyzreTaD", "a": "xyzr", "p": "xyz", "T": "xyz", "R": "xyztps", "E": "xyzt", "B": "xyz", "W": "xyzfg",
    "A": "xyz", "N": "xyzps", "V": "spctRLCt", "I": "psLC", "P": "fLRso", "v": "spcrw", "m": "pesw", "h": "io",
    "c": "wpv", "C": "tps", "L": "io", "f": "or", "ρ": "wof", "λ": "om", "θ": "rfo", "τ": "f",
}  # fmt: skip
_WORDS = "net tot total max min avg ave av rms eq in out kin pot el mech app fric grav init final top bottom bot ext"
_AFTER_A_CAPITAL = frozenset(f"{_WORDS} int rel peak pk eff cm CM esc term air water".split())
_AFTER_A_SMALL_LETTER = frozenset("net tot total max min avg ave rms esc term final init".split())
_ENERGIES = ("GPE", "EPE", "KE", "PE", "TE", "ME", "Ek", "Ep")
_OF_AN_ENERGY = frozenset("i f g s el max min avg tot total rot trans top bottom".split())
_ENGLISH = frozenset("Fin Tin Din Kin Win Gin Bin Rout Tout Pot Air".split())
_GREEK = {"θ": "theta", "ω": "omega", "μ": "mu", "ρ": "rho", "λ": "lambda", "τ": "tau"}
_LETTER = r"A-Za-zÀ-ÖØ-öø-ɏ"
_RUN = regex(rf"(?<![{_LETTER}\\_{{'’])[A-Za-z]{{2,10}}(?![{_LETTER}'’])|[θωμρλτ][A-Za-z]{{1,6}}(?![{_LETTER}'’])")
_LINKS = r"\b(?:and|so|then|or|where|with|hence|thus|therefore|get|gives?|is|are|for|since|because)"
_BEFORE = regex(rf"(?:^|[=+\-−–*/()·×⋅√^²³≈<>,;:⇒→½•✓]|\d|->|=>|[α-ωΔ]|{_LINKS})\s*$")
_AFTER = regex(r"\s*(?:$|[=+\-−–*/)·×⋅^²³≈<>,;(√]|[\dΔα-ω]|\\?(?:sin|cos|tan)(?![a-z])|[A-Za-z](?![A-Za-z]))")
_SIGN_BEFORE = regex(r"[=+\-−–*/()·×⋅√^²³≈<>½]\s*$|\d$|[α-ω]$")
_SIGN_AFTER = regex(r"\s*[=+\-−–*/)·×⋅^²³≈<>(√]|\s*\\?(?:sin|cos|tan)(?![a-z])")
_LEFT_SIDE = regex(r"(?:^|[,;:(]|[⇒→•✓]|->|=>|\b(?:and|so|then|where)\b)\s*(?:\(\w\)\s*|\d[.)]\s*|[•*-]\s+)?$")
_IS = regex(r"\s*[=≈]")
_QUOTIENTS = regex(r"(?<![A-Za-z])([VNIh][spio])\s*/\s*([VNIh][spio])(?![A-Za-z])")
_BELOW_ONE = regex(r"1\s*/\s*([RC][tTp])(?![A-Za-z(])")
_DIGIT_INSIDE = regex(r"(?<![A-Za-z])(?:[a-z]\d)*?([vuapFVTxyhEKU])([0-9])([fixyz])(?![A-Za-z]{2}|\d)")
_OBJECTS = regex(r"([vumaxdqrTFp])([AB])(?![a-z])")
_SPARE = frozenset("tmdghrRMNkqnACIQ")


def typed_names(text: str) -> frozenset[str]:
    """The names of a piece of work about physics that are typed without an underscore, as `v_f`, `mu_k`, `KE_max`.

    text: the work, with its units blanked.
    """
    found: set[str] = set()
    longer: list[str] = []
    waves = "λ" in text or "lambda" in text  # λ = vf would be a product
    for line in text.split("\n"):
        if len(line) < 3:
            continue
        for m in _RUN.finditer(line):
            run = m.group()
            place, end = m.span()
            before, after = line[max(0, place - 12) : place], line[end : end + 8]
            if _BEFORE.search(before) is None:
                continue
            if _AFTER.match(after) is None and (_SIGN_BEFORE.search(before) is None or _one_name(run) is None):
                continue
            if _SIGN_BEFORE.search(before) is None and _SIGN_AFTER.match(after) is None:
                continue
            name = _one_name(run)
            if name is None and len(run) == 2 and run[1] in _ON_A_LEFT_SIDE.get(run[0], ""):
                alone = _LEFT_SIDE.search(before) is not None and _IS.match(after) is not None
                name = _joined(run[0], run[1:]) if alone else None
            if name is None and run[0] in _GREEK and len(run) > 2:
                if run[1] in _ALWAYS.get(run[0], ""):
                    found.add(_joined(run[0], run[1]))  # μkmg
                    run = run[2:]
                else:
                    run = run[1:]  # μFN
                name = _one_name(run) if len(run) > 1 else None
            if name is not None:
                found.add(name)
            elif len(run) < 7:
                longer.append(run)
        for m in _DIGIT_INSIDE.finditer(line):
            found.add(f"{m.group(1)}_{m.group(2)}{m.group(3)}")
        for m in _BELOW_ONE.finditer(line):
            found.add(_joined(m.group(1)[0], m.group(1)[1]))
        for m in _QUOTIENTS.finditer(line):
            found.update(_joined(run[0], run[1]) for run in m.groups())
    bodies = {(m.group(1), m.group(2)) for m in _OBJECTS.finditer(text)}
    found.update(f"{letter}_{body}" for letter, body in bodies if {(letter, "A"), (letter, "B")} <= bodies)
    for run in longer:
        found.update(_inside(run))
    return frozenset(found - {"v_f"} if waves else found)


def _joined(base: str, below: str) -> str:
    return f"{_GREEK.get(base, base)}_{below}"


def _one_name(run: str) -> str | None:
    """The name that the whole run is, where it needs no more of the work to tell."""
    base, below = run[0], run[1:]
    if len(run) == 2:
        return _joined(base, below) if below in _ALWAYS.get(base, "") else None
    words = _AFTER_A_CAPITAL if base.isupper() or base in _GREEK else _AFTER_A_SMALL_LETTER
    if below in words and run not in _ENGLISH and run not in names.FUNCTIONS:
        return _joined(base, below)
    if below in ("yi", "yf", "xi", "xf", "iy", "fy", "ix", "fx", "oy", "ox") and base in "vu":
        return _joined(base, below)
    for energy in _ENERGIES:
        if run.startswith(energy) and run[len(energy) :] in _OF_AN_ENERGY:
            return f"{energy}_{run[len(energy) :]}" if energy[1].isupper() else f"E_{run[1:]}"
    return None


def _inside(run: str) -> Iterator[str]:
    """`vit`, `mLf`, `μkmg`: names of two letters in a run of letters whose others are quantities."""
    if run in names.STOP_WORDS or run in names.FUNCTIONS or len(run) > 4:
        return
    for k in range(len(run) - 1):
        pair = run[k : k + 2]
        rest = run[:k] + run[k + 2 :]
        if pair[1] in _ALWAYS.get(pair[0], "") and rest and set(rest) <= _SPARE:
            yield _joined(pair[0], pair[1])


def divided(run: str, typed: Set[str]) -> list[str] | None:
    """A run of letters as names typed without an underscore and single letters; None where it holds no such name."""
    parts: list[str] = []
    place, any_ = 0, False
    while place < len(run):
        end = next((e for e in range(len(run), place + 1, -1) if name_typed(run[place:e], typed)), 0)
        any_ = any_ or end > 0
        end = end or place + 1
        parts.append(run[place:end])
        place = end
    return parts if any_ else None


def name_typed(run: str, typed: Set[str]) -> str | None:
    """The name that a whole run of letters stands for, as `v_f` for `vf`."""
    if not typed:
        return None
    if f"{run[0]}_{run[1:]}" in typed:
        return f"{run[0]}_{run[1:]}"
    for k in (2, 3):
        if len(run) > k and run[:k].isupper() and f"{run[:k]}_{run[k:]}" in typed:
            return f"{run[:k]}_{run[k:]}"
    return None
