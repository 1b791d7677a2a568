"""Checks of ontology, shapes and questions, which are data too: checks are shapes (ontology/shapes/lint/).

What is linted is every Turtle file of the graph, and in Turtle what is not written in Turtle: the description
of each saved question with the terms it uses (lint:uses) and the columns it gives (lint:gives), the terms and
the unknown prefixes (lint:lacks) of the queries inside shapes, and the constructs that the rules of inference
know (lint:closure lint:supports). The syntax of shapes is judged where `validate` judges it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from pyoxigraph import Literal, NamedNode

from parkgraph.ask.catalogue import NAMESPACE, as_turtle, catalogue
from parkgraph.ask.question import Question
from parkgraph.errors import Unreadable
from parkgraph.finding import Finding, Place, at, finding
from parkgraph.graph.documents import Graph
from parkgraph.graph.sparql import named
from parkgraph.infer.rules import read_rules
from parkgraph.messages import _
from parkgraph.names import BASE, SH
from parkgraph.read.files import Root
from parkgraph.read.prefixes import prefixes
from parkgraph.read.turtle import Document, Span
from parkgraph.validate import shape_lint
from parkgraph.validate.check import Engine, Options, Report, check
from parkgraph.validate.inputs import Inputs, Library, shown
from parkgraph.validate.shapes import Shapes

LINT = BASE + "lint#"
"""The namespace of the checks."""

_NO_MATTER = ("shapes/empty-target", "shapes/no-shapes", "data/unused-shapes")
"""A check that finds nothing to look at is fine, and shapes are data here."""


def lint(root: Root, engine: Engine = "fast") -> Report:
    """What is wrong with the ontology, the shapes, the data across topics, and the saved questions.

    engine: as `validate` takes it.  The report names files from the current folder; of a
    question, which is linted by its generated description, the file alone.
    Raises Unreadable.
    """
    inputs = linted(root)
    report = check(inputs, Options(engine, allow_empty=True))
    judging = {shown(path) for path in root.paths("prefixes", "shapes")}
    shapes = Shapes(Graph([document for document in inputs.data if document.name in judging]))
    found = [placed(one, inputs, root) for one in report.findings if one.rule not in _NO_MATTER]
    told = {(one.file, one.line) for one in found}  # a check says more of it than a rule of syntax
    found += [one for one in shape_lint.check(shapes) if (one.file, one.line) not in told]
    report.findings = sorted(found, key=Finding.sort_key)
    report.counts = Counter(one.severity for one in found)
    return report


def linted(root: Root) -> Inputs:
    """What `lint` validates: everything as data, the checks as shapes.  Raises Unreadable."""
    if not root.paths("lint"):
        raise Unreadable(
            _("{path} holds no checks", path=root.path),
            fix=_("the checks are shapes in ontology/shapes/lint/"),
        )
    everything = root.paths("prefixes", "ontology", "codes", "shapes", "lint", "data", "passages")
    inputs = Library().inputs(everything, root.paths("prefixes", "lint"))
    broken: list[Unreadable] = []
    described = [described_question(question) for question in catalogue(root, broken=broken)]
    described += [described_constraints(inputs.data, prefixes(root.path)), known_constructs()]
    notes = (*inputs.notes, *(_broken(error, root) for error in broken))
    return replace(inputs, data=(*inputs.data, *described), notes=notes)


def _broken(error: Unreadable, root: Root) -> Finding:
    place = Place(shown(root.path / (error.file or "queries")), error.line, error.column)
    said = {"": error.message} if isinstance(error.message, str) else error.message
    fix = {"": error.fix} if isinstance(error.fix, str) else error.fix
    return finding(BROKEN_QUESTION, said, fix, at=place)


BROKEN_QUESTION = "lint/broken-question"
"""The check of what cannot be linted."""


def described_question(question: Question) -> Document:
    """The description of a question, with its terms and columns; its name is that of the question's file."""
    node = NamedNode(NAMESPACE + question.id)
    lines = [f"{node} <{LINT}uses> {NamedNode(iri)} ." for iri in sorted(set(terms(question)))]
    lines += [f"{node} <{LINT}gives> {Literal(column)} ." for column in question.columns]
    text = as_turtle([question]) + "\n" + "\n".join(lines) + "\n"
    return Document(text, name=shown(question.path), blank=f"q_{question.id.replace('-', '_')}_")


def described_constraints(documents: Iterable[Document], known: Mapping[str, str]) -> Document:
    """The terms of the queries inside shapes, and prefixes that ontology/prefixes.ttl (`known`) lacks."""
    lines: dict[str, None] = {}
    for document in documents:
        for fact in document.triples:
            if fact.predicate.value in QUERIES and isinstance(fact.subject, NamedNode):
                for one in named(fact.object.value, known):
                    said = f"<{LINT}uses> <{one.iri}>" if one.iri else f"<{LINT}lacks> {Literal(one.text)}"
                    lines[f"{fact.subject} {said} .\n"] = None
    return Document("".join(lines), name=QUERIES_OF_SHAPES, blank="c")


QUERIES = {SH + "select", SH + "ask", SH + "construct"}
"""The properties whose values are queries."""

QUERIES_OF_SHAPES = "ontology/shapes"
"""What the document of `described_constraints` is called."""


def terms(question: Question) -> Iterator[str]:
    """The IRIs that a question names: in its query, and as the class or scheme of a parameter."""
    yield from (parameter.of for parameter in question.parameters.values() if parameter.of)
    yield from (one.iri for one in named(question.body, {}) if one.iri)


def known_constructs() -> Document:
    """The terms of RDF, RDFS and OWL that inference takes into account."""
    iris = sorted(term.value for term in read_rules().vocabulary if isinstance(term, NamedNode))
    known = "".join(f"<{LINT}closure> <{LINT}supports> <{iri}> .\n" for iri in iris)
    return Document(known, name="ontology/owl2rl.rls", blank="k")


# --- where a finding about a query stands ------------------------------------------


def placed(found: Finding, inputs: Inputs, root: Root) -> Finding:
    """The finding where a person looks for it: a question's file, the name in the query of a constraint."""
    # The lines of a question's description are not those of its file.
    if found.file and found.file.endswith(".rq") and found.rule != BROKEN_QUESTION:
        return replace(found, line=1, column=1, end_line=None, end_column=None)
    if found.file == QUERIES_OF_SHAPES:
        return at(_in_query(found, inputs, prefixes(root.path)), found)
    return found


def _in_query(found: Finding, inputs: Inputs, known: dict[str, str]) -> Place | None:
    for document in inputs.data:
        for number, fact in enumerate(document.triples):
            if str(fact.subject) != found.focus or fact.predicate.value not in QUERIES:
                continue
            names = [
                one.text
                for one in named(fact.object.value, known)
                if found.value == (f"<{one.iri}>" if one.iri else str(Literal(one.text)))
            ]
            if names and document.spans:
                start, end = document.spans[number].object
                offset = document.text.find(names[0], start, end)
                if offset >= 0:
                    return document.place(Span(offset, offset + len(names[0])))
            return document.place_of(number)
    return None
