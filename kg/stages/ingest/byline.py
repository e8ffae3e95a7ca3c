"""Who wrote an article and where: bylines, lines of a correspondent, lines of place and day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from kg import lexicon
from kg.stages.ingest.dateline import cities
from kg.stages.ingest.dates import DAY_MONTH, TIME, WEEKDAY, is_time_line, read_date

_ABBREVIATED = re.compile(r"\b[A-Z]\.$|Jr\.$|\b[ap]\.m\.$")
_NAME = r"(?:[A-ZÀ-ÖØ-ÞŁŠŽĐ][\w'’.\-]*|d['’][A-Z]\w+|de|da|di|del|dos|van|von|der|den|bin|al|el|la|le)"
_NAMES = rf"(?!(?:The|Our|A|An)\b){_NAME}(?:\s+{_NAME}){{0,5}}"
_PLACE = rf"{_NAME}(?:\s+{_NAME}){{0,2}}"
_GENRE = (r"(?:blog|weblog|columns?|commentar(?:y|ies)|comment|analysis|notes|letters?|opinion|essay|diary|"
          r"dispatch(?:es)?|newsletter|viewpoint|guest post|explainer|thoughts|musings|op-ed)")  # fmt: skip
_PREFIX = re.compile(
    r"(?i:(?:by|por|par|(?:story|written|text|words|analysis|reporting|report|compiled|posted) by|from)\s*:?\s+)|"
    rf"(?i:(?:[\w'’-]+\s){{0,3}}{_GENRE}\b[^.:;|]{{0,40}}?(?<!ed)(?<!en),?\s+by\s+)|"  # "Notes on trade, by Jane Doe"
    rf"(?i:(?:guest\s|the\s)?{_GENRE}\s*[|:]\s*)"
)
_STAFF_NAME = re.compile(r"(?i:(?:(?:staff|senior|special)\s)?(?:writer|reporter|correspondent|columnist)\s+)(?=[A-Z])")
_MAIL = re.compile(r"\s*[(<]?[\w.+-]+@[\w-]+(?:\.[\w-]+)+[)>]?")
_WRITER = re.compile(rf"(?P<name>{_NAMES})(?:\s+(?i:in|reporting from|reports from)\s+(?P<place>{_PLACE}))?")
_CORRESPONDENT = re.compile(
    rf"(?i:(?:(?:by|from)\s+)?(?:our|a|the)\s)(?i:[\w\- ]*\b(?:correspondents?|reporters?|staff|bureau|desk)\b)"
    rf"(?:\s+(?:in|at)\s+(?P<place>{_PLACE}))?(?:\s*[,:]?\s+(?P<name>{_NAMES}))?"
)
_ROLE = re.compile(
    r"(?i)(?:.*\b)?(?:(?:staff|special)\s)?(?:writers?|correspondents?|reporters?|editors?|bureau chief|columnist|"
    r"analyst)(?:\s(?:in|at|for|of)\s.{2,40})?"
)
_AFFILIATION = re.compile(r"(?:in|at|for|of|with|on|à|em|en)\s.{2,60}")
_AFFILIATED = re.compile(rf"(?P<name>{_NAMES})\s+{_AFFILIATION.pattern}")
_BARE = re.compile(rf"(?P<name>{_NAME}(?:\s+{_NAME}){{1,3}})(?:,| in| \|)\s+(?P<place>{_PLACE})")
_FULL_NAME = re.compile(rf"{_NAME}(?:\s+{_NAME}){{1,3}}")
_CONTRIBUTED = re.compile(r"\bcontributed (?:reporting|to this (?:report|story|article))\b", re.IGNORECASE)
_REPORTED = re.compile(
    rf"{_FULL_NAME.pattern} reported from {_PLACE}(?:(?:,| and|, and) {_FULL_NAME.pattern} from {_PLACE})*\.?"
)
_THE_WRITER = re.compile(r"The (?:writers?|authors?|columnists?)(?:,| is| are)\s.*\b(?:is|are|an?|the)\s.{3,}")
_REACH = re.compile(
    r"(?i:follow) .{2,60} (?i:on) (?:X|Twitter|Bluesky|Instagram|LinkedIn)\b.{0,40}|"
    r".{3,60}\s[\w.+-]+@[\w-]+(?:\.[\w-]+)+\.?"
)
_ABOUT = re.compile(
    r",? (?:is (?:an?|the|our|(?:[\w-]+ ){1,3}(?:editor|correspondent|reporter|columnist))|reports?|reported|"
    r"writes?|wrote|covers?|can be reached|contributed)\b"
)
_COVERS = re.compile(r" (?:(?:writes|reports|blogs) (?:about|on|for|from)|covers) ")
_BRACKET = re.compile(rf"\s*\((?P<place>{_PLACE})?[^()]{{0,40}}\)")  # "Jane Doe (Oslo, correspondent)"
_PART = re.compile(r"\s*(?:,|&|/|\band\b)\s*")
_SEGMENT = re.compile(r"\s+(?:[|•·–—]|-+)\s+|\s*[|;]\s*")
_DAY = rf"(?:{WEEKDAY},?\s+)?{DAY_MONTH}"
_REGION = rf"(?P<place>(?!\w+day\b){_PLACE}(?:,\s+{_PLACE})?)"  # "Friday, July 18" tells no place
_NOTE = r"(?:\s*\([^()]{2,40}\))?"  # "(unofficial translation)"
_PLACED = (
    re.compile(rf"{_REGION}\s*[,–—|-]\s*(?P<day>{_DAY}){_NOTE}"),
    re.compile(rf"(?P<day>{_DAY})\s*[,–—|-]\s*{_REGION}{_NOTE}"),
    re.compile(rf"(?P<room>[^,.;:]{{3,40}}),\s+(?P<place>{_PLACE}),\s+(?P<day>{_DAY})"),  # "Press room, Oslo, 3 May"
    re.compile(rf"{_REGION}\s+[–—|-]+\s+(?P<issuer>{_NAME}(?:\s+(?:{_NAME}|of|for|and|the|&)){{1,7}})"),
)
# "Remarks by Jane Doe to reporters"
_OTHER = frozenset({"other", "official"})  # ranks of those who may write an article
_SPOKEN = re.compile(r"(?:[\w'’]+ )?(?:remarks|statement|comments|briefing|answers|interview)\b", re.IGNORECASE)
_STAFF = re.compile(
    r".*\b(?:staff|senior|special|chief|political|economics?|trade|foreign|diplomatic)?\s*(?:writers?|correspondents?|"
    r"reporters?|editor|bureau chief)$",
    re.IGNORECASE,
)
_TEAM = re.compile(
    r"(?:.*\s)?(?:web|news|online|digital|data|press|foreign|national|business|politics)\s(?:team|desk|staff|room)|"
    r"staff report(?:er)?s?|news ?room",
    re.IGNORECASE,
)
_POSTED = re.compile(rf"(?:posted|published|updated|written)\b.{{0,40}}?\s{_DAY}.{{0,40}}(?<!\.)", re.IGNORECASE)
_MEDIA = frozenset(
    {
        "news", "press", "times", "post", "agency", "wire", "writer", "writers", "reporter", "reporters", "staff",
        "correspondent", "desk", "shimbun", "daily", "herald", "tribune", "journal", "bureau", "media", "online",
        "service", "today", "editor", "courier", "gazette", "chronicle", "telegraph", "guardian", "observer",
        "monitor", "newswire", "broadcasting", "radio", "tv", "television", "review", "mail", "team", "network",
        "ledger", "mirror", "standard", "globe", "independent", "express", "dispatch", "star", "sentinel", "bulletin",
        "examiner", "inquirer", "argus", "weekly"
    }
)  # fmt: skip
# With which the names of media begin in other languages, after an article.
_MEDIA_FIRST = frozenset({"diario", "diário", "correio", "correo", "gazeta", "gaceta", "jornal", "heraldo", "agencia",
                          "agência", "agence"})  # fmt: skip
_BODY = frozenset({"ministry", "office", "department", "embassy", "secretariat", "commission", "bureau", "government"})
_OUTLET = re.compile(rf"(?:The )?{_NAMES}")
_LONGEST = 6  # words of the name of a medium
_STAFF_WORDS = frozenset({"team", "staff", "desk", "editor", "reporter", "reporters", "writer", "writers",
                          "correspondent"})  # fmt: skip


def outlet(line: str) -> str | None:
    """The medium that a line of an article's head or foot names: "The Potomac Ledger | By Jane Doe", "Gulf Press".

    >>> outlet("The Volta Chronicle, Accra")
    'The Volta Chronicle'
    """
    parts = (part.strip() for part in re.split(r",|[|•·–—]|\s-\s", line))
    named = (part for part in parts if 1 < len(part.split()) <= _LONGEST and _OUTLET.fullmatch(part))
    return next((p for p in named if is_agency(p) and p.split()[-1].lower() not in _STAFF_WORDS), None)


@dataclass(frozen=True, slots=True)
class Byline:
    """The people a byline names (maybe none: "From our correspondent") and the place it gives them."""

    authors: tuple[str, ...] = ()
    place: str | None = None


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """A line of its own with place and day: "Putrajaya, 28 July 2025", "February 11, 2026 – Ottawa, Ontario"."""

    place: str
    day: str | None  # as written


def read_byline(flat: str) -> Byline | None:
    """The byline that a line is, or None: "By Jane Doe in Canberra", "(By Jane Doe and Ken Tanaka)"."""
    if len(flat) > 150 or (flat.rstrip().endswith((".", "?", "!", ":")) and not _ABBREVIATED.search(flat)):
        return None
    plain = _MAIL.sub("", flat.strip("*_ "))
    if plain[:1] + plain[-1:] in ("()", "[]"):
        plain = plain[1:-1].strip()
    match = _CORRESPONDENT.fullmatch(plain)
    if match:
        return Byline(_people([match["name"] or ""]), match["place"])
    prefix = _PREFIX.match(plain)
    if prefix is None:
        return None
    who, *rest = _SEGMENT.split(_STAFF_NAME.sub("", plain[prefix.end() :], count=1))
    time = TIME.search(who)
    if time:
        who = re.sub(r"(?i)[\s,(]*(?:\b(?:on|at|published|updated))?[\s,:(]*$", "", who[: time.start()])
    titled = plain[: prefix.end()].rstrip().endswith((":", "|")) and who.split()[:1]
    if titled and not plain.lower().startswith(("by", "from")) and titled[0] not in lexicon.words("given_names"):
        return None  # "Analysis: Talks Stall"
    strict = plain.lower().startswith("from")
    found = _writers(who, strict=strict) if all(len(part.split()) <= 12 for part in rest) else None
    if found and plain.lower().startswith("posted") and found.place not in cities():
        return Byline(found.authors)  # "Posted by Ann in Trade": a section
    return found


def _writers(who: str, *, strict: bool) -> Byline | None:
    """The writers in "Jane Doe in Rome and Ken Tanaka, political editor"; `strict`: full names or a body only."""
    authors: list[str] = []
    told = (found["place"] for found in _BRACKET.finditer(who))
    place = next((town for town in told if town in cities()), None)
    parts = _PART.split(_BRACKET.sub("", who))
    if len(parts) > 1 and not any(" " in part for part in parts):
        return None  # "By Land and Sea"
    for n, part in enumerate(parts):
        match = _WRITER.fullmatch(part)
        if match and (n or not strict or len(part.split()) > 1 or is_agency(part)):
            if part in cities() and n:
                place = place or part
            else:
                place = place or match["place"]
                authors.append(match["name"])
        elif is_issuer(part) or _ROLE.fullmatch(part):
            continue
        elif n == 0 and not strict and (head := _AFFILIATED.fullmatch(part)):
            authors.append(head["name"])
        elif n == 0 or not _AFFILIATION.fullmatch(part):
            return None
    return Byline(_people(authors), place)


def _people(names: list[str]) -> tuple[str, ...]:
    full = [name for name in names if len(name.split()) > 1 and not is_agency(name) and not is_issuer(name)]
    return tuple(dict.fromkeys(name.title() if name.isupper() else name for name in full))


def read_bare_byline(flat: str) -> Byline | None:
    """A name with its city, or with medium and time, between headline and body: "Jane Doe, Pretoria"."""
    *before, last = parts = _SEGMENT.split(flat.strip("*_ "))
    named = re.search(r"[|·•]", flat) and _FULL_NAME.fullmatch(parts[0]) and not is_issuer(parts[0])
    if before and named:
        placed = [part for part in parts[1:] if part.rpartition(",")[2].strip() in cities()]
        rest = [part for part in parts[1:] if part not in placed]
        timed = len(rest) > 1 and any(is_time_line(part) or _POSTED.fullmatch(part) for part in rest)
        if (placed or timed) and all(is_agency(p) or is_time_line(p) or _POSTED.fullmatch(p) for p in rest):
            return Byline(_people([parts[0]]), None)  # "Jane Doe · Example News · Posted: 3 June 2025"
    match = _BARE.fullmatch(last) if all(is_time_line(part) for part in before) else None
    if match is None or match["place"] not in cities() or match["name"] in cities() or is_issuer(match["name"]):
        return None
    return Byline(_people([match["name"]]), match["place"])


def read_place_line(flat: str) -> PlaceLine | None:
    """The place and day on a line of their own, or the place and the body that issues a release."""
    for form in _PLACED:
        match = form.fullmatch(flat.strip("*_ "))
        if match:
            found = match.groupdict()
            issuer = found.get("issuer")
            known = match["place"].split(",")[0] in cities()
            if found.get("room") and not known:
                continue
            if issuer and not (known and ("," in match["place"] or is_issuer(issuer) or is_agency(issuer))):
                continue  # a headline: "Oslo - Rome by Night Train"
            return PlaceLine(match["place"], found.get("day"))
    return None


def is_writer_note(flat: str, authors: tuple[str, ...]) -> bool:
    """True for what is said of a writer below an article ("Jane Doe is a reporter in Oslo")."""
    if (_CONTRIBUTED.search(flat) and len(flat) < 200) or _REPORTED.fullmatch(flat) or _REACH.fullmatch(flat):
        return True
    return len(flat) < 300 and any(_ABOUT.match(flat[len(name) :]) for name in authors if flat.startswith(name))


def is_last_note(flat: str) -> bool:
    """True for what may stand as the last line: "The writer is a fellow of ...", "(Jane Doe)", "(jd/Jane Doe)"."""
    inner = re.fullmatch(r"[(\[](?:[a-z]{2,4}/)?([^()/]+)[)\]]", flat)
    named = _FULL_NAME.match(flat)
    works = named is not None and _ABOUT.match(flat[named.end() :]) is not None and is_agency(flat.rstrip("."))
    covers = named is not None and _COVERS.match(flat[named.end() :]) is not None
    told = len(flat) < 300 and (works or covers or _THE_WRITER.fullmatch(flat) is not None)
    return told or bool(inner and _FULL_NAME.fullmatch(inner[1]))


def is_agency(words: str) -> bool:
    """True for the name of a medium rather than a person, by its last word, or its first: "El Heraldo de Lima"."""
    first, *rest = words.lower().split()
    opens = rest[0] if rest and first in {"el", "la", "o", "a", "il", "le"} else first
    return words.split()[-1].lower() in _MEDIA or (bool(rest) and opens in _MEDIA_FIRST)


def is_name_line(flat: str) -> bool:
    """True for a line of capitalised words only: a bare byline or a paper's name ("Jane Doe", "THE EXAMPLE TIMES")."""
    words = re.split(r"[\s,/|]+", flat.strip())
    return len(words) <= 7 and all(w[:1].isupper() or w in {"and", "of", "in", "for", "&", "the"} for w in words) \
        and not any(c.isdigit() for c in flat) and not flat.endswith((".", "?", "!", ":"))  # fmt: skip


