import pytest

from tutor.errors import NotReadable
from tutor.syntax.printer import to_text
from tutor.syntax.read import ReadHints, read, read_expr, readings
from tutor.syntax.tree import (
    Bracket,
    Chain,
    Mixed,
    Negative,
    Number,
    Percent,
    Power,
    Product,
    Quantity,
    Quotient,
    Span,
    Sum,
    Symbol,
    Words,
    walk,
)

READ = [
    # written, what it was read as in plain text, why it is there
    ("2(x+3)^2 - 5x = 7/2", "2(x + 3)^2 - 5x = 7/2", "unwritten products"),
    ("3 sin 2x", "3*sin(2x)", "the function takes the product that touches it"),
    ("xy", "x*y", "two letters"),
    ("x(x+1)", "x*(x + 1)", "a letter before a bracket multiplies"),
    ("2√3", "2*sqrt(3)", "a root as a factor"),
    ("√2x", "sqrt(2)*x", "the root takes one operand"),
    ("√x²", "sqrt(x^2)", "and its power"),
    ("(a)(b)", "(a)(b)", "brackets side by side"),
    ("5(3)", "5(3)", "a number before a bracket"),
    ("a/bc", "a/b*c", "juxtaposing is no closer than the slash"),
    ("-x^2", "-x^2", "the sign comes last"),
    ("2^-3", "2^-3", "a signed exponent"),
    ("2^3^2", "2^3^2", "powers from right to left"),
    ("--9X", "--9*X", "two signs"),
    ("8+-6", "8 - 6", "a sign after a sign"),
    ("5*-3", "5*-3", "a signed factor"),
    ("4--1", "4 - -1", "minus a negative"),
    ("x²+x⁻¹ = x₁", "x^2 + x^-1 = x_1", "raised and lowered letters"),
    ("½x + 2½", "1/2*x + 2 1/2", "written fractions, and a mixed number"),
    ("3×10⁸", "3*10^8", "a power of ten"),
    ("∛8 + ∜16", "root(8, 3) + root(16, 4)", "other roots"),
    ("6 ÷ 2 · 3 ∗ 4 − 1", "6/2*3*4 - 1", "signs of other keyboards"),
    ("x ≤ 3, y ≠ 2", "x <= 3; y != 2", "relations, and two claims"),
    ("２ｘ＋１", "2x + 1", "full-width letters"),
    ("х + 1", "x + 1", "a Cyrillic letter that looks Latin, alone"),
    ("𝑥 + 𝜋", "x + pi", "mathematical letters"),
    (r"\frac12 + \dfrac{a}{b} + \tfrac{1}{x+1}", "1/2 + a/b + 1/(x + 1)", "fractions"),
    (r"\sqrt[3]{x} + \sqrt2", "root(x, 3) + sqrt(2)", "roots"),
    (r"\left(x+1\right)\cdot 2", "(x + 1)*2", "sized brackets"),
    ("$x^2 = 4$", "x^2 = 4", "between dollars"),
    (r"\(x = 3\)", "x = 3", "inline"),
    (r"\[x = 3.\]", "x = 3", "displayed, with its full stop"),
    (r"\boxed{x = 3}", "x = 3", "boxed"),
    (r"30^\circ + 45°", "30 deg + 45 deg", "degrees"),
    (r"\sin^2 x + \cos^2 x = 1", "sin(x)^2 + cos(x)^2 = 1", "powers of functions"),
    (r"\log_{2} 8 = 3", "log_2(8) = 3", "a base"),
    (r"\begin{pmatrix}1 & 2\\3 & 4\end{pmatrix}", "[[1, 2], [3, 4]]", "a matrix"),
    (r"\begin{vmatrix}1&2\\3&4\end{vmatrix} = -2", "|[[1, 2], [3, 4]]| = -2", "a determinant"),
    (r"\begin{cases} x+y=3 \\ x-y=1 \end{cases}", "x + y = 3; x - y = 1", "a system"),
    (r"\begin{aligned} 2x &= 4 \\ x &= 2\end{aligned}", "2x = 4; x = 2", "aligned claims"),
    (r"\begin{aligned} 2x &= 4 \\ &= 2^2\end{aligned}", "2x = 4 = 2^2", "an aligned chain"),
    (r"\int_0^1 2x\,dx = [x^2]_0^1", "int_0^1 2x dx = [x^2]_0^1", "an integral and its value"),
    (r"\int \frac{2x\,dx}{x^2+1}", "int 2x/(x^2 + 1) dx", "the differential above the bar"),
    (r"\sum_{k=1}^n k^2", "sum_(k=1)^n k^2", "a sum"),
    (r"\lim_{x\to0^+} \ln x", "lim_(x->0+) ln(x)", "a one-sided limit"),
    (r"x \in (-\infty, 3) \cup [5, \infty)", "x in (-infinity, 3) union [5, infinity)", "intervals"),
    (r"5\,\text{cm} + 3\,\mathrm{m/s}", "5 cm + 3 m/s", "upright units"),
    (r"10\,000 + 1{,}200 + 10,\!000", "10 000 + 1,200 + 10 000", "grouped digits"),
    (r"\text{Area} = 5", "Area = 5", "words in LaTeX"),
    (r"\frac{dy}{dx} = \frac{d}{dx}(x^2)", "dy/dx = d/dx(x^2)", "derivatives"),
    (r"\vec{v} + \bar{x} + \Delta t", "v_vec + x_bar + Delta_t", "accents"),
    (r"17 \equiv 2 \pmod{5}", "17 === 2 (mod 5)", "congruence"),
    ("sin²x + sin^-1 x", "sin(x)^2 + arcsin(x)", "a square, and an inverse"),
    ("sin x cos x", "sin(x)*cos(x)", "one function after another"),
    ("sin(x)^2", "sin(x)^2", "the power of the value"),
    ("xsinx + sinxcosx", "x*sin(x) + sin(x)*cos(x)", "typed together"),
    ("ln x^2", "ln(x^2)", "the power belongs to the argument"),
    ("cos π/6", "cos(pi/6)", "a fraction of π is one angle"),
    ("log2(8) + log_2 8", "log_2(8) + log_2(8)", "bases as typed"),
    ("||x-1|-2|", "abs(|x - 1| - 2)", "bars within bars"),
    ("f'(x) = 2x", "f'(x) = 2x", "a derivative of a function"),
    (r"f^{\prime}(x) = 2x", "f'(x) = 2x", "the same in LaTeX"),
    ("y'' - 4y = e^x", "y'' - 4y = e^x", "primes"),
    ("d²y/dx² = d/dx(dy/dx)", "d^2y/dx^2 = d/dx(dy/dx)", "orders"),
    ("∫ x^2 + 3x dx", "int x^2 + 3x dx", "a sum under the integral"),
    ("∫ dx/x = ln|x| + C", "int 1/x dx = ln(|x|) + C", "the differential in the fraction"),
    ("∫ (2x dx)/(x^2 + 1)", "int (2x)/(x^2 + 1) dx", "the differential in a bracketed top"),
    ("lim x→0+ sin(x)/x", "lim_(x->0+) sin(x)/x", "without a bracket"),
    ("x_1 + v_{max} + a_{n+1}", "x_1 + v_max + a_{n+1}", "subscripts"),
    ("[[1,2],[3,4]]", "[[1, 2], [3, 4]]", "a matrix in rows"),
    ("<1,2>", "<1, 2>", "a vector"),
    ("{x | x>1}", "{x | x > 1}", "a set by its rule"),
    ("(-∞,1) U (3,∞)", "(-infinity, 1) union (3, infinity)", "U for a union"),
    ("x + y = 3; x - y = 1", "x + y = 3; x - y = 1", "a system on one line"),
    ("x = 1 or x = -2", "x = 1 or x = -2", "alternatives"),
    ("x = 1, x = -2", "x = 1 or x = -2", "a comma between values of one letter"),
    ("x = 1, -2", "x = 1 or x = -2", "a bare value"),
    ("x = 1 and x = 2", "x = 1 or x = 2", "\"and\" lists values too"),
    ("x = 1 and y = 2", "x = 1; y = 2", "but not of different letters"),
    ("x=1, y=2 or x=3, y=4", "x = 1 and y = 2 or x = 3 and y = 4", "pairs"),
    ("x=±2", "x = +/-2", "both signs"),
    ("-1 < x <= 3", "-1 < x <= 3", "a chain"),
    ("20*3=60*2=120", "20*3 = 60*2 = 120", "a run-on chain"),
    ("x = π/6 + 2πn, n ∈ Z", "x = pi/6 + 2*pi*n; n in Z", "a family"),
    ("5% of 400 = 20", "5%*400 = 20", "of multiplies"),
    ("1/2 of 18", "1/2*18", "a fraction of"),
    ("$5 x 3 = $15", "$5 * 3 = $15", "money, and x as times"),
    ("$ 1,234.50", "$1,234.50", "a space after the sign"),
    ("5$ + 5 €", "$5 + €5", "a sign after the number"),
    ("€5,50", "€5,50", "a decimal comma after a currency"),
    ("1,200 + 12 000 + 1'200", "1,200 + 12 000 + 1'200", "thousands"),
    ("0,5 + 0,25 = 0,75", "0,5 + 0,25 = 0,75", "decimal commas"),
    ("1.234,56", "1.234,56", "both"),
    (".25 + 5. + 3", ".25 + 5. + 3", "points without digits"),
    ("2 1/2 + 1", "2 1/2 + 1", "a mixed number"),
    ("0.333… = 1/3", "0.333... = 1/3", "a repeating decimal"),
    (r"0.\overline{3} + 0.1\overline{6}", "0.333... + 0.1666...", "the same in LaTeX"),
    ("3e8 + 1.5e-3", "3e8 + 1.5e-3", "exponents"),
    ("27 x 2 = 54", "27*2 = 54", "x between numbers"),
    ("3x4", "3*4", "x between digits"),
    ("2x + 3 = 3x", "2x + 3 = 3x", "x as a letter"),
    ("5!=120", "5! = 120", "a factorial and an equals sign"),
    ("x != 2", "x != 2", "not equal"),
    ("C(5,2) + 5C2 + nCr(5,2) + 5P2", "C(5, 2) + C(5, 2) + C(5, 2) + P(5, 2)", "choices"),
    ("P(A|B) = P(A ∩ B)/P(B)", "P(A | B) = P(A intersect B)/P(B)", "probabilities"),
    ("P(X = 2) + P(at least 2 heads)", "P(X = 2) + P(at least 2 heads)", "events"),
    ("gcd(12,180) + max(1, 2)", "gcd(12, 180) + max(1, 2)", "commas that separate"),
    ("⌊x⌋ + ⌈x⌉", "floor(x) + ceil(x)", "floor and ceiling"),
    ("17 mod 5 = 2", "17 mod 5 = 2", "remainder"),
    ("3+4i", "3 + 4i", "the imaginary unit"),
    ("e^(iπ) + 1 = 0", "e^(i*pi) + 1 = 0", "both constants"),
    ("90 L / 6 L/minute = 15 minutes", "90 L / 6 L/minute = 15 minutes", "a rate below the bar"),
    ("3 hours * $4/hour = $12", "3 hours * $4/hour = $12", "a price"),
    ("8 boxes of eggs * 6 eggs/box = 48 eggs", "8 boxes of eggs * 6 eggs/box = 48 eggs", "counted things"),
    ("$2.5 per kg * 4 kg", "$2.5/kg * 4 kg", "per"),
    ("25 °C", "25 °C", "a temperature"),
    ("9.8 m/s^2 * 2 s = 19.6 m/s", "9.8 m/s^2 * 2 s = 19.6 m/s", "units with powers"),
    ("7.35 × 10^6 J", "7.35*10^6 J", "a unit after a power of ten"),
    ("3/4 cup + 2 1/2 cups", "3/4 cup + 2 1/2 cups", "parts of a unit"),
    ("5 ft 6 in", "5 ft + 6 in", "feet and inches"),
    ("4+3 = 7th", "4 + 3 = 7", "an ordinal"),
    ("5m + 3a", "5m + 3a", "letters after numbers are letters"),
    ("cost per kg = 40/8", "cost per kg = 40/8", "words for a value"),
    ("P = VI", "P = VI", "capitals together are one name"),
    ("abc = a + b + c", "a*b*c = a + b + c", "letters that occur alone"),
    ("v = u + at", "v = u + a*t", "a product that looks like a word"),
    (r"\angle ABC = 30°", "angle_ABC = 30 deg", "an angle's name"),
    ("f^{-1}(x)", "f^-1(x)", "an inverse function"),
    ("no real solutions", "no solution", "no solution"),
    ("x ∈ ∅", "no solution", "the empty set"),
    ("infinitely many solutions", "all real numbers", "all values"),
    ("2x=4 → x=2", "2x = 4 -> x = 2", "an arrow"),
    ("∴ x = 2 ✓", "x = 2", "marks around the claim"),
    ("dy = 2x dx", "dy = 2x*dx", "differentials"),
    ("2x2 - 3 = 5", "2*2 - 3 = 5", "x between digits is times only where x is no letter"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "text", "why"), READ)
