"""Labels to lines of step notation."""

from __future__ import annotations

import pytest

from tutor.slm.labels import LABELS, assemble
from tutor.slm.notation import item
from tutor.slm.tokens import tokenize

# text, word=label pairs (the rest is O; a word that comes again is meant by its place), the value before, the lines
CASES = [
    ("took 3 from both sides and got 2x is four", "took=OP_SUB 3=X 2x=B-A is=EQ four=A", "", ("op: -3", "2x = 4")),
    ("3 gets taken from both sides", "3=X taken=OP_SUB", "", ("op: -3",)),
    ("then halved it, x equals 2", "halved=OP_HALVE x=B-A equals=EQ 2=A", "", ("op: /2", "x = 2")),
    ("take 5 from 12 and multiply by 3, gives 21", "5=B-A from=RSUB 12=A multiply=TMUL 3=A gives=EQ 21=A", "",
     ("(12 - 5)*3 = 21",)),
    ("she subtracted 44 from 78, which is 34", "44=B-A from=RSUB 78=A is=EQ 34=A", "", ("78 - 44 = 34",)),
    ("5 less than 3 times x is 10", "5=B-A less=RSUB 3=A times=MUL x=A is=EQ 10=A", "", ("3*x - 5 = 10",)),
    ("half of 18 is 9", "half=B-HALF 18=A is=EQ 9=A", "", ("1/2*18 = 9",)),
    ("twice that is 30", "twice=B-DBL that=REF is=EQ 30=A", "15", ("2*15 = 30",)),
    ("so 5 * 3 = 15 and twice that is 30", "5 * 3 = 15=B-A twice=B-DBL that=REF is=EQ 30=A", "",
     ("5 * 3 = 15", "2*15 = 30")),
    ("times 3 is 21", "times=B-MUL 3=A is=EQ 21=A", "7", ("7*3 = 21",)),
    ("x squared plus 1", "x=B-A squared=SQ plus=ADD 1=A", "", ("x^2 + 1",)),
    ("x + 1 squared is 9", "x + 1=B-A squared=SQ is=EQ 9=A", "", ("(x + 1)^2 = 9",)),
    ("the root of 16 plus 9 is 5", "root=B-SQRT of=LP 16=A plus=ADD 9=A is=EQ 5=A", "", ("sqrt(16 + 9) = 5",)),
    ("add 16 and 9 then take the root, 5", "16=B-A and=ADD 9=A root=TSQRT ,=O 5=O", "", ("sqrt(16 + 9)",)),
    ("x is 2 or -3", "x=B-A is=EQ 2=A or=OR -3=A", "", ("x = 2 or x = -3",)),
    ("x is 5, no wait, 6", "x=B-A is=EQ 5=A wait=FIX 6=A", "", ("x = 6",)),
    ("x = 5, no wait, x = 6", "x = 5=B-A wait=FIX x = 6=A", "", ("x = 6",)),
    ("x is 5, i mean y is 6", "x=B-A is=EQ 5=A mean=FIX y=B-A is=EQ 6=A", "", ("y = 6",)),
    ("she has 34, sorry 36 apples", "34=V sorry=FIX 36=A", "", ("value: 36",)),
    ("the speed is minus 12 metres per second", "minus=VNEG 12=V metres per second=U", "", ("value: -12 m/s",)),
    ("it costs 34 dollars", "34=V dollars=U", "", ("value: $34",)),
    ("let u be 3x", "u=D be=EQ 3x=A", "", ("let u = 3x",)),
    ("put 3 in for x", "put=OP_SUBSTITUTE 3=X x=XV", "", ("op: substitute x = 3",)),
    ("add -3 and x + 1 to it", "add=OP_ADD x + 1=X", "", ("op: +(x + 1)",)),
    ("no wait thats wrong, it is 5", "wait=RETRACT 5=V", "", ("no wait", "value: 5")),
    ("15 percent of 80 is 12", "15 percent=B-A of=MUL 80=A is=EQ 12=A", "", ("15%*80 = 12",)),
    ("3/4 divided by 1/2 is 1.5", "3/4=B-A divided=DIV 1/2=A is=EQ 1.5=A", "", ("3/4/(1/2) = 1.5",)),
    ("-3 to the power 2 is 9", "-3=B-A power=POW 2=A is=EQ 9=A", "", ("(-3)^2 = 9",)),
    ("v is u plus a t", "v=B-A is=EQ u=A plus=ADD a=A t=AJ", "", ("v = u + a*t",)),
    ("20% off 80 is 64", "20%=B-A off=OFF 80=A is=EQ 64=A", "", ("80 - 20%*80 = 64",)),
    ("80 goes up by 20% to 96", "80=B-A up=UPBY 20%=A to=EQ 96=A", "", ("80 + 20%*80 = 96",)),
    ("which simplified is 1/2", "is=B-EQ 1/2=A", "6/12", ("6/12 = 1/2",)),
    ("3 out of 8, boys to girls 3 to 5", "3=V out=DIV 8=A 3=V to=RATIO 5=A", "", ("value: 3/8", "value: 3:5")),
    ("the derivative of x cubed is 3x squared", "derivative=B-DERIV of=LP x=A cubed=CUBE is=EQ 3x=A squared=SQ", "",
     ("d/dx(x^3) = 3x^2",)),
    ("the integral of 2x is x squared", "integral=B-INT 2x=A is=EQ x=A squared=SQ", "", ("int 2x dx = x^2",)),
    ("move the -4 to the other side", "move=OP_MOVE -4=X", "", ("op: +4",)),
    ("15% of 60 = 9", "15%=B-A of=MUL 60 = 9=A", "", ("15%*60 = 9",)),
    ("that makes x 16", "x=B-A 16=AEQ", "", ("x = 16",)),
    ("after paying $12 he has $23 of his $35", "$12=B-A $23=RES of=RSUB $35=A", "", ("$35 - $12 = $23",)),
    ("it gives 60 litres in 5 minutes of 12 litres", "60=B-A litres=U in=MUL 12=A", "", ("60 litres*12",)),
    ("15 L spilt leaves 5 litres of 20", "15=B-A L=U 5=RES litres=U of=RSUB 20=A", "", ("20 - 15 L = 5 litres",)),
    ("3 times 4 is 12, 3 times 5 is 15, together 27", "3=B-A times=MUL 4=A is=EQ 12=A 3=B-A times=MUL 5=A is=EQ 15=A"
     " together=B-SUMUP 27=AEQ", "", ("3*4 = 12", "3*5 = 15", "12 + 15 = 27")),
    ("he got 4, in all 19", "4=V all=B-SUMUP 19=AEQ", "15", ("value: 4", "15 + 4 = 19")),
    ("he has 4 and she 9, 5 apart", "4=V 9=V ,=B-DIFF 5=AEQ", "", ("value: 4", "value: 9", "9 - 4 = 5")),
    ("four brackets x minus two is twenty", "four=B-A brackets=MULLP x=A minus=SUB two=A is=EQ twenty=A", "",
     ("4*(x - 2) = 20",)),
    ("now i will find the speed", "", "", ()),
]  # fmt: skip

