"""A bare statement to a Problem: the mathematics that the statement itself holds.

`Solve 2x + 3 = 7` gives that equation and the unknown x, `Expand (x+2)(x-3)` gives that product, `Differentiate
x^2 sin x` gives its derivative as a tree. Prose gives nothing: what needs language is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from tutor.errors import AuthorError, StudentError
from tutor.records import Problem
from tutor.syntax.read import ReadHints, read
from tutor.syntax.tree import (
    Both,
    Bracket,
    Call,
    Chain,
    Derivative,
    Differential,
    Dots,
    Either,
    Expr,
    Integral,
    Listing,
    Number,
    Product,
    Span,
    Statement,
    Symbol,
    Tuple,
    Words,
    symbols,
    walk,
)
from tutor.syntax.unit_words import MEASURED

MAX_STATEMENT = 20_000
MAX_FRAGMENTS = 40

_DISPLAY = re.compile(r"\$\$(.+?)\$\$|\\\[(.+?)\\\]|\\\((.+?)\\\)|\$([^$\n]+?)\$", re.DOTALL)
_WORD = re.compile(r"\S+")
# 2,5x and 1,5 = 9; not the points (1,2), the list 1,2,3 or the thousands of 1,000.
_COMMA_NUMBER = re.compile(r"(?<![\d.,({\[;])\d+,\d{1,2}(?:[a-z]\b|\s*[-+*/·:=])")
# A letter: `²`, `₁` and `½` are \w to Python, yet no letters, so that x² is no word.
_LETTER = r"[^\W\d_²³¹¼-¾⁰-₟⅐-↋]"
_LETTERS = re.compile(rf"{_LETTER}+")
_SENTENCE_END = re.compile(r"[.?!:;](?=\s|$)|\n\s*\n")
_RELATION = re.compile(r"[=<>≤≥≠≈⩽⩾]|\\(?:leq?|geq?|lt|gt|neq?|approx)(?![a-z])")
_PROSE = re.compile(rf"{_LETTER}{{2,}}(?:['’][a-z]+)?(?:[-–/]{_LETTER}{{2,}})*")
_NAMES = (
    "sin cos tan cot sec csc arcsin arccos arctan asin acos atan sinh cosh tanh tg ctg ln log lg exp sqrt lim det "
    "dx dy dt du dv gcd lcm hcf abs min max mod pi theta alpha beta gamma omega lambda"
)
_MATHEMATICAL_NAMES = frozenset(_NAMES.split())
_SHORT = (
    "a am an and are as at be by can did do for from get go had has he her him his how if in into is it its let me my "
    "no not of off on one or our out per put see set she so the then they to two up us use was we who why with you "
    "cm kg km mm mg ml"
)
_SHORT_WORDS = frozenset(_SHORT.split())
_OPERATOR_END = re.compile(r"[-+*/^=<>≤≥≠≈·×÷(−|]$")
_OPERATION_SIGNS = frozenset({"+", "−", "*", "·", "×", "="})
_OPERATOR_START = re.compile(r"[-+*/^=<>≤≥≠≈·×÷)−|]")

# Said before a bare expression, these make it what the problem is about.
_COMMANDS = re.compile(
    r"(?P<differentiate>\bdifferentiate\b|\bderivative of\b|\bderive\b)"
    r"|(?P<integrate>\bintegrate\b|\bantiderivative of\b|\b(?:indefinite )?integral of\b)"
    r"|(?P<rewrite>\bsimplify|\bexpand|\bfactor(?:i[sz]e)?\b(?!\s+of)|\bmultiply out\b|\bsplit\b|\brewrite\b"
    r"|\bdecompose\b|\bexpress\b|\bwrite\b|\breduce\b|\bcomplete the square\b|\brationali[sz]e\b)"
    r"|(?P<evaluate>\bevaluate|\bcalculate|\bcompute|\bwork out\b|\bfind\b|\bwhat is\b|\bdetermine\b|\bestimate\b)"
    r"|(?P<solve>\bsolve)",
    re.IGNORECASE,
)
_FOR_UNKNOWN = re.compile(
    r"\b(?:solve\s+for|value\s+of|values\s+of|for|find|determine|make|unknowns?)\s+\$?(?P<names>[^\W\d_](?:_\w+)?"
    r"(?:\s*(?:,|and|&)\s*[^\W\d_](?:_\w+)?)*)(?![\w'’(])\$?(?=\s*(?:[.,:;?!]|$|the\s+subject|if\b|when\b|given\b|such\b|in\b|so\b))",
    re.IGNORECASE,
)
_RESPECT = re.compile(r"with\s+respect\s+to\s+\$?([^\W\d_])\b", re.IGNORECASE)
# Between a command and its expression stands nothing but these: "find the coefficient of x^2" is not about x^2.
_FILLERS = (
    "the a exact numerical value values of following expression expressions function functions derivative second first "
    "integral indefinite definite antiderivative limit limits fully completely each this these sum series product and "
    "then to simplify for also it polynomial quadratic fraction fractions number out as together"
)
_FILLING = frozenset(_FILLERS.split())
_SUM_OF = re.compile(r"\b(?:sum|product|series|number|difference|quotient|fractions?)\s+of\b", re.IGNORECASE)

# A statement about curves describes them; what it says in notation does not hold of one point.
_SHAPES = re.compile(
    r"\b(?:tangents?|normals?|areas?|bounded|enclosed|regions?|distances?|reflect\w*|translat\w*|transform\w*"
    r"|asymptotes?|curves|lengths?|volumes?|rotat\w*|revol\w*|graphs?)\b",
    re.IGNORECASE,
)
_MEETING = re.compile(r"\b(?:meets?|intersect\w*|cross\w*|in common)\b", re.IGNORECASE)
# x = 2 after these is a place to look at, not a fact.
_PLACE_BEFORE = re.compile(
    r"\b(?:at|between|from|through|near|about|around|points?|lines?|axis|point\s+(?:where|with)|approaches)\s*\$?$",
    re.IGNORECASE,
)
_DEFINED = re.compile(
    r"\b(?:function|polynomial|functions|polynomials)s?\s+\$?([^\W\d_])\s*\(|\b([^\W\d_])\s*\(\s*[^\W\d_]\s*\)\s*="
)
# What follows these may or may not hold.
_MAYBE_BEFORE = re.compile(r"\b(?:probability|chances?|likely|event|whether|odds)\b", re.IGNORECASE)
_CASE_BEFORE = re.compile(r"\b(?:when|if)\s*\$?$", re.IGNORECASE)
_CASES = re.compile(r"\b(?:when|if|suppose)\b", re.IGNORECASE)
_GIVEN_BEFORE = re.compile(r"\b(?:if|when|where|given(?:\s+that)?|let|for|at|with|and)\s*,?\s*\$?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Fragment:
    """A stretch of the statement that reads as mathematics, and the words before it in its sentence."""

    text: str
    start: int
    statements: tuple[tuple[str, Statement], ...]
    before: str


COORDINATES = frozenset("xyzXYZ")


@dataclass(slots=True)
class Mathematics:
    """What a statement says in notation."""

    equations: list[Statement] = field(default_factory=list)
    unknowns: list[str] = field(default_factory=list)
    givens: dict[str, str] = field(default_factory=dict)
    curves: int = 0  # y = ... that belong to a shape


def problem_from_statement(text: str) -> Problem:
    """The problem that a bare statement poses, without a reference answer.

    Raises:
        AuthorError: the statement is longer than any statement is.
    """
    found = mathematics(text)
    return Problem(
        statement=text.strip(),
        givens=found.givens,
        unknowns=tuple(found.unknowns),
        equations=tuple(found.equations),
    )


def mathematics(text: str, unknowns: Sequence[str] = (), hints: ReadHints | None = None) -> Mathematics:
    """The equations, unknowns and givens written in a statement.

    unknowns: what the author says is asked for, where the author says it.
    """
    if len(text) > MAX_STATEMENT:
        raise AuthorError(f"the statement has {len(text)} characters; at most {MAX_STATEMENT} are read")
    found = Mathematics(unknowns=list(unknowns))
    hints = hints or ReadHints(decimal_comma=True if _COMMA_NUMBER.search(text) and "." not in text[:-1] else None)
    if MEASURED.search(text):
        hints = replace(hints, units=True, physical=True)
    defined = {name for match in _DEFINED.finditer(text) for name in match.groups() if name}
    if defined:
        hints = replace(hints, functions=hints.functions | defined)
    fragments = list(_fragments(text, hints))
    shapes = bool(_SHAPES.search(text)) and not _MEETING.search(text)
    cases = len(_CASES.findall(text)) > 1
    respect = _RESPECT.search(text)
    solving = False
    for fragment in fragments:
        command = None
        for match in _COMMANDS.finditer(fragment.before):
            command = match.lastgroup
            gap = fragment.before[match.end() :]
        solving = solving or command == "solve"
        if command is not None and (_SUM_OF.search(gap) or not _FILLING.issuperset(_LETTERS.findall(gap.lower()))):
            command = None
        for text_read, statement in fragment.statements:
            if isinstance(statement, Expr):
                _take_expression(statement, command, fragment, respect.group(1) if respect else None, found)
            else:
                _take_claim(statement, text_read, fragment, found, shapes=shapes, cases=cases)
    if not unknowns:
        _take_unknowns(text, solving, found)
    return found


def _take_expression(
    expr: Expr, command: str | None, fragment: Fragment, respect: str | None, found: Mathematics
) -> None:
    """A bare expression counts where the statement tells to do something with it."""
    if command is None:
        return
    if isinstance(expr, Tuple | Listing) or any(isinstance(node, Words | Dots) for node in walk(expr)):
        return
    if _is_name(expr):
        if command == "evaluate" and fragment.text not in found.unknowns and not isinstance(expr, Symbol):
            found.unknowns.append(fragment.text)
        return
    if isinstance(expr, Number):
        return
    names = sorted(symbols(expr))
    variable = respect or (names[0] if len(names) == 1 else "x" if "x" in names else None)
    if command == "differentiate" and variable and not any(isinstance(n, Derivative) for n in walk(expr)):
        order = 2 if re.search(r"\bsecond\b|\btwice\b", fragment.before, re.IGNORECASE) else 1
        expr = Derivative(Bracket(expr), Symbol(variable), order)
    elif command == "integrate" and variable and not any(isinstance(n, Integral) for n in walk(expr)):
        match expr:
            case Product((*factors, Differential())) if factors:  # the integral of x e^x dx
                expr = factors[0] if len(factors) == 1 else Product(tuple(factors), expr.signs[:-1])
        expr = Integral(expr, Symbol(variable))
    found.equations.append(expr)


def _is_name(expr: Expr) -> bool:
    """x, f(x), f'(x), dy/dx: a name for something, not something to work on."""
    match expr:
        case Symbol():
            return True
        case Call(name=name):
            return len(name) == 1
        case Derivative(operand=Symbol() | Call()):
            return True
        case _:
            return False


