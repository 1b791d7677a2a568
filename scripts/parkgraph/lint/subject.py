"""What is linted: every Turtle file of the graph, and in Turtle what is not written in Turtle.

Besides the files: the description of each saved question, with the terms it uses (lint:uses), the columns it
gives (lint:gives) and what not every engine answers alike (lint:strays), the terms and the unknown prefixes
(lint:lacks) of the queries inside shapes, and the constructs that the rules of inference know (lint:closure
lint:supports).  The checks are the shapes in ontology/shapes/lint/; the syntax of shapes is judged where
`validate` judges it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from pyoxigraph import Literal, NamedNode

from parkgraph.ask.catalogue import catalogue
from parkgraph.ask.portable import unportable
from parkgraph.ask.question import Question
from parkgraph.ask.turtle import NAMESPACE, as_turtle
from parkgraph.errors import Unreadable
from parkgraph.finding import Finding, Place, finding
from parkgraph.graph.sparql import is_keyword, tokens
from parkgraph.infer.rules import supported
from parkgraph.messages import _
from parkgraph.names import BASE, SH, expand
from parkgraph.read.files import Root
from parkgraph.read.prefixes import prefixes
from parkgraph.read.turtle import Document
from parkgraph.validate.inputs import Inputs, Library, shown

LINT = BASE + "lint#"
"""The namespace of the checks."""


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
    lines += [f"{node} <{LINT}strays> {Literal(said)} ." for said in unportable(question.body)]
    text = as_turtle([question]) + "\n" + "\n".join(lines) + "\n"
    return Document(text, name=shown(question.path), blank=f"q_{question.id.replace('-', '_')}_")


def described_constraints(documents: Iterable[Document], known: Mapping[str, str]) -> Document:
    """The terms of the queries inside shapes, and prefixes that ontology/prefixes.ttl (`known`) lacks."""
    lines = []
    for document in documents:
        for fact in document.triples:
            if fact.predicate.value in QUERIES and isinstance(fact.subject, NamedNode):
                for name, iri in dict.fromkeys(named(fact.object.value, known)):
                    said = f"<{LINT}uses> {NamedNode(iri)}" if iri else f"<{LINT}lacks> {Literal(name)}"
                    lines.append(f"{fact.subject} {said} .\n")
    return Document("".join(lines), name=QUERIES_OF_SHAPES, blank="c")


QUERIES = {SH + "select", SH + "ask", SH + "construct"}
"""The properties whose values are queries."""

QUERIES_OF_SHAPES = "ontology/shapes"
"""What the document of `described_constraints` is called."""


def terms(question: Question) -> Iterator[str]:
    """The IRIs that a question names: in its query, and as the class or scheme of a parameter."""
    yield from (parameter.of for parameter in question.parameters.values() if parameter.of)
    yield from (iri for __, iri in named(question.body, question.prefixes) if iri)


def named(query: str, known: Mapping[str, str]) -> Iterator[tuple[str, str | None]]:
    """Each name in a query, as written, and its IRI; None where its prefix is unknown."""
    words = list(tokens(query))
    for index, word in enumerate(words):
        # PREFIX name: <namespace> names nothing.
        declares = any(is_keyword(before, "PREFIX") for before in words[max(0, index - 2) : index])
        if word.kind in ("name", "iri") and not declares:
            yield word.text, expand(word.text, dict(known))


def known_constructs() -> Document:
    """The terms of RDF, RDFS and OWL that inference takes into account or rightly passes over."""
    known = "".join(f"<{LINT}closure> <{LINT}supports> <{iri}> .\n" for iri in sorted(supported()))
    return Document(known, name="ontology/owl2rl.rls", blank="k")
