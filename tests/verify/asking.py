"""Ask the verifier about a line of text, as the tables of this folder do."""

from __future__ import annotations

from dataclasses import replace

from tutor.records import Verdict
from tutor.syntax.read import ReadHints, read
from tutor.syntax.tree import Call, Chain, Expr, Symbol
from tutor.verify.domains import decide
from tutor.verify.tasks import Compare, Finding, Relate, Setting

PLAIN = Setting()
SEVERITY = {Verdict.WRONG: 0, Verdict.UNDECIDED: 1, Verdict.NO_CLAIM: 2, Verdict.CORRECT: 3}


def setting_of(known: str, base: Setting = PLAIN) -> Setting:
    """The setting after definitions such as `f(x) = x^2; u = x^2 + 1; A = [[1,2],[3,4]]`."""
    values = dict(base.values)
    functions = dict(base.functions)
    for text in filter(None, (part.strip() for part in known.split(";"))):
        chain = read(text)
        assert isinstance(chain, Chain)
        head, body = chain.operands
        if isinstance(head, Call):
            functions[head.name] = (tuple(a.name for a in head.args if isinstance(a, Symbol)), body)
        else:
            assert isinstance(head, Symbol)
            values[head.name] = body
    return replace(base, values=values, functions=functions)


def findings(text: str, setting: Setting = PLAIN, *, complex_numbers: bool = False) -> list[Finding]:
    """One finding for each link of the chain."""
    hints = ReadHints(
        complex=complex_numbers, functions=frozenset(setting.functions), symbols=frozenset(setting.values)
    )
    chain = read(text, hints)
    assert isinstance(chain, Chain), chain
    return [
        decide(Compare(left, right, sign, setting))
        for left, sign, right in zip(chain.operands, chain.relations, chain.operands[1:], strict=False)
    ]


def finding(text: str, setting: Setting = PLAIN, *, complex_numbers: bool = False) -> Finding:
    """The gravest finding of the chain."""
    return min(findings(text, setting, complex_numbers=complex_numbers), key=lambda f: SEVERITY[f.evidence.verdict])


def verdict(text: str, known: str = "", setting: Setting = PLAIN, *, complex_numbers: bool = False) -> str:
    """`correct`, `wrong`, `undecided` or `no_claim`."""
    return str(finding(text, setting_of(known, setting), complex_numbers=complex_numbers).evidence.verdict)


def relation(
    before: str, after: str, known: str = "", setting: Setting = PLAIN, *, complex_numbers: bool = False
) -> Finding:
    """What is found for two lines."""
    setting = setting_of(known, setting)
    hints = ReadHints(complex=complex_numbers, functions=frozenset(setting.functions))
    return decide(Relate(read(before, hints), read(after, hints), setting))


def expression(text: str, *, complex_numbers: bool = False) -> Expr:
    """One expression."""
    found = read(text, ReadHints(complex=complex_numbers))
    assert isinstance(found, Expr)
    return found
