"""pySHACL as a second opinion: `validate --engine reference` asks it too and tells every difference.

It never decides: the specification does. Where pySHACL is known to err, `DEVIATIONS` says so, and a test
shows for each that it still does; any other difference is told by itself, for one of the two is wrong.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode

from parkgraph.graph.documents import TYPE, Graph
from parkgraph.graph.sparql import is_keyword, tokens
from parkgraph.messages import Text, _
from parkgraph.names import OWL, RDF, RDFS, SH
from parkgraph.rdflib_terms import RdflibTerms, from_rdflib
from parkgraph.read.turtle import Fact, Term
from parkgraph.validate.shapes import PARAMETER_OF, Result, Shapes, sh
from parkgraph.validate.sparql import declared
from parkgraph.validate.values import compare

if TYPE_CHECKING:
    import rdflib

VERSION = "0.40.1"
"""The pySHACL that `DEVIATIONS` is about; of another nothing is known."""


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

    id: its name.  components: local names of those that show it, * for all; others than SHACL's are Custom.
    said: what it is.  section: of the specification.  shows: whether a difference is of this kind.
    """

    id: str
    components: str
    said: Text
    section: str
    shows: Callable[[Key, Graph, Shapes], bool]


def _form(key: Key, data: Graph, shapes: Shapes) -> bool:
    asked = shapes.graph.objects(key.shape, sh("datatype"))
    return isinstance(key.value, Literal) and (
        key.value.datatype in asked or NamedNode(RDFS + "Literal") in asked
    )


def _unlike(key: Key, data: Graph, shapes: Shapes) -> bool:
    name = _name(key)
    asked = shapes.graph.objects(key.shape, sh(name[0].lower() + name[1:]))
    if name.startswith("Less"):
        asked = [other for property in asked for other in data.objects(key.focus, property)]  # type: ignore[arg-type]
    return any(_unlike_pair(key.value, other) for other in asked)


def _unlike_pair(one: Term | None, other: Term) -> bool:
    if not isinstance(one, Literal) or not isinstance(other, Literal) or one.datatype != other.datatype:
        return one is not None
    zones = {bool(re.search(r"(?:Z|[+-]\d\d:\d\d)$", term.value)) for term in (one, other)}
    last = any("24:00:00" in term.value for term in (one, other))
    return compare(one, other) is None or len(zones) > 1 or last


def _dialect(key: Key, data: Graph, shapes: Shapes) -> bool:
    said = [term.value for name in ("pattern", "flags") for term in shapes.graph.objects(key.shape, sh(name))]
    return len(said) > 1 or bool(re.search(r"\\[icdwspICDWSP]|-\[|[.$]", said[0]))


def _ordering(query: str) -> bool:
    return any(
        word.text in ("<", ">", "<=", ">=") or is_keyword(word, "ORDER", "MIN", "MAX")
        for word in tokens(query)
    )


def _queries(shapes: Shapes, shape: Term, component: str) -> Iterator[str]:
    """The texts that a shape's own queries, or a component's validators, are."""
    graph = shapes.graph
    kinds = ("validator", "nodeValidator", "propertyValidator")
    holders = {shape: ["sparql"]} if component.startswith(SH) else {NamedNode(component): kinds}
    for holder, names in holders.items():
        for node in (node for name in names for node in graph.objects(holder, sh(name))):
            for form in ("select", "ask"):
                yield from (text.value for text in graph.objects(node, sh(form)))


def _asks(key: Key, data: Graph, shapes: Shapes) -> bool:
    graph, component = shapes.graph, NamedNode(key.component)
    validators = [
        node for kind in ("validator", "propertyValidator") for node in graph.objects(component, sh(kind))
    ]
    asking = any(graph.objects(node, sh("ask")) for node in validators)
    return asking and bool(graph.objects(key.shape, sh("path")))


def _is_overlooked(component: Term, shapes: Shapes) -> bool:
    graph = shapes.graph
    asked = {predicate for parameter in graph.objects(component, sh("parameter"))
             for predicate in graph.predicates(parameter)}  # fmt: skip
    direct = sh("ConstraintComponent") in graph.objects(component, TYPE)
    return not direct or not asked.isdisjoint(PARAMETER_OF)


def _literal_focus(key: Key, data: Graph, shapes: Shapes) -> bool:
    by_query = [target.shape for target in shapes.targets if target.kind == "target"]
    return isinstance(key.focus, Literal) and any(key.shape in within(shapes, one) for one in by_query)


