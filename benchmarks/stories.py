"""A story of several articles as its graph tells it, article by article, and which node each gold mention is.

Only the vocabulary is read, so nothing here depends on how the graph was made: the default graph for what is known of a
node, the graphs of an article's sentences for what that article says of it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from benchmarks.extra import overlap, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from pyoxigraph import Quad

FAMILY = {"Meeting": "meeting", "Round": "meeting", "Summit": "meeting", "Call": "call", "Visit": "visit",
          "Signing": "signing", "Tariff": "tariff"}  # fmt: skip
DETAILS = ("minutes", "round", "partOfDay")  # what tells two events of one day apart
Gold = dict[str, Any]
Values = dict[str, set[str]]  # property -> values; of one node, and as one article has it


@dataclass(frozen=True, slots=True)
class Story:
    """One graph of several articles, by what it knows of each node and what each article says of it."""

    known: Mapping[str, Values]
    said: Mapping[tuple[str, str], Values]  # (article, node)

    def of(self, article: str, *kinds: str) -> list[str]:
        """The nodes of these families that the article tells, sorted."""
        return sorted(node for (doc, node), values in self.said.items()
                      if doc == article and any(FAMILY.get(t, t) in kinds for t in values["type"]))  # fmt: skip

    def names(self, node: str) -> set[str]:
        """All names and codes of a node."""
        values = self.known[node]
        return {n for p in ("name", "label", "altLabel", "identifier") for n in values[p]} | {local(node)}


@dataclass(slots=True)
class Matched:
    """Which node each gold mention is, and which gold thing each (article, node) is; optional ones are marked."""

    node: dict[tuple[str, str], str] = field(default_factory=dict)  # (article, gold id) -> node
    gold: dict[tuple[str, str], str] = field(default_factory=dict)  # (article, node) -> gold id
    optional: set[tuple[str, str]] = field(default_factory=set)  # (article, gold id)


def local(iri: str) -> str:
    """The last part of a name."""
    return iri.rsplit("#", 1)[-1].rsplit("/", 1)[-1]


def story(quads: Iterable[Quad], articles: Sequence[str]) -> Story:
    """The graph by node. An article's name is the end of its document's IRI."""
    known: dict[str, Values] = defaultdict(lambda: defaultdict(set))
    said: dict[tuple[str, str], Values] = defaultdict(lambda: defaultdict(set))
    for quad in quads:
        subject, predicate, value = _text(quad.subject), local(quad.predicate.value), _text(quad.object)
        sentence = _text(quad.graph_name)
        values = said[_article(sentence, articles), subject] if sentence else known[subject]
        values[predicate].add(local(value) if predicate in ("type", "status", "property") else value)
    for sentence, values in list(known.items()):
        for person in values["mentions"]:
            if "Person" in known[person]["type"]:
                said[_article(sentence, articles), person]["type"].add("person")
    return Story(known, said)


def _text(term: object) -> str:
    """An IRI, or the words of a literal; nothing for the default graph."""
    return str(getattr(term, "value", ""))


def _article(sentence: str, articles: Sequence[str]) -> str:
    document = sentence.split("#", 1)[0]
    return next((a for a in articles if document.endswith(f"/{a}")), "")


def match(gold: Sequence[Gold], found: Story, kinds: Sequence[str], score: Callable[[Gold, str], float]) -> Matched:
    """One node for each gold mention, best first; among equals the node that is this gold thing elsewhere already.

    Args:
        gold: Things with their mentions, each naming its document.
        found: The graph.
        kinds: Families of nodes to look among.
        score: How well a node fits a mention in its article; 0 where it does not.
    """
    mentions = [(one["id"], m) for one in gold for m in one["mentions"]]
    result = Matched(optional={(m["document"], thing) for thing, m in mentions if m.get("optional")})
    rest = [(value, thing, m["document"], node) for thing, m in mentions
            for node in found.of(m["document"], *kinds) if (value := score(m, node)) > 0]  # fmt: skip
    rest.sort(key=lambda pair: (-pair[0], pair[1:]))
    while rest:
        same = {(thing, node) for (_, thing), node in result.node.items()}
        ranks = [((p[2], p[1]) not in result.optional, p[0], (p[1], p[3]) in same) for p in rest]
        _, thing, article, node = rest[ranks.index(max(ranks))]
        result.node[article, thing] = node
        result.gold[article, node] = thing
        rest = [p for p in rest if (p[2], p[1]) != (article, thing) and (p[2], p[3]) != (article, node)]
    return result


def fits_event(found: Story, gold: Sequence[Gold]) -> Callable[[Gold, str], float]:
    """How well a node fits a gold event mention: family, someone in common, no other day; then details.

    Args:
        found: The graph.
        gold: The people of the gold, with names and country.
    """
    people = {person["id"]: person["names"] for person in gold}
    states = {person["id"]: [person["country"]] for person in gold}

    def share(mention: Gold, said: Values, known: Values) -> float:
        named = said["participant"] or known["participant"]
        actors = [found.names(actor) for actor in sorted(named | said["party"] | known["party"])]
        if not any("Person" in found.known[actor]["type"] for actor in named):  # told as between states
            wanted = {country for who in mention["participants"] for country in (who, *states.get(who, ()))}
            return 0.5 * any(_called(w, names) for w in wanted for names in actors)
        there = [any(_called(form, names) for names in actors for form in people.get(who, [who]))
                 for who in mention["participants"]]  # fmt: skip
        return sum(there) / len(there)

    def score(mention: Gold, node: str) -> float:
        said = found.said[mention["document"], node]
        known = found.known[node]
        if FAMILY[mention["type"]] not in {FAMILY.get(t) for t in said["type"]}:
            return 0.0
        dates = said["date"]
        if mention["date"] and dates and not any(_agree(mention["date"], d) for d in dates):
            return 0.0
        there = share(mention, said, known)
        if not there:
            return 0.0
        details = sum(same_value(mention[d], said[d]) for d in DETAILS if d in mention)
        standing = 0.5 * (mention["status"] in {s.lower() for s in said["status"]})
        return there + bool(dates and mention["date"]) + details + standing

    return score


def fits_tariff(found: Story) -> Callable[[Gold, str], float]:
    """How well a node fits a gold tariff mention: no other rate or product; then imposer, target, previous rate."""

    def score(mention: Gold, node: str) -> float:
        said = found.said[mention["document"], node]
        known = found.known[node]
        if mention["rate"] is not None and not same_value(mention["rate"], said["rate"]):
            return 0.0
        labels = {n for product in known["product"] for n in found.names(product)}
        if mention["product"] and labels and not any(overlap(mention["product"], n) >= 0.5 for n in labels):
            return 0.0
        sides = sum(mention[side] in {n for a in known[edge] for n in found.names(a)}
                    for side, edge in (("imposer", "imposedBy"), ("target", "target")))  # fmt: skip
        return sides + bool(labels) + same_value(mention["previous"], said["previousRate"]) if sides else 0.0

    return score


def fits_person(found: Story) -> Callable[[Gold, str], float]:
    """How well a node fits a gold person in an article: 2 for the same full name, 1 for a shared form.

    Of two of one name in an article the one who serves the gold's state fits better.
    """

    def score(mention: Gold, node: str) -> float:
        forms = [words(name) for name in found.names(node)]
        full, *others = mention["names"]
        state = any(mention.get("country") in found.names(s) for s in found.known[node]["represents"])
        if words(full) in forms:
            return 2.0 + state / 2
        return float(any(words(name) in forms for name in others)) and 1.0 + state / 2

    return score


def _agree(wanted: str, date: str) -> bool:
    return wanted.startswith(date) or date.startswith(wanted)


def _called(name: str, names: set[str]) -> bool:
    return name in names or (len(name) > 2 and any(words(name) == words(n) for n in names))


def same_value(wanted: object, values: set[str]) -> bool:
    """Whether a value of the gold is among those of a node; numbers as numbers."""
    if isinstance(wanted, (int, float)):
        return any(float(v) == wanted for v in values)
    return wanted in values
