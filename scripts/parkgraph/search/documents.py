"""What is searched: every named node with its fields, and every saved question with every value it takes.

It is made once from the graph and its questions, and kept beside it in the cache."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Literal as OneOf
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode

from parkgraph.ask.labels import NAMING
from parkgraph.ask.parameters import substitute
from parkgraph.ask.question import Parameter, Question
from parkgraph.ask.run import named, on_oxigraph
from parkgraph.errors import Usage
from parkgraph.graph.cache import KEPT, cache_folder, content_key
from parkgraph.messages import Text, _
from parkgraph.names import GRAPH_INFERRED, PARK, SKOS
from parkgraph.read.files import Root, read_bytes
from parkgraph.search.index import Index, comparable, weighted
from parkgraph.search.things import AXIOM, DEFINITIONS, STATEMENT, TYPE, Texts, Things
from parkgraph.show.cells import Term, passages
from parkgraph.show.output import opened

Kind = OneOf["thing", "fact", "question"]
Fields = dict[str, list[str]]

FIELDS = {
    "name": 3.0,
    "alias": 3.0,
    "value": 1.5,
    "linked": 1.0,
    "kind": 0.5,
    "said of": 1.0,
    "definition": 0.3,
}
"""Field of a document → weight: what a thing is called counts more than what is near it."""

LOOKUPS = ("entity", "concept")
MEMBERSHIP = {
    "entity": (TYPE,),
    "concept": (NamedNode(SKOS + "inScheme"), NamedNode(SKOS + "topConceptOf")),
}
"""Kind of a parameter → how a node belongs to the class or scheme it takes."""

MOST_VALUES = 300
"""Values of a parameter for which a question is read beforehand. One that takes more takes nearly anything:
that tells nothing of what was asked, and `show` tells it of each thing."""

_INFERRED, _HIDDEN = NamedNode(GRAPH_INFERRED), NamedNode(SKOS + "hiddenLabel")
_SAID_AS, _SOURCE_WORD = NamedNode(PARK + "saidAs"), NamedNode(PARK + "sourceWord")
_SHOWN = tuple(one for one in NAMING if one != _HIDDEN)
_NEAR = 8  # texts of a field that count in full; more of them count as their square root
_SOLUTIONS = 20_000  # at most, of one query for all values of a parameter
_NOT_READ = ("basis", "evidence")  # columns that tell nothing of what was asked
_CELLS = 60  # different cells of an answer that make up its document


class Document(NamedTuple):
    """What is found.  kind: thing, fact (a statement about things) or question.  iri: or a question's id."""

    kind: Kind
    iri: str
    names: list[str]
    aliases: list[str]


class Asked(NamedTuple):
    """A saved question as `show` tells it.  parameters: name, kind, IRI of the class or scheme it takes."""

    id: str
    summary: dict[str, str]
    parameters: list[tuple[str, str, str]]

    @classmethod
    def of(cls, question: Question) -> Asked:
        """What is told of `question`."""
        taken = [
            (one.name, str(one.kind), one.of) for one in question.parameters.values() if one.kind in LOOKUPS
        ]
        return cls(question.id, dict(question.summary), taken)


class Route(NamedTuple):
    """A saved question, and the value of one of its parameters; both "" for its defaults."""

    question: str
    parameter: str
    value: str


Weights = dict[str, float]


def node_documents(things: Things) -> Iterator[tuple[Document, Fields]]:
    """Every node that has a name, passages and annotations left out."""
    named_nodes = {
        quad.subject
        for predicate in NAMING
        for quad in things.quads(None, predicate)
        if isinstance(quad.subject, NamedNode) and not passages(quad.subject.value)
    }
    for node in sorted(named_nodes, key=lambda node: node.value):
        if not things.is_a(node, AXIOM):
            fields = node_fields(things, node)
            kind: Kind = "fact" if things.is_a(node, STATEMENT) else "thing"
            yield Document(kind, node.value, fields["name"], fields["alias"]), fields


def node_fields(things: Things, node: NamedNode) -> Fields:
    """What a node is found by: field → texts."""
    fields: Fields = {field: [] for field in FIELDS}
    fields["name"] = _both(things.name(node).label)
    fields["alias"] = things.aliases(node)
    kinds = things.kinds(node)
    fields["kind"] = [text for kind in kinds for text in _named(things, kind)]
    fields["definition"] = [text for each in (node, *kinds) for text in _defined(things, each)]
    for quad in things.quads(node):
        if quad.graph_name != _INFERRED and quad.predicate not in things.annotations:
            fields["kind"] += _named(things, quad.predicate)
            if isinstance(quad.object, Literal):
                fields["value"].append(quad.object.value)
            elif isinstance(quad.object, NamedNode):
                fields["linked"] += _named(things, quad.object)
                fields["definition"] += _defined(things, quad.object)
    for quad in things.quads(None, None, node):
        subject = quad.subject
        asserted = quad.graph_name != _INFERRED and quad.predicate not in things.annotations
        if asserted and isinstance(subject, NamedNode):
            fields["kind"] += _named(things, quad.predicate)
            if things.is_a(subject, STATEMENT):
                fields["said of"] += _both(things.name(subject).label)
    return {field: list(dict.fromkeys(texts)) for field, texts in fields.items()}


