"""Which persons of different documents are one, and the name that they have in common.

Names that differ in order, hyphens and diacritics only are one person unless states or offices contradict. Other forms
need more: an initial or a middle name the same surname and state, another spelling of the given name the same office or
company, a surname alone the only person of that surname who fits.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from kg.iris import slug
from kg.join.seen import Known, Seen, same_words, share_office, spelt, surnames
from kg.model import Ref

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from kg.join.agreed import Names

ALIKE = 85  # ratio of two spellings of one surname: "Zelensky" and "Zelenskyy" give 94, "Tanaka" and "Nakata" 67
_GIVEN = 80  # ratio of two spellings of a given name beside such surnames: "Haidar" and "Haydar" give 83
_SPELLED = 4  # letters from which one letter more, less or other in a given name is a spelling: "Oleh", "Oleg"
_SOUNDS = 9  # characters of a full name from which two spellings of it in one state are hardly two people


def common_names(every: Sequence[Seen]) -> Names:
    """Document and the name it gives to a person -> the common name, where it is another one.

    Args:
        every: All persons, sorted; or as many of them as `links` holds together, without changing what they give.
    """
    full = [p for p in every if not p.surname_only]
    groups = _merged([g for same in _by_key(full, lambda p: same_words(p.tokens)) for g in _namesakes(same)])
    alone = _attached([p for p in every if p.surname_only], groups)
    groups += [g for same in _by_key(alone, lambda p: p.ref) for g in _namesakes(same)]
    found = zip(groups, _names([group.people for group in groups]), strict=True)
    return {(p.document, p.ref): name for group, name in found for p in group.people if p.ref != name}


def _by_key(people: Iterable[Seen], key: Callable[[Seen], str]) -> list[list[Seen]]:
    found: dict[str, list[Seen]] = defaultdict(list)
    for person in people:
        found[key(person)].append(person)
    return [found[k] for k in sorted(found)]


def _namesakes(same: list[Seen]) -> list[Known]:
    """People of one name: one person, or several namesakes, those first of whom most is told.

    Someone of whom too little is told to say which namesake he is stays alone.
    """
    groups: list[Known] = []
    for person in sorted((p for p in same if p.states or p.offices), key=lambda p: (not p.states, not p.offices, p)):
        fits = [g for g in groups if not g.contradicts(person)]
        close = [g for g in fits if g.shares_office(person)] or fits
        if close and (person.states or len(close) == 1):
            close[0].add(person)
        else:
            groups.append(Known([person]))
    rest: list[Seen] = []
    told = list(groups)
    for person in same:
        if not (person.states or person.offices):
            fits = [g for g in told if person.document not in g.documents]
            fits = [g for g in fits if g.keeps_company(person)] or fits
            if len(fits) == 1:
                fits[0].add(person)
            else:
                rest.append(person)
    return [*groups, Known(rest)] if rest else groups


def _merged(groups: list[Known]) -> list[Known]:
    """Groups whose names are forms of one name, put together: initials, middle names, other spellings."""
    blocks: dict[str, list[int]] = defaultdict(list)
    for n, group in enumerate(groups):
        offices = {f"{state} {form}" for state, form, _ in group.offices if state}
        names = {name for p in group.people for name in (p.tokens[1], p.tokens[-1], spelt(p.tokens))}
        for key in sorted(names | offices):
            blocks[key].append(n)
    keys = [same_words(group.people[0].tokens) for group in groups]  # namesakes were told apart before
    found = {pair for block in blocks.values() for pair in combinations(block, 2)}
    pairs = sorted((a, b) for a, b in found if keys[a] != keys[b])
    forms = [_forms(group.people) for group in groups]
    scored = [(a, b, score) for a, b in pairs if (score := max(_form(x, y) for x in forms[a] for y in forms[b]))]
    near: dict[int, set[int]] = defaultdict(set)
    for a, b, _ in scored:
        near[a].add(b)
        near[b].add(a)
    home = list(range(len(groups)))
    for a, b, _ in sorted(scored, key=lambda s: (-s[2], forms[s[0]][0], forms[s[1]][0])):
        one, other = home[a], home[b]
        vague = [n for n in (a, b) if not groups[n].states or all(len(p.tokens[0]) == 1 for p in groups[n].people)]
        torn = any({home[m] for m in near[n]} - {one, other} for n in vague)
        if one == other or torn or any(groups[one].contradicts(person) for person in groups[other].people):
            continue
        for person in groups[other].people:
            groups[one].add(person)
        home = [one if n == other else n for n in home]
    return [groups[n] for n in sorted(set(home))]


def _forms(people: Iterable[Seen]) -> list[Seen]:
    """One person for each form of the name, with all that is told of it."""
    best: dict[tuple[str, ...], Seen] = {}
    for person in sorted(people, key=lambda p: (-len(p.states), -len(p.offices), p)):
        best.setdefault(person.tokens, person)
    return list(best.values())


def _form(one: Seen, other: Seen) -> int:
    """How sure it is that two names are forms of one: 3 a middle name more, 2 an initial, 1 a spelling, else 0."""
    a, b = one.tokens, other.tokens
    if one.states & other.states and spelt(a) == spelt(b) and len(spelt(a)) >= _SOUNDS:
        return 2
    short = min(len(a), len(b))
    if a[:short] == b[:short] and short > 1 and len(a) != len(b):  # "Ana Quispe Tello", "Ana Quispe"
        return 3 if share_office(one, other) or one.states & other.states or _one_desk(one, other) else 0
    if a[-1] != b[-1]:
        alike = fuzz.ratio(a[-1], b[-1]) >= ALIKE and (a[0] == b[0] or fuzz.ratio(a[0], b[0]) >= _GIVEN)
        return int(alike and share_office(one, other))
    longer, shorter = (a, b) if len(a) >= len(b) else (b, a)
    if a[0] == b[0]:
        return 3 if set(shorter) <= set(longer) or _initials(a[1:-1], b[1:-1]) else 0
    state = bool(one.states & other.states)
    if 1 in (len(a[0]), len(b[0])) and a[0][0] == b[0][0]:
        return 2 if state else 0
    spelled = min(len(a[0]), len(b[0])) >= _SPELLED and Levenshtein.distance(a[0], b[0]) == 1
    office = share_office(one, other)
    return int((spelled and state and (office or bool(one.company & other.company))) or (a[0][0] == b[0][0] and office))


def _one_desk(one: Seen, other: Seen) -> bool:
    """Whether two hold an office of one name among the same people: then a report has its state wrong."""
    forms = [{form for _, form, _ in person.offices if form} for person in (one, other)]
    return bool(forms[0] & forms[1]) and bool(one.company & other.company)


def _initials(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether middle names do not contradict: "F." and "Fitzgerald"."""
    return all((a[0] == b[0] and 1 in (len(a), len(b))) or a == b for a, b in zip(one, other, strict=False))


