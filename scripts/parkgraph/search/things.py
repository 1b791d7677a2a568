"""Things as a reader meets them: their names in both languages, and the passages behind what is said."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeGuard

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from parkgraph.ask.labels import NAMING, label_of
from parkgraph.evidence.text import SourceText
from parkgraph.graph.assemble import QUESTION_GRAPHS
from parkgraph.messages import LANGS, _
from parkgraph.names import ONTOLOGY, OWL, PARK, RDF, RDFS, SKOS, SOURCE, XSD, shorten
from parkgraph.show.cells import Term, passages, short_passages

Texts = Mapping[str, str]
"""Language → text; empty where there is none."""

_SCHEMA = "https://schema.org/"
TYPE = NamedNode(RDF + "type")
STATEMENT = NamedNode(PARK + "Statement")
AXIOM = NamedNode(OWL + "Axiom")
EVIDENCE = NamedNode(PARK + "evidence")
OPEN_QUESTION = NamedNode(PARK + "openQuestion")
DEFINITIONS = tuple(
    NamedNode(iri) for iri in (SKOS + "definition", _SCHEMA + "description", RDFS + "comment")
)
WHEN = (NamedNode(PARK + "period"), NamedNode(PARK + "atEvent"))
_DATES = frozenset(XSD + name for name in ("date", "dateTime", "gYear", "gYearMonth"))
_SUBCLASS = NamedNode(RDFS + "subClassOf")
_ANNOTATION = NamedNode(OWL + "AnnotationProperty")
_DEFINED = NamedNode(RDFS + "isDefinedBy")
_SECTION = NamedNode(PARK + "inSection")
_SHA256 = NamedNode(PARK + "sha256")
_PUBLISHED = NamedNode(_SCHEMA + "datePublished")


@dataclass(frozen=True, slots=True)
class Name:
    """A node by name.  label: in each language, its short name where it has none."""

    iri: str
    short: str
    label: Texts


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage of a source: half-open offsets in code points.

    source: its slug.  date: of publication.  section: its heading, empty where it has none.
    text: the words, only where the article is at hand; verified: whether they have the digest `sha256`, None
    without the article.
    """

    iri: str
    source: str
    title: Texts
    date: str
    section: Texts
    start: int
    end: int
    sha256: str
    text: str | None = None
    verified: bool | None = None


