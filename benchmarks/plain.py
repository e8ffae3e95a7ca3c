"""Whether plain language is read: `python -m benchmarks.plain [--misses]`.

Sentences of `tests/data/plain/` are filled by chance (always the same) with holders of offices, states, goods, rates,
and put together to reports; counted is what is told and read, and what else is read. Such language is what agencies
write most, so a slip found here, of the parser or a rule, holds in many articles. The figures say nothing of the rest.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.actions import Lead, answers
from kg.iris import slug
from kg.model import DocumentFacts, Ref
from kg.pipeline import facts_of_batch
from kg.stages.ingest.document import document
from kg.stages.parse import load

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from spacy.language import Language

PLAIN = Path(__file__).parent.parent / "tests" / "data" / "plain"
PUBLISHED = "2025-09-16"
CITIES = ("Geneva", "Vienna", "Doha", "Rome", "Oslo", "Singapore", "Madrid", "Cairo", "Lisbon", "Tallinn")
GOODS = ("cars", "steel", "coffee", "pork", "wine", "electric vehicles", "soybeans", "textiles", "copper", "whisky")
RATES = (10, 12, 15, 20, 25, 27, 30, 39, 50)
UNIONS = ("the farmers' union", "the steelworkers' union", "the carmakers' association", "the chamber of commerce")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
TAILS = ("", "", ", officials said", ", state media reported")
EVENTS = frozenset({"Meeting", "Call", "Visit", "Round", "Summit", "Signing"})


class Told(NamedTuple):
    """A text, and what each of its facts is known by: values that the assertions of one fact of the kind must hold."""

    text: str
    facts: tuple[tuple[str, frozenset[str]], ...]
    counted: frozenset[str]  # kinds of which nothing else may be read


def rows(name: str, kind: str = "") -> list[list[str]]:
    """The rows of a table, or those of a class."""
    lines = (PLAIN / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    every = [line.split("\t") for line in lines if not line.startswith("#")]
    return [row for row in every if not kind or row[-1] == kind]


def _capital(text: str) -> str:
    return ". ".join(part[:1].upper() + part[1:] for part in text.split(". "))


def encounters(chance: Random, people: list[list[str]]) -> Iterator[Told]:
    """One event between two persons."""
    for _ in range(20):
        for kind, sentence in rows("encounters"):
            a, b = _of_other_states(chance, people, 2)
            text = sentence.format(A=f"{a[0]} {a[1]}", B=f"{b[0]} {b[1]}", a=a[2], b=b[2], T1=a[0])
            yield Told(_capital(text), ((kind, frozenset({slug(a[1]), slug(b[1])})),), frozenset())


def reports(chance: Random, people: list[list[str]]) -> Iterator[Told]:
    """Five events and remarks between three persons, with surnames from the second naming on."""
    states = {code: name for name, code, _, _ in rows("states")}
    first, *rest = rows("reports")
    for _ in range(200):
        who = dict(zip("ABC", _of_other_states(chance, people, 3), strict=True))
        known = dict(zip("XYZW", chance.sample(CITIES, 4), strict=True))
        known |= {f"S{n}": states.get(who[n][3], who[n][3]) for n in "AB"}
        sentences, wanted, seen = [], [], set[str]()
        for kind, names, day, status, sentence in (first, *chance.sample(rest, 4)):
            told = {n: who[n][2] if n in seen else f"{who[n][0]} {who[n][1]}" for n in "ABC"}
            seen |= {n for n in "ABC" if f"{{{n}}}" in sentence}
            sentences.append(_capital(sentence.format(**told, **known)))
            if kind != "-":
                wanted.append((kind, frozenset({day, status, *(slug(who[n][1]) for n in names.split())})))
        yield Told("\n\n".join(sentences), tuple(wanted), EVENTS)


def offices(chance: Random, _people: list[list[str]]) -> Iterator[Told]:
    """The office of a person, and the state that he or she serves."""
    titles, names = (rows("offices", kind) for kind in ("office", "name"))
    for _ in range(60):
        for sentence, _ in rows("offices", "sentence"):
            state, code, adjective, _ = chance.choice(rows("states"))
            title, name = chance.choice(titles)[0], chance.choice(names)[0]
            high = " ".join(word.capitalize() if word not in {"of", "for"} else word for word in title.split())
            text = sentence.format(D=adjective, d=adjective, O=high, o=title, N=name, P=state, B=state)
            yield Told(_capital(text), (("Tenure", frozenset({slug(name), f"post:{code}"})),), frozenset())


def statements(chance: Random, people: list[list[str]]) -> Iterator[Told]:
    """What somebody says."""
    for title, name, surname, _ in people:
        for (sentence,) in rows("statements"):
            text = f"{title} {name} arrived in {chance.choice(CITIES)} on Sunday. " + sentence.format(a=surname)
            yield Told(_capital(text), (("Statement", frozenset({slug(name), "text:stay"})),), frozenset())


def tariffs(chance: Random, _people: list[list[str]]) -> Iterator[Told]:
    """One tariff."""
    for _ in range(60):
        for (sentence,) in rows("tariffs"):
            (a, ours, our, capital), (b, theirs, their, _) = chance.sample(rows("states"), 2)
            rate = chance.choice(RATES)
            before = rate + 10 if "cut" in sentence else rate - 2
            text = sentence.format(A=a, B=b, aa=our, bb=their, Ca=capital, g=chance.choice(GOODS), r=rate, q=before)
            talk = f"{text.replace('the the', 'the')} Officials of {a} and {b} talk in Geneva."
            known = {f"by:{ours}", f"on:{theirs}", "goods"} | ({f"rate:{rate}"} if "scrap" not in text else set())
            yield Told(_capital(talk), (("Tariff", frozenset(known)),), frozenset())


def positions(chance: Random, people: list[list[str]]) -> Iterator[Told]:
    """Where a side stands."""
    states = {row[1]: row for row in rows("states")}
    for _ in range(3):
        for stance, holder, sentence in rows("positions"):
            a, b = _of_other_states(chance, [person for person in people if person[3] in states], 2)
            (ours, code, our, capital), (theirs, other, their, _) = states[a[3]], states[b[3]]
            goods, union = chance.choice(GOODS), chance.choice(UNIONS)
            text = sentence.format(P=f"{a[0]} {a[1]}", A=ours, B=theirs, aa=our, bb=their, Ca=capital, g=goods, U=union,
                                   Cb=states[b[3]][3])  # fmt: skip
            who = {"P": {slug(a[1])}, "A": {code}, "AB": {code, other}, "U": {union.removeprefix("the ")}}[holder]
            wanted = frozenset({stance, f"word:{goods.split()[-1]}"} | who)
            yield Told(f"Officials of {ours} and {theirs} met in Geneva. They talked for two hours. {_capital(text)}",
                       (("Position", wanted),), frozenset({"Position"}))  # fmt: skip


def deadlines(chance: Random, _people: list[list[str]]) -> Iterator[Told]:
    """By when something is due."""
    for _ in range(6):
        for (sentence,) in rows("deadlines"):
            (a, _, our, capital), (b, _, their, _) = chance.sample(rows("states"), 2)
            text = sentence.format(A=a, B=b, aa=our, bb=their, Ca=capital, g=chance.choice(GOODS))
            told = f"Officials of {a} and {b} met in Geneva. They talked for two hours. {_capital(text)}"
            yield Told(told, (("Deadline", frozenset({"2025-10-01"})),), frozenset({"Deadline"}))


def leads(count: int) -> list[Lead]:
    """Lead sentences with their actions, each so many times with other states."""
    chance, found = Random(1), []  # noqa: S311  # no secrets
    for _ in range(count):
        for told, sentence in rows("leads"):
            (a, ours, our, capital), (b, theirs, their, other) = chance.sample(rows("world"), 2)
            n, m = chance.sample([row[0] for row in rows("offices", "name")], 2)
            text = sentence.format(A=a, B=b, aa=our, bb=their, Ca=capital, Cb=other, n=n, m=m, d=chance.choice(DAYS),
                                   an_aa=_article(our), an_bb=_article(their), An_aa=_capital(_article(our)),
                                   An_bb=_capital(_article(their)))  # fmt: skip
            tail = "" if " said" in text or " announced" in text else chance.choice(TAILS)
            codes = {"A": ours, "B": theirs}
            actions = (action.split() for action in told.split(","))
            gold = ((codes.get(source, source), root, codes.get(to, to)) for source, root, to in actions)
            found.append(Lead(f"{text[0].upper()}{text[1:]}{tail}.", frozenset(gold)))
    return found


def _article(word: str) -> str:
    return f"{'an' if word[0] in 'AEIO' or word == 'Uzbek' else 'a'} {word}"


def lists(chance: Random, _people: list[list[str]]) -> Iterator[Told]:
    """The rates of six countries."""
    for _ in range(6):
        for line, _ in rows("lists", "line"):
            some = chance.sample([row for row in rows("states") if row[1] != "US"], 6)
            rates = [chance.choice(RATES) for _ in some]
            body = [line.format(c=s[0].removeprefix("the "), r=r, q=r + 5, n=n)
                    for n, (s, r) in enumerate(zip(some, rates, strict=True), 1)]  # fmt: skip
            wanted = tuple(("Tariff", frozenset({"by:US", f"on:{s[1]}", f"rate:{r}"}))
                           for s, r in zip(some, rates, strict=True))  # fmt: skip
            yield Told("\n".join([chance.choice(rows("lists", "head"))[0], "", *body]), wanted, frozenset({"Tariff"}))


KINDS: tuple[Callable[[Random, list[list[str]]], Iterator[Told]], ...] = (
    encounters, reports, offices, statements, tariffs, lists, positions, deadlines)  # fmt: skip


def _of_other_states(chance: Random, people: list[list[str]], count: int) -> list[list[str]]:
    while True:
        some = chance.sample(people, count)
        if len({person[3] for person in some}) == count:
            return some


def _read(one: DocumentFacts) -> list[tuple[str, frozenset[str]]]:
    """Each fact by its kind and by what its assertions hold, in the words of `Told.facts`."""
    known = {e.id: e for e in one.entities}
    found = []
    for fact in one.facts:
        held = set[str]()
        for said in fact.assertions:
            value = str(said.value)
            entity, name = known.get(Ref(value)), value.rpartition("/")[2]
            prefix = {"imposedBy": "by:", "target": "on:", "rate": "rate:"}.get(said.property, "")
            held |= {prefix + name, value, *(["goods"] if said.property == "product" else [])}
            held |= {value[:7]} if said.property == "date" else set()
            held |= {f"post:{(entity.country or '')[-2:]}"} if said.property == "post" and entity is not None else set()
            held |= {f"word:{word.strip('.,')}" for word in value.split()} if said.property == "text" else set()
            held |= {entity.label.removeprefix("the ")} if entity is not None else set()
            held |= {"text:stay"} if said.property == "text" and "stay" in value else set()
        found.append((fact.kind.value, frozenset(held)))
    return found


def measure(nlp: Language, told: list[Told]) -> tuple[int, list[str], list[str]]:
    """How many facts are read, and those that are missed or that nobody told, with their texts."""
    documents = [document(f"d{n}.txt", f"date {PUBLISHED}\n\n{one.text}\n") for n, one in enumerate(told)]
    right, missed, extra = 0, list[str](), list[str]()
    for one, read in zip(told, facts_of_batch(documents, nlp), strict=True):
        left = _read(read) if isinstance(read, DocumentFacts) else []
        for kind, wanted in one.facts:
            hit = next((fact for fact in left if fact[0] == kind and wanted <= fact[1]), None)
            right += hit is not None
            missed += [] if hit else [f"{kind} {sorted(wanted)}: {one.text}"]
            left = [fact for fact in left if fact is not hit]
        extra += [f"{kind}: {one.text}" for kind, _ in left if kind in one.counted]
    return right, missed, extra


def measure_leads(nlp: Language, given: list[Lead]) -> tuple[int, list[str], list[str]]:
    """As `measure`, of who does what to whom in lead sentences."""
    right, missed, extra = 0, list[str](), list[str]()
    for lead, found in zip(given, answers(given, nlp), strict=True):
        right += len(lead.gold & found)
        missed += [f"{' '.join(action)}: {lead.text}" for action in sorted(lead.gold - found)]
        extra += [f"{' '.join(action)}: {lead.text}" for action in sorted(found - lead.gold)]
    return right, missed, extra


def main() -> None:
    """Print, for each kind of text, how many facts are read, missed and too many."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--misses", action="store_true", help="every fact that is missed or too many, with its text")
    args = parser.parse_args()
    nlp, people = load(), rows("people")
    totals: dict[str, tuple[int, list[str], list[str]]] = defaultdict(lambda: (0, [], []))
    for kind in KINDS:
        totals[kind.__name__] = measure(nlp, list(kind(Random(1), people)))  # noqa: S311  # no secrets
    totals["leads"] = measure_leads(nlp, leads(4))
    for name, (right, missed, extra) in totals.items():
        print(f"{name:11} read {right} of {right + len(missed)}, {len(extra)} more")
        for note in [f"missed {m}" for m in missed] + [f"extra {e}" for e in extra] if args.misses else []:
            print(f"  {note}")


if __name__ == "__main__":
    main()
