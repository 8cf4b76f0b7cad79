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

LABEL_NOISE: dict[str, str] = {**COGTUTOR}