def _take_claim(
    statement: Statement, text: str, fragment: Fragment, found: Mathematics, *, shapes: bool, cases: bool
) -> None:
    """A claim counts as a fact where the statement gives it as one; a value given for a place is a given alone."""
    if _MAYBE_BEFORE.search(fragment.before):
        return
    place = bool(_PLACE_BEFORE.search(fragment.before)) or (cases and bool(_CASE_BEFORE.search(fragment.before)))
    if isinstance(statement, Either) and (place or shapes) and all(_names_a_symbol(p) for p in statement.parts):
        return
    for part in statement.parts if isinstance(statement, Both) else (statement,):
        if _defines_a_unit(part):
            continue
        value = _value_given(part)
        vector = value is not None and isinstance(part, Chain) and isinstance(part.operands[1], Tuple)
        if value is not None and (place or _GIVEN_BEFORE.search(fragment.before) or found.givens):
            name, span = value
            found.givens.setdefault(name, text[span.start : span.end])
            if any((_value_given(known) or ("",))[0] == name for known in found.equations):
                continue  # two cases of one quantity, not two facts
        if value is not None and place and not vector:
            continue
        if shapes and _names_a_symbol(part):
            _take_curve(part, found)
            continue
        if part not in found.equations:
            found.equations.append(part)


