"""Skeletons of a class, from the shapes; code lists, listed and extended."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode

from parkgraph.draft import WORDS
from parkgraph.draft.write import TOPIC, both, node
from parkgraph.errors import Usage
from parkgraph.graph.documents import SUBCLASS, TYPE, Graph, read_documents
from parkgraph.messages import _
from parkgraph.names import CODE, ENTITY, INDUSTRY, PARK, SH, SKOS, shorten
from parkgraph.read.files import Root
from parkgraph.read.prefixes import prefixes
from parkgraph.read.turtle import Term

PREFIXES: dict[str, str] = WORDS["prefixes"]
"""The classes that a draft makes things of → the prefix of these."""


def _sh(name: str) -> NamedNode:
    return NamedNode(SH + name)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A property that the shapes ask of a class.  codes: the code list its values come from.

    what: what a value is, for people: a class, a datatype.  path: short, park:phase.
    """

    path: str
    required: bool
    what: str
    codes: str | None


def class_named(graph: Graph, name: str) -> NamedNode:
    """The class of this local name, short name or label.  Raises Usage with the nearest."""
    from parkgraph.ask.labels import nearest

    owl = NamedNode("http://www.w3.org/2002/07/owl#Class")
    classes = [one for one in graph.subjects(TYPE, owl) if isinstance(one, NamedNode)]
    local = {one.value.rpartition("#")[2]: one for one in classes if one.value.startswith(PARK)}
    labels = {label: one for one in local.values() for label in graph.texts(one, _LABEL).values()}
    wanted = name.removeprefix("park:")
    if found := local.get(wanted) or labels.get(wanted):
        return found
    near = nearest(wanted, [*local, *labels])
    raise Usage(_("no class is called {name}", name=name), fix=_("nearest: {near}", near=near))


_LABEL = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")


def wanted(root: Root, shapes: Graph, graph: Graph, class_: Term) -> list[Wanted]:
    """What the shapes of the graph say of a class and those above it, the required first."""
    short = prefixes(root.path)
    found: dict[str, Wanted] = {}
    targeted = [one for kind in _upward(graph, class_) for one in shapes.subjects(_sh("targetClass"), kind)]
    for one in (property_ for shape in targeted for property_ in shapes.objects(shape, _sh("property"))):
        for path in shapes.objects(one, _sh("path")):
            if isinstance(path, NamedNode):
                said = _wanted(shapes, one, shorten(path.value, short), short)
                before = found.get(said.path)
                if not before or said.required > before.required:
                    found[said.path] = said
    return sorted(found.values(), key=lambda one: (not one.required, _ORDER.get(one.path, 50), one.path))


_ORDER = {"rdfs:label": 0, "skos:prefLabel": 0, "park:basis": 90, "park:evidence": 99}


def _wanted(shapes: Graph, shape: Term, path: str, short: Mapping[str, str]) -> Wanted:
    codes = None
    listed = [
        one for code in shapes.objects(shape, _sh("node")) for one in shapes.objects(code, _sh("property"))
    ]
    for inner in listed:
        for scheme in shapes.objects(inner, _sh("hasValue")):
            codes = scheme.value.removeprefix(CODE) if isinstance(scheme, NamedNode) else None
    what = [*shapes.objects(shape, _sh("class")), *shapes.objects(shape, _sh("datatype"))]
    least = shapes.texts(shape, _sh("minCount")).get("", "0")
    return Wanted(path, int(least) > 0, ", ".join(shorten(one.value, short) for one in what), codes)


