"""The OWL 2 RL closure of a graph, by the Nemo rule engine under the rules of `ontology/owl2rl.rls`; and why
a triple holds: the steps down to asserted triples, and the passages these rest on.

The engine sees each term as a number and nothing else, so no literal is rewritten and no name breaks it.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from pyoxigraph import Literal, NamedNode, Store, Triple

from parkgraph.infer.rules import read_rules
from parkgraph.names import CODE, GRAPH_DATA, GRAPH_ONTOLOGY, OWL, PARK, RDF, RDFS, XSD
from parkgraph.read.turtle import Term

Fact = tuple[Term, Term, Term]
"""Subject, predicate, object.  Unlike a Triple it may have a literal as subject, as a step in between may."""


def fact_of(triple: Triple) -> Fact:
    """The triple as a fact.  Raises TypeError when one of its terms is a triple itself (RDF 1.2)."""
    subject, predicate, object_ = triple
    if isinstance(subject, Triple) or isinstance(object_, Triple):
        raise TypeError(f"a triple as a term: {triple}")
    return subject, predicate, object_


@dataclass(frozen=True)
class Contradiction:
    """What a rule ends in that says "this cannot be".

    rule: its W3C name (cax-dw, prp-irp …).  terms: those of the rule's head, the thing itself first.
    """

    rule: str
    terms: tuple[Term, ...]

    def bindings(self) -> dict[str, Term]:
        """The variables of the rule's head → the terms."""
        heads = (rule for rule in read_rules().rules if rule.head == "clash" and rule.name == self.rule)
        variables = [argument[1:] for argument in next(heads).arguments[1:]]
        return dict(zip(variables, self.terms, strict=True))

    def sort_key(self) -> tuple[str, tuple[str, ...]]:
        """By rule, then by the terms as N-Triples."""
        return self.rule, tuple(map(str, self.terms))


@dataclass(frozen=True)
class Support:
    """What an asserted triple of the data rests on.

    basis: code of `…/code/basis/`.  passages: sorted by place.  reasons: language → the written reason.
    """

    basis: NamedNode
    passages: tuple[NamedNode, ...] = ()
    reasons: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Step:
    """One step of an explanation.

    rule: the W3C name of the rule that gives it, None for an asserted triple.  bindings: variable of the rule
    → term.  premises: the steps it rests on; the cells of RDF lists are left out: the rule's words tell the
    list.  support: of an asserted triple of the data, once an `Explainer` has looked it up.
    """

    conclusion: Fact | Contradiction
    rule: str | None = None
    bindings: dict[str, Term] = field(default_factory=dict)
    premises: tuple[Step, ...] = ()
    support: Support | None = None

    @property
    def fact(self) -> Fact:
        """The triple that is concluded."""
        assert not isinstance(self.conclusion, Contradiction)
        return self.conclusion

    def steps(self) -> Iterator[Step]:
        """This step and all below it, a step before its premises."""
        yield self
        for premise in self.premises:
            yield from premise.steps()

    def asserted(self) -> list[Fact]:
        """The asserted triples it all rests on, each once, in the order met."""
        return list(dict.fromkeys(step.fact for step in self.steps() if step.rule is None))

    def passages(self) -> list[NamedNode]:
        """The passages behind it all, each once, by their place."""
        found = {passage for step in self.steps() if step.support for passage in step.support.passages}
        return sorted(found, key=place_of)

    def bases(self) -> list[NamedNode]:
        """The kinds of basis behind it all, each once: more than `stated` means that a person inferred."""
        found = {step.support.basis for step in self.steps() if step.support}
        return sorted(found, key=lambda basis: basis.value)


def place_of(passage: NamedNode) -> tuple[str, int, int, str]:
    """What passages are sorted by: source and offsets, …/source/<slug>/<start>-<end>, by number."""
    source, _, span = passage.value.rpartition("/")
    start, _, end = span.partition("-")
    if start.isdecimal() and end.isdecimal():
        return source, int(start), int(end), ""
    return source, 0, 0, span