def test_what_is_written_is_read(written, text, why):
    assert to_text(read(written)) == text


x, y = Symbol("x"), Symbol("y")


def number(text):
    return read_expr(text)


TREES = [
    ("2x", Product((number("2"), x)), "an unwritten product"),
    ("-2x", Negative(Product((number("2"), x))), "the sign goes to the whole term"),
    ("x - y + 2", Sum((x, Negative(y), number("2"))), "one sum, in order"),
    ("2*x/3*y", Product((Quotient(Product((number("2"), x)), number("3")), y)), "from left to right"),
    ("(x)", Bracket(x), "brackets stay"),
    ("2 1/2", Mixed(number("2"), number("1"), number("2")), "a mixed number"),
    ("20%", Percent(number("20")), "percent"),
    ("-x^2", Negative(Power(x, number("2"))), "the power binds closer than the sign"),
    ("x = 2 = y", Chain((x, number("2"), y), ("=", "=")), "a chain is one claim"),
    ("Total", Words("Total"), "a word stands for a value"),
]


@pytest.mark.parametrize(("written", "tree", "why"), TREES)
def test_the_tree(written, tree, why):
    assert read(written) == tree


NUMERALS = [
    # written  value                places
    ("7",      "7",                 None),
    ("0.50",   "1/2",               2),
    ("1,200",  "1200",              None),
    ("12 000", "12000",             None),
    ("1,234.5", "2469/2",           1),
    (".25",    "1/4",               2),
    ("3e8",    "300000000",         None),
    ("1.5e-3", "3/2000",            4),
    ("0,5",    "1/2",               1),
    ("1.234,5", "2469/2",           1),
    ("0.333…", "1/3",               None),
    ("0.1666...", "1/6",            None),
    ("0.(142857)", "1/7",           None),
    ("0.1\u03056\u0305", "16/99",   None),
    ("3.14159...", "314159/100000", 5),
]  # fmt: skip


