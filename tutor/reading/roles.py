"""What a claim does in the work, by the words before and after it: asserted, given, supposed, defined, taken back."""

from __future__ import annotations

import re

from tutor.records import Role
from tutor.regex import regex
from tutor.syntax.tree import Call, Chain, Expr, Listing, Statement, Symbol, Tuple, Words, kinds, symbols, walk

_LINK_WORDS = frozenset(
    """so therefore thus hence then gives give giving get gets getting yield yields yielding imply implies implying
    mean means meaning obtain obtains obtaining obtained consequently thereby becomes become becoming leaves
    leave leaving simplifies simplify simplifying follows whence i.e. iff""".split()
)
_LINK_PAIRS = frozenset({"which is", "leads to", "lead to", "reduces to", "that is", "now have", "equivalent to"})
_LINK_SIGN = regex(
    r"(?:[⇒⇔→⟹⟶∴⟺]|[=-]>|\\(?:Rightarrow|implies|iff|to|rightarrow|therefore|Longrightarrow|Leftrightarrow))\s*$"
)
_LINK_REACH = 5  # words between a link and its claim
_CLAUSE = regex(
    r"[,;.:?!]\s|[,;:]$|\b(?:so|then|thus|therefore|hence|we get|we have|gives?|giving|which is|and so|but"
    r"|because|since)\b"
    r"|[⇒⇔→⟹∴]",
    re.IGNORECASE,
)
_SUPPOSE = regex(
    r"\b(?:if|suppos(?:e|ing)|assum(?:e|ing)|when(?:ever)?|unless|provided|such that|only if|until|whether"
    r"|case(?: \w+)?"
    r"|needs? (?:to (?:be|have)|that)|want(?:ed|s)?|require[sd]?|must have|should have|would)\b",
    re.IGNORECASE,
)
_PUT_IN = regex(
    r"\b(?:for(?: all| every| each| any)?|with|at|try(?:ing)?|test(?:ing)?|consider(?:ing)?|pick|choos(?:e|ing)"
    r"|tak(?:e|ing)|put(?:ting)?"
    r"|plug(?:ging)?(?: in)?|substitut\w+|sub|using|use|in|into|from|equation|solve|solving|satisf\w+|curve"
    r"|line|function|expression"
    r"|identity|formula|condition|where|graph(?: of)?|inequality|root of|solutions? (?:of|to)|check(?:ing)?"
    r"|choice[ _]\w)(?:\s+(?:the|a|an|of|value|values|points?|variables?|equation|in|back|that|when|original))*\s*$",
    re.IGNORECASE,
)
# so it is true for n = k + 1
_HOLDS_FOR = regex(r"\b(?:true|holds?|valid|proved|proven|works?) (?:for|when|at)(?: also)?\s*$", re.IGNORECASE)
_GIVEN = regex(
    r"\b(?:given|know(?:n|s)?|told|recall|remember|by (?:the )?(?:definition|formula)|formula|let it be"
    r"|problem (?:says|states|tells)"
    r"|according to|set(?:ting)?)\b",
    re.IGNORECASE,
)
_DEFINE = regex(
    r"\b(?:let(?!['’]s|\s+us)|defin(?:e|ed|ing)|denot(?:e|ed|ing)|call|say|where|writ(?:e|ing)|set(?:ting)?|put|represent\w*|introduce)\b",
    re.IGNORECASE,
)
_LET_LET = regex(r"\blet(?:['’]s|\s+us)\s+(?:let|say|call|set|define|denote|assume|suppose|use|have)\b", re.IGNORECASE)
_QUOTED = regex(
    r"\b(?:incorrect(?:ly)?|wrong(?:ly)?|mistak(?:e|en|enly)|false(?:ly)?|instead of|rather than|(?:student|he"
    r"|she|they|someone|i|you)"
    r"(?:['’]s)? (?:first |had |mistakenly |incorrectly )?(?:wrote|written|thought|claimed|misread)"
    r"|contradict\w*|impossible|misread)\b[^.]*$",
    re.IGNORECASE,
)
_NOT = regex(
    r"\b(?:not|n['’]t|isn['’]t|doesn['’]t|don['’]t|cannot|can['’]t|never|neither|nor)(?:\s+\w+){0,2}\s*:?\s*$",
    re.IGNORECASE,
)
_REFUSED = regex(
    r"\s*,?\s*(?:which |this |that |it )?(?:is|are|was|would be|seems)(?:n['’]t| not)?\s+(?:wrong|incorrect"
    r"|false|impossible|untrue|a contradiction"
    r"|absurd|not (?:true|correct|right|possible|valid)|(?<=not )(?:true|correct|right|possible|valid)"
    r"|(?<=n't )(?:true|correct|right|possible))"
    r"|\s*,?\s*(?:which |this |that |it )?(?:is(?:n['’]t| not)|can(?:no|['’])t be)\s+(?:a|an|the|in the|valid"
    r"|allowed|possible|defined)\b"
    r"|\s*,?\s*(?:which |this |that |it )?(?:does(?:n['’]t| not) (?:work|satisfy|fit|hold)|(?:is "
    r"|was )?(?:rejected|extraneous|invalid|discarded|excluded)|fails\b|contradicts)"
    r"|\s*(?:✗|✘|\((?:reject(?:ed)?|extraneous|wrong|no|crossed out|incorrect|false)\)|\[(?:wrong|crossed out)\])",
    re.IGNORECASE,
)
_QUESTION = regex(
    r"\s*(?:(?:so|and|but|now|then|well)\b,?\s*)?(?:what|how|is|are|does|do|did|why|which|can|could|will|would|where|when|who|should)\b",
    re.IGNORECASE,
)
TAKEN_BACK = regex(
    r"(?:\bno[,.!]?\s+wait\b|\bwait[,.!]?\s+no\b|\bwait\b(?=\s*[,.!:…—-]|\s*$)|\bscratch (?:that|this)\b"
    r"|\boops\b|\bsorry\b|\bi mean\b"
    r"|\bignore (?:that|this|the (?:last|previous) (?:line|step|bit))\b|\bnever ?mind\b|\bthat(?:['’]s| is"
    r"| was) (?:wrong|not right|incorrect)\b"
    r"|\bi (?:made|have made) (?:a|an) (?:mistake|error)\b|^\s*no\s*[,.!:]|^\s*correction\b"
    r"|\bcross(?:ed)? (?:that|this|it) out\b|\bno,? actually\b"
    r"|\bactually,? no\b|\blet me (?:redo|start again|try again|fix)\b|\bundo\b)",
    re.IGNORECASE,
)