def _inside(key: Key, data: Graph, shapes: Shapes) -> bool:
    known = {sh(name[0].lower() + name[1:]) for one in DEVIATIONS for name in one.components.split()}
    for node in within(shapes, key.shape) - {key.shape}:
        asked = shapes.graph.predicates(node)
        components = [shapes.custom_parameters[one].node for one in asked if one in shapes.custom_parameters]
        texts = [text for one in (SH, *(component.value for component in components))
                 for text in _queries(shapes, node, one)]  # fmt: skip
        if (
            not known.isdisjoint(asked)
            or any(map(_ordering, texts))
            or any(_is_overlooked(one, shapes) for one in components)
        ):
            return True
    return False


def within(shapes: Shapes, shape: Term) -> set[Term]:
    """A shape and the shapes that it uses, and they use."""
    found, open_ = {shape}, [shape]
    while open_:
        new = set(shapes.used_by(open_.pop())) - found
        found |= new
        open_ += new
    return found


DEVIATIONS = (
    Deviation(
        "lexical-forms",
        "Datatype",
        _("rdflib's idea of XML Schema's lexical forms; rdfs:Literal as any literal"),
        "4.1.2",
        _form,
    ),
    Deviation(
        "comparisons",
        "MinExclusive MinInclusive MaxExclusive MaxInclusive LessThan LessThanOrEquals",
        _("values that SPARQL cannot compare pass, or are compared as Python does"),
        "4.3, 4.5",
        _unlike,
    ),
    Deviation(
        "length-of-blank-nodes",
        "MinLength MaxLength",
        _("blank nodes have a length"),
        "4.4.1, 4.4.2",
        lambda key, data, shapes: isinstance(key.value, BlankNode),
    ),
    Deviation(
        "regular-expressions", "Pattern", _("regular expressions are read as Python's"), "4.4.3", _dialect
    ),
    Deviation(
        "case-of-languages",
        "LanguageIn",
        _("language tags are compared with their case"),
        "4.4.4",
        lambda key, data, shapes: isinstance(key.value, Literal) and bool(key.value.language),
    ),
    Deviation(
        "overlooked-components",
        "Custom",
        _("components of a class below sh:ConstraintComponent, or whose parameters have constraints"),
        "6.2",
        lambda key, data, shapes: _is_overlooked(NamedNode(key.component), shapes),
    ),
    Deviation(
        "asks-without-value",
        "Custom",
        _("no value of what an ASK refuses at a property"),
        "6.3",
        _asks,
    ),
    Deviation(
        "order-in-queries",
        "SPARQL Custom",
        _("queries compare values that SPARQL cannot"),
        "5, 6",
        lambda key, data, shapes: any(map(_ordering, _queries(shapes, key.shape, key.component))),
    ),
    Deviation(
        "literals-of-targets", "*", _("literals that a SPARQL-based target selects"), "AF 3.1", _literal_focus
    ),
    Deviation(
        "inside",
        "Node And Or Xone Not QualifiedMinCount QualifiedMaxCount",
        _("what it does otherwise inside another shape"),
        "4.6, 4.7",
        _inside,
    ),
)
_MOST = 10
"""Differences without a known reason that are told."""


def differences(
    data: Graph, shapes: Shapes, results: Iterable[Result], unjudged: Container[Term] = ()
) -> list[Mapping[str, str]]:
    """Notes on what only one side says: with the known reason, else each by itself."""
    number = version("pyshacl")
    keys, notes, silent = _asked(data, shapes)
    theirs = {key for key in keys if key.focus not in unjudged}
    ours = {key for result in results if (key := _key(result)).shape not in silent}
    known: Counter[Deviation] = Counter()
    unknown = []
    for key in sorted(ours ^ theirs, key=str):
        if deviation := deviation_of(key, data, shapes):
            known[deviation] += 1
        else:
            unknown.append(key)
    notes += [
        _(
            "pySHACL {version} differs {count} times, by a known deviation: {said} (SHACL {section})",
            version=number, count=known[one], said=one.said, section=one.section,
        )
        for one in DEVIATIONS
        if one in known
    ]  # fmt: skip
    for key in unknown[:_MOST]:
        about = " ".join(filter(None, (str(key.focus), key.path and f"<{key.path}>", str(key.value or ""))))
        values = {"version": number, "about": about, "component": key.component}
        notes.append(
            _("only pySHACL {version} says that {about} breaks {component}; please report it", **values)
            if key in theirs
            else _(
                "pySHACL {version} does not say that {about} breaks {component}; please report it", **values
            )
        )
    if len(unknown) > _MOST:
        notes.append(_("and {count} such differences more", count=len(unknown) - _MOST))
    return notes