@pytest.mark.parametrize(("written", "value", "places"), NUMERALS)
def test_numerals_are_exact_and_keep_their_spelling(written, value, places):
    found = read(written)
    assert isinstance(found, Number)
    assert (str(found.value), found.places) == (value, places)


UNITS = [
    ("80 GB",             (("GB", 1),),                "a known unit"),
    ("2 socks/pair",      (("socks", 1), ("pair", -1)), "counted nouns"),
    ("5 glue sticks",     (("glue sticks", 1),),       "two words"),
    ("10 pairs of socks", (("pairs of socks", 1),),    "with of"),
    ("$4/hour",           (("$", 1), ("hour", -1)),    "money by the hour"),
    ("$2.5 per kg",       (("$", 1), ("kg", -1)),      "per"),
    ("9.8 m/s^2",         (("m", 1), ("s", -2)),       "a power below"),
    ("9.8 m/s²",          (("m", 1), ("s", -2)),       "a raised power"),
    ("4 J/(kg·K)",        (("J", 1), ("kg", -1), ("K", -1)), "a bracket below"),
    ("3 square feet",     (("feet", 2),),              "square"),
    ("25 °C",             (("°C", 1),),                "a temperature"),
    ("30 lbs.",           (("lbs", 1),),               "an abbreviation, with its point"),
    ("4.9 GeV",           (("GeV", 1),),               "a physicist's unit"),
    ("3 dozen eggs",      (("dozen", 1), ("eggs", 1)), "a multiple"),
    ("20 miles per hour", (("miles", 1), ("hour", -1)), "a rate in words"),
    (r"5\,\text{m/s}",    (("m", 1), ("s", -1)),       "upright in LaTeX"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "factors", "why"), UNITS)