def is_officer_line(flat: str) -> bool:
    """True for the name of somebody in a public office: "Jane Doe, Minister of Trade" below "Speakers"."""
    name, _, office = flat.partition(", ")
    ranks = lexicon.mapping("offices")
    words = office.lower().replace("-", " ").split()
    pairs = [" ".join(pair) for pair in pairwise(words)]
    return _FULL_NAME.fullmatch(name) is not None and any(ranks.get(w, "other") not in _OTHER for w in (*words, *pairs))


def read_names(flat: str) -> tuple[str, ...]:
    """The people that a line names and nobody else: "Jane Doe and Ken Tanaka", "Jane Doe, Trade Correspondent"."""
    if not is_name_line(flat):
        return ()
    names, known = [], lexicon.words("given_names")
    for n, part in enumerate(_PART.split(" , ".join(_SEGMENT.split(flat.strip("*_ "))))):
        person = _FULL_NAME.fullmatch(part) and part.split()[0].title() in known and not is_agency(part)
        if person and not _ROLE.fullmatch(part):
            names.append(part)
        elif n == 0 or not (is_agency(part) or _ROLE.fullmatch(part) or part in cities()):
            return ()
    return _people(names)


def is_issuer(flat: str) -> bool:
    """True for the body that issues a release, above the headline: "Ministry of Trade, Republic of Freedonia"."""
    return is_name_line(flat) and bool(_BODY & set(flat.lower().replace(",", " ").split()))


