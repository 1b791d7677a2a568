"""What the pages of a graph are made of: its things and questions, their names and their places."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache, cached_property, lru_cache
from typing import Any

from pyoxigraph import Literal, NamedNode, Quad

from parkgraph.api import Graph, Lang
from parkgraph.ask.question import Question
from parkgraph.ask.rows import Answer
from parkgraph.ask.run import collated
from parkgraph.evidence.sources import passage_of
from parkgraph.evidence.text import SourceText, Span
from parkgraph.graph.cache import content_key
from parkgraph.infer.closure import Fact
from parkgraph.infer.explain_text import Wording
from parkgraph.messages import LANGS, Message, _
from parkgraph.names import (
    BASE,
    GRAPH_DATA,
    GRAPH_INFERRED,
    GRAPH_ONTOLOGY,
    GRAPH_SHAPES,
    ONTOLOGY,
    OWL,
    PARK,
    RDFS,
    SH,
    SKOS,
    XSD,
    shorten,
)
from parkgraph.search.documents import MOST_VALUES, Asked, members, values_answered
from parkgraph.search.show import Thing, show
from parkgraph.search.things import EVIDENCE, TYPE, Texts, Things
from parkgraph.show.cells import Term
from parkgraph.web.names import DCTERMS, Addresses, Names

GRAPHS: dict[str, Message] = {
    GRAPH_DATA: _("data: what the sources say"),
    GRAPH_ONTOLOGY: _("ontology: what the terms mean"),
    GRAPH_INFERRED: _("derived: what follows by the rules"),
}

_FIRST, _FURTHER = 9_000, 15_000  # bytes of passages on the first part of a source's page, and on others
_WORDS = (PARK + "saidAs", PARK + "sourceWord")
_KINDS = {
    **{of + "Class": "class" for of in (OWL, RDFS)},
    **{OWL + name + "Property": "property" for name in ("Object", "Datatype", "Annotation")},
}
_DEMANDS = f"""SELECT ?term ?shape ?message {{ GRAPH <{GRAPH_SHAPES}> {{
    ?first <{SH}targetClass>|<{SH}path> ?term . ?first <{SH}property>? ?shape . ?shape <{SH}message> ?message
}} }}"""


class Content:
    """What the pages of one graph are made of.

    live: they are served, so forms need no script.  base: where the site stands on the web, for search
    engines.  endpoint: a SPARQL service with the same graph, for graphs that are too large for a browser.
    texts: IRI of a source → its text, to be published.
    """

    def __init__(
        self,
        graph: Graph,
        *,
        live: bool = False,
        base: str = "",
        endpoint: str = "",
        texts: Mapping[str, SourceText] | None = None,
    ) -> None:
        self.graph, self.live, self.base, self.endpoint = graph, live, base, endpoint
        self.texts = dict(texts or {})
        self.store, self.prefixes = graph.store, graph.prefixes
        self.things = Things(self.store, self.prefixes, self.texts)
        self.names = Names(self.things)
        self.digest = content_key(graph.root)
        self.wording = Wording(self.store, lambda __, node, lang: self.names.of(node, lang), self.prefixes)
        self.notes = dict(self._notes())
        """IRI of an annotation, or of what was withdrawn → that of the thing on whose page it stands."""
        self.replaces: dict[str, list[str]] = {}
        for old, new in self.pairs(DCTERMS + "isReplacedBy"):
            if new.startswith(BASE):
                self.notes[old] = new
                self.replaces.setdefault(new, []).append(old)
        self.kinds = dict(self._kinds())
        """IRI of a term of the ontology → class or property."""
        self.addresses = Addresses({*self._named()} - {*self.notes}, self.kinds, self.prefixes, self.notes)
        self.questions = {question.id: question for question in graph.questions()}
        self._asked = [*map(Asked.of, self.questions.values())]
        self.pieces = self._in_pieces()
        """IRI of a source with a page → its passages by part of that page."""
        self.part_of = {
            passage: part
            for pieces in self.pieces.values()
            for part, some in enumerate(pieces, 1)
            for passage in some
        }
        self.addresses.parts = self.part_of
        self._answers: dict[tuple[str, str], Answer] = {}

    def quads(self, graph: str) -> Iterator[Quad]:
        """Everything in a named graph."""
        return self.store.quads_for_pattern(None, None, None, NamedNode(graph))

    @cached_property
    def sizes(self) -> dict[str, int]:
        """IRI of a named graph → the number of its triples."""
        return {graph: sum(1 for __ in self.quads(graph)) for graph in GRAPHS}

    def _named(self) -> Iterator[str]:
        """Everything that the data say something of, and what the ontology says of terms of ours; passages
        stand with their source, words to search with nowhere."""
        for graph, start in ((GRAPH_DATA, ""), (GRAPH_ONTOLOGY, BASE)):
            for quad in self.quads(graph):
                node = quad.subject
                if not isinstance(node, NamedNode) or quad.predicate.value in _WORDS:
                    continue
                if node.value.startswith(start) and passage_of(node) is None:
                    yield node.value

    def pairs(self, predicate: str) -> Iterator[tuple[str, str]]:
        """IRIs of two things that a property joins."""
        for quad in self.things.quads(None, NamedNode(predicate)):
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode):
                yield quad.subject.value, quad.object.value

    def _notes(self) -> Iterator[tuple[str, str]]:
        """Annotations and statements without a name → the thing on whose page they stand whole."""
        for subject, about in (*self.pairs(OWL + "annotatedSource"), *self.pairs(PARK + "about")):
            name = self.things.name(NamedNode(subject))
            if name.label["en"] == name.short:
                yield subject, about

    def _kinds(self) -> Iterator[tuple[str, str]]:
        for quad in self.store.quads_for_pattern(None, TYPE, None, NamedNode(GRAPH_ONTOLOGY)):
            kind = _KINDS.get(getattr(quad.object, "value", ""))
            if kind and isinstance(quad.subject, NamedNode):
                yield quad.subject.value, kind

    def _in_pieces(self) -> dict[str, list[list[str]]]:
        """The passages of each source in the order of the text: on a part as many as what is cited from them
        leaves room for.  A part begins where no passage of the one before does."""
        known: dict[str, list[tuple[Span, str]]] = {}
        for iri, kind in self.pairs(TYPE.value):
            found = passage_of(NamedNode(iri)) if kind == PARK + "Passage" else None
            if found and self.addresses.place(found[0]):
                known.setdefault(found[0], []).append((found[1], iri))
        weights: Counter[str] = Counter()
        for subject, passage in {*self.pairs(EVIDENCE.value)}:
            about = self.notes.get(subject, subject)
            name = max(len(self.names.of(NamedNode(about), lang).encode()) for lang in LANGS)
            weights[passage] += name + len(self.addresses.place(about) or "") + 20
        pieces: dict[str, list[list[str]]] = {}
        for source, held in known.items():
            made, room, last = [[]], _FIRST, -1  # type: ignore[var-annotated]
            for span, iri in sorted(held):
                size = 90 + weights[iri]
                if size > room and made[-1] and span.start != last:
                    made.append([])
                    room = _FURTHER
                made[-1].append(iri)
                room, last = room - size, span.start
            pieces[source] = made
        return pieces

    @lru_cache(maxsize=5000)  # noqa: B019 (this lives as long as the process)
    def show(self, iri: str) -> Thing:
        """Everything of one thing; its pages are made of it, and others ask whether they show something."""
        thing = show(NamedNode(iri), self.things, self._asked, self.graph.explainer)
        told = (one for one in thing.questions if self._worth_asking(one.id, one.parameter, iri))
        return replace(thing, questions=tuple(told))

    def _worth_asking(self, id: str, parameter: str, iri: str) -> bool:
        """A question into which nearly everything can be put is offered only where it has an answer."""
        values = self._values(id, parameter)
        return values is None or iri in values

    @cache  # noqa: B019
    def _values(self, id: str, parameter: str) -> set[str] | None:
        question = self.questions[id]
        one = question.parameters[parameter]
        many = len(members(self.things, one)) > MOST_VALUES
        return values_answered(self.things, question, one) if many else None

    def shows(self, fact: Fact) -> bool:
        """Whether the page of the fact's subject shows how it follows."""
        subject, triple = fact[0], tuple(map(str, fact))
        if not isinstance(subject, NamedNode) or subject.value in self.notes:
            return False
        groups = self.show(subject.value).groups
        return any(entry.derived and entry.triple == triple for group in groups for entry in group.entries)

    def ask(self, question: Question, lang: Lang, given: Mapping[str, list[str]]) -> Answer:
        """The answer; that with the default parameters is remembered."""
        key = (question.id, lang)
        if not given and key in self._answers:
            return self._answers[key]
        answer = self.graph.ask(question, lang=lang, **given)  # type: ignore[arg-type]
        if not given:
            self._answers[key] = answer
        return answer

    @cached_property
    def years(self) -> list[str]:
        """The years that the data speak of."""
        kinds = {XSD + name for name in ("gYear", "date", "dateTime")}
        held = (quad.object for quad in self.quads(GRAPH_DATA) if isinstance(quad.object, Literal))
        return sorted({one.value[:4] for one in held if one.datatype.value in kinds})

    @cached_property
    def members(self) -> dict[str, list[str]]:
        """IRI of a class or code list → what is in it and has a page."""
        found: dict[str, set[str]] = {}
        for predicate in (TYPE.value, SKOS + "inScheme", SKOS + "topConceptOf"):
            for part, whole in self.pairs(predicate):
                found.setdefault(whole, set()).add(part)
        return {whole: sorted(filter(self.addresses.place, parts)) for whole, parts in found.items()}

    @cached_property
    def demands(self) -> dict[str, list[Texts]]:
        """IRI of a class or property → what the shapes demand of it, in their words."""
        found: dict[str, dict[str, dict[str, str]]] = {}
        rows: Any = self.store.query(_DEMANDS)
        for term, shape, message in rows:
            said = found.setdefault(term.value, {}).setdefault(str(shape), {})
            said[message.language or ""] = message.value
        return {term: [*shapes.values()] for term, shapes in found.items()}

    @cache  # noqa: B019
    def kinds_of(self, iri: str) -> set[str]:
        """IRIs of its narrowest classes."""
        return {kind.value for kind in self.things.kinds(NamedNode(iri))}

    @cache  # noqa: B019
    def options(self, of: str, lang: Lang) -> list[tuple[str, str]]:
        """(short name, label) of everything that a parameter of this class or code list may be."""
        nodes = map(NamedNode, self.members.get(of, ()))
        named = [(shorten(node.value, self.prefixes), self.names.of(node, lang)) for node in nodes]
        return sorted(named, key=lambda one: (collated(Literal(one[1]), lang), one[0]))

    def value(self, term: Term) -> str:
        """A value of a parameter as a form or a call gives it."""
        said = str(getattr(term, "value", term))
        return shorten(said, self.prefixes) if isinstance(term, NamedNode) else said

    @cached_property
    def dated(self) -> str:
        """The date of the data, as the ontology's header says it."""
        names = (NamedNode(DCTERMS + name) for name in ("modified", "issued", "created"))
        found = (self.things.literal(NamedNode(ONTOLOGY), name) for name in names)
        return next((one[:10] for one in found if one), "")
