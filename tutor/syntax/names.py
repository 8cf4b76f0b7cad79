"""What runs of letters mean: functions, Greek letters, little words, units."""

from __future__ import annotations

TRIGONOMETRIC = frozenset(["sin", "cos", "tan", "cot", "sec", "csc", "sinh", "cosh", "tanh", "coth", "sech", "csch"])
_INVERSE = {
    name: "arc" + name
    for name in ["sin", "cos", "tan", "cot", "sec", "csc", "sinh", "cosh", "tanh", "coth", "sech", "csch"]
} | {
    "sinh": "arsinh",
    "cosh": "arcosh",
    "tanh": "artanh",
    "coth": "arcoth",
    "sech": "arsech",
    "csch": "arcsch",
}
INVERSE = _INVERSE

# Spelling as typed -> the tree's name.
FUNCTIONS: dict[str, str] = {
    **{name: name for name in TRIGONOMETRIC},
    **{name: name for name in INVERSE.values()},
    **{
        name: name
        for name in ["ln", "log", "exp", "gcd", "lcm", "min", "max", "floor", "ceil", "det", "tr", "Re", "Im", "arg",
                     "conj", "sgn", "Var"]
    },
    **{name.capitalize(): name for name in ["sin", "cos", "tan", "cot", "sec", "csc", "log", "ln"]},
    "lg": "log", "Exp": "exp", "Gcd": "gcd", "GCD": "gcd", "gcf": "gcd", "GCF": "gcd", "hcf": "gcd", "HCF": "gcd",
    "LCM": "lcm", "Min": "min", "Max": "max", "abs": "abs", "Abs": "abs", "sqrt": "sqrt", "Sqrt": "sqrt",
    "cbrt": "cbrt", "root": "sqrt", "asin": "arcsin", "acos": "arccos", "atan": "arctan", "acot": "arccot",
    "asinh": "arsinh", "acosh": "arcosh", "atanh": "artanh", "arcsinh": "arsinh", "arccosh": "arcosh",
    "arctanh": "artanh", "cosec": "csc", "cotan": "cot", "ctg": "cot", "tg": "tan", "arctg": "arctan",
    "sign": "sgn", "signum": "sgn", "ceiling": "ceil", "trace": "tr", "nCr": "nCr", "nPr": "nPr", "ncr": "nCr",
    "npr": "nPr", "binom": "nCr", "binomial": "nCr", "choose": "choose", "factorial": "factorial", "adj": "adj",
    "rank": "rank", "dim": "dim",
}  # fmt: skip

# Functions of several arguments, inside which a comma always separates.
SEVERAL = frozenset({"gcd", "lcm", "min", "max", "nCr", "nPr", "mod"})

GREEK = frozenset(
    """
    alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron rho sigma tau upsilon phi chi
    psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega
    """.split()
)

LETTERS: dict[str, str] = dict(
    zip(
        "αβγδεζηθικλμνξορσςτυφχψωϕϑϵϱΓΔΘΛΞΠΣΥΦΨΩ∆",
        """
    alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi o rho sigma sigma tau upsilon phi chi
    psi omega phi theta epsilon rho Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega Delta
    """.split(),
        strict=True,
    )
) | {"ħ": "hbar", "ℏ": "hbar", "ℓ": "l"}
GREEK_LETTER = {v: k for k, v in reversed(list(LETTERS.items())) if v in GREEK}

# Words that are signs.
KEYWORDS: dict[str, str] = {
    "or": "or", "Or": "or", "OR": "or", "and": "and", "And": "and", "AND": "and", "of": "of", "mod": "mod",
    "per": "per", "times": "*", "plus": "+", "minus": "-", "union": "setop", "intersect": "setop",
    "intersection": "setop", "setminus": "setop", "percent": "percent",
    "lim": "lim", "int": "int", "integral": "int", "infinity": "const", "inf": "const", "infty": "const",
    "oo": "const", "pi": "const", "Pi": "const", "PI": "const", "equals": "equals",
}  # fmt: skip

CONSTANTS = {"infinity": "infinity", "inf": "infinity", "infty": "infinity", "oo": "infinity", "pi": "pi", "Pi": "pi",
             "PI": "pi"}  # fmt: skip

