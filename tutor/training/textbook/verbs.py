"""The forms of an English verb: take, takes, took, taking, taken; and how students misspell the past."""

from __future__ import annotations

from functools import cache

# lemma past participle
_IRREGULAR = """
take took taken|get got got|give gave given|make made made|find found found|have had had|do did done
go went gone|come came come|be was been|become became become|leave left left|bring brought brought|put put put
cut cut cut|set set set|split split split|let let let|think thought thought|know knew known|see saw seen
say said said|tell told told|write wrote written|read read read|begin began begun|keep kept kept|hold held held
lose lost lost|spend spent spent|sell sold sold|buy bought bought|pay paid paid|eat ate eaten|drink drank drunk
break broke broken|grow grew grown|fall fell fallen|rise rose risen|run ran run|drive drove driven
ride rode ridden|fly flew flown|swim swam swum|throw threw thrown|catch caught caught|build built built
send sent sent|lend lent lent|bake baked baked|sing sang sung|win won won|draw drew drawn|choose chose chosen
steal stole stolen|feed fed fed|meet met met|sit sat sat|stand stood stood|sleep slept slept|wear wore worn
tear tore torn|hit hit hit|hurt hurt hurt|cost cost cost|shut shut shut|quit quit quit|spread spread spread
shed shed shed|burst burst burst|shrink shrank shrunk|sink sank sunk|spring sprang sprung|swing swung swung
stick stuck stuck|strike struck struck|dig dug dug|hang hung hung|wind wound wound|bind bound bound
grind ground ground|bend bent bent|mean meant meant|deal dealt dealt|feel felt felt|hide hid hidden
bite bit bitten|shake shook shaken|forget forgot forgotten|undo undid undone|redo redid redone|lay laid laid
understand understood understood|withdraw withdrew withdrawn|plug plugged plugged|knock knocked knocked
sub subbed subbed|square squared squared|multiply multiplied multiplied|apply applied applied
simplify simplified simplified|carry carried carried|quiz quizzed quizzed|teach taught taught|seek sought sought
hear heard heard|shoot shot shot|slide slid slid|speed sped sped|blow blew blown|weave wove woven
freeze froze frozen|speak spoke spoken|wake woke woken|bet bet bet|rid rid rid|bin binned binned|add added added
end ended ended|chuck chucked chucked|halve halved halved|slash slashed slashed|lop lopped lopped
overtake overtook overtaken|outgrow outgrew outgrown|shave shaved shaved|sew sewed sewn|lead led led
leap leapt leapt|burn burnt burnt
"""
_PARTS = {
    words[0]: (words[1], words[2]) for row in _IRREGULAR.replace("\n", "|").split("|") if len(words := row.split()) == 3
}
_VOWELS = "aeiou"
# One syllable or a last syllable that is stressed: the last consonant is doubled.
_DOUBLED = frozenset(
    """
    cut put set split get let begin run swim win jog scan sit hit shut quit dig bet rid sub plug chop drop lop bin grab
    nab dump knit pop pat plan slip skip snip strip swap rub stir scrap pin pot jog bag pack wrap tag map mop
    tip trim clip dip drag flip fit jam nip rip rob ship shop shrug spin stop tap trap whip zip slot lug chip
    cram refer occur equal total cancel label travel model factor level pad dub lag pen snap log plot shred step
    grin slam blot knot program star net outbid
    """.split()
) - {"pack", "factor", "dump"}


@cache
def inflect(lemma: str, form: str) -> str:
    """A form of a verb: past, base, s, ing, pp. What follows the first word of the lemma is left as it is.

    >>> [inflect("take", f) for f in ("past", "base", "s", "ing", "pp")]
    ['took', 'take', 'takes', 'taking', 'taken']
    >>> inflect("split up", "ing"), inflect("carry", "s"), inflect("divide", "past")
    ('splitting up', 'carries', 'divided')
    """
    lemma, _, rest = lemma.partition(" ")
    rest = rest and " " + rest
    if form == "base":
        return lemma + rest
    if form == "s":
        if lemma in ("be", "have", "do", "go"):
            return {"be": "is", "have": "has", "do": "does", "go": "goes"}[lemma] + rest
        if lemma.endswith("y") and lemma[-2] not in _VOWELS:
            return lemma[:-1] + "ies" + rest
        return lemma + ("es" if lemma.endswith(("s", "x", "ch", "sh", "z")) else "s") + rest
    doubled = lemma + lemma[-1] if lemma in _DOUBLED else lemma
    if form == "ing":
        if lemma.endswith("ie"):
            return lemma[:-2] + "ying" + rest
        if lemma.endswith("e") and not lemma.endswith(("ee", "ye", "oe")) and lemma != "be":
            return lemma[:-1] + "ing" + rest
        return doubled + "ing" + rest
    if lemma in _PARTS:
        return _PARTS[lemma][form == "pp"] + rest
    if lemma.endswith("e"):
        return lemma + "d" + rest
    if lemma.endswith("y") and lemma[-2] not in _VOWELS:
        return lemma[:-1] + "ied" + rest
    return doubled + "ed" + rest