def issued_at(flat: str) -> str | None:
    """The city alone on a line, or behind the body that issues a release: "Ministry of Trade, Singapore"."""
    city = flat.rpartition(",")[2].strip() if is_issuer(flat) else flat
    return city.title() if city.title() in cities() else None


def is_team(flat: str) -> bool:
    """True for a line such as "Political correspondent", "Example web team", "EXAMPLE NEWS DESK"."""
    if len(flat) >= 80 or flat.endswith((".", "?", "!", ":")):
        return False
    staff = _STAFF.fullmatch(flat) is not None and not _SPOKEN.match(flat)
    return staff or (len(flat.split()) <= 4 and _TEAM.fullmatch(flat) is not None)


def posted_day(flat: str) -> str | None:
    """The date in "Posted by Jane Doe in Trade, 8 August 2025", or None."""
    return read_date(flat) if _POSTED.fullmatch(flat) else None


def is_head_meta(flat: str) -> bool:
    """True for a byline, time line, place line or correspondent line, as they stand between headline and body."""
    if read_place_line(flat) is not None or _POSTED.fullmatch(flat):
        return True
    timed = any(is_time_line(part) or _POSTED.fullmatch(part) for part in _SEGMENT.split(flat))
    if timed and read_bare_byline(flat) is not None:
        return True
    return read_byline(flat) is not None or is_time_line(flat) or is_team(flat)
