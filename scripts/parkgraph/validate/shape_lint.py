"""Whether a shapes graph can be trusted: the one place that says that a shapes graph is wrong.

What breaks a rule of SHACL's syntax is a violation: no result could be trusted, and nothing is validated
unless the caller asks to do without the parts at fault.  What is legal and most likely a slip (a misspelt
term, a shape that is used and nowhere written, one that leads to itself) is a warning.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pyoxigraph import BlankNode, Literal, NamedNode

from parkgraph.finding import Finding, Place, Severity, at
from parkgraph.graph.documents import TYPE, BlankNames, Graph
from parkgraph.messages import Either, Message, _
from parkgraph.names import SH, XSD
from parkgraph.read.turtle import Document, Fact, Term
from parkgraph.validate import regex, sparql
from parkgraph.validate.paths import BadPath, made, read_list
from parkgraph.validate.shapes import (
    LIST_OF_SHAPES,
    NEEDED,
    NODE_KINDS,
    NODE_SHAPE,
    ON_PROPERTY,
    ONE_SHAPE,
    OTHER,
    PROPERTY_SHAPE,
    SETTINGS,
    SEVERITY,
    SINGLE,
    TAKES,
    TARGET_OF,
    TARGETS,
    TYPES,
    UNSUPPORTED,
    CustomComponent,
    Shapes,
    Target,
    sh,
)
from parkgraph.validate.wording import Names


@dataclass(frozen=True)
class Problem:
    """Something wrong with the shapes graph.

    fact: the triple at fault.  rule: id of the fault.  fix: how to mend it.  line: of a query, the line of
    its text (1-based).  drop: the triples without which the rest is sound.
    """

    fact: Fact
    rule: str
    said: Mapping[str, str]
    fix: Mapping[str, str] | None = None
    severity: Severity = "violation"
    line: int | None = None
    drop: tuple[Fact, ...] = ()


def check(shapes: Shapes) -> list[Finding]:
    """What is wrong with a shapes graph, in the order of its triples."""
    blanks = BlankNames(shapes.graph)
    return [_finding(problem, shapes.graph, blanks) for problem in problems(shapes)]


def problems(shapes: Shapes) -> list[Problem]:
    """The same as `check`, before places are looked up."""
    order = {fact: number for number, fact in enumerate(shapes.graph.facts)}
    found = {(one.fact, one.rule, str(one.said)): one for one in _Lint(shapes).all()}
    return sorted(found.values(), key=lambda one: order[one.fact])


def without_faults(shapes: Shapes) -> Shapes:
    """The shapes without what breaks SHACL's syntax."""
    while dropped := {
        fact for one in problems(shapes) if one.severity == "violation" for fact in one.drop or [one.fact]
    }:
        graph = Graph(shapes.graph.documents)
        graph.facts = {fact: None for fact in shapes.graph.facts if fact not in dropped}
        shapes = Shapes(graph)
    return shapes


_KINDS = {
    "iri": _("an IRI"),
    "term": _("an IRI or a literal"),
    "literal": _("a literal"),
    "integer": _("a whole number from 0"),
    "boolean": _("true or false"),
    "string": _("a text without language"),
    "text": _("a text"),
    "list": _("a list ( … )"),
    "iris": _("a list of IRIs"),
    "strings": _("a list of texts"),
    "shape": _("a shape"),
    "shapes": _("a list of shapes"),
    "sparql": _("a constraint with one sh:select"),
    "kind": _("one of {kinds}", kinds=[f"sh:{kind}" for kind in NODE_KINDS]),
}


