"""Families of steps in the work on word problems: a calculation said in a sentence, a value said again, words alone."""

from __future__ import annotations

from tutor.training.opinions.drafts import Draw, Family, Move
from tutor.training.opinions.wording import number_in_words

_NAMES = "Tom Anna Sam Maria Lucy Ben Ali Priya Omar Mei Carlos Ella Noah Zoe Max Kate Ivan Joe Nina Yuki".split()
_THINGS = (
    "apples books cookies marbles pencils stickers cards eggs balls toys students flowers pages dollars tickets coins"
    " cars chairs candies oranges stamps pounds miles hours cakes muffins points"
).split()
_BOXES = "boxes bags packs rows classes baskets shelves days weeks trays teams jars".split()

# A calculation of two numbers: what the problem says of it, how it is done, what its result is called.
_SITUATIONS = (
    ("{N} has {a} {B} with {b} {T} each.", "*", "in all"),
    ("Each of the {a} {B} holds {b} {T}.", "*", "altogether"),
    ("{N} buys {a} {T} and then {b} more.", "+", "in total"),
    ("{N} has {a} {T}. A friend has {b} {T}.", "+", "together"),
    ("{N} had {a} {T} and gave away {b}.", "-", "left"),
    ("{N} had {a} {T}. {b} were lost.", "-", "remaining"),
    ("{N} has {a} {T}, {b} more than a friend.", "-", "for the friend"),
    ("{N} shares {a} {T} among {b} friends.", "/", "each"),
    ("{a} {T} are put into {b} equal {B}.", "/", "in each"),
    ("{N} earns ${a} an hour and works {b} hours.", "*", "earned"),
    ("A pen costs ${a}. {N} buys {b} pens.", "*", "to pay"),
    ("{N} spends ${b} out of ${a}.", "-", "left over"),
    ("{N} reads {a} pages a day for {b} days.", "*", "in total"),
    ("{N} drives {a} miles in {b} hours.", "/", "per hour"),
    ("{N} is {a} years old and the brother is {b} years older.", "+", "years old"),
    ("{N} ate {b} of the {a} {T}.", "-", "uneaten"),
    ("There are {b} times as many {T} as the {a} at home.", "*", "there"),
    ("It takes {b} {B} to make {a} {T}.", "/", "per part"),
)
_SITUATIONS_HELD_OUT = (
    ("A farmer collects {a} {T} daily over {b} mornings.", "*", "gathered"),
    ("Of the {a} {T} in the shop, {b} have been sold.", "-", "unsold"),
    ("{N} cuts {a} metres of rope into {b} same pieces.", "/", "a piece"),
    ("The first row has {a} seats, the second has {b} beyond that.", "+", "in the second"),
)

