"""What is linted: every Turtle file of the graph, and in Turtle what is not written in Turtle.

Besides the files: the description of each saved question, with the terms it uses (lint:uses) and the columns
it gives (lint:gives), and the constructs that the rules of inference know (lint:closure lint:supports).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pyoxigraph import Literal, NamedNode

from parkgraph.ask.catalogue import catalogue
from parkgraph.ask.question import Question
from parkgraph.ask.scan import is_keyword, tokens
from parkgraph.ask.turtle import NAMESPACE, as_turtle
from parkgraph.errors import Unreadable
from parkgraph.infer.supported import supported
from parkgraph.names import BASE, expand
from parkgraph.read.files import Root
from parkgraph.read.turtle import Document
from parkgraph.validate.inputs import Inputs, Library, shown

LINT = BASE + "lint#"
"""The namespace of the checks."""


def linted(root: Root) -> Inputs:
    """What `lint` validates: everything as data, the checks as shapes.  Raises Unreadable."""
    if not root.paths("lint"):
        raise Unreadable(
            {"en": f"{root.path} holds no checks", "zh": f"{root.path} 里没有检查"},
            fix={"en": "the checks are shapes in ontology/shapes/lint/",
                 "zh": "检查是 ontology/shapes/lint/ 里的形状"},
        )  # fmt: skip
    everything = root.paths("prefixes", "ontology", "codes", "shapes", "lint", "data", "passages")
    inputs = Library().inputs(everything, root.paths("prefixes", "lint"))
    described = [described_question(question) for question in catalogue(root)]
    return replace(inputs, data=(*inputs.data, *described, known_constructs()))


def described_question(question: Question) -> Document:
    """The description of a question, with its terms and columns; its name is that of the question's file."""
    node = NamedNode(NAMESPACE + question.id)
    lines = [f"{node} <{LINT}uses> {NamedNode(iri)} ." for iri in sorted(set(terms(question)))]
    lines += [f"{node} <{LINT}gives> {Literal(column)} ." for column in question.columns]
    text = as_turtle([question]) + "\n" + "\n".join(lines) + "\n"
    return Document(text, name=shown(question.path), blank=f"q_{question.id.replace('-', '_')}_")


def terms(question: Question) -> Iterator[str]:
    """The IRIs that a question names: in its query, and as the class or scheme of a parameter."""
    yield from (parameter.of for parameter in question.parameters.values() if parameter.of)
    words = list(tokens(question.body))
    for index, word in enumerate(words):
        # PREFIX name: <namespace> names nothing.
        declares = any(is_keyword(before, "PREFIX") for before in words[max(0, index - 2) : index])
        if word.kind in ("name", "iri") and not declares:
            iri = expand(word.text, dict(question.prefixes))
            if iri:
                yield iri


def known_constructs() -> Document:
    """The terms of RDF, RDFS and OWL that inference takes into account or rightly passes over."""
    known = "".join(f"<{LINT}closure> <{LINT}supports> <{iri}> .\n" for iri in sorted(supported()))
    return Document(known, name="ontology/owl2rl.rls", blank="k")
