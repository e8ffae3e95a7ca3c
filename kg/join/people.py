"""Which persons of different documents are one, and the name that they have in common.

Names that differ in order, hyphens and diacritics only are one person unless states or offices contradict. Other forms
need more: an initial or a middle name the same surname and state, another spelling of the given name the same office or
company, a surname alone the only person of that surname who fits.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, TypeAlias

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from kg.iris import slug
from kg.join.seen import Seen, contradict, same_words, seen, share_office, surnames
from kg.model import Ref

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from kg.model import DocumentFacts

Group: TypeAlias = "list[Seen]"
_ALIKE = 85  # ratio of two spellings of one surname: "Zelensky" and "Zelenskyy" give 94, "Tanaka" and "Nakata" 67
_SPELLED = 4  # letters from which one letter more, less or other in a given name is a spelling: "Oleh", "Oleg"


def common_names(documents: Iterable[DocumentFacts]) -> dict[tuple[str, Ref], Ref]:
    """Document and the name it gives to a person -> the common name, where it is another one."""
    every = seen(documents)
    full = [p for p in every if not p.surname_only]
    groups = _merged([g for same in _by_key(full, lambda p: same_words(p.tokens)) for g in _apart(same)])
    alone = _attached([p for p in every if p.surname_only], groups)
    groups += [g for same in _by_key(alone, lambda p: p.ref) for g in _apart(same)]
    names = _names(groups)
    return {(p.document, p.ref): name for group, name in zip(groups, names, strict=True) for p in group if p.ref != name}


def _by_key(people: Iterable[Seen], key: Callable[[Seen], str]) -> list[Group]:
    found: dict[str, Group] = defaultdict(list)
    for person in people:
        found[key(person)].append(person)
    return [found[k] for k in sorted(found)]


def _apart(same: Group) -> list[Group]:
    """People of one name: one person, or several namesakes. Who tells most of himself comes first.

    Someone of whom too little is told to say which namesake he is stays alone.
    """
    groups: list[Group] = []
    known = sorted((p for p in same if p.states or p.offices), key=lambda p: (not p.states, not p.offices, p))
    for person in known:
        fits = [g for g in groups if not any(contradict(person, other) for other in g)]
        close = [g for g in fits if any(share_office(person, other) for other in g)] or fits
        if close and (person.states or len(close) == 1):
            close[0].append(person)
        else:
            groups.append([person])
    unknown = [p for p in same if not (p.states or p.offices)]
    rest: Group = []
    for person in unknown:
        fits = [g for g in groups if all(p.document != person.document for p in g)]
        fits = [g for g in fits if _in_company(person, g)] or fits
        (fits[0] if len(fits) == 1 else rest).append(person)
    return groups + ([rest] if rest else [])


def _in_company(person: Seen, group: Group) -> bool:
    """Whether the document names a state or another person that the others of the group are seen with."""
    return any(person.about & other.states or person.company & other.company for other in group)


def _merged(groups: list[Group]) -> list[Group]:
    """Groups whose names are forms of one name, put together: initials, middle names, other spellings."""
    blocks: dict[str, list[int]] = defaultdict(list)
    for n, group in enumerate(groups):
        for key in sorted({k for p in group for k in (p.tokens[-1], p.tokens[0], *_offices(p)) if len(k) > 1}):
            blocks[key].append(n)
    pairs = {pair for block in blocks.values() for pair in combinations(block, 2)}
    scored = [(score, a, b) for a, b in pairs if (score := _variant(groups[a], groups[b]))]
    home = list(range(len(groups)))
    members = {n: list(group) for n, group in enumerate(groups)}
    for _, a, b in sorted(scored, key=lambda s: (-s[0], groups[s[1]][0], groups[s[2]][0])):
        one, other = home[a], home[b]
        if one == other or any(contradict(p, q) for p in members[one] for q in members[other]):
            continue
        rivals = {home[y if x == a else x] for _, x, y in scored if a in (x, y) or b in (x, y)} - {one, other}
        if any(_only_initial(groups[n]) for n in (a, b)) and len(rivals) > 0:
            continue
        members[one] += members.pop(other)
        home = [one if n == other else n for n in home]
    return [members[n] for n in sorted(members)]


def _offices(person: Seen) -> list[str]:
    return [f"{state} {form}" for state, form, _ in person.offices if state]


def _only_initial(group: Group) -> bool:
    return all(len(p.tokens[0]) == 1 for p in group)


def _variant(one: Group, other: Group) -> int:
    """How sure it is that two names are forms of one: 3 a middle name more, 2 an initial, 1 a spelling, 0 not at all."""
    return max(_form(a, b) for a in _forms(one) for b in _forms(other))


def _forms(group: Group) -> list[Seen]:
    """One person for each form of the name, with all that is told of it."""
    best: dict[tuple[str, ...], Seen] = {}
    for person in sorted(group, key=lambda p: (-len(p.states), -len(p.offices), p)):
        best.setdefault(person.tokens, person)
    return list(best.values())


def _form(one: Seen, other: Seen) -> int:
    a, b = one.tokens, other.tokens
    state = bool(one.states & other.states)
    if a[-1] == b[-1]:
        longer, shorter = (a, b) if len(a) >= len(b) else (b, a)
        if a[0] == b[0]:
            return 3 if set(shorter) <= set(longer) or _initials(a[1:-1], b[1:-1]) else 0
        if 1 in (len(a[0]), len(b[0])) and a[0][0] == b[0][0]:
            return 2 if state else 0
        spelled = min(len(a[0]), len(b[0])) >= _SPELLED and Levenshtein.distance(a[0], b[0]) == 1
        nick = a[0][0] == b[0][0] and share_office(one, other)
        return int((spelled and state and (share_office(one, other) or bool(one.company & other.company))) or nick)
    if share_office(one, other) and len(a) > 1 and len(b) > 1:
        return int(fuzz.ratio(a[-1], b[-1]) >= _ALIKE and (a[0] == b[0] or fuzz.ratio(a[0], b[0]) >= _ALIKE))
    return 0


def _initials(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether middle names do not contradict: "F." and "Fitzgerald"."""
    return all((a[0] == b[0] and 1 in (len(a), len(b))) or a == b for a, b in zip(one, other, strict=False))