def deviation_of(key: Key, data: Graph, shapes: Shapes) -> Deviation | None:
    """The known deviation that a difference shows, or None."""
    found = (one for one in DEVIATIONS if one.components == "*" or _name(key) in one.components.split())
    known = version("pyshacl") == VERSION
    return next((one for one in found if one.shows(key, data, shapes)), None) if known else None


def _name(key: Key) -> str:
    own = key.component.startswith(SH)
    return key.component.removeprefix(SH).removesuffix("ConstraintComponent") if own else "Custom"


def _key(result: Result) -> Key:
    path = "" if result.path is None else result.path.iri or ""
    return Key(result.focus, path, result.value, result.component, result.severity, result.shape)


def _asked(data: Graph, shapes: Shapes) -> tuple[list[Key], list[Mapping[str, str]], set[Term]]:
    """What pySHACL finds, notes on where it gave up, and the shapes it therefore says nothing of."""
    keys: list[Key] = []
    silent: set[Term] = set()
    said = []
    try:
        for shape, found in ask(data, shapes):
            if isinstance(found, Exception):
                silent |= within(shapes, shape)
                said.append(f"{type(found).__name__}: {found}".strip().split("\n")[0][:300])
            else:
                keys += found
    except Exception as error:  # whatever it throws: it is not asked for a verdict
        silent = set(shapes.nodes)
        said = [f"{type(error).__name__}: {error}".strip().split("\n")[0][:300]]
    gave_up: list[Mapping[str, str]] = [
        _("pySHACL {version} gave up: {said}", version=version("pyshacl"), said=one)
        for one in dict.fromkeys(said)
    ]
    return [key for key in keys if key.shape not in silent], gave_up, silent


def ask(data: Graph, shapes: Shapes) -> Iterator[tuple[Term, list[Key] | Exception]]:
    """What pySHACL finds by each shape with a target, or what it raises.  Raises whatever else it raises."""
    import logging
    import warnings

    from pyshacl.functions import apply_functions, gather_functions, unapply_functions
    from pyshacl.graph_abstraction import DataGraph
    from pyshacl.monkey import apply_patches, rdflib_bool_patch, rdflib_bool_unpatch
    from pyshacl.target import apply_target_types, gather_target_types
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
        graph = DataGraph.from_rdflib(rdflib_graph(data.facts))
        rdflib_bool_patch()  # pySHACL reads its shapes under this patch: only true and false are booleans
        try:
            shapes_graph = rdflib_graph(_for_reference(shapes))
        finally:
            rdflib_bool_unpatch()
        validator = Validator(graph, shacl_graph=shapes_graph, options=options)
        executor = validator.make_executor()
        asked = sorted(validator.shacl_graph.shapes, key=lambda shape: str(shape.node))
        functions = gather_functions(executor, validator.shacl_graph) if options["advanced"] else ()
        if options["advanced"]:
            apply_target_types(gather_target_types(validator.shacl_graph))
            for shape in asked:
                shape.set_advanced(True)
            apply_functions(executor, functions, validator.data_graph)
        try:
            for shape in asked:
                if shape.deactivated:
                    continue
                try:
                    found = shape.validate(executor, validator.data_graph)[1]
                    yield from_rdflib(shape.node), [_told(node, triples) for __, node, triples in found]
                except Exception as error:
                    yield from_rdflib(shape.node), error
        finally:
            if functions:
                unapply_functions(functions, validator.data_graph)


def _is_advanced(shapes: Shapes) -> bool:
    return any(target.kind == "target" for target in shapes.targets) or bool(
        shapes.graph.subjects(NamedNode(RDF + "type"), sh("SPARQLFunction"))
    )


def rdflib_graph(facts: Iterable[Fact]) -> rdflib.Graph:
    """Triples for rdflib: literals as printed, blank nodes under their names."""
    import rdflib

    convert = RdflibTerms()
    graph = rdflib.Graph(bind_namespaces="none")
    for fact in facts:
        graph.add((convert(fact.subject), convert(fact.predicate), convert(fact.object)))
    return graph


def _for_reference(shapes: Shapes) -> Iterator[Fact]:
    """The shapes without rules and expressions, and with the prefixes that pySHACL does not look for (behind
    owl:imports)."""
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