def _defines_a_unit(statement: Statement) -> bool:
    """1 u = 931.5 MeV, 1 t = 1000 kg: nobody writes 1 before a letter that is a quantity."""
    match statement:
        case Chain((Product((Number(text="1"), Symbol(name))), right), ("=",)):
            return name != "x" and not symbols(right) - {"s", "m", "g"}
    return False


def _names_a_symbol(statement: Statement) -> bool:
    """y = x^2, x = 2: a curve, or a line across it."""
    return (
        isinstance(statement, Chain)
        and "=" in statement.relations
        and any(isinstance(operand, Symbol) and operand.name in COORDINATES for operand in statement.operands)
    )


def _take_curve(statement: Statement, found: Mathematics) -> None:
    """The tangent to y = x² + 1: y(x) = x² + 1 of the curve, not of every y in the work; of several curves nothing."""
    if not isinstance(statement, Chain) or statement.relations != ("=",):
        return
    head, body = statement.operands
    names = symbols(body)
    if not isinstance(head, Symbol) or head.name != "y" or len(names) != 1 or "y" in names:
        return
    known = [e for e in found.equations if isinstance(e, Chain) and isinstance(e.operands[0], Call)]
    curves = [e for e in known if e.operands[0].name == "y"]  # type: ignore[attr-defined]
    if found.curves or curves:
        found.equations = [e for e in found.equations if e not in curves]
    else:
        (name,) = names
        found.equations.append(Chain((Call("y", (Symbol(name),)), body), ("=",), span=statement.span))
    found.curves += 1