NONSENSE = [
    ("that is 30", "that=B-REF is=EQ 30=A", "nothing was said before"),
    ("x is", "x=B-A is=EQ", "a side is missing"),
    ("3 4", "3=B-A 4=A", "two operands and no sign"),
    ("subtract from both sides", "subtract=OP_SUB", "subtract what?"),
    ("is 3", "is=EQ 3=A", "no claim was begun"),
    ("5 metres", "metres=U", "a unit of nothing"),
    ("20 °C to 70 °C", "20=V °C=U °C=U", "two units"),
    ("x is 5, no wait", "x=B-A is=EQ 5=A wait=FIX", "taken back, and nothing put in its place"),
    ("the speed is 3", "speed=V", "a word is no value"),
    ("in all 19", "all=B-SUMUP 19=AEQ", "nothing to add up"),
    ("5 apart", "5=B-DIFF", "nothing to compare"),
    ("12 of 35", "12=RES of=RSUB 35=A", "a result of nothing"),
    ("4 is 12 of 35", "4=B-A is=EQ 12=RES of=RSUB 35=A", "the result is said twice"),
]


def labelled(text: str, pairs: str) -> list[str]:
    """The labels of a row of a table."""
    tokens = tokenize(text)
    labels = ["O"] * len(tokens)
    at = 0
    rest = pairs
    while rest:
        for k in range(at, len(tokens)):
            head = tokens[k].text + "="
            if rest.startswith(head):
                label, _, rest = rest.removeprefix(head).partition(" ")
                labels[k], at = label, k + 1
                break
        else:
            raise AssertionError(f"{rest!r} does not begin with one of {[t.text for t in tokens[at:]]}")
    return labels


@pytest.mark.parametrize(("text", "pairs", "before", "lines"), CASES)
def test_labels_are_carried_out(text, pairs, before, lines):
    assert assemble(tokenize(text), labelled(text, pairs), before) == lines


@pytest.mark.parametrize(("text", "pairs", "before", "lines"), CASES)
def test_every_line_is_step_notation(text, pairs, before, lines):
    assert all(item(line) for line in lines)


@pytest.mark.parametrize(("text", "pairs", "reason"), NONSENSE)
def test_labels_that_make_no_reading_make_none(text, pairs, reason):
    assert assemble(tokenize(text), labelled(text, pairs)) is None, reason


def test_there_is_one_of_each_label():
    assert len(set(LABELS)) == len(LABELS)
