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
from parkgraph.names import RDFS, SH
from parkgraph.rdflib_terms import RdflibTerms, from_rdflib
from parkgraph.read.turtle import Fact, Term
from parkgraph.validate import exact, regex
from parkgraph.validate.paths import follow
from parkgraph.validate.shapes import PARAMETER_OF, Result, Shapes, sh
from parkgraph.validate.values import compare, well_formed

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
    if not isinstance(key.value, Literal) or key.value.datatype not in asked:
        return isinstance(key.value, Literal) and NamedNode(RDFS + "Literal") in asked
    theirs = RdflibTerms()(key.value)
    return well_formed(key.value) == bool(theirs.ill_typed or theirs.value is None)


def _compared(key: Key, data: Graph, shapes: Shapes) -> bool:
    """Whether Python compares the value otherwise than SPARQL."""
    from pyshacl.rdfutil.compare import compare_literal

    name, convert = _name(key), RdflibTerms()
    asked = shapes.graph.objects(key.shape, sh(name[0].lower() + name[1:]))
    if name.startswith("Less"):
        asked = [other for property in asked for other in data.objects(key.focus, property)]  # type: ignore[arg-type]
    for other in asked:
        assert key.value
        sign = compare(key.value, other)
        try:
            if sign is None or sign != compare_literal(convert(key.value), convert(other)):
                return True
        except (TypeError, NotImplementedError):  # it has no order either, and says so
            return True
    return False


def _dialect(key: Key, data: Graph, shapes: Shapes) -> bool:
    """Whether Python's regular expressions find something else in the value."""
    (pattern,), flags = (shapes.graph.objects(key.shape, sh(name)) for name in ("pattern", "flags"))
    told = flags[0].value if flags else ""
    known = sum(flag for name, flag in (("i", re.IGNORECASE), ("m", re.MULTILINE)) if name in told)
    text = key.value.value if key.value else ""
    try:
        theirs = re.match(pattern.value, text, known)
    except re.error:
        return True
    return bool(theirs) != bool(regex.matching(pattern.value, told, [text]))


def _part_of_range(key: Key, data: Graph, shapes: Shapes) -> bool:
    tag = (key.value.language or "") if isinstance(key.value, Literal) else ""
    ranges = (one.value.lower() for node in shapes.graph.objects(key.shape, sh("languageIn"))
              for one in shapes.members(node))  # fmt: skip
    return any("-" in one and tag.lower().startswith(one + "-") for one in ranges)


def _unlike_met(key: Key, data: Graph, shapes: Shapes) -> bool:
    """Whether a query orders, and meets literals that are in no order."""
    for text in _queries(shapes, key.shape, key.component):
        words = list(tokens(text))
        if not any(w.text in ("<", ">", "<=", ">=") or is_keyword(w, "ORDER", "MIN", "MAX") for w in words):
            continue
        properties = {term for term, __ in exact.named(words, shapes.prefixes)}
        properties |= {NamedNode(iri) for iri in re.findall("<(.+?)>", str(shapes.path(key.shape) or ""))}
        met = [one for property in properties for own in data.forward(property).values() for one in own]
        met += [*exact.numbers(words), *(Literal("") for word in words if word.kind == "text")]
        literals = [one for one in dict.fromkeys(met) if isinstance(one, Literal)]
        if exact.any_property(words) or any(compare(literals[0], one) is None for one in literals):
            return True
    return False


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


def _no_iri(key: Key, data: Graph, shapes: Shapes) -> bool:
    by_query = [target.shape for target in shapes.targets if target.kind == "target"]
    return not isinstance(key.focus, NamedNode) and any(key.shape in within(shapes, one) for one in by_query)


def _inside(key: Key, data: Graph, shapes: Shapes) -> bool:
    """Whether one of the others shows on a value that a shape inside looks at."""
    path = shapes.path(key.shape)
    nodes = [key.value] if key.value else follow(path, data)(key.focus) if path else [key.focus]
    open_ = [(inner, node) for inner in shapes.used_by(key.shape) for node in nodes]
    seen = set(open_)
    for shape, node in open_:  # it grows while it is walked
        path = shapes.path(shape)
        values = follow(path, data)(node) if path else [node]
        for component in _components(shapes, shape):
            for value in (*values, None):
                if deviation_of(Key(node, "", value, component, "", shape), data, shapes):
                    return True
        more = {(inner, value) for inner in shapes.used_by(shape) for value in values} - seen
        seen |= more
        open_ += more
    return False


def _components(shapes: Shapes, shape: Term) -> Iterator[str]:
    for predicate in shapes.graph.predicates(shape):
        name = predicate.value.removeprefix(SH)
        if predicate in shapes.custom_parameters:
            yield shapes.custom_parameters[predicate].node.value
        elif predicate in PARAMETER_OF:
            yield f"{SH}{'SPARQL' if name == 'sparql' else name[0].upper() + name[1:]}ConstraintComponent"


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
        _compared,
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
        "ranges-of-languages",
        "LanguageIn",
        _("language ranges of several parts match whole tags only"),
        "4.4.4",
        _part_of_range,
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
        _unlike_met,
    ),
    Deviation(
        "targets-without-iri",
        "*",
        _("literals and blank nodes that a SPARQL-based target selects"),
        "AF 3.1",
        _no_iri,
    ),
    Deviation(
        "inside",
        "Node And Or Xone Not QualifiedMinCount QualifiedMaxCount",
        _("what it does otherwise inside another shape"),
        "4.6, 4.7",
        _inside,
    ),
)
_NOT_RUN = (sh("rule"), sh("expression"))
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
            "advanced": True,
        }
        graph = DataGraph.from_rdflib(rdflib_graph(data.facts))
        rdflib_bool_patch()  # pySHACL reads its shapes under this patch: only true and false are booleans
        try:
            shapes_graph = rdflib_graph(fact for fact in shapes.graph.facts if fact.predicate not in _NOT_RUN)
        finally:
            rdflib_bool_unpatch()
        validator = Validator(graph, shacl_graph=shapes_graph, options=options)
        executor = validator.make_executor()
        asked = sorted(validator.shacl_graph.shapes, key=lambda shape: str(shape.node))
        functions = gather_functions(executor, validator.shacl_graph)
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
            unapply_functions(functions, validator.data_graph)


def rdflib_graph(facts: Iterable[Fact]) -> rdflib.Graph:
    """Triples for rdflib: literals as printed, blank nodes under their names."""
    import rdflib

    convert = RdflibTerms()
    graph = rdflib.Graph(bind_namespaces="none")
    for fact in facts:
        graph.add((convert(fact.subject), convert(fact.predicate), convert(fact.object)))
    return graph


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
