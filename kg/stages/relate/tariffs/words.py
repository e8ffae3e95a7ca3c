"""What single words mean where tariffs are told: tariff nouns, what stands for them, and the verbs around them.

Words are data (`kg/lexicon/tariff_words.tsv`).
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from kg.lexicon import kinds_of

if TYPE_CHECKING:
    from kg.tokens import Span, Token, Tokens

RATE_NOUNS = frozenset({"rate", "rates", "level", "levels", "ceiling", "minimum", "maximum"})
_VERBS = frozenset({"impose", "threaten", "raise", "lower", "remove", "pause", "keep", "pay", "hit", "get", "move",
                    "escape"})  # fmt: skip
_STANDING = frozenset({"those", "ones", "one", "that", "'s", "’s", "'", "’"})
_ZERO = frozenset({"zero", "nil", "nothing"})
_CHARGING = frozenset({"pay", "charge", "owe", "levy", "collect", "face"})
_ENTERING = frozenset({"be", "enter", "become", "remain", "stay", "import", "ship", "come", "export"})
_PARTICLES = frozenset({"prt", "advmod", "prep", "acomp", "amod"})
FINITE = frozenset({"VBD", "VBZ", "VBP"})


@cache
def classes(word: str) -> frozenset[str]:
    """The classes of a word or lemma: `impose`, `raise`, `pay`, `generic`, ..."""
    return kinds_of("tariff_words").get(word, frozenset())


class Marks(NamedTuple):
    """The tokens of a text that tell of tariffs, by index."""

    nouns: frozenset[int]  # tariff, duty, levy
    standing: frozenset[int]  # "those on steel", "China's fell": what stands for a tariff noun
    free: dict[int, int]  # "free of duty", "duty-free": the noun, and the verb by which goods are so
    ordered: tuple[int, ...]  # all of them, in order
    zeros: tuple[int, ...]  # "zero" and "nil", which a rate may be


@lru_cache(maxsize=4)
def marks(doc: Tokens) -> Marks:
    """The tariff words of a text."""
    nouns, standing, free, zeros = set(), set(), {}, []
    wanted = _nouns()
    for i, token in enumerate(doc):
        if token.lower_ in wanted:
            if _is_free(token):
                verb = _freed(token)
                free.update({i: verb} if verb is not None else {})
            elif _is_noun(token):
                nouns.add(i)
        elif token.lower_ in _STANDING and _stands(token):
            standing.add(i)
        elif token.lower_ in _ZERO and (token.lower_ != "nothing" or (i and _to_nothing(doc[i - 1]))):
            zeros.append(i)
    if not (nouns or free):
        standing.clear()  # nothing that they could stand for
    return Marks(frozenset(nouns), frozenset(standing), free, tuple(sorted({*nouns, *standing, *free})), tuple(zeros))


def _to_nothing(before: Token) -> bool:
    """As in "pays nothing", "will drop from 35 percent to nothing"."""
    down = before.lower_ == "to" and any(t.lower_ == "from" for t in before.doc[max(0, before.i - 4) : before.i])
    return before.lemma_ in _CHARGING or down


@cache
def _nouns() -> frozenset[str]:
    return frozenset(word for word, kinds in kinds_of("tariff_words").items() if kinds & {"noun", "duty", "tax"})


def is_tariff(token: Token) -> bool:
    """Whether a token is a noun for a tariff: "tariffs on steel", "import tax", not "heavy-duty", "prepaid tariffs"."""
    return token.i in marks(token.doc).nouns


def stands_for(token: Token) -> bool:
    """Whether a token stands for a tariff noun: "those on steel", "China's came down to 10 percent"."""
    return token.i in marks(token.doc).standing


def _is_noun(token: Token) -> bool:
    kinds = classes(token.lower_)
    if token.pos_ in {"VERB", "AUX"}:
        return False
    before = _before(token)
    if "tax" in kinds:
        percent = before is not None and before.lower_ in {"%", "percent", "cent", "pct"}
        onto = token.i + 1 < len(token.doc) and token.nbor(1).lower_ in {"on", "for", "at", "against"}
        answer = token.lower_.startswith("counter")  # "countermeasures on American soybeans"
        rated = answer and any(t.text == "%" or t.lower_ in {"percent", "cent"} for t in token.sent)
        taxed = before is not None and "taxed" in classes(before.lower_)
        taxed = taxed or (token.lemma_ == "deposit" and any("importing" in classes(t.lemma_) for t in token.sent))
        return taxed or rated or (onto and (percent or answer))  # "a 45 percent charge on lumber"
    if before is not None and before.lower_ in {"-", "‑"}:
        before = _before(before)
    if before is None:
        return True
    if token.lower_ == "levies" and (_in_relative(token) or _levies(token)):
        return False
    if before.lower_ in {"non", "off"} or ("duty" in kinds and before.lower_ in {"on", "heavy"}):
        return False
    return "other" not in classes(before.lower_)


def _levies(token: Token) -> bool:
    """Whether "levies" is the verb of "Switzerland levies duties on", "Brazil levies 18 percent"."""
    following = token.nbor(1) if token.i + 1 < len(token.doc) else None
    acts = token.i > 0 and (token.nbor(-1).pos_ in {"PROPN", "PRON"} or token.nbor(-1).text[:1].isupper())
    object_ = following is not None and (following.lower_ in {"a", "an", *_nouns()} or following.like_num)
    return acts and object_


def _in_relative(token: Token) -> bool:
    """Whether "levies" is the verb of "the duty which South Africa levies", which is parsed as a noun."""
    for before in reversed(token.doc[max(0, token.i - 4) : token.i]):
        if before.pos_ not in {"DET", "PROPN"}:
            return before.lower_ in {"that", "which"} and before.i < token.i - 1
    return False


def _is_free(token: Token) -> bool:
    """As in "duty-free", "tariff free", "free of duty"."""
    behind = [t.lower_ for t in token.doc[token.i + 1 : token.i + 3]]
    ahead = [t.lower_ for t in token.doc[max(0, token.i - 2) : token.i]]
    return behind[:1] == ["free"] or behind == ["-", "free"] or ahead in (["free", "of"], ["free", "from"])


def _freed(token: Token) -> int | None:
    """The verb by which goods are free: "will be free of duty", "enter duty-free"; None for "duty-free quotas"."""
    for i in range(token.i - 1, max(0, token.i - 9), -1):
        if token.doc[i].lemma_ in _ENTERING:
            return i
        if token.doc[i + 1].is_sent_start:
            break
    return None


def _stands(token: Token) -> bool:
    if token.i + 1 >= len(token.doc):
        return False
    following = token.nbor(1)
    if token.lower_ in {"those", "ones", "that"}:  # not "half of that on account of oil"
        return following.lower_ == "on" and (token.lower_ != "that" or not token.i or token.nbor(-1).lower_ != "of")
    if token.lower_ == "one" and following.lower_ == "on" and token.i and token.nbor(-1).lower_ == "the":
        return True  # "its duty on cars and the one on pork"
    rated = following.like_num and token.i > 1 and token.nbor(-1).pos_ in {"ADJ", "PROPN"}  # "the Chinese one 125"
    if token.lower_ == "one" and rated:
        return token.nbor(-2).lower_ == "the"
    if token.lower_ == "one":  # "the Chinese one from 125 to 10"
        return token.i > 1 and following.lower_ in {"from", "to", "on"} and token.nbor(-2).lower_ in {"the", "an", "a"}
    return token.tag_ == "POS" and following.tag_ in FINITE | {"MD"}


def _before(token: Token) -> Token | None:
    return None if token.is_sent_start or token.i == 0 else token.nbor(-1)


@lru_cache(maxsize=4)
def plain(doc: Tokens) -> str:
    """The text of a Tokens, kept: spaCy puts it together from the tokens each time."""
    return doc.text


def averages(token: Token) -> bool:
    """As in "the effective U.S. rate", "the average tariff": no rate of any one tariff."""
    return token.lower_ == "effective" or "average" in classes(token.lower_)


def spoken(sent: Span) -> str:
    """The text of a sentence."""
    return plain(sent.doc)[sent.start_char : sent.end_char]


def is_passive(verb: Token) -> bool:
    """Whether a verb is in the passive, also without "be": "Lesotho, threatened with 50 percent, ..."."""
    if any(c.dep_ in {"nsubjpass", "auxpass"} for c in verb.children):
        return True
    opening = verb.tag_ == "VB" and verb.dep_ == "advcl" and verb.is_sent_start  # as parsed: "Hit with a tariff, Peru"
    struck = (opening or verb.tag_ in {"VBN", "VBD"}) and bool(verb_class(verb) & {"hit", "threaten"})
    object_ = any(c.dep_ in {"dobj", "aux"} for c in verb.children)
    return struck and not object_ and verb.i + 1 < len(verb.doc) and verb.nbor(1).lower_ == "with"


def verb_class(token: Token) -> frozenset[str]:
    """The classes of a verb with its particle ("strike down") or alone, or of the adjective in "subject to"."""
    taxing = token.dep_ == "relcl" and token.lower_ in {"taxes", "charges"}  # parsed as a noun: "which Peru taxes at"
    if not (taxing or token.pos_ in {"VERB", "AUX"} or token.lower_ in {"subject", "levies", "slaps", "hikes"}):
        return frozenset()
    lemma = "tax" if taxing and token.lower_ == "taxes" else token.lemma_.lower()
    phrasal = (classes(f"{lemma} {c.lower_}") for c in token.children if c.dep_ in _PARTICLES)
    return next(filter(None, phrasal), classes(lemma)) & _VERBS
