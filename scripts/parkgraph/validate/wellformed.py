"""Whether a shapes graph can be trusted: a broken one must never be reported as conforming.

The syntax rules of SHACL Core and SHACL-SPARQL are checked here, before any engine runs, and so are slips
that the engines pass over in silence: a misspelt SHACL term, a shape that is used and nowhere defined.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode

from parkgraph.names import RDF, SH, XSD
from parkgraph.read.turtle import Fact, Term
from parkgraph.validate import faults, sparql
from parkgraph.validate.faults import Fault
from parkgraph.validate.paths import NIL, BadPath, read_list
from parkgraph.validate.shapes import (
    LIST_OF_SHAPES,
    NODE_SHAPE,
    ONE_SHAPE,
    PARAMETER_OF,
    PROPERTY_SHAPE,
    TARGET_OF,
    TYPE,
    CustomComponent,
    Shapes,
    is_node,
    made,
    sh,
)
from parkgraph.validate.vocabulary import (
    NEEDED,
    NODE_KINDS,
    OTHER,
    PARAMETERS,
    SEVERITY,
    TARGETS,
    TYPES,
    UNSUPPORTED,
    Parameter,
)


class Problem(NamedTuple):
    """Something wrong with the shapes graph.

    fact: the triple at fault.  words: what fills the fault's text.  fix: a remedy instead of the fault's own.
    line: of a query, the line of its text (1-based) that is wrong.
    """

    fact: Fact
    fault: Fault
    words: tuple[str, ...] = ()
    fix: tuple[str, str] | None = None
    line: int | None = None


def problems(shapes: Shapes) -> list[Problem]:
    """What is wrong with a shapes graph, in the order of its triples."""
    order = {fact: number for number, fact in enumerate(shapes.graph.facts)}
    return sorted(dict.fromkeys(_problems(shapes)), key=lambda problem: order[problem.fact])


def _problems(shapes: Shapes) -> Iterator[Problem]:
    for fact in shapes.graph.facts:
        yield from _term(fact, shapes)
    for node in shapes.nodes:
        if is_node(node):
            yield from _shape(node, shapes)
    for component in shapes.components:
        yield from _component(component, shapes)
    yield from _recursion(shapes)


_KINDS = {
    "iri": ("an IRI", "IRI"),
    "literal": ("a literal", "字面量"),
    "integer": ("a whole number from 0", "非负整数"),
    "boolean": ("true or false", "true 或 false"),
    "string": ("a text without language", "不带语言标记的文字"),
    "text": ("a text", "文字"),
    "list": ("a list ( … )", "列表 ( … )"),
    "iris": ("a list of IRIs", "IRI 列表"),
    "strings": ("a list of texts", "文字列表"),
    "shape": ("a shape", "形状"),
    "shapes": ("a list of shapes", "形状列表"),
    "sparql": ("a constraint with one sh:select", "带一个 sh:select 的约束"),
    "kind": (
        "one of " + ", ".join(f"sh:{kind}" for kind in NODE_KINDS),
        "其一：" + "、".join(f"sh:{kind}" for kind in NODE_KINDS),
    ),
}
_TEXTS = (XSD + "string", RDF + "langString")


# --- single triples --------------------------------------------------------


def _term(fact: Fact, shapes: Shapes) -> Iterator[Problem]:
    predicate = fact.predicate.value
    if predicate.startswith(SH):
        name = predicate.removeprefix(SH)
        if name in UNSUPPORTED:
            yield Problem(fact, faults.UNSUPPORTED, (name,))
        elif not (
            name in PARAMETERS
            or name in TARGETS
            or name in OTHER
            or fact.predicate in shapes.custom_parameters
        ):
            near = _nearest(name, (*PARAMETERS, *TARGETS, *OTHER))
            yield Problem(fact, faults.MISSPELT if near else faults.UNKNOWN_PROPERTY, (name,), near)
    if fact.predicate == TYPE and isinstance(fact.object, NamedNode) and fact.object.value.startswith(SH):
        name = fact.object.value.removeprefix(SH)
        if name not in TYPES:
            yield Problem(fact, faults.UNKNOWN_CLASS, (name,), _nearest(name, TYPES))


def _nearest(name: str, known: Iterable[str]) -> tuple[str, str] | None:
    near = difflib.get_close_matches(name, sorted(known), n=1, cutoff=0.8)
    return (f"is sh:{near[0]} meant?", f"是否应为 sh:{near[0]}？") if near else None


# --- one shape -------------------------------------------------------------


def _shape(node: Term, shapes: Shapes) -> Iterator[Problem]:
    graph = shapes.graph
    types, paths = graph.objects(node, TYPE), graph.objects(node, sh("path"))
    yield from _paths(node, paths, shapes)
    if paths and NODE_SHAPE in types:
        yield Problem(made(node, sh("path"), paths[0]), faults.PATH_ON_NODE_SHAPE)
    elif not paths and PROPERTY_SHAPE in types:
        yield Problem(made(node, TYPE, PROPERTY_SHAPE), faults.NO_PATH)
    yield from _settings(node, shapes)
    for predicate, name in TARGET_OF.items():
        for value in graph.objects(node, predicate):
            if isinstance(value, BlankNode) or (name != "targetNode" and isinstance(value, Literal)):
                yield _wrong(made(node, predicate, value), name, "iri")
    for predicate, name in PARAMETER_OF.items():
        values = graph.objects(node, predicate)
        if values:
            yield from _parameter(node, name, PARAMETERS[name], values, shapes)
    for path, component in shapes.custom_parameters.items():
        if values := graph.objects(node, path):
            for other, optional in component.parameters.items():
                if not optional and not graph.objects(node, other):
                    fact = made(node, path, values[0])
                    yield Problem(fact, faults.MISSING_CUSTOM, (path.value, other.value))


def _paths(node: Term, paths: Sequence[Term], shapes: Shapes) -> Iterator[Problem]:
    graph = shapes.graph
    if len(paths) > 1:
        yield Problem(made(node, sh("path"), paths[1]), faults.TWO_PATHS)
    for value in paths:
        try:
            shapes.read_path(value)
        except BadPath as error:
            fact = made(node, sh("path"), value)
            inner = graph.predicates(error.node) if isinstance(error.node, BlankNode) else ()
            if inner:
                fact = made(error.node, inner[0], graph.objects(error.node, inner[0])[0])
            yield Problem(fact, faults.BAD_PATH, (error.english, error.chinese))


def _settings(node: Term, shapes: Shapes) -> Iterator[Problem]:
    graph = shapes.graph
    for name in ("severity", "deactivated"):
        values = graph.objects(node, sh(name))
        if len(values) > 1:
            yield Problem(made(node, sh(name), values[1]), faults.TWO_VALUES, (name,))
    for value in graph.objects(node, sh("severity")):
        fact = made(node, sh("severity"), value)
        if not isinstance(value, NamedNode):
            yield _wrong(fact, "severity", "iri")
        elif value.value.startswith(SH) and value.value not in SEVERITY:
            yield Problem(fact, faults.UNKNOWN_SEVERITY, (value.value.removeprefix(SH),))
    for value in graph.objects(node, sh("deactivated")):
        if not _is_boolean(value):
            yield _wrong(made(node, sh("deactivated"), value), "deactivated", "boolean")
    yield from _message(node, shapes)


def _message(node: Term, shapes: Shapes) -> Iterator[Problem]:
    for value in shapes.graph.objects(node, sh("message")):
        if not (isinstance(value, Literal) and value.datatype.value in _TEXTS):
            yield _wrong(made(node, sh("message"), value), "message", "text")


def _parameter(
    node: Term, name: str, about: Parameter, values: Sequence[Term], shapes: Shapes
) -> Iterator[Problem]:
    graph = shapes.graph
    first = made(node, sh(name), values[0])
    if about.single and len(values) > 1:
        yield Problem(made(node, sh(name), values[1]), faults.TWO_VALUES, (name,))
    known = PROPERTY_SHAPE in graph.objects(node, TYPE) or graph.subjects(sh("property"), node)
    if about.property_only and not known and not graph.objects(node, sh("path")):
        yield Problem(first, faults.NEEDS_PATH, (name,))
    needed = NEEDED.get(name)
    if needed and not graph.objects(node, sh(needed)):
        yield Problem(first, faults.MISSING_PARAMETER, (name, needed))
    if name == "qualifiedValueShape" and not any(
        graph.objects(node, sh(count)) for count in ("qualifiedMinCount", "qualifiedMaxCount")
    ):
        yield Problem(first, faults.MISSING_COUNT)
    for value in values:
        yield from _value(made(node, sh(name), value), name, about, shapes)


def _value(fact: Fact, name: str, about: Parameter, shapes: Shapes) -> Iterator[Problem]:
    takes = about.takes
    if takes in _FITS and not _FITS[takes](fact.object):
        yield _wrong(fact, name, takes)
    elif takes in ("list", "iris", "strings", "shapes"):
        yield from _list(fact, name, takes, shapes)
    elif takes == "shape":
        yield from _reference(fact, name, fact.object, shapes)
    elif takes == "sparql":
        yield from _constraint(fact, shapes)
    elif name == "pattern":
        flags = shapes.graph.objects(fact.subject, sh("flags"))
        error = sparql.regex_error(_text(fact.object), _text(flags[0]) if flags else "")
        if error:
            yield Problem(fact, faults.BAD_REGEX, (error,))
    elif name == "flags" and not re.fullmatch(r"[smixq]*", _text(fact.object)):
        yield Problem(fact, faults.BAD_FLAGS, (_text(fact.object),))


def _list(fact: Fact, name: str, takes: str, shapes: Shapes) -> Iterator[Problem]:
    try:
        members = read_list(fact.object, shapes.graph.objects)
    except BadPath as error:
        yield Problem(fact, faults.BAD_LIST, (name, *_KINDS[takes], error.english, error.chinese))
        return
    if takes == "shapes":
        if fact.object == NIL:
            yield Problem(fact, faults.EMPTY_LIST, (name,))
        for member in members:
            yield from _reference(fact, name, member, shapes)
    elif (takes == "iris" and not all(isinstance(member, NamedNode) for member in members)) or (
        takes == "strings" and not all(_has_type(member, "string") for member in members)
    ):
        yield _wrong(fact, name, takes)


def _reference(fact: Fact, name: str, used: Term, shapes: Shapes) -> Iterator[Problem]:
    """A shape that is used must be there; a value of sh:property has a path, a value of sh:node has none."""
    graph = shapes.graph
    if not is_node(used):
        yield _wrong(fact, name, "shape" if used == fact.object else "shapes")
    elif not graph.has_subject(used):
        if isinstance(used, BlankNode) and name != "property":
            return  # [] : a shape that asks nothing
        said = f"<{used.value}>" if isinstance(used, NamedNode) else "[ ]"
        yield Problem(fact, faults.UNDEFINED_SHAPE, (said,), _nearest_shape(used, shapes))
    elif name == "property" and not graph.objects(used, sh("path")):
        yield Problem(fact, faults.NOT_A_PROPERTY_SHAPE)
    elif name == "node" and graph.objects(used, sh("path")):
        yield Problem(fact, faults.NOT_A_NODE_SHAPE)


def _nearest_shape(used: Term, shapes: Shapes) -> tuple[str, str] | None:
    if not isinstance(used, NamedNode):
        return None
    namespace, local = _split(used.value)
    known = {_split(node.value)[1] for node in shapes.nodes
             if isinstance(node, NamedNode) and shapes.graph.has_subject(node)
             and _split(node.value)[0] == namespace}  # fmt: skip
    near = difflib.get_close_matches(local, sorted(known), n=1, cutoff=0.75)
    return (f"is <{namespace}{near[0]}> meant?", f"是否应为 <{namespace}{near[0]}>？") if near else None


def _split(iri: str) -> tuple[str, str]:
    at = max(iri.rfind("#"), iri.rfind("/")) + 1
    return iri[:at], iri[at:]


# --- SPARQL ----------------------------------------------------------------


def _constraint(fact: Fact, shapes: Shapes) -> Iterator[Problem]:
    graph, node = shapes.graph, fact.object
    if not is_node(node) or len(graph.objects(node, sh("select"))) != 1:
        yield _wrong(fact, "sparql", "sparql")
        return
    path = graph.objects(fact.subject, sh("path"))
    yield from _query(node, "select", {"this"}, shapes, uses_path=bool(path))
    yield from _message(node, shapes)


def _component(component: CustomComponent, shapes: Shapes) -> Iterator[Problem]:
    graph, node = shapes.graph, component.node
    declared = made(node, TYPE, sh("ConstraintComponent"))
    names = {re.split(r"[/#]", path.value)[-1] for path in component.parameters}
    for parameter in graph.objects(node, sh("parameter")):
        paths = graph.objects(parameter, sh("path"))
        if len(paths) != 1 or not isinstance(paths[0], NamedNode):
            yield Problem(made(node, sh("parameter"), parameter), faults.BAD_PARAMETER)
    if all(component.parameters.values()):
        yield Problem(declared, faults.NO_PARAMETER)
    validators = [
        (kind, validator)
        for kind in ("validator", "nodeValidator", "propertyValidator")
        for validator in graph.objects(node, sh(kind))
    ]
    if not validators:
        yield Problem(declared, faults.NO_VALIDATOR)
    for kind, validator in validators:
        form = next((name for name in ("ask", "select") if graph.objects(validator, sh(name))), None)
        if form is None:
            yield Problem(made(node, sh(kind), validator), faults.NO_QUERY)
            continue
        bound = {"this", "value", *names} if form == "ask" else {"this", *names}
        yield from _query(validator, form, bound, shapes, uses_path=kind == "propertyValidator")


def _query(node: Term, form: str, bound: set[str], shapes: Shapes, *, uses_path: bool) -> Iterator[Problem]:
    graph = shapes.graph
    value = graph.objects(node, sh(form))[0]
    fact = made(node, sh(form), value)
    if not _has_type(value, "string"):
        yield _wrong(fact, form, "string")
        return
    declaring = graph.objects(node, sh("prefixes"))
    for one in declaring:
        if not sparql.declared(graph, [one]):
            yield Problem(made(node, sh("prefixes"), one), faults.NO_PREFIXES)
    error = sparql.query_error(
        _text(value), form, sparql.declared(graph, declaring), bound, uses_path=uses_path
    )
    if error:
        yield Problem(fact, faults.BAD_SPARQL, (error.english, error.chinese), error.fix, error.line)


# --- the whole -------------------------------------------------------------


def _recursion(shapes: Shapes) -> Iterator[Problem]:
    done: set[Term] = set()
    for start in shapes.nodes:
        if start in done:
            continue
        open_ = {start: shapes.used_by(start)}
        while open_:
            node, following = next(reversed(open_.items()))
            inner = next(following, None)
            if inner is None:
                done.add(node)
                del open_[node]
            elif inner in open_:
                above = list(open_)
                chain = [*above[above.index(inner) :], inner]
                said = " → ".join(str(step) if isinstance(step, NamedNode) else "[ ]" for step in chain)
                yield Problem(_edge(node, inner, shapes), faults.RECURSIVE, (said,))
            elif inner not in done:
                open_[inner] = shapes.used_by(inner)


def _edge(outer: Term, inner: Term, shapes: Shapes) -> Fact:
    for predicate in ONE_SHAPE:
        if inner in shapes.graph.objects(outer, predicate):
            return made(outer, predicate, inner)
    return next(
        made(outer, predicate, value)
        for predicate in LIST_OF_SHAPES
        for value in shapes.graph.objects(outer, predicate)
        if inner in shapes.members(value)
    )


# --- values ----------------------------------------------------------------


def _wrong(fact: Fact, name: str, takes: str) -> Problem:
    return Problem(fact, faults.BAD_VALUE, (name, *_KINDS[takes]))


def _text(value: Term) -> str:
    return value.value


def _has_type(value: Term, name: str) -> bool:
    return isinstance(value, Literal) and value.datatype.value == XSD + name


def _is_boolean(value: Term) -> bool:
    return _has_type(value, "boolean") and value.value in ("true", "false", "1", "0")


_FITS = {
    "iri": lambda value: isinstance(value, NamedNode),
    "literal": lambda value: isinstance(value, Literal),
    "integer": lambda value: _has_type(value, "integer") and re.fullmatch(r"\+?\d+", _text(value)),
    "boolean": _is_boolean,
    "string": lambda value: _has_type(value, "string"),
    "kind": lambda value: isinstance(value, NamedNode) and value.value.removeprefix(SH) in NODE_KINDS,
}
