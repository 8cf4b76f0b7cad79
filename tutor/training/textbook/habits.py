"""How students type: slips of the fingers, words left out or misspelt, no capitals, texting, words never seen before.

Only what carries no label may be left out or put in; numbers and mathematics are never touched.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

from tutor.training.textbook.phrases import Piece

_NEAR = {
    "a": "sq", "b": "vn", "c": "xv", "d": "sf", "e": "wr", "f": "dg", "g": "fh", "h": "gj", "i": "uo", "j": "hk",
    "k": "jl", "l": "ko", "m": "n", "n": "bm", "o": "ip", "p": "ol", "q": "w", "r": "et", "s": "ad", "t": "ry",
    "u": "yi", "v": "cb", "w": "qe", "x": "zc", "y": "tu", "z": "x",
}  # fmt: skip
_SPELT = {
    "because": ("becuase", "cuz", "cause", "bcs", "bc", "becouse", "coz", "cos", "b/c"),
    "then": ("than", "den", "thn"), "the": ("teh", "da", "th", "de"), "you": ("u", "ya", "yu"),
    "and": ("n", "an", "adn", "&", "nd"), "with": ("w/", "wit", "wth"), "without": ("w/o", "witout"),
    "number": ("nr", "no.", "#", "num", "numbr", "nbr"), "question": ("q", "qn", "questn"),
    "answer": ("ans", "anser", "awnser", "answr"), "their": ("there", "thier"), "there": ("their", "ther", "theres"),
    "to": ("too", "2do", "tp"), "so": ("soo", "sooo", "sooo", "os"), "are": ("r", "ar"),
    "that": ("dat", "taht", "tht"), "that's": ("thats", "dats"), "it's": ("its",), "what": ("wat", "wut", "waht"),
    "equals": ("equels", "eqauls", "equls", "equal"), "total": ("totl", "totel", "tot", "toal"),
    "divided": ("devided", "divded", "dived", "divied"), "divide": ("devide", "divid"),
    "multiplied": ("mutiplied", "multiplyed", "multiplied", "mulitplied"),
    "multiply": ("mutiply", "multipy", "multply"), "subtract": ("substract", "subract", "subtrac"),
    "subtracted": ("substracted", "subracted"), "plus": ("pluss", "pls"), "minus": ("mins", "minuss", "minues"),
    "times": ("tims", "time", "tiems"), "have": ("hav", "ahve", "hve"), "first": ("fist", "frist", "1rst"),
    "price": ("prise",), "cost": ("costs", "coast"), "amount": ("amout", "ammount"), "people": ("ppl", "poeple"),
    "gives": ("givs", "gies"), "get": ("gt", "gett"), "which": ("wich", "whitch", "witch"), "both": ("boath", "bth"),
    "sides": ("side", "sids"), "people's": ("ppls",), "before": ("b4", "befor"), "after": ("aftr",),
    "really": ("rly",), "going": ("goin",), "don't": ("dont",), "i": ("I", "ii"), "left": ("lef", "leftt"),
    "each": ("eech", "ech"), "altogether": ("all together", "alltogether", "altogther"),
    "remaining": ("remaning", "remainig"), "square": ("sqare", "squre"),
    "difference": ("diffrence", "differnce", "diff"), "half": ("halve", "haf"), "equation": ("eqn", "eq", "equasion"),
    "speed": ("sped", "spede"), "through": ("thru", "threw"), "something": ("smth", "sth"), "please": ("plz", "pls"),
    "money": ("mony", "moeny"), "hours": ("hrs",), "buy": ("by", "bye"), "bought": ("buyed", "brought", "bougth"),
    "spent": ("spended",), "gave": ("gived", "give"), "took": ("taked", "tok"), "found": ("finded", "foud"),
    "made": ("maked",), "got": ("gott", "gt"),
}  # fmt: skip
_FILLERS = (
    "like um uh just basically really actually you~know well so also then maybe ok right simply kinda sorta literally"
    " again still indeed please only even yeah hmm erm now alright obviously clearly totally quickly honestly"
    " eh lol anyway already"
).split()
_ENDS = (
    "!",
    "!!",
    "...",
    " lol",
    " :)",
    " ✓",
    " 😀",
    " 👍",
    "?",
    " 😅",
    " xd",
    " haha",
    " ;)",
    " ..",
    " idk",
    " 🙂",
    " ok",
)
_ONSETS = (
    "b bl br c ch cl cr d dr f fl fr g gl gr h j k l m n p pl pr qu r s sc sh sk sl sm sn sp st str t th tr tw v w y z"
).split()
_CORES = "a e i o u ai ea ee oa oo ou ie ar er ir or ur au ay ow".split()
_CODAS = "b ck d f g l ll m n nd ng nk nt p r rd rk rm rt s sh sk ss st t th x ve ze ce ge le".split()
_TAILS = ["", "", "", "s", "ed", "ing", "er", "ly", "y", "es", "ness", "tion", "al", "ful"]


def made_up_word(rng: random.Random) -> str:
    """A word that nobody has seen, yet sounds like one."""
    word = "".join(rng.choice(_ONSETS) + rng.choice(_CORES) for _ in range(rng.choice((1, 1, 1, 2, 2))))
    return word + rng.choice(_CODAS) + rng.choice(_TAILS)


def mistyped(word: str, rng: random.Random) -> str:
    """A word with a slip of the fingers."""
    if len(word) < 3 or not word.isalpha():
        return word
    k = rng.randrange(1, len(word))
    r = rng.random()
    if r < 0.28:
        return word[:k] + word[k + 1 :]
    if r < 0.5 and k + 1 < len(word):
        return word[:k] + word[k + 1] + word[k] + word[k + 2 :]
    if r < 0.7:
        return word[:k] + word[k] + word[k:]
    near = _NEAR.get(word[k].lower(), "")
    return word[:k] + rng.choice(near) + word[k + 1 :] if near else word


def typed(pieces: Sequence[Piece], rng: random.Random, words: Sequence[str], *, strange: bool = True) -> list[Piece]:
    """The pieces as they were typed.

    strange: whether words may be swapped for one of `words` or for one that nobody has seen. It teaches to do without
    a word; lines that measure go without.
    """
    r = rng.random()
    slips = 0.0 if r < 0.5 else 0.03 if r < 0.85 else 0.1
    r = rng.random()
    oddly = 0.0 if r < 0.55 or not strange else 0.05 if r < 0.85 else 0.14
    texting = rng.random() < 0.25
    bare = rng.random() < 0.3  # neither commas nor apostrophes
    out: list[Piece] = []
    for piece in pieces:
        text = piece.text
        free = piece.label is None and not piece.fixed
        if bare and text == "," and free:
            continue
        if bare and "'" in text and piece.operand < 0 and text != "'s":
            text = text.replace("'", "")
        if piece.operand >= 0 or piece.unit_of >= 0 or not text[:1].isalpha():
            out.append(piece)
            continue
        if free and oddly and text.isalpha() and len(text) > 1:
            r = rng.random()
            if r < oddly * 0.25:
                continue
            if r < oddly:
                text = made_up_word(rng) if rng.random() < 0.55 else rng.choice(words)
            elif r < oddly * 1.5:
                extra = (
                    rng.choice(_FILLERS).replace("~", " ")
                    if rng.random() < 0.4
                    else made_up_word(rng)
                    if rng.random() < 0.5
                    else rng.choice(words)
                )
                out.append(Piece(extra, glued=piece.glued))
        spellings = _SPELT.get(text)
        if spellings is not None and (texting or slips) and rng.random() < (0.3 if texting else 0.12):
            text = rng.choice(spellings)
        elif rng.random() < (slips if free else slips / 2):
            text = mistyped(text, rng)
        out.append(
            piece
            if text == piece.text
            else Piece(text, piece.label, piece.item, piece.operand, fixed=piece.fixed, glued=piece.glued)
        )
    if not out:
        return list(pieces)
    _cased(out, rng)
    return out


def _cased(pieces: list[Piece], rng: random.Random) -> None:
    """Capitals as they come, and an end."""
    r = rng.random()
    if r < 0.42:
        for k, piece in enumerate(pieces):
            if piece.operand < 0 and piece.unit_of < 0 and piece.text[:1].isupper():
                pieces[k] = _with(piece, piece.text.lower())
    elif r < 0.88:
        first = pieces[0]
        if first.operand < 0 and first.text[:1].islower():
            pieces[0] = _with(first, first.text[:1].upper() + first.text[1:])
        for k in range(1, len(pieces)):
            if pieces[k - 1].text == "." and pieces[k].operand < 0 and rng.random() < 0.8:
                pieces[k] = _with(pieces[k], pieces[k].text[:1].upper() + pieces[k].text[1:])
            elif pieces[k].text == "i":
                pieces[k] = _with(pieces[k], "I")
    elif r < 0.9:
        for k, piece in enumerate(pieces):
            if piece.operand < 0 and piece.unit_of < 0:
                pieces[k] = _with(piece, piece.text.upper())
    last = pieces[-1].text
    r = rng.random()
    if last in (",", ";", ".", "!", "?", "...", ":"):
        return
    if r < 0.42:
        pieces.append(Piece(".", glued=True))
    elif r < 0.47:
        pieces.append(Piece(rng.choice(_ENDS), glued=True))
    elif r < 0.48:
        pieces.append(Piece(",", glued=True))


def _with(piece: Piece, text: str) -> Piece:
    return Piece(text, piece.label, piece.item, piece.operand, piece.unit_of, piece.fixed, piece.glued)
