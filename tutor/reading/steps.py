"""The text of a whole solution to steps: a step a row, with its label, its operation and its claims in order."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from tutor.errors import NotReadable, TooLarge
from tutor.reading import labels, operations
from tutor.reading.asides import without_asides
from tutor.reading.beside import with_signs_between
from tutor.reading.marks import Painted, half_lives, paint, without_dots
from tutor.reading.pieces import _SPARE_NAMES, Context, Piece, cut
from tutor.reading.roles import (
    TAKEN_BACK,
    has_names,
    is_assignment,
    is_linked,
    is_question,
    restates,
    role_of,
    takes_back,
)
from tutor.reading.rows import MAX_ROW, Row, rows
from tutor.reading.spoken import SAYS_RELATION, clauses, spoken
from tutor.reading.vocabulary import FUNCTIONS, GREEK, LINKS, NUMBER_WORDS, UNITS
from tutor.reading.work import Work, gather
from tutor.records import Claim, Operation, Problem, Role, Step, Unread
from tutor.regex import regex
from tutor.syntax.read import read, readings
from tutor.syntax.tree import (
    AllValues,
    Arrow,
    Both,
    Bracket,
    Chain,
    Derivative,
    Differential,
    Either,
    Expr,
    Integral,
    Limit,
    Negative,
    Node,
    NoSolution,
    Number,
    Percent,
    Quantity,
    Quotient,
    Series,
    Span,
    Statement,
    Sum,
    Symbol,
    Words,
    rebuild,
    symbols,
    walk,
)
from tutor.syntax.typeset import typeset_plainly

_RULE = regex(r"[\s\-=_*#~.|:+]*")
# `-  x + y = 4` above a rule: what is taken away in a column, and the rule.
_COLUMN_SIGN = regex(r"\s*[-−–+](?=\s+\S)")
_COLUMN_RULE = regex(r"\s*[-_=─━—–]{3,}[\s+−-]*")
# v² = u² + 2as   // no time given; not AB // CD
_COMMENT = regex(r"(?<=\S)\s{2,}//\s.*$")
# v = 10 m/s   [M1]: a mark in the margin.
_MARK_IN_MARGIN = regex(
    r"(?:\s\[(?:[MAB]\d(?: ?ft)?[ ,]*)+\]|\s{2,}\((?:[MAB]\d(?: ?ft)?[ ,]*)+\)|\s\[\d marks?\])\s*$"
)
_HASHES = regex(r"\s*(#{1,6})\s+|\s*(#{3,4})(?=\s*[-\d$\\(.])")
_ANSWER_MARK = regex(r"\s*#{3,4}\s*(?=[-−\d$\\(.xy])")
_BULLET = regex(r"\s*(?:[•◦▪●‣∙]\s*|[*]\s+|[-–—]\s+)")
_WORDY = regex(r"(?<![A-Za-z\\])[A-Za-z]{2,}")
_WORD = regex(r"(?<![A-Za-z\\_^{])[A-Za-z][A-Za-z'’]+")
# Notation whose parts mean nothing by themselves: lim, ∫ … dx, Σ, <1, 2>, [[1, 2], [3, 4]], P(X = 2), A ∖ B.
_WHOLE_NOTATION = regex(
    r"\blim\b|∫|\\int\b|\bint\b|(?<![A-Za-z])d[a-zθ]\b|(?<![A-Za-z])(?:sum|prod)(?=\s*[_(])|[Σ∑∏∖]|\\(?:sum|prod)\b"
    r"|<\s*[^<>=]+,[^<>=]*>|\[\s*\[|\\begin|(?<![A-Za-z])Pr?\("
)
_UV = r"(?:[uv]\s*['’′]\s*[*·.]?\s*[uv]|[uv]\s*[*·.]?\s*[uv]\s*['’′])"
# f'(x) = u'v + uv', (u'v - uv')/v²: a rule, before anything is put in.
# a : b : c = 2 : 3 : 4 says three things at once.
_RATIO_OF_THREE = regex(r"[^=:]{0,40}[^=:\d ] ?: ?[^=:]{1,12}: ?[^=:]{1,12}=[^=:]{1,12}: ?[^=:]{1,12}: ?[^=:]{1,12}")
_STATED_RULE = regex(rf"[^=]{{0,20}}=\s*\(?\s*{_UV}\s*[-+−]\s*{_UV}\s*\)?\s*(?:/\s*\(?v\s*(?:\^\s*2|²)\)?)?[\s.]*")
# x < -2 | -2 < x < 1 | x > 1: the head of a table of signs.
_INTERVALS = regex(r"(?:[^|<>≤≥(]{0,30}[:|])?(?:[^|(]*[\w)∞] ?[<>≤≥]=? ?[-−\w∞√][^|(]*\|){2,}[^|(]*[<>≤≥][^|(]*\|?\s*")
_SPACED_DOT = regex(r"(?<=[>)\]]) \. (?=[<(\[])|(?<![A-Za-z]. )(?<=\b[a-zA-Z]) \. (?=[a-zA-Z]\b)")
_RELATION = regex(
    r"[=<>≤≥≠≈≡∈∝⩽⩾→⇒⇔⟹]|(?<=\s)~(?=\s*\d)|\\(?:leq?|geq?|neq?|approx|equiv|in|notin|lt|gt|Rightarrow|implies|to|rightarrow|sim|subset|iff)\b|\b[Ee]qual(?:s|\b)"
)
_OPERATOR = regex(r"[\dA-Za-z)\]}]\s*[+*/^×·÷−]\s*[\dA-Za-z(\[{\\]|\d\s*-\s*\d|\\(?:frac|sqrt|cdot|times)|√")
_MARKED = regex(
    r"\s*(?:(?P<check>(?:let'?s\s+|to\s+|now\s+)?(?:check(?:ing)?|verify(?:ing)?|verification|probe?|proof)\b(?:\s+(?:the\s+|my\s+|our\s+|this\s+)?"
    r"(?:answer|solution|work|result|it|this))?\s*[:,.\-–]?\s*)"
    r"|(?P<answer>(?:(?:so|thus|therefore|hence|and|the|my|our|final|correct)\s*,?\s+){0,4}(?:answer|ans)s?\.?\s*(?:(?:is|are)\b\s*[:=]?|[:=]|-\s)\s*)"
    r"|(?P<solution>(?:final\s+)?(?:solutions?|result|conclusion)\s*(?:is|are)?\s*:\s*)"
    r"|(?P<letter>A(?:ns)?\s*:\s*)"
    r"|(?P<given>(?:given|known|data|facts?|we (?:know|are given|are told)|it is given|from the (?:problem"
    r"|question|text))\b(?:\s+that)?\s*[:,]?\s*)"
    r"|(?P<case>case\s+(?:\d+|[ivx]+|[a-d])\s*[:.)\-–]\s*)"
    r"|(?P<quote>(?:incorrect|wrong|mistake|false|error|not)\s*:\s*|(?:the|a|another)\s+student\s+(?:wrote|got|said|claims?)\s*:?\s*)"
    r")",
    re.IGNORECASE,
)
_ANSWER_IS = regex(
    r"\b(?:final\s+)?answer(?:\s+(?:is|was|will be|should be|would be|must be|comes out (?:as|to be)|to (?:the"
    r"|this) (?:problem|question) is|equals)|\s*[:=])"
    r"\s*(?:therefore\s+|thus\s+|approximately\s+|about\s+)?[:=]?\s*",
    re.IGNORECASE,
)
_HEADING = regex(
    r"\s*(?:(?:solution|answer|working|work|workings|proof|check|calculations?|given|find|required|to find"
    r"|method|steps?|conclusion|part|question|problem|"
    r"therefore|thus|so|hence|now|then|next|and|or|where|we have|we get)\b[\s\w]{0,12})?[:.]?\s*",
    re.IGNORECASE,
)
_LET_BE = regex(
    r"\blet(?:['’]s|\s+us)?\s+(?:let\s+|say\s+|call\s+)?(?P<symbol>[A-Za-z](?:_\w+)?)\s+(?:be|denote|represent"
    r"|stand for|equal)\s+(?:the\s+|a\s+)?(?P<words>[A-Za-z][^.,;:=]{2,80})"
    r"|\b(?P<symbol2>[A-Za-z])\s+(?:represents?|denotes?|stands for)\s+(?:the\s+"
    r"|a\s+)?(?P<words2>[A-Za-z][^.,;:=]{2,80})",
    re.IGNORECASE,
)
_NO_SOLUTION = regex(
    r"(?:there\s+(?:is|are)\s+|has\s+|have\s+)?\bno\s+(?:real\s+|such\s+|valid\s+)?(?:solutions?|roots?|answers?)\b|\bno\s+(?:real\s+)?(?:number|value)s?\s+(?:satisf|work)",
    re.IGNORECASE,
)
# D < 0, no real solutions; x = 3 is excluded, so there is no solution
_SO_NO_SOLUTION = regex(
    r"(?:[,;⇒→∴]|\b(?:so|hence|therefore|thus))\s*(?:(?:so|hence|therefore|thus|∴)\s+)?"
    r"(?:(?:there\s+(?:is|are)|it\s+has|we\s+have|the\s+equation\s+has)\s+)?"
    r"no\s+(?:real\s+)?(?:solutions?|roots?)\s*[.!]?\s*$",
    re.IGNORECASE,
)
_ALL_VALUES = regex(
    r"\ball\s+real\s+numbers?\b|\binfinitely\s+many\s+solutions?\b|\b(?:always\s+true|true\s+for\s+(?:all|every|any)\b)|\bevery\s+real\s+number\b",
    re.IGNORECASE,
)
# One of these stands in a line in which the pattern is found; looking for a word is quicker.
_NO_WORDS = frozenset({"no"})
_ALL_WORDS = frozenset({"all", "infinitely", "true", "every"})
_LET_WORDS = frozenset({"let", "represent", "represents", "denote", "denotes", "stand", "stands"})
_SAYS = regex(
    r"\b(?:is|are|was|were|equals?|times|plus|minus|multipl\w+|divid\w+|subtract\w*|add(?:s|ed|ing)?|sum|difference|product|half|twice|double|"
    r"total|more|less|fewer|percent|left|remain\w*|has|have|had|costs?|needs?)\b",
    re.IGNORECASE,
)
_NUMBERISH = regex(r"\d|\b(?:" + "|".join(NUMBER_WORDS) + r"|half|twice|dozen|third|quarter)\b", re.IGNORECASE)
_LEAD_IN = regex(
    r"(?:[^:=]{0,60}:|(?:\s*(?:so|therefore|thus|hence|then|now|and|we|have|get|gives?|giving|obtain|this|it|which|is|becomes?|equals?|"
    r"simplif(?:y|ies|ied)|to|i)\b)+)\s*",
    re.IGNORECASE,
)
_WORDS = regex(r"[a-z]+")
_HALF_LIFE = regex(r"half[- ]?li(?:fe|ves)|radioactiv|decay constant", re.IGNORECASE)
_ONLY_ARROW = regex(r"\s*(?:[⇒⇔→⟹⟶⟺∴]|[=-]+>|<=>|\\(?:Rightarrow|implies|iff|to|rightarrow|Longrightarrow))\s*")
_ENVIRONMENT = regex(r"\\(?:begin|end)\s*\{[A-Za-z]+\*?\}(?:\{[clr|]+\})?")
_CROSS = regex(r"[\d)%]\s+x\s+[\d($£€]")  # 20 x 3, though x is a letter elsewhere
_QUANTITY = regex(r"\s*[-−]?[$£€]?\d[\d.,]*\s*[a-zA-Z°]+(?:[²³]|\^\d)?(?:/[a-zA-Z]+(?:[²³]|\^\d)?)?\s*")
_LONE_OPERATION = regex(r"\s*([:÷×·])\s*([^\s=]{1,20})\s*")
_SENTENCE_END = regex(r"[.?!](?=\s|$)")
_CHOICE = regex(r"\s*(?:option|choice)?[\s_\\]*[(\[]?([A-H])[)\].:]?(?=\s|$|[:,.])", re.IGNORECASE)
_CHOICE_WORD = regex(r"\s*(?:option|choice)[\s_\\]*[(\[]?[A-H]\b", re.IGNORECASE)
_SIGNS: dict[str, str] = {
    "≤": "<=", "⩽": "<=", "\\le": "<=", "\\leq": "<=", "=<": "<=", "≥": ">=", "⩾": ">=", "\\ge": ">=",
    "\\geq": ">=", "\\lt": "<", "\\gt": ">", "\\approx": "≈", "≅": "≈", "≃": "≈", "~": "≈", "\\sim": "≈",
    "\\simeq": "≈", "\\cong": "≈", "\\equiv": "≡", "≠": "!=", "\\ne": "!=", "\\neq": "!=", "==": "=", "∈": "in",
    "\\in": "in", "∉": "notin", "\\notin": "notin", "⊂": "subset", "⊆": "subset", "\\subset": "subset",
    "\\subseteq": "subset", "\\leqslant": "<=", "\\geqslant": ">=", "\\propto": "∝",
}  # fmt: skip
_ARROWS = frozenset("⇒⇔→⟹⟶⟺")
_NAME_OF_SPARE = {name: letter for letter, name in _SPARE_NAMES.items()}


def split_steps(text: str, problem: Problem | None = None) -> tuple[Step, ...]:
    """The steps of a piece of work, in order: one for each non-blank line, or row of a display.

    Raises:
        TooLarge: the text as a whole is more than one piece of work can be.
    """
    every = list(rows(text))
    builder = _Builder(text, every, gather(text, problem), problem)
    for place, row in enumerate(every):
        last = place == len(every) - 1
        builder.add(row, last=last, above_rule=not last and _COLUMN_RULE.fullmatch(every[place + 1].text) is not None)
    return tuple(builder.steps)


class _Builder:
    """Builds the steps of one piece of work, row by row."""

    def __init__(self, text: str, every: list[Row], work: Work, problem: Problem | None) -> None:
        self.hints = work.hints
        self.context: Context = work.context
        self.problem = problem
        self.given = problem.equations if problem is not None else ()
        self.part_ids = tuple(p.id.lower() for p in problem.parts) if problem is not None else ()
        self.steps: list[Step] = []
        self.part: str | None = None
        self.labels: list[str] = []
        said = text[:200_000] if problem is None else f"{problem.statement}\n{text[:200_000]}"
        self.of_half_lives = _HALF_LIFE.search(said) is not None
        self.referred = labels.referred_labels(text[:200_000]) if "(" in text else frozenset()
        dashes = [r for r in every[:400] if r.text.lstrip().startswith(("- ", "– "))]
        self.dash_is_bullet = len(dashes) > 1
        self.numbered = labels.are_numbered(r.text for r in every[:400])
        self.total = len(every)
        self.done = 0

    # ------------------------------------------------------------ one row

    def add(self, row: Row, *, last: bool, above_rule: bool = False) -> None:
        """Read one row and append its step. above_rule: a rule is drawn below it, as below a sum in columns."""
        self.done += 1
        if len(row.text) > MAX_ROW:
            long = Unread(
                row.text[:80],
                Span(0, 80),
                f"This line has {len(row.text):,} characters. Break it up into shorter lines.",
            )
            self.steps.append(Step(row.line, row.text[:400] + " …", unread=(long,), part=self.part))
            return
        text = without_dots(typeset_plainly(half_lives(row.text) if self.of_half_lives else row.text))
        if "//" in text and (comment := _COMMENT.search(text)):
            text = text[: comment.start()].ljust(len(text))
        if text[-3:].rstrip()[-1:] in "])" and (mark := _MARK_IN_MARGIN.search(text)):
            text = text[: mark.start()].ljust(len(text))
        if above_rule and "=" in text and (sign := _COLUMN_SIGN.match(text)):
            text = " " * sign.end() + text[sign.end() :]
        painted = paint(with_signs_between(text), row.display, self.hints.physical)
        if not painted.text.strip() or _RULE.fullmatch(painted.text):
            return
        if row.heading:
            self.heading(row, painted.text)
            return
        self.steps.append(_RowReader(self, row, painted, last=last).step())

    def heading(self, row: Row, text: str) -> None:
        m = re.search(r"\b(?:part\s*)?\(?([a-h])\)", text) or re.search(r"\bpart\s+([a-h])\b", text, re.IGNORECASE)
        if m:
            self.take_part(m.group(1).lower())
        self.steps.append(Step(row.line, row.text, why_no_claim="heading", part=self.part))

    def take_part(self, label: str) -> None:
        """A label that is a letter may name a part of the problem."""
        low = label.lower()
        if self.part_ids:
            if low in self.part_ids:
                self.part = low
        elif low == "a" or (self.part is not None and len(low) == 1 and ord(low) == ord(self.part[0]) + 1):
            self.part = low

    def retract_last(self) -> None:
        """The claims of the last line that has any are taken back."""
        for i in range(len(self.steps) - 1, -1, -1):
            step = self.steps[i]
            if any(c.role is not Role.RETRACTED for c in step.claims):
                self.steps[i] = replace(step, claims=tuple(replace(c, role=Role.RETRACTED) for c in step.claims))
                return

    def last_operand(self, here: list[Claim]) -> Expr | None:
        """What a line that begins with a relation goes on from."""
        for claim in reversed(here):
            if claim.role is not Role.RETRACTED:
                return _last_operand(claim.statement)
        for step in reversed(self.steps[-6:]):
            for claim in reversed(step.claims):
                if claim.role is Role.GIVEN and claim.among_words:
                    return None
                if _lists_meanings(claim.statement):
                    return self.expression_given()
                if claim.role is not Role.RETRACTED:
                    return _last_operand(claim.statement)
            if step.unread or step.needs_model:
                return None  # what it goes on from could not be read
        return self.expression_given()

    def expression_given(self) -> Expr | None:
        """The expression that the problem is about."""
        only = [e for e in self.given if isinstance(e, Expr)]
        return only[0] if only else None


def _lists_meanings(statement: Statement) -> bool:
    """`u = x; dv = e^(2x) dx`, `a = 1; b = -3`: names and what stands for them, from which no calculation goes on."""
    if not isinstance(statement, Both) or not all(isinstance(part, Chain) for part in statement.parts):
        return False
    heads = [part.operands[0] for part in statement.parts if isinstance(part, Chain)]
    by_parts = any(isinstance(head, Differential) for head in heads)
    return by_parts or all(is_assignment(part) for part in statement.parts)


def _last_operand(statement: Statement) -> Expr | None:
    match statement:
        case Chain():
            return statement.operands[-1]
        case Either() | Both() | Arrow():
            return _last_operand(statement.parts[-1])
        case Expr():
            return statement
    return None


class _RowReader:
    """Reads one row into a step."""

    def __init__(self, builder: _Builder, row: Row, painted: Painted, *, last: bool) -> None:
        self.builder = builder
        self.row = row
        self.painted = painted
        self.text = painted.text
        self.start = 0
        self.end = len(self.text.rstrip())
        self.last = last
        self.label: str | None = painted.tag
        self.role: Role | None = None
        self.claims: list[Claim] = []
        self.unread: list[Unread] = []
        self.operation: Operation | None = None
        self.needs_model = False
        self.why = ""
        self.heading = False
        self.given_colon = False
        self.words = frozenset(_WORDS.findall(self.text.lower()))

    def step(self) -> Step:
        """The step of this row."""
        if self.text[self.end - 1 : self.end] in ".;," and not self.text[: self.end].endswith(("...", "…")):
            self.end -= 1
        self.before()
        if self.start < self.end:
            self.read_claims()
        if not self.claims and not self.unread and not self.why:
            self.read_spoken()
        claims = self.claims
        why = self.why
        if not claims and not why and not self.unread:
            why = "operation" if self.operation else "words"
            if why == "words" and not self.needs_model and (self.heading or self.is_heading()):
                why = "heading"
        if not claims and why == "words" and self.says_mathematics():
            self.needs_model = True
        return Step(
            self.row.line, self.row.text, tuple(claims), self.operation, self.label, self.builder.part,
            tuple(self.unread), needs_model=self.needs_model, why_no_claim="" if claims or self.unread else why,
        )  # fmt: skip

    def is_heading(self) -> bool:
        rest = self.text[self.start : self.end]
        return self.start >= self.end or (_HEADING.fullmatch(rest) is not None and not any(c.isdigit() for c in rest))

    def says_mathematics(self) -> bool:
        part = self.text[self.start : self.end]
        return bool(_NUMBERISH.search(part) and _SAYS.search(part))

    # ------------------------------------------------------------ what stands around the claims

    def before(self) -> None:
        """Take off headings, bullets, labels, marks and operations."""
        text, builder = self.text, self.builder
        if "#" in text and (m := _HASHES.match(text)):
            if (answer := _ANSWER_MARK.match(text)) and m.end() <= answer.end():
                self.role, self.start = Role.ANSWER, answer.end()
            else:
                self.start = m.end()
                self.heading = True
        first = text[self.start : self.end].lstrip()[:1]
        if first and first in "•◦▪●‣∙*-–—" and (m := _BULLET.match(text, self.start, self.end)):
            rest = text[m.end() : self.end]
            if first not in "-–—*" or builder.dash_is_bullet or _WORD.search(rest) or first == "*":
                self.start = m.end()
        self.take_label()
        if self.role is None:
            self.take_mark()
        if found := labels.trailing(text, self.start, self.end, builder.referred, str(len(builder.labels) + 1)):
            self.label, at = self.label or found[0], found[1]
            builder.labels.append(found[0])
            self.end = len(text[:at].rstrip().rstrip(".…—–"))
        self.take_operation()
        if m := TAKEN_BACK.match(text, self.start) or TAKEN_BACK.match(text.lstrip(), 0) if self.start == 0 else None:
            at = m.end() + (len(text) - len(text.lstrip()) if m.string is not text else 0)
            if not (first == "n" and text.lstrip().lower().startswith("no s")):
                builder.retract_last()
                self.start = at
                self.why = "retraction"

    def take_label(self) -> None:
        builder, text = self.builder, self.text
        known = frozenset(builder.labels) | builder.referred
        if combined := labels.combination(text, self.start, known):
            operand = self.expression(combined.factor) if combined.factor else None
            written = text[self.start : combined.end].strip(" :⇒→=>-,")
            self.operation = Operation(combined.name, operand, written, combined.labels)
            self.start = combined.end
            return
        for _ in range(2):
            found = labels.leading(text, self.start, numbered=builder.numbered)
            if found is None or found.end > self.end + 2:
                return
            if found.label.isdigit() and not found.is_step and _only_number(text, self.start, self.end, found.end):
                return
            self.start = min(found.end, self.end)
            self.label = found.label
            if found.is_step:
                self.heading = True
            elif found.is_part:
                builder.take_part(found.label)
                self.heading = self.start >= self.end
            else:
                builder.labels.append(found.label)

    def take_mark(self) -> None:
        """`check:`, `Answer:`, `Given:` and the like at the beginning."""
        text = self.text
        m = _MARKED.match(text, self.start, self.end)
        if m is None:
            return
        kind = m.lastgroup
        rest = text[m.end() : self.end]
        if kind == "check":
            if not rest.strip() and not m.group().rstrip().endswith(":"):
                return
            self.role = Role.CHECK
        elif kind == "answer":
            self.role = Role.ANSWER
        elif kind == "solution":
            if not rest.strip():
                self.heading = True
            elif not (self.builder.done == 1 and self.builder.total > 1):
                self.role = Role.ANSWER
        elif kind == "letter":
            if not self.last and (not self.painted_value(rest) or "_" in rest):
                return
            self.role = Role.ANSWER
        elif kind in ("given", "case"):
            self.role = Role.GIVEN
            self.given_colon = m.group().rstrip().endswith(":")
        elif kind == "quote":
            self.role = Role.RETRACTED
        self.start = m.end()

    def painted_value(self, rest: str) -> bool:
        return _WORD.search(rest) is None and any(c.isdigit() for c in rest)

    def take_operation(self) -> None:
        text = self.text
        found = operations.margin(text, self.start, self.end)
        if found is not None:
            operand = self.expression(text[slice(*found.operand)]) if found.operand[1] else None
            if found.operand[1] == 0 or operand is not None:
                self.operation = Operation(found.name, operand, text[found.start : found.end].strip(" |,;"))
                self.text = text[: found.start] + " " * (found.end - found.start) + text[found.end :]
                self.end = len(self.text[: self.end].rstrip(" ,;"))
                return
        refers: list[str] = []
        if "(" in self.text and (self.builder.labels or self.builder.referred):
            chars = list(self.text)
            for label, a, b in labels.references(self.text, self.start, self.end):
                refers.append(label)
                chars[a:b] = " " * (b - a)
            self.text = "".join(chars)
        if self.operation is not None:
            return
        if (m := _LONE_OPERATION.fullmatch(self.text[self.start : self.end])) and (
            operand := self.expression(m.group(2))
        ):
            self.operation = Operation("divide" if m.group(1) in ":÷" else "multiply", operand, m.group().strip())
            self.start = self.end
            return
        found = operations.in_words(self.text, self.start, self.end, self.words)
        if found is not None:
            operand = self.expression(self.text[slice(*found.operand)]) if found.operand[1] else None
            written = " ".join(self.text[found.start : found.end].split())
            self.operation = Operation(found.name, operand, written, tuple(refers))
            if operand is not None:
                chars = list(self.text)
                chars[found.operand[0] : found.operand[1]] = "\x1f".ljust(found.operand[1] - found.operand[0], "\x1f")
                self.text = "".join(chars)
        elif refers:
            self.operation = Operation("combine" if len(refers) > 1 else "substitute", None, "", tuple(refers))

    def expression(self, text: str) -> Expr | None:
        """An operand, or None where it cannot be read."""
        text = text.strip(" $")
        try:
            statement = read(text, self.builder.hints)
        except (NotReadable, TooLarge):
            return None
        return statement if isinstance(statement, Expr) else None

    # ------------------------------------------------------------ claims

    def read_claims(self) -> None:
        if not self.painted.segments:
            self.text = _SPACED_DOT.sub(" · ", self.text)
        text = self.text
        part = text[self.start : self.end]
        relation = _RELATION.search(part) is not None
        if self.role is Role.ANSWER and _CHOICE_WORD.match(part):
            self.answer_in_words()
            return
        marked = self.role is Role.ANSWER or bool(self.painted.boxed) or bool(self.painted.underlined)
        if not relation and not marked:
            if self.read_words():
                return
            if _QUANTITY.fullmatch(part) and set(_WORDY.findall(part)) <= UNITS and self.read_plain():
                return
            if _wordy(part, self.builder.context):
                if not self.read_expression_after_words():
                    self.answer_in_words()
                return
        if _RATIO_OF_THREE.fullmatch(part):
            self.why = "a ratio"
            return
        if "|" in part and _INTERVALS.fullmatch(part) and " | " in part:
            self.why = "a table"
            return
        surrounded = self.painted.struck or self.painted.boxed or self.painted.underlined
        if not surrounded and self.is_one_formula() and not _wordy(part, self.builder.context) and self.read_plain():
            return
        if _STATED_RULE.fullmatch(part):
            self.why = "a rule"
            return
        self.read_pieces()
        if not any(c.role is Role.ANSWER for c in self.claims):
            self.answer_in_words()
        if not self.claims or _SO_NO_SOLUTION.search(text, max(c.span.end for c in self.claims), self.end):
            self.read_words()

    def is_one_formula(self) -> bool:
        """Whether no delimiters stand in the row, or one pair around all of it."""
        segments = self.painted.segments
        if not segments:
            return True
        (start, end), *others = segments
        return not others and not self.text[self.start : start].strip() and not self.text[end : self.end].strip(" .,")

    def read_words(self) -> bool:
        """Claims that are made in words: no solution, all real numbers, `let x be the number of …`."""
        text = self.text
        for pattern, words_of_it, statement in (
            (_NO_SOLUTION, _NO_WORDS, NoSolution()),
            (_ALL_VALUES, _ALL_WORDS, AllValues()),
        ):
            if not words_of_it.isdisjoint(self.words) and (m := pattern.search(text, self.start, self.end)):
                if re.search(r"\bif\b|\bwhether\b|\?", text[self.start : self.end], re.IGNORECASE):
                    return False
                self.append(
                    statement, m.start(), m.end(), role=self.role or Role.CLAIM, linked=is_linked(text[: m.start()])
                )
                return True
        if not _LET_WORDS.isdisjoint(self.words) and (m := _LET_BE.search(text, self.start, self.end)):
            symbol, words = m.group("symbol") or m.group("symbol2"), m.group("words") or m.group("words2")
            if symbol != "a" or m.group("symbol"):
                chain = Chain((Symbol(symbol), Words(" ".join(words.split()))), ("=",))
                self.append(chain, m.start(), m.end(), role=Role.DEFINITION, among_words=True)
                return True
        return False

    def read_spoken(self) -> None:
        """Clauses that are mathematics word by word: `so half of 18 is nine`."""
        if SAYS_RELATION.isdisjoint(self.words) or self.painted.segments:
            return
        text = self.text[self.start : self.end]
        if "?" in text:
            return
        found = spoken(text, self.builder.hints)
        alone = len(found) == len(clauses(text))
        for clause in found:
            start = self.start + clause.start
            linked = is_linked(self.text[:start])
            self.append(
                clause.statement, start, self.start + clause.end, linked=linked, among_words=not alone
            )  # fmt: skip

    def read_expression_after_words(self) -> bool:
        """`So 2x + 6`, `expand: x^2 + 5x + 6`: an expression alone after words that lead to it."""
        m = _LEAD_IN.match(self.text, self.start, self.end)
        if m is None or not (self.operation or m.group().strip(" :,")):
            return False
        rest = self.text[m.end() : self.end]
        if _wordy(rest, self.builder.context) or not (_OPERATOR.search(rest) or re.search(r"\d[a-zA-Z]|[²³]", rest)):
            return False
        start, self.start = self.start, m.end()
        linked = is_linked(self.text[start : m.end()])
        if not self.painted.segments and self.read_plain():
            self.claims = [replace(c, linked=linked) for c in self.claims]
            return True
        self.start = start
        return False

    def read_plain(self) -> bool:
        """A row that is nothing but mathematics; False where it must be cut."""
        start, end = self.start, self.end
        text = self.text
        while start < end and text[start] == " ":
            start += 1
        end = len(text[:end].rstrip(" ,;" if text[:end].endswith("..") else " ,;."))
        body = text[start:end]
        if not body or not any(c.isalnum() for c in body):
            return False
        linked = body[0] == "∴"
        if linked:
            start += 1 + len(body[1:]) - len(body[1:].lstrip())
            body = text[start:end]
        if not body:
            return False
        goes_on = body[0] == "=" and body[1:2] not in ("", "=", ">") and _WHOLE_NOTATION.search(body) is not None
        if goes_on:
            start += 1 + len(body[1:]) - len(body[1:].lstrip())
            body = text[start:end]
        elif body[0] in "=<>≤≥≠≈≡→⇒⟹⇔\\" and _starts_with_relation(body):
            vector = body[0] == "<" and _WHOLE_NOTATION.match(body)
            if not vector:
                return False
        if "∴" in body:
            return False  # w > 0, ∴ w = 5: two claims, one after the other
        if body[-1] in "?:" or "\x1f" in body or (self.builder.context.cross is False and _CROSS.search(body)):
            return False
        if body.count("(") + body.count("[") + body.count("]") < body.count(")"):
            return False  # a half-open interval closes what it did not open
        try:
            found = self.readings(" " * start + body)
        except TooLarge as error:
            self.unread.append(Unread(body[:200], Span(start, end), str(error)))
            return True
        except NotReadable:
            return False
        if goes_on and not all(isinstance(s, Expr | Chain) for s in found):
            return False
        if goes_on:
            found = tuple(self.continued(s, "=") for s in found)
        statement, others = found[0], found[1:]
        if isinstance(statement, Arrow):
            if (bound := _typed_bound(statement)) is not None:
                self.append(bound, start, end, linked=linked)
                return True
            if (cases := _cases_in_turn(statement)) is not None:
                for k, part in enumerate(cases):
                    self.append(part, *part.span, role=None if k % 2 else Role.GIVEN, linked=k % 2 == 1)
                return True
            for k, part in enumerate(statement.parts):
                self.append(part, *part.span, linked=linked or k > 0)
            return True
        if isinstance(statement, Both) and _one_after_another(statement):
            for part in statement.parts:
                self.append(part, *part.span, linked=linked)
            return True
        self.append(
            _as_alternatives(statement), start, end, others=tuple(_as_alternatives(o) for o in others), linked=linked,
            continues=goes_on, among_words=goes_on and isinstance(statement, Expr),
        )  # fmt: skip
        return True

    def readings(self, text: str) -> tuple[Statement, ...]:
        """All plausible readings, likeliest first."""
        return readings(text, self.builder.hints)

    def read_pieces(self) -> None:
        text, context = self.text, self.builder.context
        found, lost = cut(text, self.start, self.end, self.painted.segments, context)
        pieces = _joined(found, text, self)
        words_outside = self.words_outside(pieces)
        place = self.start
        for number, piece in enumerate(pieces):
            lead = text[place : piece.start]
            if piece.starts_with:
                lead = lead.rstrip()[: -len(piece.starts_with)] if lead.rstrip().endswith(piece.starts_with) else lead
            arrow = (
                any(c in _ARROWS for c in lead)
                or "->" in lead
                or "=>" in lead
                or "\\Rightarrow" in lead
                or "\\implies" in lead
            )
            boxed = any(a <= piece.start + 1 and piece.start < b for a, b in self.painted.boxed) or any(
                piece.start < a < piece.end and b >= piece.end - 1 for a, b in self.painted.boxed
            )
            if self.role is Role.GIVEN and not self.given_colon and self.claims and _SENTENCE_END.search(lead):
                self.role = None
            if not piece.relations and not piece.starts_with:
                in_answer = self.role is Role.ANSWER and not self.claims
                whole = not words_outside and len(pieces) == 1 and self.is_whole(piece)
                if not (boxed or in_answer or whole or (arrow and not words_outside and not piece.doubtful)):
                    following = text[piece.end : pieces[number + 1].start] if number + 1 < len(pieces) else ""
                    if words_outside or not (_ARROWS.intersection(following) or "->" in following):
                        continue
            self.take_piece(piece, lead, words_outside, boxed=boxed, arrow=arrow)
            place = piece.end
        plain = not words_outside and not _wordy(text[self.start : self.end], context)
        if plain and not self.claims and not self.unread and not self.why:
            self.note_unreadable()
        if self.unread and plain:
            self.needs_model = False
        elif lost and not self.unread:
            self.needs_model = True

    def words_outside(self, pieces: list[Piece]) -> bool:
        """Whether words other than links stand around the pieces."""
        place = self.start
        gaps = []
        for piece in pieces:
            gaps.append(self.text[place : piece.start])
            place = max(place, piece.end)
        gaps.append(self.text[place : self.end])
        for gap in gaps:
            for m in _WORD.finditer(gap):
                word = m.group().lower()
                if word not in LINKS and word not in ("or", "and", "is", "we", "the", "that", "it", "follows"):
                    return True
        return False

    def take_piece(self, piece: Piece, lead: str, words_outside: bool, *, boxed: bool, arrow: bool) -> None:
        text = self.text
        if self.claims and takes_back(lead, self.words):
            self.claims = [replace(c, role=Role.RETRACTED) for c in self.claims]
        sentence_end = _SENTENCE_END.search(text, piece.end)
        if sentence_end is not None and sentence_end.group() == "?":
            opened = max((m.end() for m in _SENTENCE_END.finditer(text, self.start, piece.start)), default=self.start)
            if is_question(text[opened : piece.start]):
                self.why = "question"
                return
        if piece.doubtful:
            self.needs_model = True
            return
        found = self.read_piece(piece)
        if found is None:
            return
        statement, *others = found
        if piece.relations and isinstance(statement, Expr) and not piece.starts_with:
            return
        if isinstance(statement, Chain) and (words_outside or isinstance(statement.operands[0], Quantity)):
            statement, *others = self.name_for_number(statement, lead, others)
        continues = False
        if piece.starts_with:
            statement = self.continued(statement, piece.starts_with)
            others = [self.continued(o, piece.starts_with) for o in others]
            continues = True
        elif arrow and not self.claims and _ONLY_ARROW.fullmatch(lead):
            continues = True
        if continues and piece.starts_with and isinstance(statement, Expr):
            words_outside = True  # what it goes on from could not be read
        linked = arrow or is_linked(lead)
        role = self.role
        if boxed or any(a <= piece.start and piece.end <= b for a, b in self.painted.underlined):
            role = Role.ANSWER
        elif any(piece.start < b and a < piece.end for a, b in self.painted.struck):
            role = Role.RETRACTED
        elif role is Role.CHECK:
            own = role_of(lead, text[piece.end : min(piece.end + 60, self.end)], statement)
            role = own if own is not Role.CLAIM and not linked else role
        elif role in (None, Role.GIVEN):
            after = text[piece.end : min(piece.end + 60, self.end)]
            own = role_of(lead, after, statement)
            if role is Role.GIVEN and (own is Role.CLAIM and (linked or not has_names(statement))):
                self.role = role = None
            if role is None:
                role = own
                if role is Role.CLAIM and self.claims and self.goes_with_last(statement, lead):
                    role = self.claims[-1].role
                if role is Role.CLAIM and not linked and _ANSWER_IS.search(lead):
                    role = Role.ANSWER
        self.append(
            statement, piece.start, piece.end, role=role or Role.CLAIM, others=tuple(others), continues=continues,
            linked=linked, among_words=words_outside,
        )  # fmt: skip

    def goes_with_last(self, statement: Statement, lead: str) -> bool:
        """`if x = 1 and y = 2`, `where v = 20, t = 5`: one more of the assumptions before."""
        last = self.claims[-1]
        if last.role not in (Role.GIVEN, Role.DEFINITION) or not has_names(statement):
            return False
        link = lead.strip().lower()
        if link in ("and", ", and", "or", "; and"):
            return True
        return link in (",", ";") and is_assignment(statement) and is_assignment(last.statement)

    def read_piece(self, piece: Piece) -> list[Statement] | None:
        """The readings of a piece, with names of words and remainders put in; None where it cannot be read."""
        found: list[Statement] = []
        failure: NotReadable | None = None
        fraction = _BY_FRACTION.sub(r"(\1)", piece.text, count=1)
        for text in (piece.text, *piece.others, *((fraction,) if fraction != piece.text else ())):
            try:
                for reading in self.readings(text):
                    statement = _finish(reading, piece)
                    if statement not in found and (isinstance(statement, Expr) == (piece.relations == 0)):
                        found.append(statement)
            except TooLarge as error:
                self.unread.append(
                    Unread(self.row.text[piece.start : piece.end][:200], Span(piece.start, piece.end), str(error))
                )
                return None
            except NotReadable as error:
                failure = failure or error
        if found:
            return found[:4]
        if failure is None:
            return None
        shorter = self.read_without_nouns(piece) or self.read_beginning(piece)
        if shorter is not None:
            return [shorter]
        at = max(piece.start, min(failure.start, piece.end))
        self.unread.append(Unread(self.row.text[piece.start : piece.end], Span(at, piece.end), failure.expected))
        return None

    def read_without_nouns(self, piece: Piece) -> Statement | None:
        """What is counted painted over: `8% per day * 4 days = 32%`."""
        if not piece.nouns:
            return None
        text = piece.text
        for a, b in piece.nouns:
            text = text[:a] + " " * (b - a) + text[b:]
        try:
            statement = _finish(self.readings(text)[0], piece)
        except (NotReadable, TooLarge):
            return None
        return statement if isinstance(statement, Expr) == (piece.relations == 0) else None

    def read_beginning(self, piece: Piece) -> Statement | None:
        """Without a last word that is no unit the piece may be readable."""
        m = re.search(r"(?<=[\d)%])\s+[A-Za-z][\w/²³ ]*$", piece.text)
        if m is None:
            return None
        try:
            statement = _finish(self.readings(piece.text[: m.start()])[0], piece)
        except (NotReadable, TooLarge):
            return None
        return statement if isinstance(statement, Expr) == (piece.relations == 0) else None

    def continued(self, statement: Statement, sign: str) -> Statement:
        """`= b` after a line that ended with a is a = b."""
        operands: tuple[Expr, ...]
        relations: tuple[str, ...]
        if isinstance(statement, Expr):
            operands, relations = (statement,), ()
        elif isinstance(statement, Chain):
            operands, relations = statement.operands, statement.relations
        else:
            return statement
        left = self.builder.last_operand(self.claims)
        if left is None:
            return statement
        return Chain((left, *operands), (_SIGNS.get(sign, sign), *relations), span=statement.span)

    def name_for_number(self, chain: Chain, lead: str, others: list[Statement]) -> list[Statement]:
        """`Day 1 = 5`, `2 bags = 10 apples`: a number that is a name or a rate, not a calculation.

        `6 pupils drank 2.5 quarts = 6 * 2.5` may be either.
        """
        first, second = chain.operands[0], chain.operands[1]
        one, two = _bare(first), _bare(second)
        if one is None or one == two or chain.relations[0] not in ("=", "≈"):
            return [chain, *others]
        word = re.search(r"([A-Za-z][\w'’-]*)\s*#?\s*$", lead)
        written = self.row.text[first.span.start : first.span.end] if first.span.end else "value"
        name = f"{word.group(1)} {written}" if word else written
        named = replace(chain, operands=(Words(name, span=first.span), *chain.operands[1:]))
        if two is None:
            return [chain, *others, named] if word and not symbols(chain) else [chain, *others]
        if isinstance(first, Quantity) and isinstance(second, Quantity) and _converts(first, second):
            return [chain, *others]
        return [named]

    def is_whole(self, piece: Piece) -> bool:
        """Whether nothing but links and marks stands around a piece."""
        around = self.text[self.start : piece.start] + self.text[piece.end : self.end]
        return not any(c.isdigit() or c in "+*/^(){}[]\\" for c in around)

    def note_unreadable(self) -> None:
        """A row of nothing but mathematics from which no claim came."""
        if self.why:
            return
        body = self.text[self.start : self.end]
        stripped = body.strip()
        if not (_RELATION.search(body) or _OPERATOR.search(body)) or not any(c.isalnum() for c in body):
            return
        start = self.start + len(body) - len(body.lstrip())
        try:
            read(" " * start + stripped, self.builder.hints)
        except NotReadable as error:
            at = min(max(error.start, start), self.end)
            self.unread.append(Unread(self.row.text[start : self.end], Span(at, self.end), error.expected))
        except TooLarge as error:
            self.unread.append(Unread(stripped[:200], Span(start, self.end), str(error)))

    def answer_in_words(self) -> None:
        """`The answer is 42`, `Answer: Choice B`: an answer that is no relation."""
        text = self.text
        start = self.start
        if self.role is not Role.ANSWER or self.claims:
            m = next(reversed(list(_ANSWER_IS.finditer(text, self.start, self.end))), None)
            if m is None or any(c.span.start >= m.end() - 1 for c in self.claims):
                return
            start = m.end()
        stop = _SENTENCE_END.search(text, start)
        end = min(stop.start() if stop else self.end, self.end)
        tail = text[start:end].strip()
        if not tail:
            return
        if _CHOICE.match(tail):
            self.append(
                Words(" ".join(tail.replace("\\", "").replace("_", " ").split())),
                start,
                end,
                role=Role.ANSWER,
                among_words=True,
            )
            return
        pieces, _ = cut(text, start, end, self.painted.segments, self.builder.context)
        for piece in pieces:
            if piece.relations or piece.doubtful or _SAYS.search(text[start : piece.start]):
                continue
            found = self.read_piece(piece)
            if found:
                self.append(
                    found[0], piece.start, piece.end, role=Role.ANSWER, others=tuple(found[1:]), among_words=True
                )
                return
        if len(tail) <= 60 and not any(c.isdigit() for c in tail) and self.role is Role.ANSWER:
            at = start + text[start:end].index(tail[0])
            self.append(Words(" ".join(tail.split())), at, at + len(tail), role=Role.ANSWER, among_words=True)
            self.needs_model = bool(_NUMBERISH.search(tail))

    def append(
        self,
        statement: Statement,
        start: int,
        end: int,
        *,
        role: Role | None = None,
        others: tuple[Statement, ...] = (),
        continues: bool = False,
        linked: bool = False,
        among_words: bool = False,
    ) -> None:
        """Add a claim."""
        statement = without_asides(statement, self.text)
        others = tuple(dict.fromkeys(without_asides(other, self.text) for other in others))
        role = role or self.role or Role.CLAIM
        if role is Role.GIVEN and role is self.role and not has_names(statement):
            role = Role.CLAIM  # a calculation is judged, whatever leads to it
        if (
            role is Role.CLAIM
            and not linked
            and not continues
            and self.builder.given
            and restates(statement, self.builder.given)
        ):
            role = Role.GIVEN
        self.claims.append(
            Claim(statement, self.row.text[start:end], Span(start, end), role, others, continues, linked, among_words)
        )


# ---------------------------------------------------------------- small judgements


def _cases_in_turn(arrow: Arrow) -> tuple[Statement, ...] | None:
    """`x = 0 → u = 0, x = 1 → u = 1`: where x is this, u is that, twice or more."""
    parts = [p for part in arrow.parts for p in (part.parts if isinstance(part, Both) else (part,))]
    inner = arrow.parts[1:-1]
    if len(parts) < 4 or len(parts) % 2 or not all(isinstance(p, Both) and len(p.parts) == 2 for p in inner):
        return None
    if not all(is_assignment(p) for p in parts):
        return None
    heads = [[p.operands[0] for p in parts[k::2] if isinstance(p, Chain)] for k in (0, 1)]
    return tuple(parts) if all(h == each[0] for each in heads for h in each) else None


def _wordy(part: str, context: Context) -> bool:
    """Whether words of prose stand in a text."""
    if "\\begin" in part:
        part = _ENVIRONMENT.sub(" ", part)
    for m in _WORDY.finditer(part):
        word = m.group()
        if word in FUNCTIONS or word in GREEK or word in ("or", "and", "dx", "dy", "du", "dv", "dt", "dr"):
            continue
        if word in ("sum", "prod", "int", "lim") and part[m.end() : m.end() + 2].lstrip()[:1] in ("_", "("):
            continue
        if part[m.start() - 1 : m.start()].isdigit() and word in UNITS:
            continue
        if len(word) <= 3 and all(c in context.letters for c in word):
            continue
        return True
    return False


def _starts_with_relation(body: str) -> bool:
    return (
        body[0] != "\\"
        or re.match(r"\\(?:leq?|geq?|approx|Rightarrow|implies|to|rightarrow|equiv|iff|therefore|lt|gt|neq?)\b", body)
        is not None
    )


def _only_number(text: str, start: int, end: int, after: int) -> bool:
    """`3) …` is a label; `12.` alone, or `5. ` with nothing after it, is a number."""
    return not text[after:end].strip() and start < after


def _one_after_another(both: Both) -> bool:
    """Whether the parts of a list of claims are a sequence of steps rather than a system or a solution."""
    if not all(isinstance(part, Chain) for part in both.parts):
        return False
    names = [symbols(part) for part in both.parts]
    if not any(names):
        return True
    alike = len(set(names)) == 1 and len(names[0]) == 1
    values = all(
        isinstance(p, Chain) and isinstance(p.operands[0], Symbol) and not symbols(p.operands[-1]) for p in both.parts
    )
    equations = all(isinstance(p, Chain) and set(p.relations) <= {"="} for p in both.parts)
    return alike and not values and equations


def _typed_bound(arrow: Arrow) -> Chain | None:
    """`x => 3`, typed for x ≥ 3."""
    if arrow.arrows != ("=>",) or not isinstance(arrow.parts[0], Symbol):
        return None
    right = arrow.parts[1]
    if not isinstance(right, Expr) or symbols(right):
        return None
    return Chain((arrow.parts[0], right), (">=",), span=arrow.span)


def _as_alternatives(statement: Statement) -> Statement:
    """`x = 2, x = 3` lists solutions: x = 2 or x = 3."""
    if isinstance(statement, Both) and len(statement.parts) > 1:
        lefts = {p.operands[0] for p in statement.parts if isinstance(p, Chain) and p.relations == ("=",)}
        rights = [
            p for p in statement.parts if isinstance(p, Chain) and len(p.operands) == 2 and not symbols(p.operands[1])
        ]
        equal = all(isinstance(p, Chain) and p.relations == ("=",) for p in statement.parts)
        if equal and len(lefts) == 1 and len(rights) == len(statement.parts) and isinstance(next(iter(lefts)), Symbol):
            return Either(statement.parts, span=statement.span)
    return statement


# 1 1/2 / 1/2: the blanks around the sign may mean that it divides by the whole fraction.
_BY_FRACTION = regex(r"(?<=\s[/÷])\s(\d+/\d+)\s(?=[=\s])")
_SOLUTION = regex(r"\s*([A-Za-z](?:_\w+)?)\s*=\s*[-−]?\s*[\d./√\\{}a-z]+\s*$")
_VALUE = regex(r"\s*[-−±]?\s*[\d./√\\{}a-z ]+$")


def _joined(pieces: list[Piece], text: str, row: _RowReader) -> list[Piece]:
    """Pieces that belong together: `x = 1 or x = -2`, `x = 1, 2`, `x > 1 and x < 3`."""
    if len(pieces) < 2:
        return pieces
    joined = [pieces[0]]
    for number, piece in enumerate(pieces[1:], 1):
        last = joined[-1]
        gap = text[last.end : piece.start].strip().lower()
        if _belongs(last, piece, gap, text, row, pieces[number + 1] if number + 1 < len(pieces) else None):
            between = text[last.end : piece.start].replace("\x1f", " ")
            joined[-1] = replace(
                last,
                end=piece.end,
                text=last.text + between + piece.text[piece.start :],
                relations=last.relations + piece.relations,
                names=last.names | piece.names,
                others=(),
                has_letter=last.has_letter or piece.has_letter,
            )
        else:
            joined.append(piece)
    return joined


def _belongs(last: Piece, piece: Piece, gap: str, text: str, row: _RowReader, following: Piece | None) -> bool:
    if (
        not last.relations
        or last.starts_with
        or piece.starts_with
        or not last.has_letter
        or last.doubtful
        or piece.doubtful
    ):
        return False
    if last.names or piece.names:
        return False
    written, more = last.text[last.start :], piece.text[piece.start :]
    if gap in ("or", ", or", "\\text{or}", "\\lor", "∨", "\\vee"):
        return bool(piece.relations) or _VALUE.match(more) is not None
    if gap == "and" or gap == ", and":
        if piece.relations:
            inequality = any(c in written for c in "<>≤≥") and any(c in more for c in "<>≤≥")
            return inequality and piece.has_letter
        return (
            _SOLUTION.match(written) is not None
            and _VALUE.match(more) is not None
            and _ends_clause(text, piece.end, row.end)
        )
    if gap == ",":
        one = _SOLUTION.match(written.split(",")[0])
        if one is None:
            return False
        if piece.relations:
            other = _SOLUTION.match(more)
            return other is not None and other.group(1) == one.group(1)
        if following is not None and text[piece.end : following.start].strip().lower() in (
            "or",
            ", or",
            ",",
            "and",
            ", and",
        ):
            return _VALUE.match(more) is not None and not following.relations
        return _VALUE.match(more) is not None and _ends_clause(text, piece.end, row.end)
    return False


def _ends_clause(text: str, place: int, end: int) -> bool:
    rest = text[place:end].lstrip()
    return not rest or rest[0] in ".;)"


def _finish(statement: Statement, piece: Piece) -> Statement:
    """Put in the names made of words, and a remainder."""
    if piece.names:
        words = {_SPARE_NAMES[letter]: name for letter, name in piece.names.items()}
        if any(isinstance(n, Integral | Series | Limit | Derivative | Differential) for n in walk(statement)):
            raise NotReadable(piece.text, piece.start, piece.end, "A name made of words cannot stand here.")

        def change(node: Node) -> Node:
            if isinstance(node, Symbol) and node.name in words:
                return Words(words[node.name], span=node.span)
            return rebuild(node, change)

        statement = change(statement)  # type: ignore[assignment]
    if piece.remainder is not None and isinstance(statement, Chain):
        statement = _with_remainder(statement, piece.remainder)
    return statement


def _with_remainder(chain: Chain, remainder: int) -> Chain:
    """a / b = q remainder r means a / b = q + r / b."""
    divided = chain.operands[-2]
    while isinstance(divided, Bracket):
        divided = divided.inner
    if not isinstance(divided, Quotient):
        return replace(
            chain, operands=(*chain.operands[:-1], Words(f"remainder {remainder}", span=chain.operands[-1].span))
        )
    rest = Quotient(Number(str(remainder), Fraction(remainder)), divided.bottom)
    last = chain.operands[-1]
    return replace(chain, operands=(*chain.operands[:-1], Sum((last, rest), span=last.span)))


def _bare(expr: Expr) -> Fraction | None:
    """The value of an expression that is nothing but one number, with or without a unit."""
    match expr:
        case Number():
            return expr.value
        case Quantity(inner) | Bracket(inner):
            return _bare(inner)
        case Negative(inner):
            size = _bare(inner)
            return None if size is None else -size
        case Percent(inner):
            size = _bare(inner)
            return None if size is None else size / 100
    return None


def _converts(first: Quantity, second: Quantity) -> bool:
    """Whether both units are known ones and differ, as in 48 quarts = 12 gallons."""
    known = all(word in UNITS or word in "$£€¢" for q in (first, second) for word, _ in q.unit.factors)
    return known and first.unit.factors != second.unit.factors