def _value_given(statement: Statement) -> tuple[str, Span] | None:
    """The symbol and the place of its value in `x = 3`."""
    if isinstance(statement, Chain) and statement.relations == ("=",):
        left, right = statement.operands
        if isinstance(left, Symbol) and not symbols(right):
            return left.name, right.span
    return None


def _take_unknowns(text: str, solving: bool, found: Mathematics) -> None:
    used: set[str] = set()
    for equation in found.equations:
        used |= symbols(equation)
    for match in _FOR_UNKNOWN.finditer(text):
        for name in re.split(r"\s*(?:,|\band\b|&)\s*", match.group("names")):
            symbol = _symbol_name(name)
            if symbol and symbol not in found.unknowns and symbol not in found.givens and (not used or symbol in used):
                found.unknowns.append(symbol)
    if found.unknowns or not solving:
        return
    free = sorted(used - set(found.givens))
    if len(free) == 1 or (len(free) > 1 and len(found.equations) >= len(free)):
        found.unknowns.extend(free)
    elif "x" in free:
        found.unknowns.append("x")


def _symbol_name(text: str) -> str | None:
    """θ is called theta in the tree; `a` and `I` alone in prose are words."""
    try:
        expr = read(text)
    except StudentError:
        return None
    return expr.name if isinstance(expr, Symbol) else None


# ---------------------------------------------------------------- finding the notation in the prose


def _fragments(text: str, hints: ReadHints) -> Iterator[Fragment]:
    count = 0
    for start, piece in _pieces(text):
        statements = _read_piece(piece, hints)
        if not statements:
            continue
        count += 1
        if count > MAX_FRAGMENTS:
            return
        yield Fragment(piece, start, statements, _sentence_before(text, start))


def _sentence_before(text: str, start: int) -> str:
    """The words before a place, from the beginning of its sentence."""
    cut = 0
    window = max(0, start - 300)
    for match in _SENTENCE_END.finditer(text, window, start):
        # "Solve for x: 2x = 4" and "Simplify: 3(x+1)" are one sentence.
        if match.group() != ":":
            cut = match.end()
    return text[max(cut, window) : start]


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """Candidates for notation, left to right: what stands between $ signs, and runs of words that are not prose."""
    at = 0
    for match in _DISPLAY.finditer(text):
        inner = next(g for g in match.groups() if g is not None)
        if match.group(4) is not None and _looks_like_prose(inner):
            continue  # two sums of money, not a formula
        if match.start() < at:
            continue
        yield from _runs(text, at, match.start())
        yield match.start(), inner.strip()
        at = match.end()
    yield from _runs(text, at, len(text))


def _looks_like_prose(text: str) -> bool:
    words = [w for w in re.findall(rf"(?<![\\\w]){_LETTER}{{2,}}", text) if w.lower() not in _MATHEMATICAL_NAMES]
    return len(words) >= 2 and "\\" not in text