class _Lint:
    def __init__(self, shapes: Shapes) -> None:
        self.shapes, self.graph = shapes, shapes.graph
        self.functions = [
            node for node in self.graph.subjects(TYPE, sh("SPARQLFunction")) if isinstance(node, NamedNode)
        ]

    def all(self) -> Iterator[Problem]:
        for fact in self.graph.facts:
            yield from self.term(fact)
        for node in self.shapes.nodes:
            if not isinstance(node, Literal):
                yield from self.shape(node)
        for component in self.shapes.components:
            yield from self.component(component)
        for function in self.functions:
            if any(self.graph.objects(function, form) for form in (sh("select"), sh("ask"))):
                names = {*sparql.parameters(self.shapes, function)}
                yield from self.query(function, names, uses_path=False)
        yield from self.recursion()

    # --- single triples ----------------------------------------------------

    def term(self, fact: Fact) -> Iterator[Problem]:
        name = fact.predicate.value.removeprefix(SH)
        if name == "entailment":  # 1.5: a processor that does not support it must fail
            said = _("sh:entailment {regime} is not supported", regime=str(fact.object))
            fix = _("validate with --inferred for OWL 2 RL, without this triple")
            yield Problem(fact, "entailment", said, fix)
        elif name in UNSUPPORTED:
            if not (name == "target" and self.has_query(fact.object)):
                said = _("sh:{name} is not checked: it goes beyond SHACL Core and SHACL-SPARQL", name=name)
                yield Problem(fact, "unsupported", said, severity="warning")
        elif fact.predicate.value != name and not (
            name in _KNOWN or fact.predicate in self.shapes.custom_parameters
        ):
            near = _nearest(name, _KNOWN)
            said = _("SHACL has no property sh:{name}: nothing checks it", name=name)
            yield Problem(fact, "misspelt-term" if near else "unknown-term", said, near, "warning")
        known = _NAMED.get(fact.predicate)
        if known and isinstance(fact.object, NamedNode) and fact.object.value.startswith(SH):
            name = fact.object.value.removeprefix(SH)
            if name not in known:
                said = _("SHACL has no term sh:{name}", name=name)
                yield Problem(fact, "unknown-term", said, _nearest(name, known), "warning")

    def has_query(self, target: Term) -> bool:
        carriers = [target, *self.graph.objects(target, TYPE)]
        return any(
            self.graph.objects(carrier, sh(form)) for carrier in carriers for form in ("select", "ask")
        )

    # --- one shape ---------------------------------------------------------

    def shape(self, node: Term) -> Iterator[Problem]:
        types, paths = self.graph.objects(node, TYPE), self.graph.objects(node, sh("path"))
        yield from self.paths(node, paths)
        if paths and NODE_SHAPE in types:
            said = _("a node shape has no sh:path")
            fix = _("make it a sh:PropertyShape, or remove the path")
            fact = made(node, sh("path"), paths[0])
            yield Problem(fact, "path-on-node-shape", said, fix, drop=self.uses(node))
        elif not paths and PROPERTY_SHAPE in types:
            yield Problem(made(node, TYPE, PROPERTY_SHAPE), "no-path", _("a property shape without sh:path"),
                          _("say what it is about: sh:path …"), drop=self.uses(node))  # fmt: skip
        for target in self.graph.objects(node, sh("target")):
            fact = made(node, sh("target"), target)
            for carrier in [target, *self.graph.objects(target, TYPE)]:
                if self.graph.objects(carrier, sh("select")):
                    names = set(sparql.parameters(self.shapes, carrier))
                    yield from self.query(carrier, names, uses_path=False, drop=fact)
        for name in (*TAKES, *SETTINGS):
            yield from self.parameter(node, name)
        for path, component in self.shapes.custom_parameters.items():
            if values := self.graph.objects(node, path):
                for other, optional in component.parameters.items():
                    if not optional and not self.graph.objects(node, other):
                        yield _missing(made(node, path, values[0]), f"<{path.value}>", f"<{other.value}>")

    def uses(self, node: Term) -> tuple[Fact, ...]:
        """The triples by which a shape is used: without them nobody asks it."""
        graph = self.graph
        by = (*TARGET_OF, sh("path"), sh("target"), TYPE)
        own = [made(node, predicate, value) for predicate in by for value in graph.objects(node, predicate)]
        return (*own, *(made(user, by, node) for by in ONE_SHAPE for user in graph.subjects(by, node)))

    def paths(self, node: Term, paths: Sequence[Term]) -> Iterator[Problem]:
        if len(paths) > 1:
            yield Problem(made(node, sh("path"), paths[1]), "two-values", _("a second value of sh:path"),
                          _("write one property shape for each"), drop=self.uses(node))  # fmt: skip
        for value in paths:
            try:
                self.shapes.read_path(value)
            except BadPath as error:
                fact = made(node, sh("path"), value)
                inner = self.graph.predicates(error.node) if isinstance(error.node, BlankNode) else ()
                if inner:
                    fact = made(error.node, inner[0], self.graph.objects(error.node, inner[0])[0])
                yield Problem(fact, "bad-path", error.said, drop=self.uses(node))

    def parameter(self, node: Term, name: str) -> Iterator[Problem]:
        graph = self.graph
        facts = [made(node, sh(name), value) for value in graph.objects(node, sh(name))]
        if not facts:
            return
        if len(facts) > 1 and name in SINGLE:
            said = _("a second value of sh:{name}", name=name)
            yield Problem(facts[1], "two-values", said, _("keep one"), drop=tuple(facts))
        known = PROPERTY_SHAPE in graph.objects(node, TYPE) or graph.subjects(sh("property"), node)
        if name in ON_PROPERTY and not known and not graph.objects(node, sh("path")):
            said = _("sh:{name} stands on a shape without sh:path", name=name)
            yield Problem(facts[0], "needs-path", said, _("put it on a property shape"))
        needed = NEEDED.get(name, ())
        if needed and not any(graph.objects(node, sh(one)) for one in needed):
            yield _missing(facts[0], f"sh:{name}", Either(f"sh:{one}" for one in needed))
        for fact in facts:
            yield from self.value(fact, name, TAKES.get(name) or SETTINGS[name])

    def value(self, fact: Fact, name: str, takes: str) -> Iterator[Problem]:
        if takes in _FITS and not _FITS[takes](fact.object):
            below = takes == "integer" and _has_type(fact.object, "integer")  # legal, but a slip
            legal = below and re.fullmatch("-[0-9]+", fact.object.value)
            yield replace(_wrong(fact, name, takes), severity="warning" if legal else "violation")
        elif takes in ("list", "iris", "strings", "shapes"):
            yield from self.listed(fact, name, takes)
        elif takes == "shape":
            yield from self.reference(fact, name, fact.object)
        elif takes == "sparql":
            yield from self.constraint(fact)
        elif name in ("pattern", "flags"):
            text = fact.object.value
            try:
                regex.check(*((text, "") if name == "pattern" else ("", text)))
            except regex.BadRegex as error:
                said = _("not a regular expression: {said}", said=error.said)
                drop = tuple(made(fact.subject, sh(one), value) for one in ("pattern", "flags")
                             for value in self.graph.objects(fact.subject, sh(one)))  # fmt: skip
                yield Problem(fact, "bad-regex", said, drop=drop)

    def listed(self, fact: Fact, name: str, takes: str) -> Iterator[Problem]:
        try:
            members = read_list(fact.object, self.graph.objects)
        except BadPath as error:
            said = _("sh:{name} takes {kind}; {said}", name=name, kind=_KINDS[takes], said=error.said)
            yield Problem(fact, "bad-value", said)
            return
        if takes == "shapes" and not members:
            said = _("sh:{name} with an empty list", name=name)
            yield Problem(fact, "empty-list", said, severity="warning")
        for member in members if takes == "shapes" else ():
            yield from self.reference(fact, name, member)
        fits = {"iris": "iri", "strings": "string"}.get(takes)
        if fits and not all(map(_FITS[fits], members)):
            yield _wrong(fact, name, takes)

    def reference(self, fact: Fact, name: str, used: Term) -> Iterator[Problem]:
        """A value of sh:property has a path, a value of sh:node has none, and a shape had better be there."""
        if isinstance(used, Literal):
            yield _wrong(fact, name, "shape" if used == fact.object else "shapes")
        elif not self.graph.has_subject(used):
            if isinstance(used, NamedNode) or name == "property":
                shape = str(used) if isinstance(used, NamedNode) else "[ ]"
                said = _("the shape {shape} is used but not defined", shape=shape)
                severity: Severity = "violation" if name == "property" else "warning"
                yield Problem(fact, "undefined-shape", said, self.nearest_shape(used), severity)
        elif name == "property" and not self.graph.objects(used, sh("path")):
            said = _("sh:property takes a property shape; this one has no sh:path")
            yield Problem(fact, "no-path", said, _("add sh:path, or use sh:node for a node shape"))
        elif name == "node" and self.graph.objects(used, sh("path")):
            said = _("sh:node takes a node shape; this one has a sh:path")
            yield Problem(fact, "bad-value", said, _("use sh:property for it"))

    def nearest_shape(self, used: Term) -> Message | None:
        namespace, local = _split(used.value)
        known = {_split(node.value)[1] for node in self.shapes.nodes
                 if isinstance(node, NamedNode) and self.graph.has_subject(node)
                 and _split(node.value)[0] == namespace}  # fmt: skip
        near = difflib.get_close_matches(local, sorted(known), n=1, cutoff=0.75)
        return _("is {term} meant?", term="<" + namespace + near[0] + ">") if near else None

    # --- SPARQL ------------------------------------------------------------

    def constraint(self, fact: Fact) -> Iterator[Problem]:
        node = fact.object
        if isinstance(node, Literal) or len(self.graph.objects(node, sh("select"))) != 1:
            yield _wrong(fact, "sparql", "sparql")
            return
        path = self.graph.objects(fact.subject, sh("path"))
        yield from self.query(node, {"this"}, uses_path=bool(path), drop=fact, form="select")
        yield from self.parameter(node, "message")

    def component(self, component: CustomComponent) -> Iterator[Problem]:
        node = component.node
        declared = next(made(node, TYPE, type_) for type_ in self.graph.objects(node, TYPE))
        names = {sparql.local_name(path) for path in component.parameters}
        for parameter in self.graph.objects(node, sh("parameter")):
            paths = self.graph.objects(parameter, sh("path"))
            if len(paths) != 1 or not isinstance(paths[0], NamedNode):
                said = _("a parameter needs one sh:path, an IRI")
                yield Problem(made(node, sh("parameter"), parameter), "bad-component", said)
        if all(component.parameters.values()):
            said = _("a component needs a parameter that is not optional")
            yield Problem(declared, "bad-component", said, severity="warning")
        validators = [(kind, validator) for kind in ("validator", "nodeValidator", "propertyValidator")
                      for validator in self.graph.objects(node, sh(kind))
                      if self.has_query(validator)]  # fmt: skip
        for kind, validator in validators:  # those in other languages are passed over (6.2.3)
            asks = bool(self.graph.objects(validator, sh("ask")))
            bound = {"this", "value", *names} if asks else {"this", *names}
            fact = made(node, sh(kind), validator)
            yield from self.query(validator, bound, uses_path=kind == "propertyValidator", drop=fact)
        if not validators and not node.value.startswith(SH):
            said = _("a component without a validator in SPARQL: nothing checks it")
            fix = _("add sh:validator, sh:nodeValidator or sh:propertyValidator")
            yield Problem(declared, "bad-component", said, fix, "warning")

    def query(
        self, node: Term, bound: set[str], *, uses_path: bool, drop: Fact | None = None, form: str = ""
    ) -> Iterator[Problem]:
        form = form or ("ask" if self.graph.objects(node, sh("ask")) else "select")
        fact = made(node, sh(form), self.graph.objects(node, sh(form))[0])
        dropped = (fact, drop) if drop else (fact,)
        if not _FITS["string"](fact.object):
            yield replace(_wrong(fact, form, "string"), drop=dropped)
            return
        declaring = self.graph.objects(node, sh("prefixes"))
        prefixes = self.shapes.prefixes | sparql.declared(self.graph, declaring)
        query = sparql.Query(node, fact.object.value, prefixes, form == "ask")
        try:
            sparql.check(query, bound, uses_path=uses_path, functions=self.functions)
        except sparql.BadQuery as error:
            yield Problem(fact, "bad-sparql", error.said, error.fix, line=error.line, drop=dropped)
            for one in declaring:
                if not sparql.declared(self.graph, [one]):
                    said = _("sh:prefixes names a node that declares no prefix")
                    fix = _("declare them there: sh:declare [ sh:prefix … ; sh:namespace … ]")
                    yield Problem(made(node, sh("prefixes"), one), "no-prefixes", said, fix, "warning")

    # --- the whole ---------------------------------------------------------

    def recursion(self) -> Iterator[Problem]:
        said = _("a shape that leads to itself: a node conforms as long as nothing shows that it does not")
        fix = _("SHACL leaves open what recursion means, and other engines may answer otherwise")
        for node in self.shapes.recursive:
            for predicate in (*ONE_SHAPE, *LIST_OF_SHAPES) if isinstance(node, NamedNode) else ():
                for value in self.graph.objects(node, predicate):
                    members = self.shapes.members(value) if predicate in LIST_OF_SHAPES else [value]
                    if any(member in self.shapes.recursive for member in members):
                        yield Problem(made(node, predicate, value), "recursive", said, fix, "warning")


