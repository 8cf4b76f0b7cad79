"""Claims: chains of relations, and claims joined by commas, "and", "or", rows and arrows."""

from __future__ import annotations

from tutor.syntax.cursor import Stop
from tutor.syntax.expressions import Expressions
from tutor.syntax.shapes import as_set, spanning
from tutor.syntax.tree import (
    Arrow,
    Both,
    Call,
    Chain,
    Either,
    Expr,
    Listing,
    Node,
    SetOperation,
    Statement,
    Symbol,
    Words,
    symbols,
)

_SET_WORDS = {"intersect": "intersection", "setminus": "minus", "U": "union", "u": "union", "or": "union"}


class Reader(Expressions):
    """Reads claims; the whole reader."""

    __slots__ = ()

    def statement(self) -> Statement:
        """Claims joined by arrows; the whole of a line."""
        first: Statement = self.rows()
        if self.toks[self.pos][0] != "arrow":
            return first
        parts = [first]
        arrows = []
        while self.kind() == "arrow":
            back = self.pos
            arrow = self.toks[back][1]
            self.pos += 1
            part = self.attempt(self.rows, back)
            if part is None:
                break
            arrows.append(arrow)
            parts.append(part)
        if not arrows:
            return first
        return Arrow(tuple(parts), tuple(arrows), span=spanning(parts[0], parts[-1]))

    def rows(self) -> Statement:
        """Claims one below the other; a row that begins with a relation goes on from the row before."""
        first = self.alternatives()
        if self.toks[self.pos][0] != "row":
            return first
        parts = [first]
        while self.kind() == "row":
            self.pos += 1
            kind = self.kind()
            if kind in ("end", "close"):
                break
            if kind == "arrow":
                self.pos += 1
            if kind == "rel" and isinstance(parts[-1], Expr | Chain):
                parts[-1] = self.chain_from(parts[-1])
            else:
                parts.append(self.alternatives())
        if len(parts) == 1:
            return parts[0]
        return Both(tuple(parts), span=spanning(parts[0], parts[-1]))

    def alternatives(self) -> Statement:
        """Claims joined by ";" (loosest), "or", and "and"."""
        first = self.claims()
        kind = self.toks[self.pos][0]
        if kind != "or" and kind != "and" and kind != ";":
            return first
        parts = [first]
        signs = []
        while (kind := self.kind()) in ("or", "and", ";"):
            back = self.pos - (self.toks[self.pos - 1][0] == ",")
            self.pos += 1
            if self.kind() == "end":
                self.pos = back
                break
            part = self.attempt(self.claims, back)
            if part is None or (self.soft and self.strays(parts[-1], part)):
                self.pos = back
                break
            signs.append(kind)
            parts.append(part)
        for sign in ("and", "or"):
            parts, signs = self.gathered(parts, signs, sign)
        if len(parts) == 1:
            return parts[0]
        span = spanning(parts[0], parts[-1])
        if are_solutions(parts):
            return Either(tuple(parts), span=span)
        flat = [q for p in parts for q in (p.parts if isinstance(p, Both) else (p,))]
        return Both(tuple(flat), span=span)

    def gathered(self, parts: list[Statement], signs: list[str], sign: str) -> tuple[list[Statement], list[str]]:
        """Neighbours that this sign joins, as one claim."""
        groups = [[parts[0]]]
        left = []
        for joint, part in zip(signs, parts[1:], strict=True):
            if joint == sign:
                groups[-1].append(part)
            else:
                groups.append([part])
                left.append(joint)
        return [g[0] if len(g) == 1 else self.joined(g, sign) for g in groups], left

    def claims(self) -> Statement:
        """Claims between commas."""
        first = self.chain()
        if self.toks[self.pos][0] != ",":
            return first
        parts = [first]
        while self.kind() == ",":
            back = self.pos
            self.pos += 1
            if self.kind() in ("or", "and"):
                break
            if self.kind() == "end":
                self.pos = back
                break
            part = self.attempt(self.chain, back)
            if part is None or (self.soft and self.strays(parts[-1], part)):
                self.pos = back
                break
            parts.append(part)
        if len(parts) == 1:
            return first
        return self.joined(parts, ",")

    def strays(self, before: Statement, part: Node) -> bool:
        """Prose joins these two by a comma or "and", mathematics does not."""
        if isinstance(part, Words) or isinstance(before, Words):
            return True
        if isinstance(part, Expr):
            return self.kind() == "rel"
        return isinstance(before, Expr) and not isinstance(before, Symbol | Listing)

    def joined(self, parts: list[Statement], sign: str) -> Statement:
        """Claims joined by a comma, "or" or "and"; a bare value after `x = 1` is another value of x."""
        span = spanning(parts[0], parts[-1])
        if any(isinstance(p, Words) for p in parts) and any(isinstance(p, Chain) for p in parts):
            parts = [p for p in parts if not isinstance(p, Words)]
        if all(isinstance(p, Expr) for p in parts):
            flat = [i for p in parts for i in (p.items if isinstance(p, Listing) else (p,))]
            return Listing(tuple(i for i in flat if isinstance(i, Expr)), span=span)
        full: list[Statement] = []
        last: Chain | None = None
        values = 0
        for i, part in enumerate(parts):
            if isinstance(part, Expr):
                if last is None:
                    following = parts[i + 1]
                    if isinstance(following, Chain) and isinstance(part, Symbol | Listing):
                        before = part.items if isinstance(part, Listing) else (part,)
                        left = Listing((*before, following.operands[0]), span=spanning(part, following.operands[0]))
                        parts[i + 1] = Chain(
                            (left, *following.operands[1:]), following.relations, following.modulus, span=span
                        )
                        continue
                    full.append(part)
                    continue
                if last.relations[-1] in ("=", "!=", "≈"):
                    part = Chain((last.operands[0], part), last.relations[-1:], span=part.span)
                    values += 1
            if isinstance(part, Chain):
                last = part
            elif isinstance(part, Either | Both) and isinstance(part.parts[-1], Chain):
                last = part.parts[-1]
            full.append(part)
        if len(full) == 1:
            return full[0]
        either = sign == "or"
        if not either:
            # "x = 1 and x = 2" and "x = 1, 2" list values of x.
            each = [q for p in full for q in (p.parts if isinstance(p, Either) else (p,))]
            heads = [p.operands[0] for p in each if isinstance(p, Chain) and p.relations == ("=",)]
            either = len(heads) == len(each) and all(isinstance(h, Symbol) and h == heads[0] for h in heads)
        either = either or (sign == "and" and are_solutions(full))
        kind = Either if either else Both
        flat_parts = [q for p in full for q in (p.parts if isinstance(p, kind) else (p,))]
        return kind(tuple(flat_parts), span=span)

    def chain(self) -> Statement:
        """a = b < c"""
        first = self.operands()
        if self.toks[self.pos][0] != "rel" and not self.relation_word():
            return first
        return self.chain_from(first)

    def chain_from(self, first: Expr | Chain) -> Statement:
        """The chain that begins with this side, or goes on from this chain."""
        toks = self.toks
        operands: list[Expr]
        relations: list[str]
        if isinstance(first, Chain):
            operands, relations = list(first.operands), list(first.relations)
        else:
            operands, relations = [first], []
        modulus: Expr | None = None
        while toks[self.pos][0] == "rel" or self.relation_word():
            back = self.pos
            relation = toks[back][1]
            self.pos += 1
            # `x == 2`, `x = > 2` and `>=` typed apart are one sign.
            if toks[self.pos][0] == "rel" and toks[self.pos][1] == "=" and relation in "<>":
                relation += "="
                self.pos += 1
            if toks[self.pos][0] == "cmd" and toks[self.pos][1] == "not":
                raise Stop("operand", self.pos)
            right = self.attempt(self.operands, back)
            if right is None:
                break
            if relation in ("in", "notin", "subset"):
                right = as_set(right)
            operands.append(right)
            relations.append(relation)
        if not relations:
            return operands[0]
        last = operands[-1]
        if "≡" in relations and isinstance(last, Call) and last.name == "mod" and last.span[0] == last.args[0].span[0]:
            operands[-1], modulus = last.args
        elif "≡" in relations and toks[self.pos][0] in ("(", "pmod", "mod"):
            modulus = self.modulus()
        return Chain(tuple(operands), tuple(relations), modulus, span=self.span_from(operands[0].span[0]))

    def modulus(self) -> Expr | None:
        """(mod n)"""
        back = self.pos
        bracket = self.kind() == "("
        if bracket:
            self.pos += 1
        if self.kind() not in ("mod", "pmod"):
            self.pos = back
            return None
        self.pos += 1
        value = self.product()
        if bracket:
            self.take(")", ")")
        return value

    def operands(self) -> Expr:
        """A side of a relation: a sum, or sets joined by ∪ and ∩."""
        left = self.sum()
        kind = self.toks[self.pos][0]
        if kind != "setop" and not (kind in ("name", "or") and self.is_union(left)):
            return left
        while (kind := self.kind()) == "setop" or (kind in ("name", "or") and self.is_union(left)):
            operator = self.toks[self.pos][1]
            operator = _SET_WORDS.get(operator, operator)
            self.pos += 1
            right = as_set(self.sum())
            left = as_set(left)
            if isinstance(left, SetOperation) and left.operator == operator:
                left = SetOperation(operator, (*left.parts, right), span=spanning(left, right))
            else:
                left = SetOperation(operator, (left, right), span=spanning(left, right))
        return left

    def system(self) -> Statement | None:
        """\\begin{cases} x + y = 3 \\\\ x - y = 1 \\end{cases}, with or without a brace before it."""
        toks = self.toks
        back = self.pos
        if self.kind() == "set{":
            self.pos += 1
        if self.kind() != "begin" or toks[self.pos][1] not in ("cases", "array", "dcases", "rcases", "aligned"):
            self.pos = back
            return None
        start = toks[back][2]
        self.pos += 1
        parts: list[Statement] = []
        while self.kind() != "close":
            if self.kind() == "&":
                self.pos += 1
                continue
            parts.append(self.alternatives())
            while self.kind() == "&":
                self.pos += 1
                if self.kind() == "rel" and isinstance(last := parts[-1], Expr | Chain):
                    parts[-1] = self.chain_from(last)
            if self.kind() == "row":
                self.pos += 1
            elif self.kind() != "close":
                raise Stop("operator", self.pos)
        self.pos += 1
        if not parts or any(isinstance(p, Expr) for p in parts):
            raise Stop("relation", self.pos - 1)
        return parts[0] if len(parts) == 1 else Both(tuple(parts), span=self.span_from(start))


def are_solutions(parts: list[Statement]) -> bool:
    """Each part gives values to the same two letters or more: x = -4, y = -3; x = 3, y = 4."""
    names = set()
    for part in parts:
        if not isinstance(part, Both):
            return False
        heads = []
        for claim in part.parts:
            if not isinstance(claim, Chain) or claim.relations not in (("=",), ("≈",)):
                return False
            if not isinstance(claim.operands[0], Symbol) or symbols(claim.operands[1]):
                return False
            heads.append(claim.operands[0].name)
        names.add(frozenset(heads))
    return len(names) == 1 and len(next(iter(names))) > 1