_VERBS = {
    "*": (
        "multiply {x} by {y}",
        "times {x} and {y}",
        "{x} times {y}",
        "multiplying {x} with {y}",
        "{x} multiplied by {y}",
    ),
    "+": ("add {x} and {y}", "{x} plus {y}", "adding {x} to {y}", "put {x} and {y} together", "{x} and {y} more"),
    "-": ("subtract {y} from {x}", "{x} minus {y}", "take {y} away from {x}", "{x} less {y}", "taking {y} off {x}"),
    "/": (
        "divide {x} by {y}",
        "{x} divided by {y}",
        "split {x} into {y}",
        "dividing {x} by {y}",
        "share {x} among {y}",
    ),
}
_VERBS_HELD_OUT = {
    "*": ("{y} lots of {x}", "the product of {x} and {y}"),
    "+": ("the sum of {x} and {y}", "{x} increased by {y}"),
    "-": ("the difference of {x} and {y}", "{x} reduced by {y}"),
    "/": ("the quotient of {x} and {y}", "{x} parted in {y}"),
}
_SENTENCES = (
    "{N} has {e} = {r} {T} {W}",
    "So there are {e} = {r} {T} {W}.",
    "{e} = {r}",
    "{e}={r} {T}",
    "This means {N} has {e}={r} {T}.",
    "Then, {N} has {e} = {r} {W}.",
    "Therefore, there are {e} = {r} {T} {W}.",
    "{N} has {e}=<<{e}={r}>>{r} {T}.",
    "In total, {e} = {r} {T}.",
    "The number of {T} is {e} = {r}.",
    "that makes {e} = {r} {T}",
    "i did {e} and got {r}",
    "{v} = {r}",
    "{v} is {r}",
    "{v} to get {r}",
    "If you {v} you get {r}",
    "First i {v}, that's {r}",
    "I {v} and it was {r} {T}",
    "we {v} which gives us {r} {T} {W}",
    "{v} which is {r}",
    "Total {T}: {e} = {r}",
    "To find how many {T}, we {v}: {e} = {r}.",
    "so {N} has {r} {T} {W} because {e} = {r}",
    "There are {r} {T} {W} ({e} = {r}).",
    "Since {v}, {N} has {r} {T} {W}.",
    "{e} = {r} {T} {W}",
    "\\({e} = {r}\\) {T}.",
    "Next, {e} = {r} {T} {W}.",
    "Finally, {N} has {e} = {r} {T} {W}.",
    "We {v} and get {r} {T}.",
    "So it is {e} = {r}",
    "{T}: {e} = {r}",
    "she has {e} = {r} {T} {W}",
    "he needs {e} = {r} {T}",
    "they have {e}={r} {T} {W}",
)
_SENTENCES_HELD_OUT = (
    "Working out {v} leaves us with {r} {T}.",
    "Altogether that comes to {e} = {r} {T}.",
    "{r} {T} must be {W} as {e} = {r}.",
    "My calculation: {e} = {r}",
    "When {v} the outcome equals {r}.",
    "The amount of {T} {W} comes out at {e} = {r}.",
    "Using the numbers given, {e} = {r} {T}.",
)
_AGAIN = (
    "So {N} has {r} {T} {W}.",
    "The answer is {r}.",
    "{r}",
    "Answer: {r} {T}",
    "{N} has {r} {T} {W}",
    "Therefore, the answer is {r} {T}.",
    "there are {r} {T} {W}",
    "so the answer is {r}",
    "So, {N} has a total of {r} {T}.",
    "the final answer is {r} {T}",
    "{r} {T}",
)
_AGAIN_HELD_OUT = ("In the end {r} {T} are {W}.", "That is {r} {T} as a result.", "Hence {N} finishes with {r} {T}.")
_PLANS = (
    "First, we need to find the total number of {T}.",
    "Now we find how many {T} are {W}.",
    "Let's work out the number of {T}.",
    "To solve this, we look at the {T}.",
    "Next, I will find the {T} {W}.",
    "i need to know how many {T} there are",
    "Now the second part.",
    "We know that {N} has some {T}.",
    "Let's calculate how many {T} {N} has.",
    "Let me see",
    "Step 2: Find the number of {T} {W}.",
)
_PLANS_HELD_OUT = (
    "The question asks about the {T} of {N}.",
    "What remains is finding the {T}.",
    "Our goal: the {T} {W}.",
)
_GIVEN = (
    "{N} has {a} {T}.",
    "There are {a} {T}",
    "{N} starts with {a} {T}",
    "We have {a} {T} and {b} {B}.",
    "{a} {T} and {b} {B}",
    "there were {b} {B} at first",
)
_GIVEN_HELD_OUT = ("According to the text {N} owns {a} {T}.", "Known: {a} {T}")

_SIGNS = {
    "*": (" * ", "*", " x ", " × ", "x", " \\times "),
    "/": (" / ", "/", " ÷ ", "÷"),
    "+": (" + ", "+"),
    "-": (" - ", "-"),
}


def _numbers(d: Draw, sign: str) -> tuple[int, int, int]:
    a, b = d.n(2, 25), d.n(2, 12)
    match sign:
        case "*":
            return a, b, a * b
        case "+":
            return a, b, a + b
        case "-":
            return a + b, b, a
        case _:
            return a * b, b, a