def _attached(alone: list[Seen], groups: list[Known]) -> list[Seen]:
    """Puts surnames to the only person who fits, and gives back those who stay alone."""
    by_surname: dict[str, list[Known]] = defaultdict(list)
    for group in groups:
        for name in sorted({s for p in group.people for s in surnames(p)}):
            by_surname[name].append(group)
    left, found = [], []
    for person in alone:
        fits = [g for g in by_surname[" ".join(person.tokens)] if not g.contradicts(person)]
        office = [g for g in fits if g.shares_office(person)]
        state = [g for g in fits if g.states & person.states]
        best = office or state or [g for g in fits if g.keeps_company(person)]
        if len(best) == 1:
            found.append((best[0], person))
        else:
            left.append(person)
    for group, person in found:
        group.add(person)
    return left


def _names(groups: Sequence[Sequence[Seen]]) -> list[Ref]:
    """The name of each group: that of the fullest form; namesakes get their state or office behind it."""
    plain = [_fullest(group).ref for group in groups]
    shared = Counter(plain)
    told = list(zip(plain, groups, strict=True))
    stated = [_suffixed(name, _state(group)) if shared[name] > 1 else name for name, group in told]
    again = Counter(stated)
    return [
        _suffixed(name, _office(group)) if again[name] > 1 and shared[base] > 1 else name
        for name, (base, group) in zip(stated, told, strict=True)
    ]


def _fullest(group: Sequence[Seen]) -> Seen:
    """The form with most words, then with most letters, then the most frequent."""
    count = Counter(p.label for p in group)
    return min(group, key=lambda p: (len(p.tokens[0]) == 1, -len(p.tokens), -len(p.label), -count[p.label], p.label))


def _suffixed(name: Ref, suffix: str) -> Ref:
    return Ref(f"{name}-{slug(suffix)}") if suffix else name


def _state(group: Sequence[Seen]) -> str:
    count = Counter(s for p in group for s in p.states)
    return min(count, key=lambda s: (-count[s], s)).rpartition("/")[2] if count else ""


def _office(group: Sequence[Seen]) -> str:
    count = Counter(form for p in group for _, form, _ in p.offices)
    return min(count, key=lambda form: (-count[form], form)) if count else ""
