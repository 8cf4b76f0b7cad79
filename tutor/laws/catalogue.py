"""The catalogue of laws, roles and conditions, read from `data/`.

A law file is a table of laws:

    [kinetic_energy]
    name = "kinetic energy"                     # goes on after "the law for"
    equation = "E_k = 1/2 m v^2"
    forms = ["E_k = m v^2/2"]                   # optional; only what rearrangement would not find
    slips = [["E_k = m v^2", "the factor 1/2 is missing"]]
    guarded_slips = []                          # wrong with some values alone: from rest, other signs, equal masses
    needs = []                                  # all of them; "frictionless|free_fall" is one of the two
    excludes = ["relativistic"]
    conditions = "speeds well below that of light"
    source = "OpenStax, Physics (2020), section 9.1"
    level = "school"
    symbols = { E_k = "kinetic_energy", m = "mass", v = { role = "speed", sign = "any" } }
    others = {}                                 # symbols that stand in slips and forms alone

Equations are read when first asked for, so that the catalogue costs little where few laws are met.
"""

from __future__ import annotations

import hashlib
import json
import logging
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

from tutor.bridge.dimensions import NO_DIMENSION, Dimension
from tutor.bridge.units import measure_of_word
from tutor.errors import AuthorError
from tutor.laws.law import Condition, Law, LawSymbol, RoleKind
from tutor.syntax.names import LETTERS

DATA = Path(__file__).parent / "data"
COMPILED = "compiled.json"
ROLES = "roles.toml"
CONDITIONS = "conditions.toml"

SIGNS = frozenset({"any", "positive", "nonnegative"})
LEVELS = frozenset({"school", "college"})
_LAW_KEYS = frozenset(
    "name equation forms slips guarded_slips needs excludes conditions source level symbols others".split()
)  # fmt: skip
_SYMBOL_KEYS = frozenset({"role", "says", "of", "sign", "constant", "stated"})
_ROLE_KEYS = frozenset("says unit symbols words like unlike vector angle".split())
_CONDITION_KEYS = frozenset({"says", "words", "not"})
# Dimensionless in the SI, or a rate that the tables of everyday units leave out.
_UNITS_HERE: dict[str, Dimension] = {"rad": NO_DIMENSION, "Bq": (("s", -1),)}
_GREEK = str.maketrans(LETTERS)
_NAME = re.compile(r"[A-Za-z]+(_[A-Za-z0-9_]+)?")
_YEAR = re.compile(r"\b1[6-9]\d\d\b|\b20\d\d\b")


@dataclass(frozen=True)
class Catalogue:
    """All laws by id, in the order of the files, with the roles and conditions that they name.

    faults: what is wrong in the files, each with file, line and law; what is at fault is left out.
    """

    laws: Mapping[str, Law]
    roles: Mapping[str, RoleKind]
    conditions: Mapping[str, Condition]
    faults: tuple[str, ...] = ()
    _about: Mapping[str, tuple[Law, ...]] = field(default_factory=dict, repr=False)

    def about(self, role: str) -> tuple[Law, ...]:
        """The laws that have a symbol of exactly this role."""
        return self._about.get(role, ())

    def kinds_of(self, role: str) -> frozenset[str]:
        """The role itself and all wider roles that it may stand for."""
        found = {role}
        stack = [role]
        while stack:
            for wider in self.roles[stack.pop()].like:
                if wider not in found:
                    found.add(wider)
                    stack.append(wider)
        return frozenset(found)


@cache
def catalogue() -> Catalogue:
    """The catalogue that is shipped; what is at fault in its files is logged and left out, so that work is marked."""
    found = catalogue_of(DATA)
    for fault in found.faults:
        logging.getLogger(__name__).warning("left out of the laws: %s", fault)
    return found