def test_units(written, factors, why):
    found = read(written)
    assert isinstance(found, Quantity)
    assert found.unit.factors == factors


AMBIGUOUS = [
    # written        likeliest first, then the others
    ("2^3x",         ["2^3*x", "2^(3x)"]),
    ("1/2x",         ["1/2*x", "1/(2x)"]),
    ("a/bc",         ["a/b*c", "a/(b*c)"]),
    ("√2x",          ["sqrt(2)*x", "sqrt(2x)"]),
    ("sin x/2",      ["sin(x)/2", "sin(x/2)"]),
    ("x^1/2",        ["x^1/2", "x^(1/2)"]),
    ("2\\frac{1}{2}", ["2 1/2", "2*(1/2)"]),
    ("x = 1,5",      ["x = 1 or x = 5", "x = 1,5"]),
    ("2 x (3+4)",    ["2*(3 + 4)", "2x*(3 + 4)"]),
    ("3 + 2i",       ["3 + 2i", "3 + 2i"]),
    ("x2 + 1",       ["x_2 + 1", "x*2 + 1"]),
    ("k(x) = 2",     ["k*(x) = 2", "k(x) = 2"]),
    ("5/8 ÷ 15/4",   ["5/8/(15/4)", "5/8/15/4"]),
    ("1 1/2 / 1/2",  ["1 1/2/(1/2)", "1 1/2/1/2"]),
    ("3 : 1/2",      ["3/(1/2)", "3/1/2"]),
    ("120/1/6",      ["120/1/6", "120/(1/6)"]),
    ("y/6/6",        ["y/6/6"]),
    ("2x + 1 = 7",   ["2x + 1 = 7"]),
    ("f(x) = x^2",   ["f(x) = x^2"]),
]  # fmt: skip