def skeleton(
    root: Root, graph: Graph, class_: NamedNode, slug: str, given: Mapping[str, Sequence[str]]
) -> tuple[str, str, list[str]]:
    """Topic file, Turtle, and the properties that are left to fill; each has TODO and what it may be.

    given: property → values as Turtle writes them.
    """
    local = class_.value.removeprefix(PARK)
    statements = graph.classes_below(NamedNode(PARK + "Statement"))
    shapes = Graph(read_documents(root, "shapes"))
    asked = [one for one in wanted(root, shapes, graph, class_) if one.required]
    values: dict[str, Sequence[str]] = {"rdfs:label": given.get("rdfs:label", both("TODO", "TODO"))}
    left = []
    for one in asked:
        values[one.path] = given.get(one.path) or values.get(one.path) or ["TODO"]
        if one.path == "park:basis" and one.path not in given:
            values[one.path] = ["basis:stated"]
        if any("TODO" in value for value in values[one.path]):
            may_be = ", ".join(short for short, *__ in codes(graph, one.codes)) if one.codes else one.what
            left.append(f"{one.path}: {may_be or '…'}")
    values |= {path: held for path, held in given.items() if path not in values}
    order = sorted(values, key=lambda path: (_ORDER.get(path, 50), list(values).index(path)))
    prefix = prefix_of(graph, class_)
    name = f"{prefix}:{slug}"
    above = [one.value.removeprefix(PARK) for one in _upward(graph, class_)]
    fallback = "programme" if class_ in statements else "park"
    topic = next((TOPIC[one] for one in above if one in TOPIC), fallback)
    return f"kg/{topic}.ttl", node(name, f"park:{local}", [(path, values[path]) for path in order]), left


def _upward(graph: Graph, class_: Term) -> list[NamedNode]:
    """A class and those above it, the nearest first."""
    found: list[Term] = [class_]
    for one in found:
        found += [above for above in graph.objects(one, SUBCLASS) if above not in found]
    return [one for one in found if isinstance(one, NamedNode)]


def prefix_of(graph: Graph, class_: NamedNode) -> str:
    """The prefix of the things of a class: that of its instances, else of PREFIXES, else made of its name."""
    for one in graph.subjects(TYPE, class_):
        if isinstance(one, NamedNode) and one.value.startswith(ENTITY):
            return one.value.removeprefix(ENTITY).split("/", 1)[0]
    local = class_.value.removeprefix(PARK)
    return PREFIXES.get(local) or re.sub(r"(?<=[a-z])(?=[A-Z])", "-", local).lower()


# --- code lists ---------------------------------------------------------------


def schemes(graph: Graph) -> dict[str, Term]:
    """Name → code list: phase, role, … and industry."""
    every = graph.subjects(TYPE, NamedNode(SKOS + "ConceptScheme"))
    named = {one.value.removeprefix(CODE): one for one in every if isinstance(one, NamedNode)}
    return dict(sorted(("industry" if INDUSTRY in name else name, one) for name, one in named.items()))


def codes(graph: Graph, name: str) -> list[tuple[str, dict[str, str], dict[str, str]]]:
    """The codes of a list: short name, labels, definitions.  Raises Usage for a list that is not there."""
    from parkgraph.ask.labels import nearest

    known = schemes(graph)
    if name not in known:
        near = nearest(name, known)
        raise Usage(_("no code list is called {name}", name=name), fix=_("nearest: {near}", near=near))
    namespaces = {name: CODE + name + "/", "industry": INDUSTRY}
    label, definition = NamedNode(SKOS + "prefLabel"), NamedNode(SKOS + "definition")
    return [
        (shorten(one.value, namespaces), graph.texts(one, label), graph.texts(one, definition))
        for one in graph.subjects(NamedNode(SKOS + "inScheme"), known[name])
        if isinstance(one, NamedNode)
    ]


def code(
    graph: Graph, name: str, local: str, labels: Sequence[str], definitions: Sequence[str],
    evidence: Sequence[str],
) -> tuple[str, str]:  # fmt: skip
    """The file of a code list and the Turtle of a new code.  labels, definitions: Chinese and English.

    Raises Usage for a code that is there, and for a list that holds units or industries' scheme otherwise.
    """
    known = schemes(graph)
    if any(short.partition(":")[2] == local for short, __, __ in codes(graph, name)):
        raise Usage(_("{name} has the code {local} already", name=name, local=local))
    scheme = known[name]
    file = graph.of(scheme)[0].document.name
    iri = "industry:scheme" if name == "industry" else f"<{scheme.value}>"
    return file, node(f"{name}:{local}", "park:Industry" if name == "industry" else "skos:Concept", [
        ("skos:inScheme", [iri]),
        ("skos:topConceptOf", [iri]),
        ("skos:prefLabel", both(*labels)),
        ("skos:definition", both(*definitions)),
        ("park:evidence", evidence),
    ])  # fmt: skip