# Little words: prose goes on here, mathematics does not. None of them is a unit.
STOP_WORDS = frozenset(
    """
    a about above after again all also although always am an and another answer any are as at be because been
    before being below between both but by calculate can cannot check claim combined could did do does doing done
    down during each either equal equals every except find finally first for from further gave get gets getting
    give given gives giving had has have having he hence her here him his how however i if in into is it its just
    last left let like make makes many may me means meaning more most much must my need needs next no nor not note
    now of off on once one only or other our out over part per please problem put remaining same second see shall
    she should simplify since so solution solve some step such substitute sum take than that the their them then
    there therefore these they third this those though thus to together too total under until up us use using very
    was we well were what when where whether which while who whose why will with within without would yes yet you
    your true false correct wrong equation side sides both substituting becomes become implies iff divide divided
    divides multiply multiplied multiplies subtract subtracted subtracts add added adds distribute expand
    expanding factor factoring combine combining cancel isolate plug plugging rearrange rearranging
    """.split()
)

# No name of a value begins with one of these.
CONNECTIVES = frozenset(
    """
    then because so if since when where which but therefore hence thus for with without to is are was were we i it
    by from let yes no not also than that there
    """.split()
)

CURRENCY_WORDS = frozenset({"Rs", "USD", "EUR", "GBP", "INR", "CAD", "AUD"})

# Units that stand after a number without further ado; letters alone are in SINGLE_UNITS.
UNITS = frozenset(
    """
    km cm mm nm dm um μm kg mg ml mL cl cL dl dL kl kL hr hrs sec secs min mins ms ns ft yd mi oz lb lbs mph kph
    kmh kmph fps rpm Hz kHz MHz GHz Pa kPa MPa hPa atm bar kN kJ MJ GJ eV keV MeV GeV TeV kW MW GW kWh Wh mA kV mV MV nF
    pF uF μF mH mol mmol cal kcal Cal psi gal qt pt in dB rad deg GB MB KB kB TB Mb Gb Mbps Gbps ha sq cu kgs cms
    mins lbf ly AU mT amu Ω Omega kΩ MΩ Nm Ns Js Btu BTU tsp tbsp Sv Bq Gy Wb rev yr yrs wk wks mo pc pcs px bps
    kelvin celsius fahrenheit meter meters metre metres kilometer kilometers kilometre kilometres centimeter
    centimeters centimetre centimetres millimeter millimeters millimetre millimetres mile miles foot feet inch
    inches yard yards gram grams kilogram kilograms milligram milligrams tonne tonnes ton tons pound pounds ounce
    ounces liter liters litre litres milliliter milliliters millilitre millilitres gallon gallons quart quarts
    pint pints cup cups second seconds minute minutes hour hours day days week weeks month months year years
    decade decades century centuries newton newtons joule joules watt watts volt volts ampere amperes amp amps ohm
    ohms coulomb coulombs pascal pascals hertz radian radians degree degrees mole moles tesla farad henry dollar
    dollars cent cents euro euros rupee rupees penny pennies pence quarter quarters dime dimes nickel nickels
    dozen dozens hundred hundreds thousand thousands million millions billion billions trillion square cubic acre
    acres hectare hectares percent knots knot lumen lux candela byte bytes bit bits kilobyte kilobytes megabyte
    megabytes gigabyte gigabytes calorie calories kilowatt kilowatts megawatt megawatts kilojoule kilojoules
    kilometers/hour teaspoon teaspoons tablespoon tablespoons piece pieces unit units
    """.split()
)
SINGLE_UNITS = frozenset("mgshLlNJWVAKCFTHtΩ")
POWER_WORDS = {"square": 2, "sq": 2, "cubic": 3, "cu": 3, "squared": 2, "cubed": 3}
MULTIPLES = frozenset(
    """
    dozen dozens hundred hundreds thousand thousands million millions billion billions trillion
    """.split()
)
EACH = frozenset({"each", "apiece", "total", "altogether", "left", "remaining", "more"})
SETS = frozenset({"N", "Z", "Q", "R", "C"})