@pytest.mark.parametrize(("written", "texts"), AMBIGUOUS)
def test_each_plausible_reading_is_offered(written, texts):
    assert [to_text(r) for r in readings(written)] == texts


HINTED = [
    # written     hints                                              text              why
    ("abc",       ReadHints(symbols=frozenset("abc")),               "a*b*c",          "the letters are known"),
    ("cost = 5",  ReadHints(symbols=frozenset({"cost"})),            "cost = 5",       "the name is known"),
    ("k(x)",      ReadHints(functions=frozenset("k")),               "k(x)",           "k is a function here"),
    ("f(x+1)",    ReadHints(symbols=frozenset("fx")),                "f*(x + 1)",      "f is a number here"),
    ("2e",        ReadHints(symbols=frozenset("e")),                 "2*e",            "e is an unknown here"),
    ("i",         ReadHints(complex=True),                           "i",              "the imaginary unit"),
    ("5m",        ReadHints(units=True),                             "5 m",            "letters are units"),
    ("14 m/s",    ReadHints(symbols=frozenset("ms")),                "14m/s",          "m and s are unknowns"),
    ("1,234",     ReadHints(decimal_comma=True),                     "1,234",          "the spelling is kept"),
    ("5 x 3",     ReadHints(cross_is_times=True),                    "5*3",            "x is times"),
    ("4x(7-2)",   ReadHints(cross_is_times=True),                    "4*(7 - 2)",      "x is times before a bracket"),
    ("x1 + x2",   ReadHints(symbols=frozenset({"x_1", "x_2"})),      "x_1 + x_2",      "names with subscripts"),
    ("PV",        ReadHints(symbols=frozenset("PV")),                "P*V",            "two known capitals"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "hints", "text", "why"), HINTED)
def test_what_is_known_of_the_work_decides(written, hints, text, why):
    assert to_text(read(written, hints)) == text


def test_a_decimal_comma_that_is_known_of_is_one():
    assert read("1,234", ReadHints(decimal_comma=True)).value == 1 + number("234").value / 1000


UNREADABLE = [
    ("2 3", "two numbers side by side"),
    ("17 % 5", "a remainder or a percentage"),
    ("foo(x)", "an unknown word is never split into letters"),
    ("x = ?", "nothing was claimed"),
    ("the quick brown fox", "words"),
    ("п + 1", "a letter that looks like no Latin one"),
    ("(x]", "brackets that do not match"),
]


@pytest.mark.parametrize(("written", "why"), UNREADABLE)
def test_unreadable(written, why):
    with pytest.raises(NotReadable):
        read(written)


@pytest.mark.parametrize("written", ["2(x+3)^2 - 5x = 7/2", r"\frac{1}{2}x + \sqrt{3} = 0", "x² + 3 km", "2f(x)"])
def test_every_node_knows_its_place(written):
    for node in walk(read(written)):
        if isinstance(node, Number | Symbol):
            shown = node.text if isinstance(node, Number) else node.name
            assert written[node.span.start : node.span.end] in (shown, "²")
        assert isinstance(node.span, Span)
        assert 0 <= node.span.start < node.span.end <= len(written)
