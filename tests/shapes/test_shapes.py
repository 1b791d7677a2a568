"""Every shape rejects what it must, for the right reason, and nothing that is right: on both engines."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import cases
import engines
import pytest
import rdflib
from cases import Case
from pyshacl.graph_abstraction import DataGraph
from pyshacl.validator import Validator

CASES = cases.cases()
every_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)


@cache
def _fast() -> engines.shacl.Shapes:
    return engines.compiled(engines.ntriples(cases.shapes()))


def test_accepted_graph_conforms_on_both_engines() -> None:
    data = "".join(sorted(cases.accepted())) + cases.context()
    assert {cases.short(found) for found in engines.fast(_fast(), data)} == set()
    shapes = engines.rdflib_graph(engines.ntriples(cases.shapes()))
    assert engines.reference(shapes, engines.rdflib_graph(data)) == set()


@every_case
def test_finds_exactly_what_is_wrong(case: Case) -> None:
    assert {cases.short(found) for found in engines.fast(_fast(), case.data)} == case.expected


def test_names_are_unique() -> None:
    names = [case.name for case in CASES]
    assert len(set(names)) == len(names)


def test_every_targeting_shape_is_in_a_case() -> None:
    """Each class's shape, by itself or by one of its property shapes, rejects something."""
    found = {row[4] for case in CASES for row in case.expected}
    graph = cases.shapes()
    users: dict[str, set[str]] = {}
    for quad in graph:
        if str(quad.predicate) == f"<{engines.SH}property>":
            users.setdefault(str(quad.subject), set()).add(cases.shapes_name(quad.object))
    targeting = {
        str(quad.subject) for quad in graph if str(quad.predicate).startswith(f"<{engines.SH}target")
    }
    assert targeting
    idle = [
        shape for shape in targeting if not found & (users.get(shape, set()) | {cases.shapes_name(shape)})
    ]
    assert idle == []


# --- The reference engine, one data graph changed back and forth ---------------


class _Reference:
    """pySHACL on the accepted graph; only nodes that a change touches are validated."""

    def __init__(self) -> None:
        self.graph = engines.rdflib_graph("".join(sorted(cases.accepted())) + cases.context())
        shapes = engines.rdflib_graph(engines.ntriples(cases.shapes()))
        self.validator = Validator(
            DataGraph.from_rdflib(self.graph), shacl_graph=shapes, options={"inplace": True}
        )
        self.executor = self.validator.make_executor()

    def findings(self, case: Case) -> set[tuple[str, ...]]:
        """What is found at the nodes that the change or the expected findings name."""
        less, more = (engines.rdflib_graph("".join(lines)) for lines in (case.less, case.more))
        for triple in less:
            self.graph.remove(triple)
        for triple in more:
            self.graph.add(triple)
        try:
            named = {rdflib.URIRef(cases.expanded(row[0])) for row in case.expected}
            return set(self._at(named | {subject for subject, _, _ in (*less, *more)}))
        finally:
            for triple in more:
                self.graph.remove(triple)
            for triple in less:
                self.graph.add(triple)

    def _at(self, nodes: set[rdflib.term.Node]) -> Iterator[tuple[str, ...]]:
        for shape in self.validator.shacl_graph.shapes:
            focus = nodes & set(shape.focus_nodes(self.validator.data_graph))
            if focus:
                for _, node, triples in shape.validate(self.executor, self.validator.data_graph, focus=focus)[
                    1
                ]:
                    yield cases.short(engines.found_in(node, triples))


@pytest.fixture(scope="module")
def pyshacl_reference() -> _Reference:
    """The reference, loaded once."""
    return _Reference()


@pytest.mark.slow
@every_case
def test_reference_finds_the_same(case: Case, pyshacl_reference: _Reference) -> None:
    assert pyshacl_reference.findings(case) == case.expected