_TAKEN_BACK_WORDS = frozenset(
    "no wait scratch oops sorry mean ignore never nevermind wrong right incorrect made correction cross crossed"
    " actually redo again fix undo".split()
)


def takes_back(text: str, words: frozenset[str], start: int = 0) -> re.Match[str] | None:
    """Where a text takes back what stands before; `words` are its words in lower case."""
    if words.isdisjoint(_TAKEN_BACK_WORDS):
        return None
    return TAKEN_BACK.search(text, start)


def is_linked(lead: str) -> bool:
    """Whether the words before a claim say that it follows."""
    if not lead:
        return False
    following = ""
    for count, word in enumerate(reversed(lead[-160:].lower().split())):
        if count > _LINK_REACH or (word[-1] in ".;!?" and word != "i.e."):
            break
        word = word.rstrip(",:(")
        if word in _LINK_WORDS or f"{word} {following}" in _LINK_PAIRS:
            return True
        following = word
    return _LINK_SIGN.search(lead) is not None


def role_of(lead: str, after: str, statement: Statement) -> Role:
    """The role of a claim from the words right before and right after it."""
    if not lead.strip() and not after.strip():
        return Role.CLAIM
    clause = _CLAUSE.split(lead)[-1]
    if _QUOTED.search(lead.rsplit(".", 1)[-1]) or _NOT.search(clause) or _REFUSED.match(after):
        return Role.RETRACTED
    if not has_names(statement):
        return Role.CLAIM
    if _LET_LET.search(lead):
        return Role.DEFINITION
    if _DEFINE.search(clause) and not _PUT_IN.search(_without_define(clause)):
        return Role.DEFINITION if is_definable(statement) else Role.GIVEN
    if _SUPPOSE.search(clause) or _HOLDS_FOR.search(clause):
        return Role.GIVEN
    if after.strip() == ":" and not lead.strip() and _names_a_case(statement):
        return Role.GIVEN
    if not is_linked(lead) and (_GIVEN.search(clause) or _PUT_IN.search(clause)):
        return Role.GIVEN
    return Role.CLAIM


def _without_define(clause: str) -> str:
    return re.sub(r"\bwhere\b|\bput\b", " ", clause, flags=re.IGNORECASE)


def is_question(sentence: str) -> bool:
    """Whether a sentence that ends with a question mark asks in words."""
    return _QUESTION.match(sentence) is not None


def _names_a_case(statement: Statement) -> bool:
    """`n = k + 1:` over the lines of a case."""
    return isinstance(statement, Chain) and statement.relations == ("=",) and isinstance(statement.operands[0], Symbol)


def has_names(statement: Statement) -> bool:
    """Whether anything in a statement is not a number."""
    return bool(symbols(statement)) or (
        not kinds(statement).isdisjoint((Words, Call))
        and any(isinstance(n, Words | Call) and _open_call(n) for n in walk(statement))
    )


def _open_call(node: object) -> bool:
    return isinstance(node, Words) or (isinstance(node, Call) and len(node.name) == 1)


def is_definable(statement: Statement) -> bool:
    """x = …, f(x) = …, (x, y) = …: something that can be given a meaning."""
    if not isinstance(statement, Chain) or statement.relations[0] not in ("=", ":=", "in", "≡", "≈"):
        return False
    return isinstance(statement.operands[0], Symbol | Call | Words | Tuple | Listing)


def restates(statement: Statement, others: tuple[Statement, ...]) -> bool:
    """Whether a statement is one of these, as it stands or with its sides exchanged."""
    if statement in others:
        return True
    if isinstance(statement, Chain) and len(statement.operands) == 2 and statement.relations == ("=",):
        return Chain(statement.operands[::-1], ("=",)) in others
    return isinstance(statement, Expr) and statement in others


def is_assignment(statement: Statement) -> bool:
    """x = 3: a name and a value without names."""
    return (
        isinstance(statement, Chain)
        and isinstance(statement.operands[0], Symbol | Words)
        and statement.relations == ("=",)
        and not symbols(statement.operands[1])
    )
