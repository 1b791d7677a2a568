"""pySHACL as a second opinion: `validate --engine reference` asks it too and tells every difference.

It never decides: the specification does. Where pySHACL is known to err, `DEVIATIONS` says so, and a test
shows for each that it still does; any other difference is a finding, for one of the two must be wrong.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, NamedTuple

from pyoxigraph import Literal, NamedNode

from parkgraph.finding import Finding
from parkgraph.graph.documents import Graph
from parkgraph.messages import Quoted, Text, _
from parkgraph.names import OWL, RDF, SH
from parkgraph.rdflib_terms import RdflibTerms, from_rdflib
from parkgraph.read.turtle import Fact, Term
from parkgraph.validate.results import Result
from parkgraph.validate.shapes import Shapes, sh
from parkgraph.validate.sparql import declared

if TYPE_CHECKING:
    import rdflib

VERSION = "0.40.1"
"""The pySHACL that `DEVIATIONS` is about."""


class Key(NamedTuple):
    """What two engines must agree on.  path: an IRI, or "" for a longer one."""

    focus: Term
    path: str
    value: Term | None
    component: str
    severity: str
    shape: Term


class Deviation(NamedTuple):
    """One thing that pySHACL does otherwise than the specification.

    id: its name.  components: local names of those that show it; others than SHACL's own count as Custom.
    said: what it is.  section: of the specification.
    """

    id: str
    components: frozenset[str]
    said: Text
    section: str


def _of(names: str) -> frozenset[str]:
    return frozenset(names.split())


DEVIATIONS = (
    Deviation(
        "lexical-forms",
        _of("Datatype"),
        _("rdflib's idea of XML Schema's lexical forms; rdfs:Literal as any literal"),
        "4.1.2",
    ),
    Deviation(
        "comparisons",
        _of("MinExclusive MinInclusive MaxExclusive MaxInclusive LessThan LessThanOrEquals"),
        _("values that SPARQL cannot compare pass, or are compared as Python does"),
        "4.3, 4.5",
    ),
    Deviation("regular-expressions", _of("Pattern"), _("regular expressions are read as Python's"), "4.4.3"),
    Deviation("closed-property-shape", _of("Closed"), _("sh:closed on a property shape"), "4.8.1"),
    Deviation("sparql", _of("SPARQL Custom"), _("rdflib's SPARQL, and what it binds beforehand"), "5, 6"),
)


def differences(
    data: Graph, shapes: Shapes, results: Iterable[Result], unjudged: Container[Term] = ()
) -> tuple[list[Finding], list[Mapping[str, str]]]:
    """Findings for what only one side says without a known reason, and notes on the known reasons."""
    ours = {_key(result) for result in results}
    try:
        theirs = {key for key in ask(data, shapes) if key.focus not in unjudged}
    except Exception as error:  # whatever it throws: it is not asked for a verdict
        said = f"{type(error).__name__}: {error}".strip().split("\n")[0][:300]
        return [], [_("pySHACL {version} gave up: {said}", version=version("pyshacl"), said=Quoted(said))]
    known: dict[str, int] = defaultdict(int)
    findings = []
    for key in sorted(ours ^ theirs, key=str):
        deviation = deviation_of(key)
        if deviation:
            known[deviation.id] += 1
        else:
            findings.append(_finding(key, key in ours))
    notes: list[Mapping[str, str]] = [
        _(
            "pySHACL {version} differs {count} times, by a known deviation: {said} (SHACL {section})",
            version=version("pyshacl"), count=known[one.id], said=one.said, section=one.section,
        )
        for one in DEVIATIONS
        if one.id in known
    ]  # fmt: skip
    return findings, notes


def deviation_of(key: Key) -> Deviation | None:
    """The known deviation that a difference shows, or None."""
    own = key.component.startswith(SH)
    name = key.component.removeprefix(SH).removesuffix("ConstraintComponent") if own else "Custom"
    return next((one for one in DEVIATIONS if name in one.components), None)


def _key(result: Result) -> Key:
    path = "" if result.path is None else result.path.iri or ""
    return Key(result.focus, path, result.value, result.component, result.severity, result.shape)


def _finding(key: Key, ours: bool) -> Finding:
    said = (
        _("pySHACL {version} does not report this: one of the two is wrong", version=version("pyshacl"))
        if ours
        else _(
            "pySHACL {version} reports this, the specification's own engine does not",
            version=version("pyshacl"),
        )
    )
    return Finding(
        "warning", "validate/engines-differ", _("{said} ({component})", said=said, component=key.component),
        focus=str(key.focus), path=f"<{key.path}>" if key.path else None,
        value=str(key.value) if key.value is not None else None, fix=_("please report it, with the shape"),
    )  # fmt: skip


def ask(data: Graph, shapes: Shapes) -> Iterator[Key]:
    """What pySHACL finds.  Raises whatever it raises."""
    import logging
    import warnings

    from pyshacl.graph_abstraction import DataGraph
    from pyshacl.monkey import apply_patches, rdflib_bool_patch, rdflib_bool_unpatch
    from pyshacl.validator import Validator, assign_baked_in

    quiet = logging.getLogger("parkgraph.reference")
    quiet.addHandler(logging.NullHandler())
    quiet.propagate = False
    logging.getLogger("rdflib.term").setLevel(logging.CRITICAL)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        apply_patches()
        assign_baked_in()
        options = {
            "logger": quiet,
            "inplace": True,
            "max_validation_depth": 30,
            "advanced": _is_advanced(shapes),
        }
        graph = DataGraph.from_rdflib(_graph(data.facts))
        rdflib_bool_patch()  # pySHACL reads its shapes under this patch: only true and false are booleans
        try:
            shapes_graph = _graph(_for_reference(shapes))
        finally:
            rdflib_bool_unpatch()
        validator = Validator(graph, shacl_graph=shapes_graph, options=options)
        executor = validator.make_executor()
        for shape in sorted(validator.shacl_graph.shapes, key=lambda shape: str(shape.node)):
            if not shape.deactivated:
                for __, node, triples in shape.validate(executor, validator.data_graph)[1]:
                    yield _told(node, triples)


def _is_advanced(shapes: Shapes) -> bool:
    return any(target.kind == "target" for target in shapes.targets) or bool(
        shapes.graph.subjects(NamedNode(RDF + "type"), sh("SPARQLFunction"))
    )


def _graph(facts: Iterable[Fact]) -> rdflib.Graph:
    import rdflib

    convert = RdflibTerms()
    graph = rdflib.Graph(bind_namespaces="none")
    for fact in facts:
        graph.add((convert(fact.subject), convert(fact.predicate), convert(fact.object)))
    return graph


def _for_reference(shapes: Shapes) -> Iterator[Fact]:
    """The shapes without rules and expressions, and with the prefixes that pySHACL does not look for (behind
    owl:imports)."""
    from pyoxigraph import BlankNode

    graph = shapes.graph
    yield from (fact for fact in graph.facts if fact.predicate not in (sh("rule"), sh("expression")))
    for number, node in enumerate({fact.object for fact in graph.facts if fact.predicate == sh("prefixes")}):
        imported = declared(graph, graph.objects(node, NamedNode(OWL + "imports")))
        for prefix, namespace in imported.items():
            declaration = BlankNode(f"declared{number}{prefix}")
            assert not isinstance(node, Literal)
            yield Fact(node, sh("declare"), declaration)
            yield Fact(declaration, sh("prefix"), Literal(prefix))
            yield Fact(declaration, sh("namespace"), Literal(namespace))


def _told(node: Any, triples: Any) -> Key:
    told: dict[str, Any] = {}
    for subject, predicate, value in triples:
        if subject == node:
            told[str(predicate).removeprefix(SH)] = value[1] if isinstance(value, tuple) else value
    path = told.get("resultPath")
    value = told.get("value")
    return Key(
        from_rdflib(told["focusNode"]),
        str(path) if path is not None and type(path).__name__ == "URIRef" else "",
        None if value is None else from_rdflib(value),
        str(told["sourceConstraintComponent"]),
        str(told["resultSeverity"]),
        from_rdflib(told["sourceShape"]),
    )