_KNOWN = (*TAKES, *TARGETS, *OTHER)


_NAMED = {
    TYPE: TYPES,
    sh("severity"): tuple(iri.removeprefix(SH) for iri in SEVERITY),
}
"""Property → the terms of SHACL that may be its value."""


def _nearest(name: str, known: Iterable[str]) -> Message | None:
    near = difflib.get_close_matches(name, sorted(known), n=1, cutoff=0.8)
    return _("is {term} meant?", term="sh:" + near[0]) if near else None


def _wrong(fact: Fact, name: str, takes: str) -> Problem:
    return Problem(fact, "bad-value", _("sh:{name} takes {kind}", name=name, kind=_KINDS[takes]))


def _missing(fact: Fact, name: str, needed: object) -> Problem:
    said = _("{name} says nothing without {needed}", name=name, needed=needed)
    return Problem(fact, "missing-parameter", said, severity="warning")


def _split(iri: str) -> tuple[str, str]:
    at = max(iri.rfind("#"), iri.rfind("/")) + 1
    return iri[:at], iri[at:]


def _has_type(value: Term, name: str) -> bool:
    return isinstance(value, Literal) and value.datatype.value == XSD + name


_FITS = {
    "iri": lambda value: isinstance(value, NamedNode),
    "literal": lambda value: isinstance(value, Literal),
    "integer": lambda value: _has_type(value, "integer") and bool(re.fullmatch(r"\+?[0-9]+", value.value)),
    "boolean": lambda value: _has_type(value, "boolean") and value.value in ("true", "false", "1", "0"),
    "string": lambda value: _has_type(value, "string"),
    "kind": lambda value: isinstance(value, NamedNode) and value.value.removeprefix(SH) in NODE_KINDS,
    "term": lambda value: not isinstance(value, BlankNode),
    "text": lambda value: _has_type(value, "string") or bool(getattr(value, "language", None)),
}


