"""Questions to the graph: those of `ontology/queries`, SPARQL text, and SPARQL files.

A question's file opens with comment lines that make it readable and callable:

    #+ question: Which meetings and calls did two people have?
    #+ param: a: person (a person's name)
    #+ example: kg query GRAPH meetings-between a="Ken Tanaka" b="Jane Doe"

Parameters are bound as RDF terms, never put into the text. The engine binds only variables that the
query selects, so a question selects its parameters; its answer leaves their columns out.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from kg import names
from kg.errors import QueryError
from kg.literals import HALF
from kg.resources import ontology
from kg.result import NAMESPACES, Result, Value, csv_text, json_text, table, term, value, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pyoxigraph import BlankNode, Literal, NamedNode, Quad, QuerySolutions, Triple

    from kg.store import Graph

Answer: TypeAlias = "Result | bool | tuple[Quad, ...]"
DEEPEST = 200  # brackets within brackets; from 2,000 to 3,000 on the parser of pyoxigraph ends the process
FORMATS = ("table", "csv", "json", "ttl")

_HEADER = re.compile(r"^#\+ (question|param|example): *(.+?) *$", re.MULTILINE)
_PARAM = re.compile(r"(\w+): ([a-z]+)(?: \((.+)\))?")
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
TOKEN = re.compile(
    r"""(?P<comment>\#[^\n\r]*)
      | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
      | (?P<string>'{3}(?:\\.|(?!'{3}).)*'{3}|"{3}(?:\\.|(?!"{3}).)*"{3}|'(?:\\.|[^'\\\n\r])*'|"(?:\\.|[^"\\\n\r])*")
      | (?P<variable>[?$]\w+)
      | (?P<language>@[A-Za-z][A-Za-z0-9-]*)
      | (?P<prefixed>[\w.-]*:(?:[\w.:%-]|\\.)*)
      | (?P<word>\w+)
      | (?P<other>\s+|.)""",
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value that a question needs, of one of the types of `kg.names.TYPES`."""

    name: str
    type: str
    words: str


@dataclass(frozen=True, slots=True)
class Question:
    """A query with the question in words; `place` is what messages call it."""

    name: str
    question: str
    parameters: tuple[Parameter, ...]
    example: str
    text: str
    place: str


@cache
def questions() -> dict[str, Question]:
    """The named questions by name, sorted."""
    paths = sorted(ontology("queries").glob("*.rq"))
    return {path.stem: _question(path.read_text(encoding="utf-8"), path.stem, path.name) for path in paths}


def _question(text: str, name: str, place: str) -> Question:
    header: dict[str, list[str]] = {"question": [], "param": [], "example": []}
    for key, content in _HEADER.findall(text):
        header[key].append(content)
    parameters = []
    for line in header["param"]:
        match = _PARAM.fullmatch(line)
        if not match or match[2] not in names.TYPES:
            raise QueryError(f"{place}: '#+ param: {line}' must read NAME: TYPE (words), TYPE one of "
                             f"{', '.join(names.TYPES)}")  # fmt: skip
        parameters.append(Parameter(match[1], match[2], match[3] or match[2]))
    return Question(name, " ".join(header["question"]), tuple(parameters), " ".join(header["example"]), text, place)


def find(question: str) -> Question:
    """The question that the words stand for: a name, SPARQL text, or @ and a file with SPARQL text.

    Raises:
        QueryError: no such name or file.
    """
    if question.startswith("@"):
        path = Path(question[1:])
        try:
            return _question(path.read_text(encoding="utf-8"), path.stem, str(path))
        except (OSError, UnicodeDecodeError) as error:
            raise QueryError(f"{path}: the query cannot be read: {getattr(error, 'strerror', None) or error}") from None
    if question in questions():
        return questions()[question]
    if re.search(r"[\s{]", question):
        return _question(question, "", "query")
    near = names.nearest(question, questions())
    raise QueryError(f"no question is called {question!r}{near}; list them with kg query --list")


def ask(graph: Graph, question: str, bindings: Mapping[str, Value]) -> Answer:
    """Answer a question over the graph.

    Args:
        graph: What to ask.
        question: A name of `questions()`, SPARQL text, or `@file.rq`.
        bindings: Parameters; a str may be a name as written, an IRI or a prefixed name.

    Returns:
        SELECT: a Result, in the query's order, or sorted where it states none. ASK: a bool.
        CONSTRUCT and DESCRIBE: quads, sorted.

    Raises:
        QueryError: the query does not parse or calls SERVICE; a parameter is missing, unknown or ambiguous.
    """
    from pyoxigraph import DefaultGraph, Quad, QueryBoolean, QuerySolutions, Variable

    asked = find(question)
    tokens = _checked(asked)
    declared = {p.name: p.type for p in asked.parameters} or _variables(tokens, bindings)
    _expect(asked, declared, bindings)
    terms: dict[Variable, NamedNode | BlankNode | Literal | Triple] = {
        Variable(name): term(names.resolve(graph, declared[name], name, given)) for name, given in bindings.items()
    }
    with told(asked):
        answer = graph.store.query(asked.text, prefixes=NAMESPACES, substitutions=terms)
        if isinstance(answer, QueryBoolean):
            return bool(answer)
        if not isinstance(answer, QuerySolutions):
            return tuple(sorted((Quad(t.subject, t.predicate, t.object, DefaultGraph()) for t in answer), key=str))
        ordered = any(kind == "word" and token.upper() == "ORDER" for kind, token in tokens)
        return _result(answer, ordered=ordered, hidden={p.name for p in asked.parameters})