def _runs(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    for line in re.finditer(r"[^\n]+", text[start:end]):
        words = [(m.start(), m.group()) for m in _WORD.finditer(line.group())]
        run: list[tuple[int, str]] = []
        for i, (place, word) in enumerate(words):
            if _is_notation(words, i):
                run.append((place, word))
                if _ends_a_piece(run):
                    yield from _close(run, line.group(), start + line.start())
                    run = []
            else:
                yield from _close(run, line.group(), start + line.start())
                run = []
        yield from _close(run, line.group(), start + line.start())


def _ends_a_piece(run: list[tuple[int, str]]) -> bool:
    """A stop, or a comma that stands in no bracket and after no relation: `x + y = 7, x - y = 1` stays whole."""
    word = run[-1][1]
    if not word.endswith(","):
        return word[-1] in ".;:?!"
    text = "".join(piece for _, piece in run)
    return not _RELATION.search(word) and sum(map(text.count, "([{")) <= sum(map(text.count, ")]}"))


def _close(run: list[tuple[int, str]], line: str, offset: int) -> Iterator[tuple[int, str]]:
    if run:
        begin = run[0][0]
        end = run[-1][0] + len(run[-1][1])
        piece = line[begin:end].rstrip(".,;:?! ")
        if piece:
            yield offset + begin, piece


def _is_notation(words: list[tuple[int, str]], i: int) -> bool:
    word = words[i][1]
    core = word.strip(".,;:?!\"'’“”()")
    before = words[i - 1][1] if i else ""
    after = words[i + 1][1] if i + 1 < len(words) else ""
    if core in ("a", "A", "I"):
        return core != word or bool(_OPERATOR_END.search(before) or _OPERATOR_START.match(after))
    if core.lower() == "of":
        return bool(re.search(r"[%\d]$", before) and re.match(r"[$£€\d]", after))
    if core.lower() in ("and", "or"):
        return bool(_joins(words, i))
    if core.lower() in _MATHEMATICAL_NAMES:
        return True
    if len(core) == 2 and core.isalpha():
        if core.lower() not in _SHORT_WORDS:
            return bool(_OPERATOR_END.search(before) or _OPERATOR_START.match(after))
        # v = u + at, s = ut: after a sign of operation stands what it works on, be it a word elsewhere.
        return core == word.rstrip(".,;:?!") and core.islower() and before in _OPERATION_SIGNS
    return not _PROSE.fullmatch(core)


def _joins(words: list[tuple[int, str]], i: int) -> bool:
    """`x + y = 7 and x - y = 1`, `x < 1 or x > 3`: a relation on both sides before any prose."""

    def relation(indices: range) -> bool:
        for j in indices:
            word = words[j][1].strip(".,;:?!")
            if _RELATION.search(word):
                return True
            if _PROSE.fullmatch(word) and word.lower() not in _MATHEMATICAL_NAMES:
                return False
        return False

    return relation(range(i - 1, -1, -1)) and relation(range(i + 1, len(words)))


def _read_piece(piece: str, hints: ReadHints) -> tuple[tuple[str, Statement], ...]:
    whole = _try_read(piece, hints)
    if whole is not None:
        return ((piece, whole),)
    for pattern in (r"\\\\|\n", r"\s+and\s+", r"[,;]\s+"):
        parts = [p.strip(" &") for p in re.split(pattern, piece)]
        if len(parts) > 1:
            found = [(p, _try_read(p, hints)) for p in parts if p]
            statements = tuple((p, s) for p, s in found if s is not None)
            if len(statements) == len(found):
                return statements
    return ()


def _try_read(text: str, hints: ReadHints) -> Statement | None:
    try:
        statement = read(text, hints)
    except StudentError:
        return None
    # A lone number in prose ("6 apples") is a given for a person, not an equation.
    return None if isinstance(statement, Number) else statement


TALE = re.compile(r"[a-z]{3,} +[a-z]{2,}.*\d|\d.*[a-z]{3,} +[a-z]{2,}", re.IGNORECASE | re.DOTALL)
NOTATION = re.compile(r"[+*=√∫<>≤≥²³^\\]|\b[a-z]\(|\d[a-z]\b(?!/)", re.IGNORECASE)
UNITS_IN_PROSE = re.compile(r"(?<=\d)\s*[a-zA-Zµμ°%$€£Ω]+(?:\s?[/·]\s?[a-zA-Z]+)*(?:(?:\^-?\d)|[²³])?(?=[\s.,;?!)]|$)")


def told_in_words(statement: str) -> bool:
    """Whether a statement tells of quantities and holds no expression or equation to work on.

    >>> [told_in_words(t) for t in ("A car goes 100 m in 8 s. Find its speed v.", "Find the derivative of x^3", "2+2")]
    [True, False, False]
    """
    return bool(TALE.search(statement)) and not NOTATION.search(UNITS_IN_PROSE.sub(" ", statement))
