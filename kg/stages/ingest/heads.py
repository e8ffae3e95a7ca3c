"""Where the head of an article ends, and lines elsewhere on the page that tell the day of publication."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from kg import lexicon
from kg.model import BlockKind
from kg.stages.ingest import boilerplate, byline
from kg.stages.ingest.dateline import cities, read_dateline
from kg.stages.ingest.dates import DATE, is_time_line
from kg.stages.ingest.lines import is_sentence
from kg.stages.ingest.stamps import Says, Stamp, read_stamp

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from kg.stages.ingest.lines import Para

_BETWEEN = 3  # paragraphs: decks, a caption, an introduction
_SHORT = 60  # words of one of these
_ENTRY = 6  # paragraphs of an entry of a chronology, with the day of the next
_TOP = 4  # paragraphs of the body's beginning in which a line with a day is looked for
_OPENS_DAY = re.compile(rf"\W*{DATE}(?=\W)", re.IGNORECASE)
BULLET = re.compile(r"(?:[•‣◦▪●○·]\s*|[-–—*>]\s+|\(?\d{1,2}[.)]\s+|\(?[a-h]\)\s+)(?=\S)")
_ABBREVIATED = re.compile(r"(?:\b(?:[A-Z]\.){2,}|\b(?:Inc|Co|Corp|Jr|No)\.)$")


def reach(paras: Sequence[Para], first: int, rows: Container[int]) -> int:
    """Index behind the last byline, time line or place line that stands near above the body proper, or `first`.

    Decks in full sentences, captions and introductions may stand before it, a few and short; more text than that must
    follow.
    """
    end = first
    for i in range(first, len(paras)):
        flat = paras[i].flat
        if i in rows or i - end > _BETWEEN or boilerplate.opens_list(flat):
            break
        if _heads(paras, i):
            end = i + 1
        elif len(flat.split()) > _SHORT or BULLET.match(flat) or read_dateline(flat, first=True, near=None):
            break
    return end if _words(paras[end:]) > _words(paras[first:end]) else first


def _words(paras: Sequence[Para]) -> int:
    return sum(len(para.flat.split()) for para in paras if is_sentence(para.flat))


def _heads(paras: Sequence[Para], i: int) -> bool:
    """Whether a line stands only between headline and body."""
    flat = paras[i].flat
    if byline.read_byline(flat) or byline.read_bare_byline(flat) or writers(paras, i):
        return True
    return byline.read_place_line(flat) is not None or (read_stamp(flat) is not None and not is_diary(paras, i))


def is_diary(paras: Sequence[Para], i: int) -> bool:
    """Whether a line is a day without a label as it stands above the entries of a chronology: another is near."""
    stamps = [read_stamp(para.flat) for para in paras[max(0, i - _ENTRY) : i + _ENTRY]]
    return len({one.days for one in stamps if one and one.says is Says.NOTHING and not one.rest}) > 1


def open_days(paras: Sequence[Para]) -> bool:
    """Whether several paragraphs begin with a day each."""
    return len({found[0] for para in paras if (found := _OPENS_DAY.match(para.flat))}) > 1


def writers(paras: Sequence[Para], i: int) -> tuple[str, ...]:
    """The people named on a line of their own whom no other line names: "Jane Doe", "JANE DOE and KEN TANAKA"."""
    names = byline.read_names(paras[i].flat) or _stranger(paras, i)
    others = [word for j, para in enumerate(paras) if j != i for word in para.flat.casefold().split()]
    return () if any(name.split()[-1].casefold() in word for name in names for word in others) else names


def _stranger(paras: Sequence[Para], i: int) -> tuple[str, ...]:
    """A name without a known given name, where the article has no subheads that it could be one of."""
    flat = paras[i].flat
    words = flat.split()
    common = lexicon.words("not_names") | lexicon.words("labels")
    alone = len(words) in {2, 3} and byline.is_name_line(flat) and not any(word.lower() in common for word in words)
    if not alone or byline.is_agency(flat) or byline.is_issuer(flat) or flat.title() in cities() or is_state(flat):
        return ()
    heads = any(not is_sentence(a.flat) and is_sentence(b.flat) for a, b in pairwise(paras[i + 1 :]))
    return () if heads else (flat.title() if flat.isupper() else flat,)


def late_stamp(paras: Sequence[Para], first: int) -> tuple[int, Stamp] | None:
    """Index and day of a line that tells the day of publication near the top of the body or below its last sentence."""
    told = [i for i in range(first, len(paras)) if _is_prose(paras[i].flat)]
    last = told[-1] if told else first
    zones = range(first, min(first + _TOP, last)), range(last, len(paras))
    lists = [i for i in range(first, len(paras)) if boilerplate.opens_list(paras[i].flat)]
    near = [i for zone in zones for i in zone if not any(zone[0] <= n < i for n in lists)]
    found = [(i, stamp) for i in near if (stamp := _late(paras[i].flat))]
    apart = open_days(paras[first:])
    if not found or (apart and all(stamp.says is Says.NOTHING for _, stamp in found)):
        return None
    return min(found, key=lambda one: one[1].says)


def _is_prose(flat: str) -> bool:
    return is_sentence(flat) and len(flat.split()) > 4 and read_stamp(flat) is None


def _late(flat: str) -> Stamp | None:
    """Away from the head a day counts with a label, alone, or beside a place, a body that issues or a medium only."""
    stamp = read_stamp(flat)
    if stamp is None or BULLET.match(flat) or flat.endswith(":"):
        return None
    plain = stamp.bare or is_time_line(flat)
    named = " ".join(stamp.rest).strip(" ,.()|")
    placed = named.title() in cities() or (bool(named) and (byline.is_issuer(named) or byline.is_agency(named)))
    kind = boilerplate.is_boilerplate(named) if named else False
    return stamp if stamp.says is not Says.NOTHING or plain or placed or kind else None


@cache
def _states() -> frozenset[str]:
    own = {row[0].casefold() for row in lexicon.table("countries") if row[2] in {"name", "bloc"}}
    return frozenset(own | {row[1].casefold() for row in lexicon.table("states")})


def is_state(flat: str) -> bool:
    """Whether a line is the name of a state, as it heads a part of a list: "United States", "Canada:"."""
    return flat.rstrip(": ").casefold() in _states()


def is_meta(flat: str) -> bool:
    """True for a line that is no part of the text: boilerplate, a byline, a time line."""
    return boilerplate.is_boilerplate(flat) or byline.is_head_meta(flat)


def title_kind(paras: Sequence[Para], i: int) -> BlockKind | None:
    """What a line before the headline is: the headline, a line above it, or None where the text begins with it."""
    flat = paras[i].flat
    words = len(flat.split())
    following = paras[i + 1].flat if i + 1 < len(paras) else ""
    asks = flat[-1] in "?!" and words <= 20 and not re.search(r"[.!?]\s", flat)
    if is_sentence(flat) and not asks and not (_ABBREVIATED.search(flat) and words <= 16) \
            and not re.search(r"[^.!?]['’”\"]$", flat):  # fmt: skip
        return None
    if words > 35 or not following or BULLET.match(flat):
        return None
    title = not is_sentence(following) or following.endswith("?")
    if words <= 2 and title and not is_meta(following) and len(following.split()) > words + 2:
        return BlockKind.META  # the section's name above the headline
    if not is_sentence(following) and not is_meta(following) and byline.is_issuer(flat):
        return BlockKind.META
    return BlockKind.HEADLINE