def sparql(text: str) -> Question:
    """The question that SPARQL text from anywhere asks; it is never the name of a file.

    Raises:
        QueryError: it calls SERVICE, or the engine's parser would not survive it.
    """
    asked = Question("", "", (), "", text, "query")
    _checked(asked)
    return asked


@contextmanager
def told(asked: Question) -> Iterator[None]:
    """Tell what the engine says against a query in one line.

    Raises:
        QueryError: the query does not parse, or cannot be bound.
    """
    try:
        yield
    except SyntaxError as error:
        raise QueryError(_place(asked, str(error))) from error
    except RuntimeError as error:
        raise QueryError(_unselected(asked, str(error))) from error


def _checked(asked: Question) -> list[tuple[str, str]]:
    """The tokens of a query that the engine's parser takes without breaking the process, and that stays here.

    Raises:
        QueryError: it is no UTF-8, nests deeper than any question does, or calls SERVICE.
    """
    if HALF.search(asked.text):
        raise QueryError(f"{asked.place}: the query is no text in UTF-8; write it again")
    depth = 0
    for match in re.finditer(r"[{(\[]|[\])}]", asked.text):
        depth += 1 if match[0] in "{([" else -1
        if depth > DEEPEST:
            raise QueryError(f"{asked.place}: the query nests brackets deeper than {DEEPEST}; write it flatter")
    tokens = list(_tokens(asked.text))
    if any(kind == "word" and token.upper() == "SERVICE" for kind, token in tokens):
        raise QueryError(f"{asked.place}: SERVICE is not allowed, a query never leaves this machine; remove it")
    return tokens


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    """The tokens of a SPARQL text with their kinds; escapes are read first, as the parser does."""
    plain = _ESCAPE.sub(lambda m: chr(min(int(m[1] or m[2], 16), 0x10FFFF)), text)
    for match in TOKEN.finditer(plain):
        kind = match.lastgroup or "other"
        if kind not in ("comment", "other"):
            yield kind, match.group()


def _variables(tokens: list[tuple[str, str]], bindings: Mapping[str, Value]) -> dict[str, str]:
    """The parameters of a query that declares none: those of its variables that are bound."""
    used = {token[1:] for kind, token in tokens if kind == "variable"}
    return {name: "any" for name in bindings if name in used}


def _expect(asked: Question, declared: Mapping[str, str], bindings: Mapping[str, Value]) -> None:
    wrong = sorted(set(bindings) - set(declared)), sorted(set(declared) - set(bindings))
    for kind, found in zip(("unknown", "missing"), wrong, strict=True):
        if found:
            expected = ", ".join(f"{p.name} ({p.words})" for p in asked.parameters) or "none but its variables"
            raise QueryError(f"{asked.name or asked.place}: {kind} parameter {', '.join(found)}; expected: {expected}")


def _result(answer: QuerySolutions, *, ordered: bool, hidden: set[str]) -> Result:
    shown = [(n, v.value) for n, v in enumerate(answer.variables) if v.value not in hidden]
    values = _Values({None: None})
    rows = [tuple([values[cells[n]] for n, _ in shown]) for cells in map(tuple, answer)]
    if not ordered:
        rows.sort(key=lambda row: tuple(words(cell) for cell in row))
    return Result(tuple(name for _, name in shown), tuple(rows))


class _Values(dict["NamedNode | BlankNode | Literal | Triple | None", "Value | None"]):
    """The value of each term, made once: most terms stand in many rows."""

    def __missing__(self, term: NamedNode | BlankNode | Literal | Triple) -> Value:
        found = self[term] = value(term)
        return found


def _place(asked: Question, message: str) -> str:
    """One line for a parser's message of many: where it stopped, and at which word."""
    match = re.search(r"error at (\d+):(\d+)", message)
    if not match:
        return f"{asked.place}: the query does not parse: {' '.join(message.split())[:120]}; correct it"
    line, column = int(match[1]), int(match[2])
    text = asked.text.splitlines()[line - 1] if asked.text.strip() else ""
    # The parser may stop inside a word; the whole word says more.
    word = next((m[0] for m in re.finditer(r"\S+", text) if m.end() >= column), "")
    at = repr(word[:40]) if word else "the end of the line"
    hint = "declare its prefix" if "Prefix not found" in message else "correct it"
    return f"{asked.place}:{line}:{column}: the query does not parse at {at}; {hint}"


def _unselected(asked: Question, message: str) -> str:
    match = re.search(r"variable (\?\w+)", message)
    name = match[1] if match else "a parameter"
    return f"{asked.place}: the query does not select {name}, so it cannot be bound; add {name} to its SELECT"


def render(answer: Answer, format: str = "table", *, width: int | None = None) -> str:
    """The answer as text in one of FORMATS.

    Raises:
        QueryError: the format is unknown, or does not fit the answer.
    """
    if format not in FORMATS:
        raise QueryError(f"unknown format {format!r}; one of {', '.join(FORMATS)}")
    if isinstance(answer, tuple):
        return _turtle(answer)
    if format == "ttl":
        raise QueryError("ttl takes the answer of CONSTRUCT or DESCRIBE; use table, csv or json")
    if format == "json":
        return json_text(answer)
    if isinstance(answer, bool):
        return f"{words(answer)}\n"
    return csv_text(answer) if format == "csv" else table(answer, width=width)


def _turtle(quads: tuple[Quad, ...]) -> str:
    from kg.export import turtle
    from kg.store import Graph

    return turtle.write(Graph.from_quads(quads)).decode()
