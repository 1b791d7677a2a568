"""The shapes of a shapes graph: which nodes are shapes, what they ask, what they look at."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, cached_property
from graphlib import CycleError, TopologicalSorter
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode

from parkgraph.finding import Severity
from parkgraph.graph.documents import TYPE, Graph
from parkgraph.names import OWL, RDFS, SH
from parkgraph.read.turtle import Fact, Term
from parkgraph.validate.paths import FIRST, BadPath, Path, read_list, read_path


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


TAKES = {
    name: kind
    for kind, names in {
        "iri": "class datatype equals disjoint lessThan lessThanOrEquals",
        "literal": "minExclusive minInclusive maxExclusive maxInclusive",
        "integer": "minCount maxCount minLength maxLength qualifiedMinCount qualifiedMaxCount",
        "boolean": "uniqueLang qualifiedValueShapesDisjoint closed",
        "string": "pattern flags",
        "strings": "languageIn",
        "list": "in",
        "iris": "ignoredProperties",
        "shape": "not node property qualifiedValueShape",
        "shapes": "and or xone",
        "kind": "nodeKind",
        "sparql": "sparql",
        "any": "hasValue",
    }.items()
    for name in names.split()
}
"""Parameter of SHACL Core → the kind of value that it takes."""
SETTINGS = {
    "targetClass": "iri",
    "targetNode": "term",
    "targetSubjectsOf": "iri",
    "targetObjectsOf": "iri",
    "severity": "iri",
    "deactivated": "boolean",
    "message": "text",
}
"""What else a shape may have, as in `TAKES`."""
SINGLE = frozenset((*TAKES, "severity", "deactivated")) - _words(
    "class equals disjoint lessThan lessThanOrEquals not and or xone node property hasValue sparql"
)
"""That of which a shape has one value at most."""
ON_PROPERTY = _words("minCount maxCount uniqueLang lessThan lessThanOrEquals qualifiedValueShape")
"""Those that no node shape may have."""
NEEDED = {
    "flags": ("pattern",),
    "ignoredProperties": ("closed",),
    "qualifiedMinCount": ("qualifiedValueShape",),
    "qualifiedMaxCount": ("qualifiedValueShape",),
    "qualifiedValueShapesDisjoint": ("qualifiedValueShape",),
    "qualifiedValueShape": ("qualifiedMinCount", "qualifiedMaxCount"),
}
"""Parameter → those of which it needs one beside it to say anything."""

TARGETS = ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf")
NODE_KINDS = ("IRI", "BlankNode", "Literal", "BlankNodeOrIRI", "BlankNodeOrLiteral", "IRIOrLiteral")

# Other properties of the SHACL namespace that may stand in a shapes graph; they constrain nothing.
OTHER = _words(
    """
    agentInstruction alternativePath annotationProperty annotationValue annotationVarName ask
    codeIdentifier condition conforms construct deactivated declare defaultValue description detail
    entailment filterShape focusNode group intent intersection inversePath labelTemplate message
    name namespace nodeValidator nodes object oneOrMorePath optional order parameter path predicate
    prefix prefixes propertyValidator result resultAnnotation resultMessage resultPath
    resultSeverity returnType select severity shapesGraph shapesGraphWellFormed sourceConstraint
    sourceConstraintComponent sourceShape subject suggestedShapesGraph union update validator value
    zeroOrMorePath zeroOrOnePath
    """
)

# Of SHACL-AF, SHACL-JS and SHACL 1.2; neither engine here checks them.
UNSUPPORTED = _words(
    """
    conformanceDisallows expression js jsFunctionName jsLibrary jsLibraryURL maxListLength
    memberShape minListLength nodeByExpression reificationRequired reifierShape rootClass rule shape
    singleLine someValue subsetOf target targetWhere uniqueMembers uniqueValuesFor
    uniqueValuesForClass
    """
)

TYPES = _words(
    """
    AbstractResult ConstraintComponent Function JSConstraint JSExecutable JSFunction JSLibrary
    JSRule JSTarget JSTargetType JSValidator NodeKind NodeShape Parameter Parameterizable
    PrefixDeclaration PropertyGroup PropertyShape ResultAnnotation Rule SPARQLAskExecutable
    SPARQLAskValidator SPARQLConstraint SPARQLConstructExecutable SPARQLExecutable SPARQLFunction
    SPARQLRule SPARQLSelectExecutable SPARQLSelectValidator SPARQLTarget SPARQLTargetType
    SPARQLUpdateExecutable Severity Shape Target TargetType TripleRule ValidationReport
    ValidationResult Validator
    """
)

SEVERITY: dict[str, Severity] = {
    SH + "Violation": "violation",
    SH + "Warning": "warning",
    SH + "Info": "info",
    SH + "Debug": "info",
    SH + "Trace": "info",
}

NODE_SHAPE, PROPERTY_SHAPE = NamedNode(SH + "NodeShape"), NamedNode(SH + "PropertyShape")
CLASSES = (NamedNode(RDFS + "Class"), NamedNode(OWL + "Class"))
LIST_OF_SHAPES = tuple(NamedNode(SH + name) for name in ("and", "or", "xone"))
ONE_SHAPE = tuple(NamedNode(SH + name) for name in ("node", "property", "not", "qualifiedValueShape"))
PARAMETER_OF = {NamedNode(SH + name): name for name in TAKES}
PREFIX = re.compile(r"^[ \t]*(?:@prefix|prefix)\s+([^\s:]*):\s*<([^<>\s]*)>", re.IGNORECASE | re.MULTILINE)
TARGET_OF = {NamedNode(SH + name): name for name in TARGETS}


@cache
def sh(name: str) -> NamedNode:
    """A term of the SHACL namespace."""
    return NamedNode(SH + name)


class Target(NamedTuple):
    """How a shape finds its focus nodes.  kind: targetClass, …, or `class` for a shape that is a class."""

    shape: Term
    kind: str
    node: Term


@dataclass(frozen=True, slots=True)
class CustomComponent:
    """A sh:ConstraintComponent.  parameters: path → whether it is optional."""

    node: Term
    parameters: dict[NamedNode, bool]


class Found(NamedTuple):
    """What a constraint says of a focus node; the rest of a result is the shape's.

    other: the term that the value was compared with, or another that explains it.  path: where it is not the
    shape's.  messages: of a query's solution.  bindings: of its variables.
    """

    focus: Term
    value: Term | None = None
    other: Term | None = None
    path: Path | None = None
    messages: tuple[Literal, ...] = ()
    bindings: tuple[tuple[str, Term], ...] = ()


Values = Mapping[Term, Sequence[Term]]
"""Focus node → its value nodes (section 3.5)."""

Check = Callable[[Values], Iterable[Found]]


class Constraint(NamedTuple):
    """One constraint of a shape.

    component: its IRI.  rule: the triple that states it.  check: what it finds.  node: of a sh:sparql.
    hands_on: of sh:property, the shape whose results are given instead.
    """

    component: str
    rule: Fact
    check: Check
    node: Term | None = None
    hands_on: Term | None = None


class Result(NamedTuple):
    """One validation result.  severity: an IRI.  path: None for a node shape."""

    found: Found
    constraint: Constraint
    shape: Term
    severity: str
    path: Path | None

    @property
    def focus(self) -> Term:
        """The node that was judged."""
        return self.found.focus

    @property
    def value(self) -> Term | None:
        """The value that is wrong, where it is one."""
        return self.found.value

    @property
    def component(self) -> str:
        """IRI of the constraint component."""
        return self.constraint.component


class Shapes:
    """The shapes graph and what follows from it."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph

    @cached_property
    def prefixes(self) -> dict[str, str]:
        """The prefixes that the files declare: they count for queries that declare no others."""
        found: dict[str, str] = {}
        for document in self.graph.documents:
            for prefix, namespace in PREFIX.findall(document.text):
                found.setdefault(prefix, namespace)
        return found

    @cached_property
    def nodes(self) -> dict[Term, None]:
        """Every node that is a shape, in order."""
        return dict.fromkeys(self._find())

    def _find(self) -> Iterator[Term]:
        for subject, predicate, object_ in self.graph.facts:
            if (
                (predicate == TYPE and object_ in self._shape_classes)
                or predicate in TARGET_OF
                or predicate == sh("target")
                or predicate in self.custom_parameters
            ):
                yield subject
            elif predicate in PARAMETER_OF and not self._describes_component(subject):
                yield subject
                if predicate in ONE_SHAPE:
                    yield object_
                elif predicate in LIST_OF_SHAPES:
                    yield from self.members(object_)

    @cached_property
    def _shape_classes(self) -> set[Term]:
        return self.graph.classes_below(NODE_SHAPE) | self.graph.classes_below(PROPERTY_SHAPE)

    def _describes_component(self, node: Term) -> bool:
        # Parameters of a component carry constraints such as sh:datatype: about values, not about data.
        return node in self._component_nodes

    @cached_property
    def _component_nodes(self) -> set[Term]:
        return {
            parameter
            for component in self.graph.instances(sh("ConstraintComponent"))
            for parameter in self.graph.objects(component, sh("parameter"))
        }

    def members(self, node: Term) -> list[Term]:
        """The members of a list, or none where it is not one (which `shape_lint` tells)."""
        try:
            return read_list(node, self.graph.objects) if self.graph.objects(node, FIRST) else []
        except BadPath:
            return []

    @cached_property
    def components(self) -> list[CustomComponent]:
        """The constraint components that the shapes graph itself declares."""
        found = []
        for node in self.graph.instances(sh("ConstraintComponent")):
            parameters = {}
            for parameter in self.graph.objects(node, sh("parameter")):
                for path in self.graph.objects(parameter, sh("path")):
                    if isinstance(path, NamedNode):
                        parameters[path] = truth(self.graph.objects(parameter, sh("optional")))
            found.append(CustomComponent(node, parameters))
        return found

    @cached_property
    def custom_parameters(self) -> dict[NamedNode, CustomComponent]:
        """The properties that components of the shapes graph take as mandatory parameters."""
        return {
            path: component
            for component in self.components
            for path, optional in component.parameters.items()
            if not optional
        }

    @cached_property
    def targets(self) -> list[Target]:
        """Every target of every shape that is not deactivated, in order."""
        found = []
        for node in self.nodes:
            if self.deactivated(node):
                continue
            for predicate, kind in TARGET_OF.items():
                found += [Target(node, kind, value) for value in self.graph.objects(node, predicate)]
            found += [Target(node, "target", value) for value in self.graph.objects(node, sh("target"))]
            if isinstance(node, NamedNode) and self.is_class(node):
                found.append(Target(node, "class", node))
        return found

    def is_class(self, node: Term) -> bool:
        """Whether a shape is a class too, and so targets its instances."""
        return any(type_ in self.metaclasses for type_ in self.graph.objects(node, TYPE))

    @cached_property
    def metaclasses(self) -> set[Term]:
        """The classes whose instances are classes."""
        return set().union(*(self.graph.classes_below(class_) for class_ in CLASSES))

    @cached_property
    def has_queries(self) -> bool:
        """Whether anything is asked in SPARQL."""
        return bool(self.components) or any(fact.predicate == sh("sparql") for fact in self.graph.facts)

    def deactivated(self, node: Term) -> bool:
        """Whether sh:deactivated is the term `true` (2.1.6): "1"^^xsd:boolean is another."""
        return self.graph.objects(node, sh("deactivated"))[:1] == [Literal(True)]

    def path(self, node: Term) -> Path | None:
        """The path of a property shape; None for a node shape.  Raises BadPath."""
        values = self.graph.objects(node, sh("path"))
        return self.read_path(values[0]) if values else None

    def read_path(self, node: Term) -> Path:
        """The path that a node of the shapes graph stands for.  Raises BadPath."""
        return read_path(node, self.graph.objects, self.graph.predicates)

    def severity(self, node: Term) -> str:
        """IRI of a shape's severity."""
        values = self.graph.objects(node, sh("severity"))
        return values[0].value if values and isinstance(values[0], NamedNode) else SH + "Violation"

    def used_by(self, node: Term) -> Iterator[Term]:
        """The shapes that a shape hands nodes on to."""
        for predicate in ONE_SHAPE:
            yield from self.graph.objects(node, predicate)
        for predicate in LIST_OF_SHAPES:
            for value in self.graph.objects(node, predicate):
                yield from self.members(value)

    @cached_property
    def recursive(self) -> set[Term]:
        """The shapes that lead back to themselves (or stand between two that do)."""
        below = {node: set(self.used_by(node)) & self.nodes.keys() for node in self.nodes}
        return _blocked(below) & _blocked({node: set(self._around.get(node, ())) for node in self.nodes})

    def name(self, node: Term) -> str:
        """A shape as messages call it: its IRI, or the IRI of the shape around it with the path."""
        found = [node]
        for inner in found:  # it grows while it is walked
            if isinstance(inner, NamedNode):
                return inner.value
            found += [outer for outer in self._around.get(inner, ()) if outer not in found]
        return str(node)

    @cached_property
    def _around(self) -> dict[Term, list[Term]]:
        around: dict[Term, list[Term]] = {}
        for node in self.nodes:
            for inner in self.used_by(node):
                around.setdefault(inner, []).append(node)
        return around


def _blocked(graph: Mapping[Term, set[Term]]) -> set[Term]:
    """The nodes that lead to a circle of the graph."""
    sorter = TopologicalSorter(graph)
    with suppress(CycleError):
        sorter.prepare()
    found = set(graph)
    while ready := sorter.get_ready():
        found.difference_update(ready)
        sorter.done(*ready)
    return found


def truth(values: object) -> bool:
    """Whether the first of `values` is the literal true."""
    first = next(iter(values), None)  # type: ignore[call-overload]
    return isinstance(first, Literal) and first.value in ("true", "1")