def _attached(alone: Group, groups: list[Group]) -> Group:
    """Puts surnames to the only person who fits, and gives back those who stay alone."""
    by_surname: dict[str, list[int]] = defaultdict(list)
    for n, group in enumerate(groups):
        for name in sorted({s for p in group for s in surnames(p)}):
            by_surname[name].append(n)
    left, found = [], []
    for person in alone:
        fits = [n for n in by_surname[" ".join(person.tokens)] if not any(contradict(person, p) for p in groups[n])]
        office = [n for n in fits if any(share_office(person, p) for p in groups[n])]
        state = [n for n in fits if any(person.states & p.states for p in groups[n])]
        company = [n for n in fits if _in_company(person, groups[n])]
        best = next((some for some in (office, state, company) if some), [])
        if len(best) == 1:
            found.append((best[0], person))
        else:
            left.append(person)
    for n, person in found:
        groups[n].append(person)
    return left


def _names(groups: Sequence[Group]) -> list[Ref]:
    """The name of each group: that of the fullest form; namesakes get their state or office behind it."""
    plain = [_fullest(group).ref for group in groups]
    shared = Counter(plain)
    stated = [_suffixed(name, _state(group)) if shared[name] > 1 else name for name, group in zip(plain, groups, strict=True)]
    again = Counter(stated)
    return [
        _suffixed(name, _office(group)) if again[name] > 1 and shared[base] > 1 else name
        for name, base, group in zip(stated, plain, groups, strict=True)
    ]


def _fullest(group: Group) -> Seen:
    """The form with most words, then with most letters, then the most frequent."""
    count = Counter(p.label for p in group)
    return min(group, key=lambda p: (len(p.tokens[0]) == 1, -len(p.tokens), -len(p.label), -count[p.label], p.label))


def _suffixed(name: Ref, suffix: str) -> Ref:
    return Ref(f"{name}-{slug(suffix)}") if suffix else name


def _state(group: Group) -> str:
    count = Counter(s for p in group for s in p.states)
    return min(count, key=lambda s: (-count[s], s)).rpartition("/")[2] if count else ""


def _office(group: Group) -> str:
    count = Counter(form for p in group for _, form, _ in p.offices)
    return min(count, key=lambda form: (-count[form], form)) if count else ""
