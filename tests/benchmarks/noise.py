"""Rows of the labelled data whose label does not fit what stands in them, each looked at by hand.

id -> what the row really holds. Nothing is left out of a raw figure; the figures "label noise out" leave these out.
"""

CUT_OFF = "the decimal is the value cut off or rounded to the figures shown: right, with a remark"
SAME = "the new line has the same solution"
ALWAYS_TRUE = "the new line holds for every value: it tells nothing, but it is not false"
CUT_TEXT = "the line breaks off, so it cannot be read"

COGTUTOR = {
    "cogtutor-0156": CUT_OFF,
    "cogtutor-0314": CUT_OFF,
    "cogtutor-0373": CUT_OFF,
    "cogtutor-0556": CUT_OFF,
    "cogtutor-0705": CUT_OFF,
    "cogtutor-1900": CUT_OFF,
    "cogtutor-2756": CUT_OFF,
    "cogtutor-2883": CUT_OFF,
    "cogtutor-3361": CUT_OFF,
    "cogtutor-4915": CUT_OFF,
    "cogtutor-0318": CUT_TEXT,
    "cogtutor-0654": CUT_TEXT,
    "cogtutor-2405": CUT_TEXT,
    "cogtutor-2669": CUT_TEXT,
    "cogtutor-3876": CUT_TEXT,
    "cogtutor-0470": ALWAYS_TRUE,
    "cogtutor-2302": ALWAYS_TRUE,
    "cogtutor-4241": ALWAYS_TRUE,
    "cogtutor-1049": SAME,
    "cogtutor-1689": SAME,
    "cogtutor-5183": SAME,
}

BBM = {
    "bbm-arith-034": "step 1 says that (8 - 14) + (-12) = -8",
    "bbm-arith-104": "step 2 puts (8 + 3) for (8 + -3)",
    "bbm-arith-125": "step 2 puts 2*1 - (8 + -5) for 2*1 - 8 + -5",
    "bbm-arith-139": "step 5 says that -2248*280 = -630720, it is -629440",
    "bbm-arith-162": "step 1 already puts (6 + 3) for (6 + 3 * -1)",
    "bbm-arith-273": "step 1 puts (-1) for (4 + 5)",
}

# Steps before the labelled one, or in work labelled correct, that hold a false statement.
SOLUTIONS = {
    "pb-math-164": "step 4 writes 20475 as 28*27*13*25/4, which is 61425; the label is on step 11",
    "pb-math-532": "step 6 gives ln(1.12244898) as 0.11626, it is 0.11551; labelled correct",
    "mrben-math-a53a52b1-mistral-medium": "step 5 says that 7 + 14/56 = 4 + 1/4; labelled correct",
    "mrben-math-3f3d099f-Claude2": "step 6 squares a^4/2 to a^4/4; the label is on step 9",
    "mrben-math-195e5210-Claude2": "step 6 says that 365/6 = 60.95, it is 60.83; the label is on step 7",
    "mrben-physics-88176029-mistral-medium": "step 4 says that 2(1 W) = 4 W; labelled correct",
    "mrben-physics-265b94f9-Claude2": "step 5 says that -(81/2)v^2 = -40v^2; labelled correct",
    "mrben-physics-86e78ae9-mistral-medium": "step 4 takes -1/(-4/10) for f where 1/f = -4/10; labelled correct",
    "mrben-physics-86e78ae9-GPT3.5": "step 1 says that -(-2)/-10 = 2/10; the label is on step 2",
    "stepverify-0307": "step 0 says that 250 x 2 = 2000; the label is on step 1",
    "stepverify-0865-ok": "step 2 says that 35 + 5 = 165; labelled correct",
    "stepverify-0906-ok": "step 3 says that 20.25 + 2.25 + 66 = 88, step 4 that 88/3 = 34; labelled correct",
    "stepverify-0919-ok": "step 3 says that 40/11 = 15; labelled correct",
}

# Reference answers that answer something else than what is asked.
REFERENCES = {
    "osphys-m54426-1": "asked are a voltage, E·d = 1.0 × 10^4 V, and an energy; the reference is 0.10 m, the distance",
}

LABEL_NOISE: dict[str, str] = {**COGTUTOR, **BBM, **SOLUTIONS, **REFERENCES}