class Things:
    """Reads the things of one graph, each when it is asked for."""

    def __init__(
        self, store: Store, prefixes: Mapping[str, str], articles: Mapping[str, SourceText] | None = None
    ) -> None:
        """articles: IRI of a source → its text, which evidence then shows."""
        self.store = store
        self.prefixes = dict(prefixes)
        self.articles = articles or {}
        self._names: dict[str, Name] = {}
        self._evidence: dict[str, Evidence] = {}

    def quads(
        self, subject: Term | None, predicate: NamedNode | None = None, object_: Term | None = None
    ) -> Iterator[Quad]:
        """The quads of ontology, data and what follows from them."""
        for quad in self.store.quads_for_pattern(subject, predicate, object_):  # type: ignore[arg-type]
            # What is read from a store over HTTP comes without its graph.
            if quad.graph_name in QUESTION_GRAPHS or isinstance(quad.graph_name, DefaultGraph):
                yield quad

    def values(self, node: Term, predicate: NamedNode) -> list[Term]:
        """What the node has for `predicate`."""
        return [quad.object for quad in self.quads(node, predicate)]

    def texts(self, node: Term, *predicates: NamedNode) -> dict[str, str]:
        """Language → text of the first of `predicates` that has one."""
        for predicate in predicates:
            found = {
                value.language or "": value.value
                for value in self.values(node, predicate)
                if isinstance(value, Literal)
            }
            if found:
                return dict(sorted(found.items()))
        return {}

    def literal(self, node: Term, predicate: NamedNode) -> str:
        """The first literal; "" without one."""
        found = sorted(value.value for value in self.values(node, predicate) if isinstance(value, Literal))
        return found[0] if found else ""

    def name(self, node: NamedNode) -> Name:
        """The node by name; a passage is called by its place."""
        if node.value not in self._names:
            short = shorten(node.value, self.prefixes).strip("<>")
            places = passages(node.value)
            shown = f"{places[0][0]} {places[0][1]}-{places[0][2]}" if places else short
            label: Texts = {lang: label_of(self.store, node, lang) or shown for lang in LANGS}
            self._names[node.value] = Name(node.value, short, label)
        return self._names[node.value]

    def aliases(self, node: NamedNode) -> list[str]:
        """Its other names, in any language."""
        shown = set(self.name(node).label.values())
        found = {
            value.value
            for predicate in NAMING
            for value in self.values(node, predicate)
            if isinstance(value, Literal)
        }
        return sorted(found - shown)

    def kinds(self, node: Term) -> list[NamedNode]:
        """Its narrowest classes, those of the ontology where it has any."""
        kinds = {kind for kind in self.values(node, TYPE) if isinstance(kind, NamedNode)}
        wider = {other for kind in kinds for other in self.wider(kind) if other != kind}
        narrow = sorted(kinds - wider, key=lambda kind: kind.value)
        ours = [kind for kind in narrow if kind.value.startswith(ONTOLOGY)]
        return ours or narrow

    def wider(self, kind: NamedNode) -> set[NamedNode]:
        """A class and all above it."""
        found: set[NamedNode] = set()
        todo = [kind]
        while todo:
            current = todo.pop()
            if current not in found:
                found.add(current)
                todo += [above for above in self.values(current, _SUBCLASS) if isinstance(above, NamedNode)]
        return found

    def is_a(self, node: Term, kind: NamedNode) -> bool:
        """Whether the node is of the class, asserted or inferred."""
        return next(self.quads(node, TYPE, kind), None) is not None

    @cached_property
    def annotations(self) -> set[NamedNode]:
        """The properties that name a thing or tell how a fact is known: the ontology says which."""
        declared = {quad.subject for quad in self.quads(None, TYPE, _ANNOTATION)}
        return {*NAMING, TYPE, _DEFINED, *declared}  # type: ignore[arg-type]

    def evidence(self, nodes: Iterable[NamedNode]) -> tuple[Evidence, ...]:
        """The passages, in their order."""
        found = {node.value: self._passage(node) for node in nodes}
        return tuple(
            sorted((one for one in found.values() if one), key=lambda one: (one.source, one.start, one.end))
        )

    def evidence_of(self, node: Term) -> tuple[Evidence, ...]:
        """The passages that the node cites."""
        return self.evidence(one for one in self.values(node, EVIDENCE) if isinstance(one, NamedNode))

    def _passage(self, node: NamedNode) -> Evidence | None:
        if node.value in self._evidence:
            return self._evidence[node.value]
        places = passages(node.value)
        if not places:
            return None
        slug, start, end = places[0]
        source = NamedNode(SOURCE + slug)
        section = next((one for one in self.values(node, _SECTION) if isinstance(one, NamedNode)), None)
        digest = self.literal(node, _SHA256)
        article = self.articles.get(source.value)
        text = article.text[start:end] if article else None
        verified = None if text is None else hashlib.sha256(text.encode()).hexdigest() == digest.casefold()
        self._evidence[node.value] = Evidence(
            node.value, slug, self.name(source).label, self.literal(source, _PUBLISHED)[:10],
            self.name(section).label if section else {}, start, end, digest, text, verified,
        )  # fmt: skip
        return self._evidence[node.value]


def is_date(term: object) -> TypeGuard[Literal]:
    """Whether the term is a date, a year or a month of one."""
    return isinstance(term, Literal) and term.datatype.value in _DATES


def shown_places(evidence: Iterable[Evidence], lang: str) -> str:
    """Where it is written, with the words where they are at hand."""
    listed = list(evidence)
    shown = short_passages([(one.source, one.start, one.end) for one in listed])
    shown += "".join(f" “{one.text}”" for one in listed[:3] if one.text)
    return "  " + _("(evidence: {places})", places=shown)[lang] if listed else ""


def shown_names(names: Iterable[Name], lang: str) -> str:
    """The names, one after the other."""
    return ", ".join(name.label[lang] for name in names)
