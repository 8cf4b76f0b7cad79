"""Numbers and units that LaTeX sets by a command, written plainly in their own place.

`\\SI{9.8}{m/s^2}` and `\\qty{9.8}{\\meter\\per\\second\\squared}` (the package siunitx) become `9.8 m/s^2`, and
`\\mu\\text{F}` becomes μF, with blanks in front, so that every other character keeps its place.
"""

from __future__ import annotations

import re

_GROUP = r"\s*\{((?:[^{}]|\{[^{}]*\})*)\}"
_QUANTITY = re.compile(
    rf"\\(?:(?P<both>SI|qty)(?:\s*\[[^\]]*\])?{_GROUP}{_GROUP}|(?P<one>num|ang|si|unit)(?:\s*\[[^\]]*\])?{_GROUP})"
)
_UPRIGHT = r"\\(?:text|mathrm|textrm|mathsf|rm)"
_PREFIXED = re.compile(
    rf"(?<![A-Za-z])(?:\\mu|{_UPRIGHT}\s*\{{\s*(?:\\mu|[μµ])\s*\}}|[μµ])\s*(?:\\[,!;]\s*)?{_UPRIGHT}\s*\{{\s*(?P<unit>[A-Za-z]+)"
    rf"|(?<![A-Za-z]){_UPRIGHT}\s*\{{\s*(?P<large>[kMGm])\s*\}}\s*\\(?P<ohm>Omega|ohm)(?![A-Za-z])\s*(?P<end>)"
)
_WORD = re.compile(r"\\(?P<command>[A-Za-z]+)(?:\s*\{(?P<power>[^{}]*)\})?|(?P<plain>[^\\]+)")
_PREFIXES = {
    "pico": "p", "nano": "n", "micro": "μ", "milli": "m", "centi": "c", "deci": "d", "hecto": "h", "kilo": "k",
    "mega": "M", "giga": "G", "tera": "T", "femto": "f",
}  # fmt: skip
_UNITS = {
    "meter": "m", "metre": "m", "second": "s", "gram": "g", "kilogram": "kg", "ampere": "A", "kelvin": "K",
    "mole": "mol", "candela": "cd", "newton": "N", "joule": "J", "watt": "W", "volt": "V", "ohm": "Ω", "pascal": "Pa",
    "hertz": "Hz", "coulomb": "C", "farad": "F", "henry": "H", "tesla": "T", "weber": "Wb", "siemens": "S",
    "becquerel": "Bq", "gray": "Gy", "sievert": "Sv", "lumen": "lm", "lux": "lx", "radian": "rad", "degree": "°",
    "celsius": "°C", "degreeCelsius": "°C", "percent": "%", "minute": "min", "hour": "h", "day": "d", "liter": "L",
    "litre": "L", "electronvolt": "eV", "eV": "eV", "bar": "bar", "tonne": "t", "angstrom": "Å", "atm": "atm",
    "m": "m", "s": "s", "kg": "kg", "g": "g", "N": "N", "J": "J", "W": "W", "V": "V", "A": "A", "K": "K", "C": "C",
    "Hz": "Hz", "Pa": "Pa", "km": "km", "cm": "cm", "mm": "mm", "nm": "nm", "um": "μm", "ms": "ms", "us": "μs",
    "kN": "kN", "kJ": "kJ", "kW": "kW", "kPa": "kPa", "mol": "mol", "mA": "mA", "uF": "μF", "kHz": "kHz", "MHz": "MHz",
    "MeV": "MeV", "keV": "keV", "L": "L", "mL": "mL", "Omega": "Ω", "mu": "μ",
}  # fmt: skip


def typeset_plainly(text: str) -> str:
    """A text with such commands written plainly, as long as it was.

    >>> typeset_plainly(r"v = \\SI{5.9}{m/s}")
    'v =       5.9 m/s'
    >>> typeset_plainly(r"\\lambda = \\SI{0.1}{\\nano\\meter}").split()[-2:]
    ['0.1', 'nm']
    """
    if "\\" not in text:
        return text
    return _PREFIXED.sub(_joined, _QUANTITY.sub(_plainly, text))


def _plainly(m: re.Match[str]) -> str:
    whole = m.group()
    if m.group("both"):
        number, unit = m.group(2), unit_plainly(m.group(3))
        written = None if unit is None else number + ("" if unit == "°" else " ") + unit
    elif m.group("one") == "num":
        written = m.group(5)
    elif m.group("one") == "ang":
        written = m.group(5) + "°"
    else:
        written = unit_plainly(m.group(5))
    return whole if written is None or len(written) > len(whole) else written.rjust(len(whole))


def unit_plainly(unit: str) -> str | None:
    """A unit of siunitx in usual signs; None where it has a command that is not known.

    >>> unit_plainly(r"\\joule\\per\\kilogram\\per\\kelvin")
    'J/(kg·K)'
    """
    if "\\" not in unit:
        return unit.replace(".", "·").replace("~", "·").strip()
    above: list[str] = []
    below: list[str] = []
    prefix, raised, under = "", "", False
    last: list[str] = above
    for m in _WORD.finditer(unit):
        command = m.group("command")
        if command is None:
            plain = m.group("plain").strip(" .~")
            if plain and not (last and re.fullmatch(r"\^\{?-?\d\}?", plain)):
                return None
            if plain:
                last[-1] += plain
            continue
        if command == "per":
            under = True
        elif command in _PREFIXES:
            prefix = _PREFIXES[command]
        elif command in ("square", "cubic"):
            raised = "^2" if command == "square" else "^3"
        elif command in ("squared", "cubed", "tothe") and last:
            last[-1] += {"squared": "^2", "cubed": "^3"}.get(command) or f"^{m.group('power')}"
        elif command in _UNITS and not (command == "mu" and prefix):
            if command == "mu":
                prefix = "μ"
                continue
            last = below if under else above
            last.append(prefix + _UNITS[command] + raised)
            prefix, raised, under = "", "", False
        else:
            return None
    if not below:
        return "·".join(above) or None
    return ("·".join(above) or "1") + "/" + (f"({'·'.join(below)})" if len(below) > 1 else below[0])


def _joined(m: re.Match[str]) -> str:
    """Prefix and unit without what stands between them; the brace after the unit still closes one."""
    whole = m.group()
    if m.group("large"):
        return (m.group("large") + "Ω").rjust(len(whole))
    return ("\\text{μ" + m.group("unit")).rjust(len(whole))