def question_fields(question: Question) -> Fields:
    """What a saved question is found by."""
    fields: Fields = {field: [] for field in FIELDS}
    fields["name"] = _both(question.summary)
    fields["alias"] = [question.id, *examples_of(question)]
    fields["value"] = _both(question.description)
    fields["linked"] = [text for texts in question.columns.values() for text in _both(texts)]
    fields["kind"] = [question.topic]
    return fields


def examples_of(question: Question) -> list[str]:
    """The wordings under `examples:` of its header."""
    return [text for texts in question.examples.values() for text in texts]


def weighed(fields: Fields) -> Iterator[tuple[float, str]]:
    """(weight, text): many near things say no more than some, or what a park has would drown what it is."""
    for field, weight in FIELDS.items():
        texts = list(dict.fromkeys(fields[field]))
        for text in texts:
            yield weight / max(1.0, (len(texts) / _NEAR) ** 0.5), text


# --- saved questions with their answers ----------------------------------------


def members(things: Things, parameter: Parameter) -> list[NamedNode]:
    """What an entity or concept parameter may take."""
    whole = NamedNode(parameter.of)
    found = {
        quad.subject
        for predicate in MEMBERSHIP[parameter.kind]
        for quad in things.quads(None, predicate, whole)
        if isinstance(quad.subject, NamedNode)
    }
    return sorted(found, key=lambda node: node.value)


def terms_of(question: Question, values: Mapping[str, str], lang: str) -> dict[str, tuple[Term, ...]]:
    """The terms of all parameters, as `substitute` takes them.  values: parameter → IRI; the others as they
    stand."""
    given = {
        name: (Literal(lang),) if one.kind == "language" else one.default
        for name, one in question.parameters.items()
    }
    return given | {name: (NamedNode(iri),) for name, iri in values.items()}


def answered(things: Things, questions: Sequence[Question]) -> list[tuple[Route, Fields]]:
    """Every question as it stands, and with every value of each of its parameters, where there is an answer;
    with what it is found by: the question, the value and the cells."""
    asked = [question for question in questions if question.form == "SELECT"]
    found = []
    # The engine works outside the interpreter's lock, so each core answers a question.
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        answers = pool.map(lambda question: list(_asked_at_once(things, question)), asked)
        for question, routes in zip(asked, answers, strict=True):
            for route, cells in routes:
                # Sorted: the engine gives its rows in another order each time the graph is loaded.
                read = sorted(set(cells), key=str)[:_CELLS]
                texts = [text for cell in read for text in _cell(things, cell)]
                value = _named(things, NamedNode(route.value)) if route.value else []
                fields = question_fields(question)
                found.append((route, {**fields, "linked": texts, "alias": [*examples_of(question), *value]}))
    return found


def _asked_at_once(things: Things, question: Question) -> Iterator[tuple[Route, list[Term]]]:
    """The routes with the cells of their answers, by one query for all values of a parameter."""
    for parameter in (None, *question.parameters.values()):
        if parameter is not None and parameter.kind not in LOOKUPS:
            continue
        given = terms_of(question, {}, "zh")
        if parameter is None:
            if default := [cell for row in _solutions(question, given, "", things) for cell in row.values()]:
                yield Route(question.id, "", ""), default
            continue
        values = tuple(members(things, parameter))
        if not 1 < len(values) <= MOST_VALUES:  # a choice of one is the question as it stands
            continue
        cells: dict[str, list[Term]] = {}
        for row in _solutions(question, given | {parameter.name: values}, parameter.name, things):
            value = row.pop(parameter.name, None)
            if isinstance(value, NamedNode):
                cells.setdefault(value.value, []).extend(row.values())
        for iri, each in sorted(cells.items()):
            yield Route(question.id, parameter.name, iri), each


def values_answered(things: Things, question: Question, parameter: Parameter) -> set[str]:
    """IRIs of all values of an entity or concept parameter with which the question has an answer."""
    given = terms_of(question, {}, "zh") | {parameter.name: tuple(members(things, parameter))}
    found = (row.get(parameter.name) for row in _solutions(question, given, parameter.name, things))
    return {value.value for value in found if isinstance(value, NamedNode)}


def _solutions(
    question: Question, given: Mapping[str, tuple[Term, ...]], variable: str, things: Things
) -> Iterator[dict[str, Term]]:
    """What `variable` and the columns are bound to, before anything is grouped."""
    from parkgraph.ask.provenance import ungrouped

    wanted = (variable, *question.columns)
    __, columns, rows = named(
        on_oxigraph(things.store, ungrouped(substitute(question, given), {}, _SOLUTIONS))
    )
    for row in rows:
        yield {
            name: term
            for name, term in zip(columns, row, strict=True)
            if term is not None and name in wanted and name not in _NOT_READ
        }