def catalogue_of(folder: Path) -> Catalogue:
    """The catalogue of a folder, and what is wrong in its files.

    Where the compiled tables are of these very files their equations have been read before and are not read here.
    """
    (roles, of_roles), (conditions, of_conditions) = _roles(folder / ROLES), _conditions(folder / CONDITIONS)
    faults = [*of_roles, *of_conditions]
    laws: dict[str, Law] = {}
    for path in sorted(folder.glob("*.toml")):
        if path.name in (ROLES, CONDITIONS):
            continue
        try:
            source = _Source(path)
        except AuthorError as error:
            faults.append(str(error))
            continue
        for id, table in source.tables.items():
            try:
                law = _law(source, id, table, roles, conditions)
                if id in laws:
                    raise source.error(id, f"{laws[id].place} has a law of this id too")
                if not source.compiled:
                    law.read_all()
            except AuthorError as error:
                faults.append(str(error))
            else:
                laws[id] = law
    about: dict[str, list[Law]] = {}
    for law in laws.values():
        for role in dict.fromkeys(symbol.role for symbol in law.symbols.values()):
            about.setdefault(role, []).append(law)
    return Catalogue(laws, roles, conditions, tuple(faults), {role: tuple(found) for role, found in about.items()})


def load_laws(
    path: Path,
    roles: Mapping[str, RoleKind] | None = None,
    conditions: Mapping[str, Condition] | None = None,
) -> tuple[Law, ...]:
    """The laws of one file, with the shipped roles and conditions where none are given.

    The equations are not read yet; `Law.equation`, `forms` and `slips` raise for what is wrong with them.

    Raises:
        AuthorError: the file has a mistake; the message names file, line, law and symbol.
    """
    source = _Source(path)
    roles = roles_of(DATA / ROLES) if roles is None else roles
    conditions = conditions_of(DATA / CONDITIONS) if conditions is None else conditions
    return tuple(_law(source, id, table, roles, conditions) for id, table in source.tables.items())


def roles_of(path: Path) -> Mapping[str, RoleKind]:
    """The roles of a file, by id; those at fault are left out."""
    return _roles(path)[0]


@cache
def _roles(path: Path) -> tuple[Mapping[str, RoleKind], tuple[str, ...]]:
    found: dict[str, RoleKind] = {}
    try:
        source = _Source(path)
    except AuthorError as error:
        return found, (str(error),)
    faults: list[str] = []
    for id, table in source.tables.items():
        try:
            found[id] = _role(source, id, table)
        except AuthorError as error:
            faults.append(str(error))
    for role in list(found.values()):
        for other in sorted(role.like | role.unlike):
            if other not in source.tables:
                faults.append(str(source.error(role.id, f"there is no role {other}")))
        known = replace(role, like=role.like & found.keys(), unlike=role.unlike & found.keys())
        found[role.id] = known if known != role else role
    return found, tuple(faults)


def _role(source: _Source, id: str, table: Mapping[str, Any]) -> RoleKind:
    source.keys(id, table, _ROLE_KEYS, ("says", "unit"))
    return RoleKind(
        id,
        says=table["says"],
        unit=table["unit"],
        dimension=_dimension(source, id, table["unit"]),
        symbols=tuple(map(symbol_name, table.get("symbols", "").split())),
        words=_phrases(table.get("words", "")),
        like=frozenset(table.get("like", "").split()),
        unlike=frozenset(table.get("unlike", "").split()),
        vector=table.get("vector", False),
        angle=table.get("angle", False),
    )


def conditions_of(path: Path) -> Mapping[str, Condition]:
    """The conditions of a file, by id; those at fault are left out."""
    return _conditions(path)[0]


@cache
def _conditions(path: Path) -> tuple[Mapping[str, Condition], tuple[str, ...]]:
    found: dict[str, Condition] = {}
    try:
        source = _Source(path)
    except AuthorError as error:
        return found, (str(error),)
    faults: list[str] = []
    for id, table in source.tables.items():
        try:
            source.keys(id, table, _CONDITION_KEYS, ("says",))
        except AuthorError as error:
            faults.append(str(error))
            continue
        found[id] = Condition(id, table["says"], _phrases(table.get("words", "")), _phrases(table.get("not", "")))
    return found, tuple(faults)