class Closure:
    """What follows from a graph.  Made by `close`; holds the engine's tables, so drop it when done."""

    def __init__(self, engine: Any, ids: _TermIds) -> None:
        self._engine = engine
        self._ids = ids

    def __iter__(self) -> Iterator[Triple]:
        """The inferred triples one by one: new and not trivial, in no particular order."""
        term = self._ids.term
        for row in self._engine.result("inferred"):
            subject, predicate, object_ = map(term, row)
            if not is_trivial(subject, predicate, object_):
                yield Triple(subject, predicate, object_)  # type: ignore[arg-type]

    @cached_property
    def inferred(self) -> list[Triple]:
        """The inferred triples: new and not trivial, in no particular order."""
        return list(self)

    @cached_property
    def contradictions(self) -> list[Contradiction]:
        """What cannot be true together, each once, in a stable order."""
        found: dict[object, Contradiction] = {}
        for rule, *numbers in self._engine.result("clash"):
            contradiction = Contradiction(rule.strip('"'), tuple(map(self._ids.term, numbers)))
            if _is_real(contradiction):
                found.setdefault((contradiction.rule, frozenset(contradiction.terms)), contradiction)
        return sorted(found.values(), key=Contradiction.sort_key)

    def explain(self, what: Triple | Contradiction) -> Step | None:
        """How `what` follows from the asserted triples, in the fewest rounds; None when it does not follow.

        An asserted triple gives a derivation without premises.
        """
        terms = what.terms if isinstance(what, Contradiction) else tuple(what)
        if any(term not in self._ids for term in terms):
            return None
        numbers = ", ".join(str(self._ids[term]) for term in terms)
        atom = f'clash("{what.rule}", {numbers})' if isinstance(what, Contradiction) else f"triple({numbers})"
        trace = self._engine.trace(atom)
        return None if trace is None else _steps(trace.dict(), self._ids)[0]


def close(triples: Iterable[Triple]) -> Closure:
    """The closure of `triples` under OWL 2 RL; they are read once and not kept.

    Contradictions are data of the result, not errors.
    """
    from nmo_python import NemoEngine, load_string

    ids = _TermIds()
    with tempfile.TemporaryDirectory(prefix="parkgraph-") as folder:
        file = Path(folder) / "asserted.csv"
        with open(file, "w", encoding="ascii") as stream:
            stream.writelines(f"{ids[s]},{ids[p]},{ids[o]}\n" for s, p, o in triples)
        source = f'@import asserted :- csv {{ resource = "{file.as_posix()}", format = (int, int, int) }} .\n'
        engine = NemoEngine(load_string(source + read_rules().program(ids, lambda term: str(ids[term]))))
        engine.reason()
    return Closure(engine, ids)


class _TermIds(dict[Term, int]):
    """Gives each term a number at first sight, from 0, and the term of each number back."""

    def __missing__(self, term: Term) -> int:
        number = self[term] = len(self)
        return number

    @cached_property
    def _terms(self) -> list[Term]:
        return list(self)

    def term(self, number: int) -> Term:
        """The term with this number."""
        if number >= len(self._terms):
            del self._terms
        return self._terms[number]


# --- triples that tell nobody anything -------------------------------------------

BUILT_IN = (RDF, RDFS, OWL, XSD)
"""Namespaces whose own terms need no explanation by a park's graph."""

_TYPE = RDF + "type"
_REFLEXIVE = {
    OWL + "sameAs",
    OWL + "equivalentClass",
    OWL + "equivalentProperty",
    RDFS + "subClassOf",
    RDFS + "subPropertyOf",
}
_TAKES_CLASS = {_TYPE, RDFS + "subClassOf", RDFS + "domain", RDFS + "range"}
_EVERYTHING = {OWL + "Thing", RDFS + "Resource"}


def is_trivial(subject: Term, predicate: Term, object_: Term) -> bool:
    """True for a triple that OWL 2 RL allows to infer and that is in no closure of this project, whichever
    engine made it:

    - its subject is a literal, or its predicate no IRI: that is not RDF;
    - it says of a thing that it is the same as, equivalent to, or below itself;
    - it makes everything an owl:Thing or an rdfs:Resource: as a type, a superclass, a domain or a range;
    - it makes a class that can have no member (owl:Nothing) a subclass of another;
    - it is about a term of RDF, RDFS, OWL or XSD itself.
    """
    if isinstance(subject, Literal) or not isinstance(predicate, NamedNode):
        return True
    relation = predicate.value
    if relation in _REFLEXIVE and subject == object_:
        return True
    if relation in _TAKES_CLASS and isinstance(object_, NamedNode) and object_.value in _EVERYTHING:
        return True
    return isinstance(subject, NamedNode) and subject.value.startswith(BUILT_IN)


# --- contradictions that are none ------------------------------------------------

_SAME_VALUE = """ASK {{ VALUES (?a ?b) {{ ({} {}) }} FILTER(?a = ?b
    || DATATYPE(?a) = xsd:hexBinary && DATATYPE(?b) = xsd:hexBinary && UCASE(STR(?a)) = UCASE(STR(?b))) }}"""


def _is_real(contradiction: Contradiction) -> bool:
    """False when two literals that "must not differ" only are written differently: 1 and 1.0."""
    *_, one, other = contradiction.terms
    if isinstance(one, Literal) and isinstance(other, Literal) and one != other:
        return not Store().query(_SAME_VALUE.format(one, other), prefixes={"xsd": XSD})
    return True


# --- the engine's trace → steps --------------------------------------------------

_ATOM = re.compile(r"\s*(\w+)\((.*?)\)")
_LIST_CELL = {RDF + "first", RDF + "rest"}


