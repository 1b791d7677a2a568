"""From a result to the place a person must change: the value, else the node; and the line of the shape."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode

from parkgraph.finding import Place
from parkgraph.graph.documents import Graph, Occurrence
from parkgraph.messages import _
from parkgraph.names import SH
from parkgraph.read.turtle import Fact, Term
from parkgraph.validate.paths import Path, last_steps, reach
from parkgraph.validate.results import Result
from parkgraph.validate.shapes import TYPE, Shapes, made, sh
from parkgraph.validate.vocabulary import DEFINING

SHAPE = _("the shape that says so")
VALUE = _("what it refers to")
ANOTHER = _("another value")
SAME_LANGUAGE = _("the same language here")
COMPARED = _("compared with this")
ALSO = _("described here too")
INFERRED = _("inferred from this")

Explain = Callable[[Fact], Sequence[Fact]]


class Located(NamedTuple):
    """place: where to look first, None when the node stands in no file.  related: places that explain it."""

    place: Place | None
    related: list[Place]


class Locator:
    """Finds places for the results of one validation."""

    def __init__(self, data: Graph, shapes: Shapes, explain: Explain | None = None) -> None:
        self.data, self.shapes, self.explain = data, shapes, explain
        self._told: Counter[tuple[str | None, ...]] = Counter()

    def locate(self, result: Result, focus: Term, value: Term | None, shape: Term) -> Located:
        """The places of a result whose terms are given."""
        component = result.component.removeprefix(SH).removesuffix("ConstraintComponent")
        path = self._path(result, shape)
        # Results that look the same come from several values of a parameter: each is told of one of them.
        before = self._told[result.itself]
        self._told[result.itself] += 1

        related: list[Place] = []
        place: Place | None = None
        if component == "MaxCount" and path is not None:
            place, related = self._surplus(focus, path, self._number(shape, "maxCount"))
        elif component == "UniqueLang" and path is not None:
            place, related = self._same_language(focus, path, before)
        elif value is not None:
            place, related = self._value(result, focus, value, path, shape, component)
        if place is None:
            place, others = self._node(focus)
            related += others
        rule = self._rule(result, shape, before)
        return Located(
            place, ([rule] if rule else []) + [other for other in related if not _same(other, place)]
        )

    def causes(self, result: Result, focus: Term, shape: Term) -> int:
        """How many causes a result may have: values of its parameter, languages with two values."""
        if result.component == SH + "UniqueLangConstraintComponent":
            path = self._path(result, shape)
            return 1 if path is None else max(1, len(self._languages(focus, path)))
        if result.constraint or result.component not in DEFINING:
            return 1
        return max(1, len(self.shapes.graph.objects(shape, sh(DEFINING[result.component]))))

    # --- the data ----------------------------------------------------------

    def _value(
        self, result: Result, focus: Term, value: Term, path: Path | None, shape: Term, component: str
    ) -> tuple[Place | None, list[Place]]:
        related: list[Place] = []
        facts: Iterable[Fact] = last_steps(path, focus, value, self.data) if path is not None else ()
        place = self._first(facts, value, related)
        others = self._compared(shape, component)
        if others:
            theirs = [
                Fact(focus, other, object_)  # type: ignore[arg-type]
                for other in others
                for object_ in self.data.objects(focus, other)
                if component not in ("Equals", "Disjoint") or object_ == value
            ]
            if place is None:
                place = self._first(theirs, value, related)
            else:
                related += self._places(theirs, COMPARED)
        if place is None and value != focus:
            about = (Fact(focus, p, value) for p in self.data.predicates(focus))  # type: ignore[arg-type]
            place = self._first((fact for fact in about if fact in self.data.facts), value, related)
        if value != focus and place is not None and not isinstance(value, Literal):
            related += [self._defined(value)] if self.data.has_subject(value) else []
        return place, related

    def _first(self, facts: Iterable[Fact], value: Term, related: list[Place]) -> Place | None:
        """The place of the first of `facts` that stands in a file, else of what it was inferred from."""
        for fact in facts:
            part = "object" if fact.object == value else "value"
            for source in self.data.sources(fact):
                return source.document.place_of(source.number, part)
            if self.explain:
                support = [source for one in self.explain(fact) for source in self.data.sources(one)[:1]]
                if support:
                    places = [
                        source.document.place_of(source.number, "value", INFERRED) for source in support
                    ]
                    related += places[1:]
                    return places[0]
        return None

    def _surplus(self, focus: Term, path: Path, most: int) -> tuple[Place | None, list[Place]]:
        places = list(self._places(self._ends(focus, path), ANOTHER))
        if len(places) <= most:
            return None, []
        return _without_note(places[most]), places[:most] + places[most + 1 :]

    def _same_language(self, focus: Term, path: Path, before: int) -> tuple[Place | None, list[Place]]:
        several = self._languages(focus, path)
        if not several:
            return None, []
        places = list(self._places(several[before % len(several)], SAME_LANGUAGE))
        return (_without_note(places[1]), [places[0], *places[2:]]) if len(places) > 1 else (None, [])

    def _languages(self, focus: Term, path: Path) -> list[list[Fact]]:
        """The triples to the values of each language that several values have."""
        by_language: dict[str, list[Fact]] = {}
        for fact in self._ends(focus, path):
            if isinstance(fact.object, Literal) and fact.object.language:
                by_language.setdefault(fact.object.language, []).append(fact)
        return [facts for facts in by_language.values() if len(facts) > 1]

    def _ends(self, focus: Term, path: Path) -> Iterator[Fact]:
        """The last triple on the way to each value."""
        if path.iri is not None:
            predicate = NamedNode(path.iri)
            for value in self.data.objects(focus, predicate):
                yield Fact(focus, predicate, value)  # type: ignore[arg-type]
            return
        for value in reach(path, focus, self.data):
            yield from list(last_steps(path, focus, value, self.data))[:1]

    def _places(self, facts: Iterable[Fact], note: Mapping[str, str]) -> Iterator[Place]:
        for fact in facts:
            for source in self.data.sources(fact)[:1]:
                yield source.document.place_of(source.number, "object", note)

    def _node(self, focus: Term) -> tuple[Place | None, list[Place]]:
        """The node itself: where its class is given, else where it first stands; other files are related."""
        about = self.data.about(focus)
        if about:
            first = next((source for source in about if _class_of(source, focus) is not None), about[0])
            others = [s.document.place_of(s.number, "subject", ALSO) for s in about if s != first]
            return _subject(first, focus), others
        for source in self.data.mentions(focus)[:1]:
            return source.document.place_of(source.number, "object"), []
        for target in self.shapes.targets:
            if target.kind == "targetNode" and target.node == focus:
                for source in self.shapes.graph.sources(made(target.shape, sh("targetNode"), focus))[:1]:
                    return source.document.place_of(source.number, "object"), []
        return None, []

    def _defined(self, value: Term) -> Place:
        about = self.data.about(value)
        source = next((source for source in about if _class_of(source, value) is not None), about[0])
        return _subject(source, value, VALUE)

    # --- the shapes --------------------------------------------------------

    def _path(self, result: Result, shape: Term) -> Path | None:
        if result.path is None:
            return None
        if simple := re.fullmatch(r"<([^<>]*)>", result.path):
            return Path(iri=simple[1])
        path = self.shapes.path(shape)
        return path if str(path) == result.path else None

    def _compared(self, shape: Term, component: str) -> list[NamedNode]:
        name = {"Equals": "equals", "Disjoint": "disjoint", "LessThan": "lessThan",
                "LessThanOrEquals": "lessThanOrEquals"}.get(component)  # fmt: skip
        values = self.shapes.graph.objects(shape, sh(name)) if name else ()
        return [value for value in values if isinstance(value, NamedNode)]

    def _number(self, shape: Term, name: str) -> int:
        values = self.shapes.graph.objects(shape, sh(name))
        return int(values[0].value) if values else 0

    def _rule(self, result: Result, shape: Term, before: int) -> Place | None:
        told = result.constraint
        constraint: Term | None = None
        if told:
            constraint = NamedNode(told[1:-1]) if told.startswith("<") else BlankNode(told[2:])
        graph = self.shapes.graph
        fact = self.shapes.rule_of(shape, result.component, constraint)
        if fact is not None:
            values = graph.objects(fact.subject, fact.predicate)
            if len(values) > 1 and constraint is None:
                fact = Fact(fact.subject, fact.predicate, values[before % len(values)])
            for source in graph.sources(fact)[:1]:
                return source.document.place_of(source.number, "value", SHAPE)
        for source in graph.about(shape)[:1]:
            return source.document.place_of(source.number, "subject", SHAPE)
        return None


def _class_of(source: Occurrence, term: Term) -> int | None:
    """The number of the triple that gives the class of `term` in a document."""
    document = source.document
    numbers = document.by_subject[term]
    return next((number for number in numbers if document.triples[number].predicate == TYPE), None)


def _subject(source: Occurrence, term: Term, note: Mapping[str, str] | None = None) -> Place:
    number = _class_of(source, term)
    return source.document.place_of(source.number if number is None else number, "subject", note)


def _same(one: Place, other: Place | None) -> bool:
    return other is not None and (one.file, one.line, one.column) == (other.file, other.line, other.column)


def _without_note(place: Place) -> Place:
    return Place(place.file, place.line, place.column, place.end_line, place.end_column)
