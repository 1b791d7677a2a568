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


_Shows = Callable[[Key, Graph, Shapes], bool]


class Deviation(NamedTuple):
    """One thing that pySHACL does otherwise than the specification.

    id: its name.  components: local names of those that show it, * for all; others than SHACL's are Custom.
    said: what it is.  section: of the specification.  shows: whether a difference is of this kind.
    """

    id: str
    components: str
    section: str
    said: Text
    shows: _Shows


DEVIATIONS: list[Deviation] = []


def _deviation(id: str, components: str, section: str, said: Text) -> Callable[[_Shows], None]:
    return lambda shows: DEVIATIONS.append(Deviation(id, components, section, said, shows))


@_deviation("lexical-forms", "Datatype", "4.1.2",
            _("rdflib's idea of XML Schema's lexical forms; rdfs:Literal as any literal"))  # fmt: skip
def _form(key: Key, data: Graph, shapes: Shapes) -> bool:
    asked = shapes.graph.objects(key.shape, sh("datatype"))
    if not isinstance(key.value, Literal) or key.value.datatype not in asked:
        return isinstance(key.value, Literal) and NamedNode(RDFS + "Literal") in asked
    theirs = RdflibTerms()(key.value)
    return well_formed(key.value) == bool(theirs.ill_typed or theirs.value is None)


_BOUNDS = "MinExclusive MinInclusive MaxExclusive MaxInclusive"


@_deviation("comparisons", f"{_BOUNDS} LessThan LessThanOrEquals", "4.3, 4.5",
            _("values that SPARQL cannot compare pass, or are compared as Python does"))  # fmt: skip
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


@_deviation("length-of-blank-nodes", "MinLength MaxLength", "4.4.1, 4.4.2", _("blank nodes have a length"))
def _length(key: Key, data: Graph, shapes: Shapes) -> bool:
    return isinstance(key.value, BlankNode)


@_deviation("regular-expressions", "Pattern", "4.4.3", _("regular expressions are read as Python's"))
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


@_deviation("ranges-of-languages", "LanguageIn", "4.4.4",
            _("language ranges of several parts match whole tags only"))  # fmt: skip
def _part_of_range(key: Key, data: Graph, shapes: Shapes) -> bool:
    tag = (key.value.language or "") if isinstance(key.value, Literal) else ""
    ranges = (one.value.lower() for node in shapes.graph.objects(key.shape, sh("languageIn"))
              for one in shapes.members(node))  # fmt: skip
    return any("-" in one and tag.lower().startswith(one + "-") for one in ranges)


@_deviation("overlooked-components", "Custom", "6.2",
            _("components of a class below sh:ConstraintComponent, or whose parameters have constraints"),
            )  # fmt: skip
def _overlooked(key: Key, data: Graph, shapes: Shapes) -> bool:
    graph, component = shapes.graph, NamedNode(key.component)
    asked = {predicate for parameter in graph.objects(component, sh("parameter"))
             for predicate in graph.predicates(parameter)}  # fmt: skip
    direct = sh("ConstraintComponent") in graph.objects(component, TYPE)
    return not direct or not asked.isdisjoint(PARAMETER_OF)


@_deviation("asks-without-value", "Custom", "6.3", _("no value of what an ASK refuses at a property"))
def _asks(key: Key, data: Graph, shapes: Shapes) -> bool:
    graph, component = shapes.graph, NamedNode(key.component)
    kinds = (sh("validator"), sh("propertyValidator"))
    validators = [node for kind in kinds for node in graph.objects(component, kind)]
    asking = any(graph.objects(node, sh("ask")) for node in validators)
    return asking and bool(graph.objects(key.shape, sh("path")))


@_deviation("order-in-queries", "SPARQL Custom", "5, 6", _("queries compare values that SPARQL cannot"))
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


@_deviation("targets-without-iri", "*", "AF 3.1",
            _("literals and blank nodes that a SPARQL-based target selects"))  # fmt: skip
def _no_iri(key: Key, data: Graph, shapes: Shapes) -> bool:
    by_query = [target.shape for target in shapes.targets if target.kind == "target"]
    return not isinstance(key.focus, NamedNode) and any(key.shape in within(shapes, one) for one in by_query)


@_deviation("inside", "Node And Or Xone Not QualifiedMinCount QualifiedMaxCount", "4.6, 4.7",
            _("what it does otherwise inside another shape"))  # fmt: skip
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


def _queries(shapes: Shapes, shape: Term, component: str) -> Iterator[str]:
    """The texts that a shape's own queries, or a component's validators, are."""
    graph = shapes.graph
    kinds = ("validator", "nodeValidator", "propertyValidator")
    holders = {shape: ["sparql"]} if component.startswith(SH) else {NamedNode(component): kinds}
    for holder, names in holders.items():
        for node in (node for name in names for node in graph.objects(holder, sh(name))):
            for form in ("select", "ask"):
                yield from (text.value for text in graph.objects(node, sh(form)))


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
    for one, times in known.items():
        at = {"version": number, "count": times, "said": one.said, "section": one.section}
        said = _(
            "pySHACL {version} differs {count} times, by a known deviation: {said} (SHACL {section})", **at
        )
        notes.append(said)
    for key in unknown[:_MOST]:
        about = " ".join(filter(None, (str(key.focus), key.path and f"<{key.path}>", str(key.value or ""))))
        at = {"version": number, "about": about, "component": key.component}
        said = _("pySHACL {version} does not say that {about} breaks {component}; please report it", **at)
        if key in theirs:
            said = _("only pySHACL {version} says that {about} breaks {component}; please report it", **at)
        notes.append(said)
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
    errors: list[Exception] = []
    try:
        for shape, found in ask(data, shapes):
            if isinstance(found, Exception):
                silent |= within(shapes, shape)
                errors.append(found)
            else:
                keys += found
    except Exception as error:  # whatever it throws: it is not asked for a verdict
        silent, errors = set(shapes.nodes), [error]
    said = dict.fromkeys(f"{type(one).__name__}: {one}".strip().split("\n")[0][:300] for one in errors)
    gave_up = [_("pySHACL {version} gave up: {said}", version=version("pyshacl"), said=one) for one in said]
    return [key for key in keys if key.shape not in silent], [*gave_up], silent


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
        options = {"logger": quiet, "inplace": True, "max_validation_depth": 30, "advanced": True}
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
