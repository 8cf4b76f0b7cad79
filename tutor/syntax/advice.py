"""What to say where reading stopped: the sentence whose broken examples stop the reader in the same way.

A stop is known by what was looked for, the token before and the token found. The table of stops is not written by
hand: it comes from reading the examples, so that a new sentence needs nothing but examples of what it is for.
"""

from __future__ import annotations

from functools import cache

ADVICE: dict[str, list[str]] = {
    "Close the bracket you opened.": ["(x+1", "2*(x", "2(x", "x=(1", "[1, 2", "sin(x", "f(x", "(1,2", "((x)", "(2+3=5"],
    "There is a closing bracket with no opening one.": ["x+1)", "2)", ")x", "x=1)", "x]", "xy)", "(x))", "2x)^2"],
    "Something is missing after this sign.": [
        "x+", "2*", "x=", "x^", "2/", "x-", "-", "x<", "√", "x+2=", "(x+)", "(2*)", "x=*2", "2+*3", "x=)", "x*/2",
        "2/*3", "x^)", "x^=2", "x+=3", "x-=", "(x=)",
    ],
    "Something is missing before this sign.": ["*2", "/3", "^2", "=", "=2", "*", ">3", "(*2)", "!", "%"],
    "A sign is missing between these two.": ["2 3", "x 2", "x=1 2", "3 4 5", "1/2 3", "x^2 4"],
    "Close the absolute value: a second | is missing.": ["|x", "|x-1", "2|x"],
    "Give the function its argument, as in sin(x).": ["sin", "ln", "sin=1", "sqrt", "log)", "sin*2", "tan/"],
    "There are words here that are not part of the mathematics.": ["3 + then", "x = then we", "x + then 3", "2 because",
                                                                   "x = 5 because"],
    "Say what you integrate by, such as dx.": ["∫ x y", "∫ a x"],
    "Write both limits, as in [F(x)]_0^1.": ["[x]_0", "[x]_1 + 2"],
    "Write where the sum begins and ends, as in sum_(k=1)^n.": ["sum_(k=1) k", "sum_(k)^n k", "sum_(1)^n"],
    "Write the limit as lim_(x->0).": ["lim x", "lim_(x) 2", "lim x=0"],
    "Close the brace you opened.": ["{1, 2", "{1", "{x | x>1"],
    "Something is missing inside the brackets.": ["()", "f()", "2()", "[]", "(,)", "(1,)"],
    "This character is not part of mathematics.": ["x # 2", "x @ 2", "#", "2 + #", "x = #", "(#", "x?", "x = ?", "?"],
    "The amount is missing after the currency sign.": ["$", "$+", "x = $"],
    "This LaTeX command cannot be read here.": ["\\foo", "x + \\foo", "2\\foo"],
}  # fmt: skip

_OTHERWISE = {
    "operand": "A number, a letter or a bracket belongs here.",
    "operator": "The mathematics should go on with a sign here, or end.",
    "end": "Something is missing here.",
}


@cache
def _stops() -> dict[tuple[str, str, str], str]:
    """Each way the examples stop the reader, and the less exact forms of it that only one sentence claims."""
    from tutor.syntax import read as reader

    exact: dict[tuple[str, str, str], str] = {}
    rough: dict[tuple[str, str, str], set[str]] = {}
    for says, examples in ADVICE.items():
        for example in examples:
            wanted, before, found = reader.where_it_stops(example)
            exact.setdefault((wanted, before, found), says)
            for key in ((wanted, "", found), ("", before, found), (wanted, before, "")):
                rough.setdefault(key, set()).add(says)
    table = {key: next(iter(claims)) for key, claims in rough.items() if len(claims) == 1}
    return table | exact


def sentence(wanted: str, before: str, found: str) -> str:
    """Advice for a stop: what was looked for, the kind of token before it, the kind found."""
    table = _stops()
    for key in ((wanted, before, found), (wanted, "", found), (wanted, before, ""), ("", before, found)):
        if key in table:
            return table[key]
    return _OTHERWISE.get("end" if found == "end" else wanted, "This cannot be read here.")
