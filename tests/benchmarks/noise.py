"""Rows of the labelled data whose label does not fit what stands in them, each looked at by hand.

id -> what the row really holds. Nothing is left out of a raw figure; the figures "label noise out" leave these out.
"""

LABEL_NOISE: dict[str, str] = {}
