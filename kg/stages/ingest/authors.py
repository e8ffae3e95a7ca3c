"""Author lines of reader comments, in the styles of many sites."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kg import lexicon
from kg.stages.ingest.buttons import badges, is_badge, is_junk
from kg.stages.ingest.dates import MONTH, TIME, WEEKDAY, is_time_line

_SIGNS = r"\s.,:;!?\"“”()\[\]{}<>|/\\#*"
_WORD = rf"[^{_SIGNS}]++(?:\.[^{_SIGNS}]++)*(?:\.|\*{{2,}})?"
NAME = rf"(?:u/|@)?{_WORD}(?: {_WORD}){{0,3}}?"
# "Ann B. (Leeds)" and "Ann from Leeds" are names as a site shows them; ", Leeds" is a field of its own.
_TAIL = r"(?:\s*\([^()]{1,40}\)|\s+(?:from|in|of)\s+(?:the\s+)?[A-Z][\w'’\-]*(?:\s[A-Z][\w'’\-]*){0,2})?"
_SHOWN = NAME + _TAIL
_WHERE = r"(?:,\s+[^\W\d_a-z](?:(?!\s[-–—])[\w .,'’\-]){1,40}(?:\s?\([\w ]{2,20}\))?)?"  # ", Leeds", ", Araras (SP)"
_STARTS = rf"(?=\d|(?i:{WEEKDAY}|{MONTH}|yesterday|today|just now|last |an? (?:few|second|minute|hour|day|week)))"
_ANSWERS = r"(?:replied|replies|answered|answers|responded|responds)"
_VERBS = rf"(?:wrote|writes|says|said|commented|comments|{_ANSWERS}|posted|adds|added)"
_ARROW = "[→↪»➤➜▸▶>]"
_TOWARDS = rf"(?:{_ARROW}|(?:in reply|replying|in response|responding|{_ANSWERS}) to)"
_TO = rf"(?:,?\s*(?:{_TOWARDS}|reply to)\s*@?(?P<to>[^:]{{1,40}}?))?"
_POSTED = re.compile(
    rf"(?:(?:(?:comment |reply |message )?(?:posted|written|submitted|left|sent)|comment(?:ed)?|reply|message)"
    rf"\s+(?:by|from):?|from:|by|name:|author:|"
    rf"user:)\s+"
    rf"(?P<name>{_SHOWN}){_WHERE}(?:\s*[,|·•–—-]?\s+(?:on|at)?\s*(?P<when>{_STARTS}.{{3,60}}?))?\s*:?",
    re.IGNORECASE,
)
_WROTE = re.compile(
    rf"(?P<name>{_SHOWN}){_WHERE}\s+{_VERBS}\b{_TO}(?:\s*[,(]?\s*(?:on|"
    rf"at)?\s*(?P<when>{_STARTS}[^:]{{3,60}}?(?::\d\d)?[^:]{{0,25}}?)\)?)?{_TO.replace('<to>', '<of>')}"
    r"(?P<colon>\s*[:…])?"
)
# The time before the name: "At 16:12 28th Jun 2025, Ann Lee wrote:"; between name and verb: "Ann Lee on June 28 said:".
_TIME_FIRST = re.compile(
    rf"(?:(?:on|at)\s+)?(?P<when>{_STARTS}.{{3,40}}?),?\s+(?P<name>{_SHOWN})\s+{_VERBS}\s*(?P<colon>:)", re.IGNORECASE
)
_TIME_AMID = re.compile(rf"(?P<name>{_SHOWN})\s+(?:on|at)\s+(?P<when>{_STARTS}.{{3,40}}?)\s+{_VERBS}\s*(?P<colon>:)")
_REPLY = re.compile(rf"(?P<name>{_SHOWN}),?(?:\s*{_TOWARDS}\s*|\s{{3,}})@?(?P<to>{_SHOWN})[:.]?", re.IGNORECASE)
_REPLY_BY = re.compile(
    rf"(?:reply|response|answer) to @?(?P<to>{NAME}) (?:by|from) (?P<name>{NAME})"
    rf"(?:\s*[,|·•–—-]?\s+(?:on|at)?\s*(?P<when>{_STARTS}.{{3,60}}?))?:?",
    re.IGNORECASE,
)
_INLINE = re.compile(
    rf"(?:[-–—•*↳]\s*|>+\s*|\d+[.)]\s+|\[[^\[\]]*\d[:.h]\d\d[^\[\]]*\]\s+)?"
    rf"(?i:(?:comment|letter|reply|view|response|answer) (?:from|by) )?"
    rf"\**(?P<name>{_SHOWN}){_WHERE}(?:\s\([^()]{{2,30}}\))?(?:\s+{_ANSWERS}(?:\sto\s(?P<to>{_SHOWN}))?)?"
    rf"\**\s*(?::\**|\s[–—-])\s+(?=\S)"
)
# An answer on one line among comments of other forms: "Reply from Jane: No.", "↳ Jane replied: No."
_ANSWER = re.compile(r"(?i:(?:reply|response|answer) (?:from|by)\s|[↳↪└⤷]\s*\S)")
_BRACKETED = re.compile(
    r"(?:\[(?P<a>[^\[\]]{2,40})\]|\*\*(?P<b>[^*]{2,40})\*\*|#?\d{1,3}[.)]?\s+(?P<c>\S{2,30})|###+\s+(?P<d>.{2,40})"
    r"|<(?P<e>[^<>]{2,40})>|[-–—•]\s(?P<f>.{2,40}))"
)
_NUMBER = re.compile(r"^(?:#?\d{1,3}[.)]\s+|#\d{1,4}\s+|\d{1,4}\s{2,}|[-–—•*]\s+)(?=\S+(?:\s+\S+){1,12}$)")
# Flags and faces, what folds, votes.
_BEFORE = re.compile(
    r"^(?:[\U0001f1e6-\U0001f1ff]{2}|[\U0001f300-\U0001faff]|\[[–−+-]\]|[↳└⤷➥↪⮑»]+|[▲△⬆👍][\s\d▲▼△▽⬆⬇👍👎]*|"
    r"[★☆✓✔●◆♦]|\[\d{1,3}\]\s*>*)\s*"
)
_LIKED = re.compile(r"\s*[(\[]\s*(?:[♥❤👍▲⬆★]\ufe0f?\s*[+-]?\d[\d.,]*k?|[+-]?\d[\d.,]*k?\s*[♥❤👍▲⬆★]\ufe0f?)\s*[)\]]$")
_VOTED = re.compile(r"(?i)(?:\s*\[\w\])?(?:\s+[-–−+]?\d+(?:\.\d+)?k? (?:points?|votes?|likes?|upvotes?))?$")
_AT = re.compile(r"(?<=\w)\s+@[\w.\-]+$")  # "Ann Lee @annlee"
_FULL_STOP = re.compile(r"[.!?:;,…\"”]$")
_URL = re.compile(r"(?:https?:|www\.)", re.IGNORECASE)
_MASKED = re.compile(r"\w+\*{2,}")  # "kims****", as portals hide the end of a name
_HANDLE = re.compile(r"@\w[\w.\-]+|u/\w+|[a-z]{4,}|(?=\w*\d)(?=\w*[a-z])[\w\-.]{4,}|\w+_\w+|"
                     r"[A-Z][a-z]+(?:[A-Z][a-z]+)+")
_FIELDS = frozenset({"date", "time", "posted", "published", "updated", "comment", "message", "location", "rating"})
_PARTICLES = frozenset(
    {
        "de", "da", "di", "del", "van", "von", "der", "den", "bin", "al", "el", "la", "le", "du", "of", "the",
        "and", "in", "y"
    }
)


@dataclass(frozen=True, slots=True)
class AuthorLine:
    """A line that names the writer of a comment. `text` is where the comment begins on that line, if it does."""

    name: str
    marked: bool  # it shows by a time, "wrote:" or a sign that it is an author line
    text: int | None = None


def author_line(flat: str) -> AuthorLine | None:
    """The author that a whole line names, or None. A bare name is not `marked`."""
    if len(flat) > 140 or _URL.search(flat) or is_badge(flat):
        return None
    line = _without_marks(_BEFORE.sub("", _NUMBER.sub("", flat.strip())))
    for form in (_REPLY_BY, _POSTED, _WROTE, _TIME_FIRST, _TIME_AMID, _REPLY):
        match = form.fullmatch(line)
        name = _without_time(match["name"]) if match else ""
        if match and _stated(match) and is_name(name):
            return AuthorLine(clean(name), True)
    timed = _timed(line)
    if timed:
        return AuthorLine(timed, True)
    line = _strip_badges(line)
    bracketed = _BRACKETED.fullmatch(line)
    name = next((group for group in bracketed.groups() if group), "") if bracketed else line
    inner = _timed(name)
    if inner:
        return AuthorLine(inner, True)
    name = _without_place(name.removesuffix(":"))
    if not is_name(name):
        return None
    decorated = line not in {flat.strip(), f"{name}:"}
    return AuthorLine(clean(name), bool(bracketed) or name.startswith(("@", "u/")) or decorated)


def inline_author(flat: str) -> AuthorLine | None:
    """The author before the words of a comment on one line: "garden_gnome: Nobody asked us.", or None."""
    match = _INLINE.match(flat[:120])
    name = _without_time(match["name"]) if match else ""
    if match and is_name(name) and match.end() < len(flat):
        return AuthorLine(clean(name), True, match.end())
    handle = re.match(r"@[\w.\-]+\s+(?=\S)", flat)
    return AuthorLine(clean(handle[0]), True, handle.end()) if handle else None


def inline_answer(flat: str) -> AuthorLine | None:
    """The author of an answer on one line that says so: "Reply from Ann: No.", "↳ Ann replied: No.", or None."""
    return inline_author(flat) if _ANSWER.match(flat) else None


def is_name(words: str) -> bool:
    """True where words can be the name a reader signs with: one to four, without the signs of a sentence.

    A place may follow in brackets or after "from": "Ann B. (Leeds)".
    """
    words, tail = _parted(words)
    if tail and not _is_place(tail):
        return False
    tokens = words.split()
    if words.lower() in _FIELDS:
        return False
    if not tokens or len(tokens) > 4 or len(words) > 40 or not any(c.isalnum() for c in words):
        return False
    if _FULL_STOP.search(words) and not re.search(r"\b(?:[A-Z]|Jr|Sr|St)\.$", words):
        return False
    prose = len(tokens) > 1 and tokens[-1].islower() and any(token in _function_words() for token in tokens)
    return re.fullmatch(NAME, words) is not None and not prose and not is_junk(words) and not is_time_line(words)


def is_signature(words: str) -> bool:
    """True for a name that needs no blank line above it to be taken for one: one word, or capitalised ones."""
    tokens = _parted(words)[0].split()
    if len(tokens) == 1:
        return tokens[0].lower() not in lexicon.words("interjections")
    return all(not token[0].islower() or token in _PARTICLES for token in tokens)


@cache
def _function_words() -> frozenset[str]:
    return frozenset(next(row[1] for row in lexicon.table("function_words")).split())


def is_handle(words: str) -> bool:
    """True for a name that only a user name looks like: "garden_gnome", "TomTheBaker", "reader77"."""
    return len(words.split()) == 1 and _HANDLE.fullmatch(words) is not None and len(words) > 2


def clean(name: str) -> str:
    """The name without signs that sites put before or after it."""
    name = re.sub(r"\s+(?:at|on)$", "", name.strip())
    if _MASKED.fullmatch(name):
        return name
    return name.removeprefix("@").removeprefix("u/").strip("* ,:") or name


def _stated(match: re.Match[str]) -> bool:
    """"X wrote" needs a colon, a time or an addressee; "posted by X" a time, if anything follows."""
    groups = match.groupdict()
    if groups.get("when") and not is_time_line(groups["when"]):
        return False
    return "colon" not in groups or bool(groups["colon"] or groups.get("when") or groups.get("to"))


def _parted(words: str) -> tuple[str, str]:
    """The name proper, and the place in brackets or after "from" behind it, or ""."""
    match = re.fullmatch(rf"(?P<name>{NAME})(?P<tail>{_TAIL})", words)
    return (match["name"], match["tail"]) if match else (words, "")


def _is_place(tail: str) -> bool:
    return any(c.isalpha() for c in tail) and not is_junk(tail.strip(" ()"))


def _without_time(words: str) -> str:
    """The name without a time, votes or a button in brackets behind it."""
    name, tail = _parted(words)
    return name if tail and not _is_place(tail) else words


def _without_place(name: str) -> str:
    return name if is_name(name) else re.sub(rf"{_WHERE}$", "", name)


def _without_marks(line: str) -> str:
    """The line without what a site says of the writer in brackets: "(author)", "[Moderator]"."""
    return re.sub(rf"(?i)\s*[(\[]{badges()}[)\]],?(?=\W|$)", "", line)


def _strip_badges(line: str) -> str:
    votes = re.search(r"\s+[+\-–−]?\d+\s*\(\s*[+\-–−]?\d+\s*/\s*[+\-–−]?\d+\s*\)$", line)
    line = _LIKED.sub("", line[: votes.start()] if votes else line)
    beside = rf"(?:{badges()}|reply|report|flag|like)"
    while match := re.search(rf"(?i)(?:\s+{beside}|\s*[([]{beside}[)\]]|\s*[·•|–—-])\s*$", line):
        if not line[: match.start()].strip():
            break
        line = line[: match.start()].rstrip(" ,")
    return line


def _timed(line: str) -> str | None:
    """The name before a time on one line: "garden_gnome  June 28  04:12 pm JST", "Ann B. (Leeds) - 2 hours ago"."""
    if line.endswith(".") and not line.endswith(".m."):
        return None
    line = _strip_badges(line)
    for match in TIME.finditer(line):
        name = line[: match.start()].rstrip(" \t-–—|·•,([/:@").strip("*[]<># ").removesuffix(" on").removesuffix(" at")
        name = _AT.sub("", _VOTED.sub("", _strip_badges(name)))
        reply = _REPLY.fullmatch(name)
        name = _without_place(_strip_badges(reply["name"]) if reply else name)
        after = line[match.start() :]
        if name and is_name(name) and (is_time_line(_strip_badges(after)) or is_junk(after)):
            return clean(name)
    return None