def _steps(node: dict[str, Any], ids: _TermIds) -> list[Step]:
    # A rule without a name is no step: what stands below it takes its place.
    if "fact" in node:
        table, arguments = _atom(node["fact"])
        if table != "asserted":
            return []
        subject, predicate, object_ = (ids.term(int(argument)) for argument in arguments)
        return [Step((subject, predicate, object_))]
    below = [step for sub in node["subtraces"] for step in _steps(sub, ids)]
    if "name" not in node:
        return below
    bindings = {
        variable[1:]: ids.term(number)
        for variable, number in node["assignment"].items()
        if isinstance(number, int) and not variable.startswith("?_")
    }
    table, arguments = _atom(node["rule"])
    terms = [
        bindings[argument[1:]] if argument.startswith("?") else ids.term(int(argument))
        for argument in arguments
        if not argument.startswith('"')
    ]
    premises = {step.conclusion: step for step in below if not _is_list_cell(step)}
    conclusion: Fact | Contradiction = (terms[0], terms[1], terms[2])
    if table == "clash":
        conclusion = Contradiction(node["name"], tuple(terms))
    return [Step(conclusion, node["name"], bindings, tuple(premises.values()))]


def _is_list_cell(step: Step) -> bool:
    return (
        step.rule is None
        and not isinstance(step.conclusion, Contradiction)
        and step.conclusion[1].value in _LIST_CELL
    )


def _atom(text: str) -> tuple[str, list[str]]:
    found = _ATOM.match(text)
    assert found is not None  # the engine wrote it
    return found[1], [argument.strip() for argument in found[2].split(",")]


# --- why a triple holds ---------------------------------------------------------

STATED = NamedNode(CODE + "basis/stated")

_EVIDENCE = NamedNode(PARK + "evidence")
_BASIS = NamedNode(PARK + "basis")
_REASON = NamedNode(PARK + "reason")
_SOURCE = NamedNode(OWL + "annotatedSource")
_PROPERTY = NamedNode(OWL + "annotatedProperty")
_TARGET = NamedNode(OWL + "annotatedTarget")


class Explainer:
    """Explains triples of one graph; the closure is made once, when first needed."""

    def __init__(self, store: Store) -> None:
        """store: an assembled graph with its named graphs for ontology and data."""
        self._store = store
        self._traced: dict[Fact, Step | None] = {}

    def explain(self, triple: Triple) -> Step | None:
        """How `triple` holds, down to what is asserted; None when it neither stands there nor follows."""
        fact = fact_of(triple)
        if self._in(GRAPH_DATA, fact) or self._in(GRAPH_ONTOLOGY, fact):
            return self._asserted(fact)
        if fact not in self._traced:
            step = self._closure.explain(triple)
            self._traced[fact] = None if step is None else self._supported(step)
        return self._traced[fact]

    @cached_property
    def _closure(self) -> Closure:
        return close(
            quad.triple
            for graph in (GRAPH_ONTOLOGY, GRAPH_DATA)
            for quad in self._store.quads_for_pattern(None, None, None, NamedNode(graph))
        )

    def _supported(self, step: Step) -> Step:
        """The step with the support of every asserted triple below it."""
        if step.rule is None:
            return self._asserted(step.fact)
        return replace(step, premises=tuple(map(self._supported, step.premises)))

    def _asserted(self, fact: Fact) -> Step:
        if not self._in(GRAPH_DATA, fact):
            return Step(fact)
        return Step(fact, support=self._annotation(fact) or self._support(fact[0]))

    def _in(self, graph: str, fact: Fact) -> bool:
        pattern = self._store.quads_for_pattern(*fact, NamedNode(graph))  # type: ignore[arg-type]
        return next(pattern, None) is not None

    def _annotation(self, fact: Fact) -> Support | None:
        # What is said of this very triple goes before what is said of its subject.
        subject, predicate, object_ = fact
        for quad in self._store.quads_for_pattern(None, _SOURCE, subject):
            axiom = quad.subject
            if isinstance(axiom, Triple):
                continue
            if predicate in self._values(axiom, _PROPERTY) and object_ in self._values(axiom, _TARGET):
                return self._support(axiom)
        return None

    def _support(self, node: Term) -> Support:
        basis = next((value for value in self._values(node, _BASIS) if isinstance(value, NamedNode)), STATED)
        passages = [value for value in self._values(node, _EVIDENCE) if isinstance(value, NamedNode)]
        reasons = {
            value.language or "": value.value
            for value in self._values(node, _REASON)
            if isinstance(value, Literal)
        }
        return Support(basis, tuple(sorted(passages, key=place_of)), reasons)

    def _values(self, node: Term, predicate: NamedNode) -> list[Term]:
        found = self._store.quads_for_pattern(node, predicate, None, NamedNode(GRAPH_DATA))  # type: ignore[arg-type]
        return [quad.object for quad in found]  # type: ignore[misc]
