"""What is searched: every named node with its fields, and every saved question with every value it takes."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Literal as OneOf
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode

from parkgraph.ask.labels import NAMING
from parkgraph.ask.parameters import substitute
from parkgraph.ask.question import Parameter, Question
from parkgraph.ask.run import named, on_oxigraph
from parkgraph.graph.assemble import QUESTION_GRAPHS
from parkgraph.names import GRAPH_INFERRED, SKOS
from parkgraph.search.things import AXIOM, DEFINITIONS, STATEMENT, TYPE, Texts, Things
from parkgraph.show.cells import Term, passages

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

_INFERRED = NamedNode(GRAPH_INFERRED)
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
    from parkgraph.ask.provenance import opened

    wanted = (variable, *question.columns)
    __, columns, rows = named(
        on_oxigraph(things.store, QUESTION_GRAPHS, opened(substitute(question, given), {}, _SOLUTIONS))
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