def _cell(things: Things, cell: Term) -> list[str]:
    if isinstance(cell, NamedNode):
        return _both(things.name(cell).label)
    return [cell.value] if isinstance(cell, Literal) else []


def _named(things: Things, node: NamedNode) -> list[str]:
    return [*_both(things.name(node).label), *things.aliases(node)]


def _defined(things: Things, node: NamedNode) -> list[str]:
    return list(things.texts(node, *DEFINITIONS).values())


def _both(texts: Texts) -> list[str]:
    return list(dict.fromkeys(texts.values()))


# --- made once, kept in the cache ---------------------------------


class Everyday(NamedTuple):
    """What people say (in characters, or stems between blanks) and the words of sources for it."""

    said: str
    meant: list[str]


def everyday_words(things: Things) -> list[Everyday]:
    """The everyday words of the graph and the hidden labels of its things, the longest first."""
    meant: dict[str, set[str]] = {}
    for said, naming in ((_SAID_AS, (_SOURCE_WORD,)), (_HIDDEN, _SHOWN)):
        for quad in things.quads(None, said):
            if isinstance(quad.object, Literal):
                names = {
                    value.value
                    for predicate in naming
                    for value in things.values(quad.subject, predicate)
                    if isinstance(value, Literal) and value.language == quad.object.language
                }
                meant.setdefault(comparable(quad.object.value), set()).update(names)
    in_order = sorted(meant, key=lambda said: (-len(said), said))
    return [Everyday(said, sorted(meant[said])) for said in in_order]


class Searched(NamedTuple):
    """documents: with `names`, for what is found by name and value.  routes: with `rows`, for questions found
    by their answers.  everyday: words that people say.  asked: every saved question, with what it takes."""

    documents: list[Document]
    names: Index
    routes: list[Route]
    rows: Index
    everyday: list[Everyday]
    asked: list[Asked]


def searched(
    root: Root,
    things: Things,
    questions: Callable[[], Sequence[Question]],
    say: Callable[[Text], None] = lambda text: None,
) -> Searched:
    """As it is kept, or made now, which takes seconds: every question is answered with every value.

    questions: gives them when it must be made.  say: is told so.
    """
    entry = cache_folder() / f"{_key(root)}.search"
    with suppress(OSError, ValueError, LookupError, TypeError):  # missing or damaged: made anew
        return _read(entry)
    say(_("reading every answer once, to find questions by them"))
    made = make(things, questions())
    with suppress(OSError, Usage):  # a cache that cannot be written makes the next start slower, nothing else
        _write(entry, made)
    return made


def make(things: Things, questions: Sequence[Question]) -> Searched:
    """What is searched, from the graph itself."""
    found = list(node_documents(things))
    for question in questions:
        fields = question_fields(question)
        found.append((Document("question", question.id, fields["name"], fields["alias"]), fields))
    routes = answered(things, questions)
    return Searched(
        [document for document, __ in found],
        Index.of([weighted(weighed(fields)) for __, fields in found]),
        [route for route, __ in routes],
        Index.of([weighted(weighed(fields), grams=False) for __, fields in routes]),
        everyday_words(things),
        list(map(Asked.of, questions)),
    )


def _key(root: Root) -> str:
    digest = hashlib.sha256(content_key(root).encode())
    code = [file for file in Path(__file__).parent.iterdir() if file.suffix in (".py", ".toml")]
    for file in (*sorted(code), *sorted((root.path / "queries").glob("*.yaml"))):
        digest.update(hashlib.sha256(read_bytes(file, name=file.name)).digest())
    for question in root.files("query"):
        digest.update(question.name.encode() + b"\0" + read_bytes(question.path, name=question.name))
    return digest.hexdigest()


def _read(entry: Path) -> Searched:
    told, __, text = entry.read_text("utf-8").partition("\n")
    if hashlib.sha256(text.encode()).hexdigest() != told:
        raise ValueError(entry)
    documents, names, routes, rows, everyday, asked = json.loads(text)
    os.utime(entry)
    return Searched(
        [Document(*one) for one in documents], Index(*names), [Route(*one) for one in routes], Index(*rows),
        [Everyday(*one) for one in everyday], [Asked(*one) for one in asked],
    )  # fmt: skip


def _write(entry: Path, made: Searched) -> None:
    text = json.dumps(
        made, ensure_ascii=False, separators=(",", ":"), default=lambda one: (one.count, one.kept)
    )
    entry.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with opened(entry) as stream:
        stream.write(f"{hashlib.sha256(text.encode()).hexdigest()}\n{text}".encode())
    others = sorted(entry.parent.glob(f"*{entry.suffix}"), key=lambda file: file.stat().st_mtime)
    for file in others[:-KEPT]:
        file.unlink(missing_ok=True)