@cache
def symbol_name(text: str) -> str:
    """The name that the tree has for a letter: "θ_1" is "theta_1", "Δx" is "Delta_x"."""
    if text.isascii():
        return text
    head, below, tail = text.partition("_")
    if head[0] in "Δ∆" and len(head) > 1:
        return "Delta_" + head[1:].translate(_GREEK) + below + tail.translate(_GREEK)
    return head.translate(_GREEK) + below + tail.translate(_GREEK)


def _compiled_tables(path: Path, text: str) -> dict[str, Any] | None:
    """A file's tables, where the compiled ones are of this very text."""
    known = _compiled().get(path.name) if path.parent == DATA else None
    tables: dict[str, Any] | None = known["tables"] if known and known["sha256"] == digest(text) else None
    return tables


def digest(text: str) -> str:
    """By which a text is known again."""
    return hashlib.sha256(text.encode()).hexdigest()


@cache
def _compiled() -> dict[str, Any]:
    """The tables of all files as `python -m tutor.laws` wrote them; reading them takes a tenth of the time of TOML."""
    try:
        found: dict[str, Any] = json.loads((DATA / COMPILED).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found


def not_compiled() -> tuple[str, ...]:
    """The files whose compiled tables are missing or of another text."""
    paths = sorted(DATA.glob("*.toml"))
    return tuple(p.name for p in paths if _compiled_tables(p, p.read_text(encoding="utf-8")) is None)


def compile_data() -> str:
    """What `COMPILED` should hold."""
    from tutor.laws.library import sights_of

    found: dict[str, Any] = {}
    for path in sorted(DATA.glob("*.toml")):
        text = path.read_text(encoding="utf-8")
        found[path.name] = {"sha256": digest(text), "tables": tomllib.loads(text)}
        if path.name not in (ROLES, CONDITIONS):
            found[path.name]["sights"] = {law.id: sights_of(law) for law in load_laws(path)}
    return json.dumps(found, ensure_ascii=False, separators=(",", ":")) + "\n"


class _Source:
    """A file of tables, which knows the line of each when something is wrong."""

    def __init__(self, path: Path) -> None:
        self.name = path.name
        self.kind = {ROLES: "role", CONDITIONS: "condition"}.get(path.name, "law")
        try:
            self.text = path.read_text(encoding="utf-8")
            known = _compiled_tables(path, self.text)
            self.compiled = known is not None
            self.sights: dict[str, list[str]] = {} if known is None else _compiled()[self.name].get("sights", {})
            self.tables: dict[str, Any] = tomllib.loads(self.text) if known is None else known
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise AuthorError(f"{path.name}: {error}") from None
        # "[id]" or "id = {…}" at the beginning of a line; later lines do not overwrite the first.
        self.lines: dict[str, int] = {}
        for number, line in enumerate(self.text.splitlines(), 1):
            if line[:1] not in ("", "#", " "):
                self.lines.setdefault(line.partition("=")[0].strip(" []\t"), number)

    def place(self, id: str) -> str:
        return f"{self.name} line {self.lines.get(id, 1)}"

    def error(self, id: str, says: str) -> AuthorError:
        return AuthorError(f'{self.place(id)}, {self.kind} "{id}": {says}')

    def keys(self, id: str, table: Mapping[str, Any], known: frozenset[str], needed: tuple[str, ...]) -> None:
        if not isinstance(table, dict):
            raise self.error(id, "it is not a table")
        for key in needed:
            if not isinstance(table.get(key), str):
                raise self.error(id, f'it has no "{key}"')
        if unknown := set(table) - known:
            raise self.error(id, f'nothing is called "{sorted(unknown)[0]}"; there are: {", ".join(sorted(known))}')


def _law(
    source: _Source,
    id: str,
    table: Mapping[str, Any],
    roles: Mapping[str, RoleKind],
    conditions: Mapping[str, Condition],
) -> Law:
    source.keys(id, table, _LAW_KEYS, ("name", "equation", "source"))
    if not _YEAR.search(table["source"]):
        raise source.error(id, f'the source "{table["source"]}" has no year')
    for key in ("symbols", "others"):
        if not isinstance(table.get(key, {}), dict):
            raise source.error(id, f'"{key}" is not a table')
    for key in ("forms", "slips", "guarded_slips", "needs", "excludes"):
        if not isinstance(table.get(key, []), list):
            raise source.error(id, f'"{key}" is not a list')
    symbols = _symbols(source, id, table.get("symbols", {}), roles)
    needs, excludes = table.get("needs", []), table.get("excludes", [])
    for condition in chain.from_iterable(need.split("|") for need in (*needs, *excludes)):
        if condition not in conditions:
            raise source.error(id, f"there is no condition {condition} in {CONDITIONS}")
    level = table.get("level", "school")
    if level not in LEVELS:
        raise source.error(id, f'there is no level "{level}"; there are: {", ".join(sorted(LEVELS))}')
    slips, guarded = table.get("slips", []), table.get("guarded_slips", [])
    for slip in (*slips, *guarded):
        if not (isinstance(slip, list) and len(slip) == 2 and all(isinstance(text, str) for text in slip)):
            raise source.error(id, f"a slip is an equation and what was done, not {slip!r}")
    return Law(
        id,
        name=table["name"],
        text=table["equation"],
        symbols=symbols,
        topic=source.name.removesuffix(".toml"),
        source=table["source"],
        form_texts=tuple(table.get("forms", ())),
        slip_texts=tuple((equation, done) for equation, done in slips),
        guarded_texts=tuple((equation, done) for equation, done in guarded),
        needs=frozenset(needs),
        excludes=frozenset(excludes),
        conditions=table.get("conditions", ""),
        level=level,
        others=_symbols(source, id, table.get("others", {}), roles),
        place=source.place(id),
        sights=tuple(source.sights.get(id, ())),
    )


def _symbols(
    source: _Source, id: str, table: Mapping[str, Any], roles: Mapping[str, RoleKind]
) -> Mapping[str, LawSymbol]:
    found: dict[str, LawSymbol] = {}
    for key, entry in table.items():
        name = symbol_name(key)
        if not _NAME.fullmatch(name):
            raise source.error(id, f"symbol {key} is not a letter or name")
        if isinstance(entry, str):
            entry = {"role": entry}
        if not isinstance(entry, dict) or not entry.get("role"):
            raise source.error(id, f"symbol {key} has no role")
        if unknown := set(entry) - _SYMBOL_KEYS:
            raise source.error(id, f'symbol {key}: nothing is called "{sorted(unknown)[0]}"')
        if entry["role"] not in roles:
            raise source.error(id, f"symbol {key} has the role {entry['role']}, which is not in {ROLES}")
        if entry.get("sign", "any") not in SIGNS:
            raise source.error(
                id, f'symbol {key} has the sign "{entry["sign"]}"; there are: {", ".join(sorted(SIGNS))}'
            )
        role = roles[entry["role"]]
        found[name] = LawSymbol(name, **{"sign": "any" if role.vector or role.angle else "nonnegative", **entry})
    return found


def _phrases(text: str) -> tuple[str, ...]:
    return tuple(sorted(filter(None, map(str.strip, text.split("|"))), key=lambda phrase: -len(phrase)))


@cache
def _factors(unit: str) -> Dimension | None:
    """The dimension of "kg m/s" or "J/(kg K)"; None where a word is no unit."""
    exponents: dict[str, int | Fraction] = {}
    for part, sign in zip(unit.split("/", 1), (1, -1), strict=False):
        for factor in part.strip(" ()").split():
            word, _, power = factor.partition("^")
            if word == "1":
                continue
            known = _UNITS_HERE.get(word)
            if known is None:
                measure = measure_of_word(word)
                if measure is None:
                    return None
                known = measure[1]
            for base, times in known:
                exponents[base] = exponents.get(base, 0) + sign * times * int(power or 1)
    return tuple(sorted((base, times) for base, times in exponents.items() if times))


def _dimension(source: _Source, id: str, unit: str) -> Dimension:
    found = _factors(unit)
    if found is None:
        raise source.error(id, f'"{unit}" is not a unit')
    return found