def _told(d: Draw, *, held_out: tuple[bool, bool, bool]) -> Move:
    """One calculation of a word problem. held_out: the situation, the sentence, the verb."""
    situations = _SITUATIONS_HELD_OUT if held_out[0] else _SITUATIONS
    text, sign, left = d.rng.choice(situations)
    a, b, r = _numbers(d, sign)
    words = {"N": d.rng.choice(_NAMES), "T": d.rng.choice(_THINGS), "B": d.rng.choice(_BOXES), "W": left}
    problem = text.format(a=a, b=b, **words)
    x, y = str(a), str(b)
    if sign in "*+" and d.rng.random() < 0.4:
        x, y = y, x
    if d.rng.random() < 0.12:
        y = number_in_words(int(y)) if int(y) < 100 else y
    unit = d.rng.choice(("", "", "", f" {words['T']}"))
    plain_y = y if y.isdigit() else str(b)
    expression = f"{x}{unit}{d.rng.choice(_SIGNS[sign])}{plain_y}"
    if d.rng.random() < 0.12:
        expression = expression.replace(x, f"${x}", 1)
    sentence = d.rng.choice(_SENTENCES_HELD_OUT if held_out[1] else _SENTENCES)
    verb = d.rng.choice((_VERBS_HELD_OUT if held_out[2] else _VERBS)[sign]).format(x=x, y=y)

    def said(e: str, v: str, result: str) -> str:
        return sentence.format(e=e, v=v, r=result, **words)

    other = d.rng.choice([s for s in "*+-" if s != sign])
    off = {"*": a * b, "+": a + b, "-": abs(a - b)}[other]
    slip = r + d.rng.choice((1, -1, 2, 10, -10, 9, r or 1))
    stray = r + 3 if str(r + 3) not in (x, y) else r + 7
    wrong = [
        said(expression, verb, str(slip)),
        said(f"{x} {other} {plain_y}", d.rng.choice(_VERBS[other]).format(x=x, y=y), str(off)),
        said(f"{stray}{d.rng.choice(_SIGNS['+'])}{plain_y}", f"add {stray} and {y}", str(stray + b)),
    ]
    before = d.rng.choice(
        (
            "",
            problem,
            d.rng.choice(_PLANS).format(**words),
            f"{a * 2} / 2 = {a}",
            d.rng.choice(_GIVEN).format(a=a, b=b, **words),
            f"{a - 1} + 1 = {a} {words['T']}",
            f"So {words['N']} has {a} {words['T']}.",
        )
    )
    return Move(before, said(expression, verb, str(r)), "calculate", (), tuple(wrong), problem, verified=False)


def _again(d: Draw, *, held_out: bool) -> Move:
    """The value of the line before said once more, or a number of the problem, or words alone."""
    text, sign, left = d.rng.choice(_SITUATIONS)
    a, b, r = _numbers(d, sign)
    words = {"N": d.rng.choice(_NAMES), "T": d.rng.choice(_THINGS), "B": d.rng.choice(_BOXES), "W": left}
    problem = text.format(a=a, b=b, **words)
    kind = d.rng.random()
    if kind < 0.45:
        before = d.rng.choice(_SENTENCES[:12]).format(e=f"{a} {sign} {b}", v="", r=r, **words)
        sentence = d.rng.choice(_AGAIN_HELD_OUT if held_out else _AGAIN)
        return Move(
            before,
            sentence.format(r=r, **words),
            "state",
            (),
            (sentence.format(r=r + d.rng.choice((1, 10, -1)), **words),),
            problem,
            verified=False,
        )
    before = d.pick("", "", f"{d.n()} + {d.n()} = {d.n()}")
    if kind < 0.75:
        sentence = d.rng.choice(_PLANS_HELD_OUT if held_out else _PLANS)
        return Move(before, sentence.format(**words), "state", given=problem, verified=False)
    sentence = d.rng.choice(_GIVEN_HELD_OUT if held_out else _GIVEN)
    return Move(
        before,
        sentence.format(a=a, b=b, **words),
        "state",
        (),
        (sentence.format(a=a * 10 + 1, b=b * 10 + 1, **words),),
        problem,
        verified=False,
    )


FAMILIES = [
    Family("story: calculation in a sentence", lambda d: _told(d, held_out=(False, False, False))),
    Family("story: value again, plan, given", lambda d: _again(d, held_out=False)),
    Family("story: other situations", lambda d: _told(d, held_out=(True, False, False)), held_out=True),
    Family("story: other sentences", lambda d: _told(d, held_out=(True, True, False)), held_out=True),
    Family("story: other verbs", lambda d: _told(d, held_out=(True, False, True)), held_out=True),
    Family("story: other endings", lambda d: _again(d, held_out=True), held_out=True),
]