# --- findings ---------------------------------------------------------------


def _finding(problem: Problem, graph: Graph, blanks: BlankNames) -> Finding:
    fact = problem.fact
    finding = Finding(
        problem.severity, f"shapes/{problem.rule}", problem.said, focus=blanks.name(fact.subject),
        path=str(fact.predicate), value=blanks.name(fact.object), fix=problem.fix,
    )  # fmt: skip
    for source in graph.sources(fact)[:1]:
        place = source.document.place_of(source.number, "object" if problem.line else "value")
        if problem.line is not None and problem.line > 1:
            lines = fact.object.value.split("\n")
            line = lines[problem.line - 1]
            start = sum(len(one) + 1 for one in lines[: problem.line - 1])
            indent = len(line) - len(line.lstrip())
            place = source.document.inside(source.number, start + indent, start + len(line.rstrip()))
        return at(place, finding)
    return finding


def aimless(
    shapes: Shapes, data: Graph, own: Sequence[Document], empty: Sequence[Target], names: Names, allowed: bool
) -> list[Finding]:
    """What cannot find anything: the usual sign of a wrong namespace or swapped files.

    own: the documents that are judged.  empty: the targets that select no node.  allowed: whether it is no
    violation that nothing at all was checked.
    """
    documents = shapes.graph.documents
    said = _("no shape in this file: it checks nothing")
    fix = _("is it the right file? Data and shapes may be in the wrong order")
    found = [
        Finding("warning", "shapes/no-shapes", said, document.name, 1, 1, fix=fix)
        for document in documents
        if not any(fact.subject in shapes.nodes for fact in document.triples) and not _only_prefixes(document)
    ]
    unsupported = any(fact.predicate in (sh("target"), sh("targetWhere")) for fact in shapes.graph.facts)
    severity: Severity = "warning" if allowed or unsupported else "violation"
    if not shapes.targets:
        said, fix = _("no shape has a target: nothing is checked"), _("add sh:targetClass … to a node shape")
        where = Place(documents[0].name, 1, 1) if documents else Place()
        return [*found, at(where, Finding(severity, "shapes/no-targets", said, fix=fix))]
    if len(empty) == len(shapes.targets):
        said = _("no node of the data is a target of any shape: nothing was checked")
        fix = _("compare the classes and namespaces of data and shapes")
        where = Place(own[0].name, 1, 1) if own else Place()
        found.append(at(where, Finding(severity, "shapes/empty-target", said, fix=fix)))
    blanks = BlankNames(shapes.graph)
    for target in empty:
        known = data.has_subject(target.node) or data.pointing_at(target.node)
        if known or target.kind in ("class", "target"):
            continue  # of a class that is known, there may be no instance yet
        term = names.term(target.node)
        said = _("{term} occurs nowhere in data and ontology: this shape checks nothing", term=term)
        fact = made(target.shape, sh(target.kind), target.node)
        found.append(_finding(Problem(fact, "empty-target", said, severity="warning"), shapes.graph, blanks))
    return found


def _only_prefixes(document: Document) -> bool:
    return any(fact.predicate.value == SH + "declare" for fact in document.triples)
