"""What words around mathematics mean: which link, which end a piece, which count, which name a unit."""

from __future__ import annotations

FUNCTIONS = frozenset(
    "sin cos tan cot sec csc sinh cosh tanh coth arcsin arccos arctan asin acos atan arcsec arccsc arccot ln"
    " log lg exp "
    "sqrt cbrt abs gcd lcm min max floor ceil det lim mod sgn Re Im arg Var GCD LCM Sin Cos Tan Log Ln cosec nCr nPr "
    "GCF HCF hcf gcf".split()
)
GREEK = frozenset(
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi rho sigma tau phi chi psi omega pi "
    "Gamma Delta Theta Lambda Sigma Phi Psi Omega infinity".split()
)

# Words at which a clause begins afresh: no name of a quantity goes across one.
CLAUSE = frozenset(
    """so then thus hence therefore since because if when while where whereas which that that's who as is are was
    were be been being becomes become equals equal equaling equalling has have had having gives give giving get
    gets getting got gave means mean meaning implies imply yields yield find finds finding found calculate
    calculates compute determine solve we he she they it you i let let's now next first second third finally
    lastly also but however using use used by substituting substitute plugging plug setting set know see note
    notice recall suppose assume assuming given can could will would should must may might do does did makes
    make made leaves leave leaving left costs cost's takes take took needs need spends spend spent earns earn
    earned pays pay paid received receives sold sells bought buys simplifies simplify simplifying solving
    dividing multiplying adding subtracting divide multiply add subtract becoming obtain obtaining obtained
    there here this these those to into check checking verify hence or and iff therefore, whether how what
    why""".split()
)

# Fewer words end the name of a value: "time spent on rounds" is one.
NAME_BREAK = CLAUSE - frozenset(
    "spent left working used earned made paid received sold bought taken given costs cost's needs takes to into"
    " first second "
    "third solve check checking finding adding".split()
)

# Capitals that are no letters of a figure.
SHOUTED = frozenset(
    "AND OR SO IF LHS RHS LS RS MPH KM CM MM KG USD AM PM IT IS WE HE BY ON IN AT TO GB MB KB TB MW KW THE ARE"
    " FOR NOT NO "
    "YES QED ANS SUM TAX VAT KPH FT LB LBS OZ HRS MIN SEC DAY".split()
)

# Words that cannot stand inside the name of what is counted: after one of them the number is over.
NOT_A_NOUN = (
    CLAUSE
    | frozenset(
        """the a an at on in for from with without after before during until per each every more less fewer than other
    another left remaining total altogether extra away back together long tall old wide deep high only just
    still not no yes my his her their our its your all any both either neither some most many much few than
    times plus minus over divided multiplied added subtracted squared cubed percent remainder rem respectively
    between among within up down out off through while though although about approximately around exactly almost
    nearly nor per correct incorrect wrong false true equation eq from oops wait sorry no""".split()
    )
) - frozenset({"second", "seconds"})

# Words that may stand inside a longer description of what is counted, as in "8 students in a group".
DESCRIBING = frozenset(
    """in for on at from with the a an his her their its each every during between among to that who total more
    other extra additional left remaining altogether old long wide deep high tall away back together less fewer
    all per another over after before already used made sold bought paid spent""".split()
)

DETERMINERS = frozenset(
    "the a an his her their our its your my this that these those total's overall so then thus hence and of in"
    " on at for to "
    "by with but or therefore now also meaning".split()
)

# Words between a relation and its number that say nothing about its size.
FILLERS = frozenset(
    "a an the total of another about approximately around roughly exactly only just nearly almost all is to in"
    " be he she they "
    "we it has have had was were are still simply each every additional altogether extra more".split()
)

NUMBER_WORDS: dict[str, int] = dict(
    zip(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
        " seventeen "
        "eighteen nineteen".split(),
        range(20),
        strict=True,
    )
) | dict(zip("twenty thirty forty fifty sixty seventy eighty ninety".split(), range(20, 100, 10), strict=True))
FRACTION_WORDS: dict[str, int] = {
    "half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fourth": 4, "fourths": 4, "fifth": 5,
    "fifths": 5, "sixth": 6, "sixths": 6, "seventh": 7, "sevenths": 7, "eighth": 8, "eighths": 8, "ninth": 9,
    "ninths": 9, "tenth": 10, "tenths": 10,
}  # fmt: skip
MULTIPLES: dict[str, str] = {"twice": "2*", "double": "2*", "triple": "3*", "thrice": "3*", "half": "0.5*"}
MAGNITUDES: dict[str, str] = {
    "hundred": "*100", "thousand": "*10^3", "million": "*10^6", "billion": "*10^9", "trillion": "*10^12",
    "dozen": "*12", "dozens": "*12",
}  # fmt: skip

# Words that are signs between two operands, longest first; each is written over in its own place.
SIGN_WORDS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("to", "the", "power", "of"), "^"),
    (("is", "equal", "to"), "="),
    (("are", "equal", "to"), "="),
    (("multiplied", "by"), "*"),
    (("divided", "by"), "/"),
    (("equal", "to"), "="),
    (("times",), "*"),
    (("plus",), "+"),
    (("minus",), "-"),
    (("equals",), "="),
    (("equal",), "="),
)

UNITS = frozenset(
    """°C °F km m cm mm nm kg g mg t s sec secs second seconds min mins minute minutes h hr hrs hour hours day days week
    weeks month months year years dollar dollars cent cents euro euros pound pounds penny pennies nickel nickels
    dime dimes l L ml mL liter liters litre litres gallon gallons quart quarts pint pints cup cups tablespoon
    tablespoons teaspoon teaspoons ft foot feet inch inches yd yard yards mile miles mi mph kph kmh oz ounce
    ounces lb lbs gram grams kilogram kilograms kilo kilos ton tons tonne tonnes meter meters metre metres
    kilometer kilometers kilometre kilometres centimeter centimeters centimetre centimetres millimeter
    millimeters milliliter milliliters degree degrees radian radians rad deg N J W V A K Pa kPa Hz kHz MHz GHz
    kJ MJ kW MW kWh eV keV MeV GeV TeV mol C F T Wb H ohm ohms newton newtons joule joules watt watts volt volts amp
    amps ampere amperes coulomb coulombs tesla hertz kelvin pascal pascals byte bytes GB MB KB TB people person
    hp calorie calories kcal""".split()
)

LINKS = frozenset(
    """so therefore thus hence then giving gives give get gets got getting yields yield implies imply means which
    obtain obtains find finds found consequently thereby leads becomes becoming leaving leaves simplifies makes
    making""".split()
)
